export { ApexBlob } from './blob.ts';
export { canonicalKey, identityOf } from './canonical-key.ts';
export { ApexDate, daysInMonth, parseIsoDate } from './date.ts';
export { ApexDatetime, isKnownZone, parseDatetime, zoneOffset } from './datetime.ts';
export { Decimal, type RoundingMode } from './decimal.ts';
export { ApexDouble, doubleToText } from './double.ts';
export { ApexEnum } from './enum.ts';
export { apexEquals, apexHashCode, stringEquals } from './equals.ts';
export {
  ApexException,
  apexException,
  dmlException,
  exceptionClass,
  nullArgument,
  nullPointer,
  setStackReader,
  type ApexStack,
  type DmlFailure,
  type ExceptionClass,
} from './exception.ts';
export { checkGrowth } from './heap.ts';
export { ApexId, idChecksum, stringToId, toId18 } from './id.ts';
export { castTo, isAssignable, isInstance, superTypes } from './instance-of.ts';
export { ApexList, checkModifiable, indexError, type Guarded } from './list.ts';
export { ApexMap } from './map.ts';
export { ApexObject, bridgeOf, LibraryObject, userClassOf } from './object.ts';
export { program, setProgram, type Program } from './program.ts';
export {
  allFields,
  needsBox,
  runtimeTypeText,
  sameRuntimeType,
  Types,
  type RuntimeClass,
  type RuntimeField,
  type RuntimeType,
} from './runtime-type.ts';
export { fieldToken, objectToken, SObjectFieldToken, SObjectTypeToken } from './schema-token.ts';
export { ApexSet } from './set.ts';
export {
  addFieldError,
  boxFieldValue,
  SObjectValue,
  toFieldValue,
  type SObjectError,
} from './sobject.ts';
export { ApexTime } from './time.ts';
export { defaultText, toText } from './to-string.ts';
export { conversionText, runtimeTypeName, runtimeTypeOf } from './type-name.ts';
export { TypeValue } from './type-value.ts';
