import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { ApexEnum } from './enum.ts';
import { ApexException } from './exception.ts';
import { ApexId } from './id.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { LibraryObject, userClassOf } from './object.ts';
import { runtimeTypeText, Types, type RuntimeType } from './runtime-type.ts';
import { ApexSet } from './set.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime } from './time.ts';

/** The run-time type of a boxed value. */
export function runtimeTypeOf(value: unknown): RuntimeType {
  if (typeof value === 'string') return Types.String;
  if (typeof value === 'number') return Types.Integer;
  if (typeof value === 'boolean') return Types.Boolean;
  if (typeof value === 'bigint') return Types.Long;
  if (value instanceof ApexId) return Types.Id;
  if (value instanceof Decimal) return Types.Decimal;
  if (value instanceof ApexDouble) return Types.Double;
  if (value instanceof ApexDate) return Types.Date;
  if (value instanceof ApexDatetime) return Types.Datetime;
  if (value instanceof ApexTime) return Types.Time;
  if (value instanceof ApexBlob) return Types.Blob;
  if (value instanceof SObjectValue) return Types.sobject(value.object.name);
  if (value instanceof ApexList) return Types.list(value.elementType);
  if (value instanceof ApexSet) return Types.set(value.elementType);
  if (value instanceof ApexMap) return Types.map(value.keyType, value.valueType);
  const cls = userClassOf(value);
  if (cls !== null) return Types.user(cls);
  if (value instanceof ApexException) return Types.library(value.$libraryType);
  if (value instanceof ApexEnum) return Types.library(value.typeName);
  if (value instanceof LibraryObject) return Types.library(value.apexTypeName);
  return Types.Object;
}

/** Name of a value's type in `TypeException` texts: the platform writes `ANY` for `Object` inside collections. */
export function runtimeTypeName(value: unknown): string {
  return conversionText(runtimeTypeOf(value));
}

/** The type's name in `TypeException` texts. */
export function conversionText(type: RuntimeType): string {
  return runtimeTypeText(type).replace(/([<,])Object(?=[>,])/g, '$1ANY');
}
