import { apexException, Decimal } from '../../values/index.ts';
import { randomFraction } from '../../../execution/random-source.ts';
import { define, required } from '../define.ts';
import { randomBytesOf } from '../environment.ts';
import type { LibraryFunction } from '../contract.ts';

/** A function of one Double, also for Decimals. */
function unary(name: string, fn: (x: number) => number): Record<string, LibraryFunction> {
  return {
    [`${name}(Double)`]: (x: number) => fn(required(x)),
    [`${name}(Decimal)`]: (x: Decimal) => Decimal.ofDouble(fn(required(x).toDouble())),
  };
}

function rint(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Half away from zero, of a Double (documented examples: 4.5 → 5, -4.5 → -5). */
function halfUp(x: number): number {
  return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5);
}

function checkDivisor(isZero: boolean): void {
  if (isZero) throw apexException('System.MathException', 'Divide by 0');
}

function larger(a: Decimal, b: Decimal): Decimal {
  return a.compareTo(b) >= 0 ? a : b;
}

function smaller(a: Decimal, b: Decimal): Decimal {
  return a.compareTo(b) <= 0 ? a : b;
}

export const mathType = define('Math', {
  E: () => Math.E,
  PI: () => Math.PI,
  ...unary('acos', Math.acos),
  ...unary('asin', Math.asin),
  ...unary('atan', Math.atan),
  ...unary('cbrt', Math.cbrt),
  ...unary('cos', Math.cos),
  ...unary('cosh', Math.cosh),
  ...unary('exp', Math.exp),
  ...unary('log', Math.log),
  ...unary('log10', Math.log10),
  ...unary('signum', Math.sign),
  ...unary('sin', Math.sin),
  ...unary('sinh', Math.sinh),
  ...unary('sqrt', Math.sqrt),
  ...unary('tan', Math.tan),
  ...unary('tanh', Math.tanh),
  'abs(Decimal)': (x: Decimal) => required(x).abs(),
  'abs(Double)': (x: number) => Math.abs(required(x)),
  'abs(Integer)': (x: number) => Math.abs(required(x)) | 0,
  'abs(Long)': (x: bigint) => BigInt.asIntN(64, required(x) < 0n ? -x : x),
  'atan2(Double,Double)': (y: number, x: number) => Math.atan2(required(y), required(x)),
  'atan2(Decimal,Decimal)': (y: Decimal, x: Decimal) =>
    Decimal.ofDouble(Math.atan2(required(y).toDouble(), required(x).toDouble())),
  'ceil(Double)': (x: number) => Math.ceil(required(x)),
  'ceil(Decimal)': (x: Decimal) => required(x).setScale(0, 'CEILING'),
  'floor(Double)': (x: number) => Math.floor(required(x)),
  'floor(Decimal)': (x: Decimal) => required(x).setScale(0, 'FLOOR'),
  'max(Decimal,Double)': (a: Decimal, b: number) =>
    larger(required(a), Decimal.ofDouble(required(b))),
  'max(Decimal,Decimal)': (a: Decimal, b: Decimal) => larger(required(a), required(b)),
  'max(Double,Double)': (a: number, b: number) => Math.max(required(a), required(b)),
  'max(Integer,Integer)': (a: number, b: number) => Math.max(required(a), required(b)),
  'max(Long,Long)': (a: bigint, b: bigint) => (required(a) >= required(b) ? a : b),
  'min(Decimal,Double)': (a: Decimal, b: number) =>
    smaller(required(a), Decimal.ofDouble(required(b))),
  'min(Decimal,Decimal)': (a: Decimal, b: Decimal) => smaller(required(a), required(b)),
  'min(Double,Double)': (a: number, b: number) => Math.min(required(a), required(b)),
  'min(Integer,Integer)': (a: number, b: number) => Math.min(required(a), required(b)),
  'min(Long,Long)': (a: bigint, b: bigint) => (required(a) <= required(b) ? a : b),
  'mod(Integer,Integer)': (a: number, b: number) => {
    checkDivisor(required(b) === 0);
    return (required(a) % b) | 0;
  },
  'mod(Long,Long)': (a: bigint, b: bigint) => {
    checkDivisor(required(b) === 0n);
    return required(a) % b;
  },
  'pow(Double,Double)': (a: number, b: number) => Math.pow(required(a), required(b)),
  'random()': () => randomFraction(randomBytesOf),
  'rint(Double)': (x: number) => rint(required(x)),
  'rint(Decimal)': (x: Decimal) => required(x).setScale(0, 'HALF_EVEN'),
  'round(Double)': (x: number) => halfUp(required(x)) | 0,
  // Documented for Decimal: to the even neighbour (4.5 → 4, 5.5 → 6).
  'round(Decimal)': (x: Decimal) => required(x).setScale(0, 'HALF_EVEN').toInteger(),
  'roundToLong(Double)': (x: number) => BigInt(halfUp(required(x))),
  'roundToLong(Decimal)': (x: Decimal) => required(x).setScale(0, 'HALF_EVEN').toLong(),
  'signum(Decimal)': (x: Decimal) => Decimal.ofInteger(required(x).signum()),
});
