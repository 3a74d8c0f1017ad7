import { ApexBlob } from '../apex/values/blob.ts';
import { ApexDate } from '../apex/values/date.ts';
import { ApexDatetime } from '../apex/values/datetime.ts';
import { Decimal } from '../apex/values/decimal.ts';
import { ApexDouble } from '../apex/values/double.ts';
import { ApexId } from '../apex/values/id.ts';
import { ApexTime } from '../apex/values/time.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { FieldInfo } from '../schema/contract.ts';
import type { SqlValue } from './database.ts';

export type ColumnType = 'TEXT' | 'INTEGER' | 'REAL' | 'BLOB';

/**
 * SQLite type of a field's column; null for fields that have none: formulas and compound fields are computed.
 * Dates are day numbers, datetimes and times milliseconds, checkboxes 0 and 1. Numbers are REAL: 15 significant digits (see `docs/fidelity.md`).
 */
export function columnType(field: FieldInfo): ColumnType | null {
  if (field.formula !== undefined) return null;
  switch (field.apexType) {
    case 'Address':
    case 'Location':
      return null;
    case 'Boolean':
    case 'Integer':
    case 'Long':
    case 'Date':
    case 'Datetime':
    case 'Time':
      return 'INTEGER';
    case 'Double':
    case 'Decimal':
      return 'REAL';
    case 'Blob':
      return 'BLOB';
    case 'Id':
    case 'String':
    case 'Object':
      return 'TEXT';
    default:
      throw field.apexType satisfies never;
  }
}

/** Run-time form of an Apex value → what SQLite stores. Empty text is null; a checkbox that holds nothing is false. */
export function encodeValue(value: unknown, field: FieldInfo): SqlValue {
  if (field.apexType === 'Boolean') return value === true || value === 1 ? 1 : 0;
  return encodeAny(value);
}

/** As {@link encodeValue}, by the value alone: for binds and literals. */
export function encodeAny(value: unknown): SqlValue {
  if (value === null || value === undefined || value === '') return null;
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      break;
  }
  if (value instanceof Decimal) return value.toDouble();
  if (value instanceof ApexDate) return value.days;
  if (value instanceof ApexDatetime) return value.millis;
  if (value instanceof ApexTime) return value.millis;
  if (value instanceof ApexBlob) return value.bytes;
  if (value instanceof ApexId) return value.value;
  if (value instanceof ApexDouble) return value.value;
  throw raise(Diagnostics.INTERNAL, [
    `a value of type ${Object.prototype.toString.call(value)} reached the database`,
  ]);
}

/** What SQLite stores → run-time form of the field's Apex type. */
export function decodeValue(value: unknown, field: FieldInfo): unknown {
  if (field.apexType === 'Boolean') return value === 1 || value === 1n;
  if (value === null || value === undefined) return null;
  switch (field.apexType) {
    case 'Integer':
    case 'Double':
      return Number(value);
    case 'Long':
      return BigInt(value as number);
    case 'Decimal':
      return decodeDecimal(Number(value), field.scale);
    case 'Date':
      return new ApexDate(Number(value));
    case 'Datetime':
      return new ApexDatetime(Number(value));
    case 'Time':
      return new ApexTime(Number(value));
    case 'Blob':
      return new ApexBlob(value as Uint8Array);
    case 'Id':
    case 'String':
    case 'Object':
    case 'Address':
    case 'Location':
      return value;
    default:
      throw field.apexType satisfies never;
  }
}

/** A number as Decimal, at the field's number of decimal places (practitioner: `1000` read from a currency field prints `1000.00`). */
export function decodeDecimal(value: number, scale: number | undefined): Decimal {
  if (Number.isSafeInteger(value)) {
    const whole = Decimal.ofInteger(value);
    return scale === undefined || scale === 0 ? whole : whole.setScale(scale);
  }
  const decimal = Decimal.parse(String(Number(value.toPrecision(15))));
  // What is stored with more places was not rounded on save, and is not rounded now.
  return scale === undefined || decimal.scale > scale ? decimal : decimal.setScale(scale);
}
