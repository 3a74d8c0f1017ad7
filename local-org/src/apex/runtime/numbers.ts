import type { ApexDate } from '../values/index.ts';
import {
  apexException,
  ApexDatetime,
  ApexDouble,
  ApexId,
  ApexTime,
  Decimal,
  nullPointer,
} from '../values/index.ts';
import { currentTransactionOrNull } from '../../execution/current.ts';

/** Arithmetic, comparison and conversion that emitted code does not write inline. All take and give values in run-time form. */

/** Throws `Attempt to de-reference a null object`; an expression, so that emitted code can say `x??$npe()`. */
export function npe(): never {
  throw nullPointer();
}

function divideByZero(): never {
  throw apexException('System.MathException', 'Divide by 0');
}

export function divideInteger(a: number, b: number): number {
  return b === 0 ? divideByZero() : (a / b) | 0;
}
export function divideLong(a: bigint, b: bigint): bigint {
  return b === 0n ? divideByZero() : BigInt.asIntN(64, a / b);
}
/** Doubles also refuse to divide by zero (practitioner), unlike Java's. */
export function divideDouble(a: number, b: number): number {
  return b === 0 ? divideByZero() : a / b;
}

/** Negative, zero or positive; "a non-null String or ID value is always greater than a null value" (documented). */
export function compareStrings(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const x = a.toLowerCase();
  const y = b.toLowerCase();
  return x < y ? -1 : x > y ? 1 : 0;
}
export function compareIds(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function equalDecimals(a: Decimal | null, b: Decimal | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b));
}
export function equalDates(a: ApexDate | null, b: ApexDate | null): boolean {
  return a === b || (a !== null && b !== null && a.days === b.days);
}
export function equalTimes(
  a: { readonly millis: number } | null,
  b: { readonly millis: number } | null,
): boolean {
  return a === b || (a !== null && b !== null && a.millis === b.millis);
}

/** A Decimal literal. */
export function decimal(text: string): Decimal {
  return Decimal.parse(text);
}

export function integerToLong(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
export function integerToDecimal(value: number | null): Decimal | null {
  return value === null ? null : Decimal.ofInteger(value);
}
export function longToDouble(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
export function longToDecimal(value: bigint | null): Decimal | null {
  return value === null ? null : Decimal.ofLong(value);
}
export function doubleToDecimal(value: number | null): Decimal | null {
  return value === null ? null : Decimal.ofDouble(value);
}
export function decimalToDouble(value: Decimal | null): number | null {
  return value === null ? null : value.toDouble();
}
export function longToInteger(value: bigint | null): number | null {
  return value === null ? null : Number(BigInt.asIntN(32, value));
}
/** Towards zero; beyond the range the nearest bound, as in Java. */
export function doubleToInteger(value: number | null): number | null {
  if (value === null) return null;
  return Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, -2147483648), 2147483647));
}
export function doubleToLong(value: number | null): bigint | null {
  if (value === null) return null;
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return 9223372036854775807n;
  return value <= -(2 ** 63) ? -9223372036854775808n : BigInt(Math.trunc(value));
}
export function decimalToInteger(value: Decimal | null): number | null {
  return value === null ? null : value.toInteger();
}
export function decimalToLong(value: Decimal | null): bigint | null {
  return value === null ? null : value.toLong();
}
export function dateToDatetime(value: ApexDate | null): ApexDatetime | null {
  return value === null ? null : new ApexDatetime(value.days * 86_400_000);
}
/** The day in the running user's time zone (documented: Datetime.date()). */
export function datetimeToDate(value: ApexDatetime | null): ApexDate | null {
  return value === null ? null : value.date(currentTransactionOrNull()?.user.timeZone ?? 'GMT');
}
export function boxDouble(value: number | null): ApexDouble | null {
  return value === null ? null : new ApexDouble(value);
}
export function boxId(value: string | null): ApexId | null {
  return value === null ? null : new ApexId(value);
}

type Days = number | bigint | Decimal;

function dayCount(days: Days): number {
  return days instanceof Decimal ? days.toDouble() : Number(days);
}

/** `date + n`: whole days. */
export function addDate(date: ApexDate, days: Days, sign: 1 | -1): ApexDate {
  return date.addDays(sign * Math.trunc(dayCount(days)));
}
/** `datetime + n`: days, fractions of days included (documented: "adds the number of days as an Integer or Double"). */
export function addDatetime(datetime: ApexDatetime, days: Days, sign: 1 | -1): ApexDatetime {
  return new ApexDatetime(datetime.millis + sign * Math.round(dayCount(days) * 86_400_000));
}
/** `time + n`: milliseconds. */
export function addTime(time: ApexTime, millis: Days, sign: 1 | -1): ApexTime {
  return new ApexTime(time.millis + sign * Math.trunc(dayCount(millis)));
}
