import {
  apexException,
  ApexDouble,
  ApexId,
  Decimal,
  type ApexEnum,
  type RoundingMode,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { userLocale } from '../environment.ts';

const MIN_INT = -2147483648;
const MAX_INT = 2147483647;

function invalid(kind: string, text: unknown): Error {
  return apexException('System.TypeException', `Invalid ${kind}: ${String(text)}`);
}

function parseInteger(text: string | null): number {
  const value = required(text);
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= MIN_INT && number <= MAX_INT)) throw invalid('integer', value);
  return number | 0;
}

function parseLong(text: string | null): bigint {
  const value = required(text);
  if (!/^[+-]?\d+$/.test(value)) throw invalid('long', value);
  const number = BigInt(value.replace('+', ''));
  if (number !== BigInt.asIntN(64, number)) throw invalid('long', value);
  return number;
}

function parseDouble(text: string | null): number {
  const value = required(text).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(value)) throw invalid('double', text);
  return Number(value.replace(/[dDfF]$/, ''));
}

/** `Integer.valueOf(Object)` and `Double.valueOf(Object)`: field history values and what JSON gave. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof Decimal) return value.toDouble();
  if (typeof value === 'bigint') return Number(value);
  throw invalid('integer', value instanceof ApexId ? value.value : value);
}

function grouped(value: number | bigint): string {
  return new Intl.NumberFormat(userLocale()).format(value);
}

function modeOf(mode: unknown): RoundingMode {
  return (required(mode) as ApexEnum).name as RoundingMode;
}

export const integerType = define('Integer', {
  'format()': grouped,
  'valueOf(String)': parseInteger,
  // Null stays null here, unlike with text (practitioner: published Apex converts empty number fields so).
  'valueOf(Object)': (value: unknown) => {
    if (value === null) return null;
    return typeof value === 'string' ? parseInteger(value) : Math.trunc(numberOf(value)) | 0;
  },
});

export const longType = define('Long', {
  'format()': grouped,
  'intValue()': (value: bigint) => Number(BigInt.asIntN(32, value)),
  'valueOf(String)': parseLong,
});

/** Java's narrowing of a double: towards zero, at the limits saturated. */
function saturate(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(Math.trunc(value), low), high);
}

function doubleToLong(value: number): bigint {
  if (value >= 2 ** 63) return 9223372036854775807n;
  if (value <= -(2 ** 63)) return -9223372036854775808n;
  return Number.isNaN(value) ? 0n : BigInt(Math.trunc(value));
}

export const doubleType = define('Double', {
  'format()': (value: number) =>
    new Intl.NumberFormat(userLocale(), { maximumFractionDigits: 3 }).format(value),
  'intValue()': (value: number) => saturate(value, MIN_INT, MAX_INT),
  'longValue()': doubleToLong,
  'round()': (value: number) => doubleToLong(Math.floor(value + 0.5)),
  'valueOf(String)': parseDouble,
  'valueOf(Object)': (value: unknown) =>
    typeof required(value) === 'string' ? parseDouble(value as string) : numberOf(value),
});

export const decimalType = define('Decimal', {
  'abs()': (value: Decimal) => value.abs(),
  'divide(Decimal,Integer)': (value: Decimal, by: Decimal | null, scale: number) =>
    value.divideToScale(required(by), scale),
  'divide(Decimal,Integer,Object)': (
    value: Decimal,
    by: Decimal | null,
    scale: number,
    mode: unknown,
  ) => value.divideToScale(required(by), scale, modeOf(mode)),
  'doubleValue()': (value: Decimal) => value.toDouble(),
  'format()': (value: Decimal) =>
    new Intl.NumberFormat(userLocale(), {
      maximumFractionDigits: 3,
      roundingMode: 'halfEven',
    }).format(value.toPlainString() as `${number}`),
  'intValue()': (value: Decimal) => value.toInteger(),
  'longValue()': (value: Decimal) => value.toLong(),
  'pow(Integer)': (value: Decimal, exponent: number) => value.pow(required(exponent)),
  'precision()': (value: Decimal) => value.precision(),
  'round()': (value: Decimal) => value.setScale(0, 'HALF_EVEN').toLong(),
  'round(RoundingMode)': (value: Decimal, mode: unknown) =>
    value.setScale(0, modeOf(mode)).toLong(),
  'scale()': (value: Decimal) => value.scale,
  'setScale(Integer)': (value: Decimal, scale: number) =>
    value.setScale(checkScale(required(scale))),
  'setScale(Integer,RoundingMode)': (value: Decimal, scale: number, mode: unknown) =>
    value.setScale(checkScale(required(scale)), modeOf(mode)),
  'stripTrailingZeros()': (value: Decimal) => value.stripTrailingZeros(),
  'toPlainString()': (value: Decimal) => value.toPlainString(),
  'valueOf(Double)': (value: number) => Decimal.ofDouble(required(value)),
  'valueOf(Long)': (value: bigint) => Decimal.ofLong(required(value)),
  'valueOf(String)': (text: string | null) => Decimal.parse(required(text)),
});

function checkScale(scale: number): number {
  if (scale < -33 || scale > 33)
    throw apexException('System.MathException', 'Scale must be between -33 and 33');
  return scale;
}

export const booleanType = define('Boolean', {
  'valueOf(Object)': (value: unknown) =>
    typeof required(value) === 'boolean' ? value : String(value).toLowerCase() === 'true',
});
