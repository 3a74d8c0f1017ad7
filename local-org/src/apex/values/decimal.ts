import { apexException } from './exception.ts';

/** `System.RoundingMode`. */
export type RoundingMode =
  'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'HALF_UP' | 'HALF_DOWN' | 'HALF_EVEN' | 'UNNECESSARY';

/** Digits of an inexact quotient: Java's MathContext.DECIMAL128, which the platform's Decimal uses (practitioner: 1.0/3 prints 34 digits). */
const DIVISION_DIGITS = 34;
const INT_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const powers: bigint[] = [1n];
function pow10(n: number): bigint {
  let value = powers[n];
  if (value === undefined) {
    value = 10n ** BigInt(n);
    powers[n] = value;
  }
  return value;
}

/** Arbitrary precision decimal number: `unscaled / 10^scale`. Immutable. Scale rules are those of Java's BigDecimal, as on the platform. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  static readonly ZERO = new Decimal(0n, 0);

  /** From an Integer value. */
  static ofInteger(value: number): Decimal {
    return new Decimal(BigInt(value), 0);
  }

  static ofLong(value: bigint): Decimal {
    return new Decimal(value, 0);
  }

  /** Through the shortest decimal form of the double, as `Decimal.valueOf(Double)`. */
  static ofDouble(value: number): Decimal {
    if (!Number.isFinite(value))
      throw apexException('System.TypeException', `Invalid decimal: ${String(value)}`);
    const text = Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
    return Decimal.parse(text);
  }

  /** Parses `-12.50`, `1E+3`; null when it is no number. */
  static tryParse(text: string): Decimal | null {
    if (!INT_TEXT.test(text)) return null;
    const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
    const dot = mantissa.indexOf('.');
    const digits = dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1);
    const scale = (dot < 0 ? 0 : mantissa.length - dot - 1) - Number(exponent);
    const unscaled = BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
    return scale < 0 ? new Decimal(unscaled * pow10(-scale), 0) : new Decimal(unscaled, scale);
  }

  /** As {@link tryParse}; `System.TypeException` when it is no number. */
  static parse(text: string): Decimal {
    const value = Decimal.tryParse(text.trim());
    if (value === null) throw apexException('System.TypeException', `Invalid decimal: ${text}`);
    return value;
  }

  add(other: Decimal): Decimal {
    if (this.scale === other.scale) return new Decimal(this.unscaled + other.unscaled, this.scale);
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.#at(scale) + other.#at(scale), scale);
  }

  subtract(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.#at(scale) - other.#at(scale), scale);
  }

  multiply(other: Decimal): Decimal {
    return new Decimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** The `/` operator: exact where 34 digits suffice (scale: left minus right, or as many as needed), else rounded HALF_EVEN to 34 digits. */
  divide(other: Decimal): Decimal {
    if (other.unscaled === 0n) throw apexException('System.MathException', 'Divide by 0');
    const preferred = Math.max(this.scale - other.scale, 0);
    if (this.unscaled === 0n) return new Decimal(0n, preferred);
    const digits = DIVISION_DIGITS + 3;
    const shift = Math.max(digits - (digitCount(this.unscaled) - digitCount(other.unscaled)), 0);
    const numerator = this.unscaled * pow10(shift);
    const quotient = numerator / other.unscaled;
    const scale = this.scale - other.scale + shift;
    if (quotient * other.unscaled === numerator) {
      const exact = new Decimal(quotient, scale).#stripTo(preferred);
      if (digitCount(exact.unscaled) <= DIVISION_DIGITS)
        return exact.scale < 0 ? exact.setScale(0) : exact;
    }
    const excess = digitCount(quotient) - DIVISION_DIGITS;
    // A sticky digit keeps the rounding exact: the quotient was cut off.
    const sticky =
      quotient * 10n +
      (quotient * other.unscaled === numerator ? 0n : signOf(numerator) * signOf(other.unscaled));
    const rounded = roundQuotient(sticky, pow10(excess + 1), 'HALF_EVEN');
    const result = new Decimal(rounded, scale - excess);
    return result.scale < 0 ? result.setScale(0) : result;
  }

  /** `divide(divisor, scale, roundingMode)`. */
  divideToScale(other: Decimal, scale: number, mode: RoundingMode = 'HALF_EVEN'): Decimal {
    if (other.unscaled === 0n) throw apexException('System.MathException', 'Divide by 0');
    const shift = scale + other.scale - this.scale;
    const numerator = shift >= 0 ? this.unscaled * pow10(shift) : this.unscaled;
    const denominator = shift >= 0 ? other.unscaled : other.unscaled * pow10(-shift);
    return new Decimal(roundQuotient(numerator, denominator, mode), scale);
  }

  negate(): Decimal {
    return new Decimal(-this.unscaled, this.scale);
  }

  abs(): Decimal {
    return this.unscaled < 0n ? this.negate() : this;
  }

  /** Integer power; negative exponents are refused as on the platform. */
  pow(exponent: number): Decimal {
    if (exponent < 0 || exponent > 32767) {
      throw apexException('System.MathException', 'Exponent must be between 0 and 32,767.');
    }
    return new Decimal(this.unscaled ** BigInt(exponent), this.scale * exponent);
  }

  /** HALF_EVEN is the default of `setScale(scale)` (documented: Apex Reference, Decimal.setScale). */
  setScale(scale: number, mode: RoundingMode = 'HALF_EVEN'): Decimal {
    if (scale === this.scale) return this;
    if (scale > this.scale) return new Decimal(this.unscaled * pow10(scale - this.scale), scale);
    return new Decimal(roundQuotient(this.unscaled, pow10(this.scale - scale), mode), scale);
  }

  stripTrailingZeros(): Decimal {
    if (this.unscaled === 0n) return Decimal.ZERO;
    return this.#stripTo(-Infinity);
  }

  compareTo(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const a = this.#at(scale);
    const b = other.#at(scale);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** By numeric value, whatever the scale. */
  equals(other: Decimal): boolean {
    return this.compareTo(other) === 0;
  }

  signum(): number {
    return this.unscaled > 0n ? 1 : this.unscaled < 0n ? -1 : 0;
  }

  /** Number of digits of the unscaled value. */
  precision(): number {
    return digitCount(this.unscaled);
  }

  /** Towards zero, unbounded. */
  toBigInt(): bigint {
    return this.scale > 0 ? this.unscaled / pow10(this.scale) : this.unscaled * pow10(-this.scale);
  }

  toInteger(): number {
    return Number(BigInt.asIntN(32, this.toBigInt()));
  }

  toLong(): bigint {
    return BigInt.asIntN(64, this.toBigInt());
  }

  toDouble(): number {
    return Number(`${this.unscaled}e${-this.scale}`);
  }

  toPlainString(): string {
    if (this.scale <= 0) return (this.unscaled * pow10(-this.scale)).toString();
    const negative = this.unscaled < 0n;
    const digits = (negative ? -this.unscaled : this.unscaled)
      .toString()
      .padStart(this.scale + 1, '0');
    const cut = digits.length - this.scale;
    return `${negative ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
  }

  /** Plain unless the number is below 10^-6: then with an exponent, as Java's BigDecimal. */
  toString(): string {
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString();
    const adjusted = digits.length - 1 - this.scale;
    if (this.scale >= 0 && adjusted >= -6) return this.toPlainString();
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${this.unscaled < 0n ? '-' : ''}${mantissa}E${adjusted >= 0 ? '+' : ''}${adjusted}`;
  }

  /** Equal for numerically equal values: the map key. */
  key(): string {
    return this.stripTrailingZeros().toString();
  }

  #at(scale: number): bigint {
    return scale === this.scale ? this.unscaled : this.unscaled * pow10(scale - this.scale);
  }

  #stripTo(preferred: number): Decimal {
    let unscaled = this.unscaled;
    let scale = this.scale;
    while (scale > preferred && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale--;
    }
    return new Decimal(unscaled, scale);
  }
}

function signOf(value: bigint): bigint {
  return value < 0n ? -1n : 1n;
}

function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

/** Integer quotient rounded by `mode`. */
function roundQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const sign = signOf(numerator) * signOf(denominator);
  return roundsAway(mode, quotient, rest, denominator, sign) ? quotient + sign : quotient;
}

function roundsAway(
  mode: RoundingMode,
  quotient: bigint,
  rest: bigint,
  denominator: bigint,
  sign: bigint,
): boolean {
  const twice = 2n * (rest < 0n ? -rest : rest);
  const whole = denominator < 0n ? -denominator : denominator;
  switch (mode) {
    case 'UP':
      return true;
    case 'DOWN':
      return false;
    case 'CEILING':
      return sign > 0n;
    case 'FLOOR':
      return sign < 0n;
    case 'HALF_UP':
      return twice >= whole;
    case 'HALF_DOWN':
      return twice > whole;
    case 'HALF_EVEN':
      return twice > whole || (twice === whole && quotient % 2n !== 0n);
    case 'UNNECESSARY':
      throw apexException('System.MathException', 'Rounding necessary');
    default:
      return mode satisfies never;
  }
}
