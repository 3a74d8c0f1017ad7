export {
  bridgeName,
  type ApexValue,
  type LibraryFunction,
  type LibraryTypeImplementation,
} from './contract.ts';
export { enumConstant } from './enums.ts';
export {
  implementations,
  isImplemented,
  libraryFunction,
  libraryInstanceClass,
  librarySetter,
} from './registry.ts';
export { ITERATOR } from './system/iterator.ts';
export { putRecords } from './system/map.ts';
export { QueryLocatorValue } from './database/queries.ts';
export { dmlResult } from './database/results.ts';
export { Bean, defineBean } from './bean.ts';
export { withBindScope, type BindResolver } from './system/dynamic-binds.ts';
export { parseType } from './type-text.ts';
