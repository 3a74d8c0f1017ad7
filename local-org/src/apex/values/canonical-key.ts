import { bridgeName } from '../library/contract.ts';
import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble, doubleToText } from './double.ts';
import { ApexId } from './id.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { LibraryObject, userClassOf } from './object.ts';
import { ApexSet } from './set.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime } from './time.ts';

/** Begins every made-up key, so that no String key of a user can equal one. */
const MARK = '\u0000';
const HASH_CODE = bridgeName('Object', 'hashCode()');
const EQUALS = bridgeName('Object', 'equals(Object)');

/**
 * The key under which a native Map finds an Apex value. Primitives are their own key. Undefined: the value's class has its own
 * `equals` or `hashCode`, only a bucket can find it. Records go by their field values at the time of the call (documented trap:
 * a record changed after it was put in is not found again).
 */
export function canonicalKey(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ApexId) return value.value;
  if (value instanceof SObjectValue) return `${MARK}s${recordKey(value)}`;
  if (value instanceof Decimal) return `${MARK}n${value.key()}`;
  if (value instanceof ApexDouble) return `${MARK}f${doubleToText(value.value)}`;
  if (value instanceof ApexDate) return `${MARK}d${value.days}`;
  if (value instanceof ApexDatetime) return `${MARK}t${value.millis}`;
  if (value instanceof ApexTime) return `${MARK}h${value.millis}`;
  if (value instanceof ApexBlob) return `${MARK}b${value.toHex()}`;
  if (value instanceof ApexList) return collectionKey('l', value.items);
  if (value instanceof ApexSet) return collectionKey('e', value.toArray());
  if (value instanceof ApexMap) return collectionKey('m', value.entries().flat());
  if (value instanceof LibraryObject) {
    const key = value.apexKey?.();
    return key === undefined ? value : `${MARK}o${value.apexTypeName} ${key}`;
  }
  if (userClassOf(value) !== null && hasOwnEquality(value)) return undefined;
  return value;
}

function hasOwnEquality(value: object): boolean {
  const bridges = value as Record<string, unknown>;
  return bridges[HASH_CODE] !== undefined || bridges[EQUALS] !== undefined;
}

/** By content; identity when an element has no textual key. */
function collectionKey(mark: string, elements: readonly unknown[]): unknown {
  return `${MARK}${mark}${elements.map(elementKey).join(MARK)}`;
}

function elementKey(element: unknown): string {
  const key = canonicalKey(element);
  switch (typeof key) {
    case 'string':
      return `s${key.length}:${key}`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return `${typeof key}${String(key)}`;
    default:
      return key === null ? 'null' : `#${identityOf(element)}`;
  }
}

function recordKey(record: SObjectValue): string {
  const parts: string[] = [];
  for (const [name, value] of record.values) {
    if (value !== null) parts.push(`${name}=${elementKey(value)}`);
  }
  return `${record.object.name}{${parts.sort().join(';')}}`;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number that stays with the object: identity hash code. */
export function identityOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = ++lastIdentity));
  return identity;
}
