import { bridgeName } from '../library/contract.ts';
import { ApexBlob } from './blob.ts';
import { canonicalKey, identityOf } from './canonical-key.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { ApexId, toId18 } from './id.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { bridgeOf } from './object.ts';
import { ApexSet } from './set.ts';
import { ApexTime } from './time.ts';

const EQUALS = bridgeName('Object', 'equals(Object)');
const HASH_CODE = bridgeName('Object', 'hashCode()');

/** `==` of two Strings: not case-sensitive (documented). */
export function stringEquals(a: string | null, b: string | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * `==` of two `Object`s, `System.assertEquals`, `List.contains`: by value, with numbers compared across types and Strings with their case
 * (practitioner: `System.assertEquals('A', 'a')` fails).
 */
export function apexEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'string' && typeof b === 'string') return false;
  const number = numberOf(a);
  if (number !== null) {
    const other = numberOf(b);
    return other !== null && number.equals(other);
  }
  if (a instanceof ApexId || b instanceof ApexId)
    return idText(a) !== null && idText(a) === idText(b);
  // To the second (practitioner: published tests compare instants with and without milliseconds).
  if (a instanceof ApexDatetime && b instanceof ApexDatetime) {
    return Math.floor(a.millis / 1000) === Math.floor(b.millis / 1000);
  }
  if (a instanceof ApexDatetime && b instanceof ApexDate) return a.millis === b.days * 86_400_000;
  if (a instanceof ApexDate && b instanceof ApexDatetime) return a.days * 86_400_000 === b.millis;
  if (a instanceof ApexList) return b instanceof ApexList && sequenceEquals(a.items, b.items);
  if (a instanceof ApexSet)
    return b instanceof ApexSet && a.size === b.size && a.toArray().every((item) => b.has(item));
  if (a instanceof ApexMap) return b instanceof ApexMap && mapEquals(a, b);
  if (typeof a !== 'object') return false;
  const own = bridgeOf(a, EQUALS);
  if (own !== null) return (own(b) as boolean | null) ?? false;
  const key = canonicalKey(a);
  return key !== undefined && key === canonicalKey(b);
}

function idText(value: unknown): string | null {
  if (value instanceof ApexId) return value.value;
  return typeof value === 'string' ? toId18(value) : null;
}

/** Numbers in one common form; integers stay out of the slow path by the `===` above. */
function numberOf(value: unknown): Decimal | null {
  if (typeof value === 'number')
    return Number.isInteger(value) ? Decimal.ofInteger(value) : finite(value);
  if (typeof value === 'bigint') return Decimal.ofLong(value);
  if (value instanceof Decimal) return value;
  return value instanceof ApexDouble ? finite(value.value) : null;
}

function finite(value: number): Decimal | null {
  return Number.isFinite(value) ? Decimal.ofDouble(value) : null;
}

function sequenceEquals(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => apexEquals(item, b[index]));
}

function mapEquals(a: ApexMap, b: ApexMap): boolean {
  return (
    a.size === b.size &&
    a.entries().every(([key, value]) => b.has(key) && apexEquals(value, b.get(key)))
  );
}

/** `hashCode()` of any value: Java's for String, numbers, Boolean and collections; own method of user classes; else identity. */
export function apexHashCode(value: unknown): number {
  if (value === null) return 0;
  if (typeof value === 'string') return stringHash(value);
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'bigint') return longHash(value);
  if (value instanceof ApexId) return stringHash(value.value);
  if (value instanceof Decimal)
    return (Math.imul(31, bigIntHash(value.unscaled)) + value.scale) | 0;
  if (value instanceof ApexDouble) return doubleHash(value.value);
  if (value instanceof ApexDate) return longHash(BigInt(value.days) * 86_400_000n);
  if (value instanceof ApexDatetime || value instanceof ApexTime)
    return longHash(BigInt(value.millis));
  if (value instanceof ApexBlob)
    return value.bytes.reduce((hash, byte) => (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0, 1);
  if (value instanceof ApexList)
    return value.items.reduce(
      (hash: number, item) => (Math.imul(31, hash) + apexHashCode(item)) | 0,
      1,
    );
  if (value instanceof ApexSet)
    return value.toArray().reduce((hash: number, item) => (hash + apexHashCode(item)) | 0, 0);
  if (value instanceof ApexMap) {
    return value
      .entries()
      .reduce((hash, [key, item]) => (hash + (apexHashCode(key) ^ apexHashCode(item))) | 0, 0);
  }
  const own = bridgeOf(value, HASH_CODE);
  if (own !== null) return (own() as number | null) ?? 0;
  const key = canonicalKey(value);
  return typeof key === 'string' ? stringHash(key) : identityOf(value);
}

function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

function longHash(value: bigint): number {
  const bits = BigInt.asUintN(64, value);
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

function doubleHash(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return longHash(view.getBigInt64(0));
}

/** Java's BigInteger.hashCode: over the magnitude's 32-bit words, times the sign. */
function bigIntHash(value: bigint): number {
  let magnitude = value < 0n ? -value : value;
  const words: number[] = [];
  while (magnitude > 0n) {
    words.unshift(Number(magnitude & 0xffffffffn));
    magnitude >>= 32n;
  }
  const hash = words.reduce((sum, word) => (Math.imul(31, sum) + word) | 0, 0);
  return value < 0n ? -hash | 0 : hash;
}
