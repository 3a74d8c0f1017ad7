import { bridgeName } from '../library/contract.ts';
import {
  apexException,
  ApexList,
  ApexMap,
  ApexSet,
  bridgeOf,
  checkGrowth,
  SObjectValue,
} from '../values/index.ts';
import type { RuntimeType } from '../values/index.ts';
import { npe } from './numbers.ts';

/** `new X[n]`: n nulls, if a heap can hold them. */
export function sizedList(elementType: RuntimeType, size: number): ApexList {
  checkGrowth(size, null);
  return new ApexList(elementType, new Array<unknown>(Math.max(0, size)).fill(null));
}

/** `new List<X>(source)`, `new Set<X>(source)`, `new Map<K, V>(source)`. */
export function copyCollection(type: RuntimeType, source: unknown): ApexList | ApexSet | ApexMap {
  switch (type.kind) {
    case 'list':
      return new ApexList(type.element, [...elementsOf(source)]);
    case 'set':
      return new ApexSet(type.element, elementsOf(source));
    case 'map': {
      if (source instanceof ApexMap) return new ApexMap(type.key, type.value, source.entries());
      return new ApexMap(type.key, type.value, recordsById(source));
    }
    default:
      throw apexException('System.TypeException', 'Not a collection');
  }
}

function elementsOf(source: unknown): unknown[] {
  if (source instanceof ApexList) return source.items;
  if (source instanceof ApexSet) return source.toArray();
  const iterator = iterate(source ?? npe());
  const items: unknown[] = [];
  while (iterator.hasNext()) items.push(iterator.next());
  return items;
}

/** `new Map<Id, Account>(records)`: a record without an Id, or with that of another, cannot be a key (practitioner: texts as reported). */
function recordsById(source: unknown): [string, SObjectValue][] {
  const seen = new Set<string>();
  return elementsOf(source).map((record, index) => {
    if (!(record instanceof SObjectValue))
      throw apexException('System.NullPointerException', 'Attempt to de-reference a null object');
    if (record.id === null)
      throw apexException('System.ListException', `Row with null Id at index: ${index}`);
    if (seen.has(record.id))
      throw apexException('System.ListException', `Row with duplicate Id at index: ${index}`);
    seen.add(record.id);
    return [record.id, record];
  });
}

/** What a for-loop over an `Iterable` works with. */
export interface ApexIteration {
  hasNext(): boolean;
  next(): unknown;
}

const ITERATOR = bridgeName('Iterable', 'iterator()');
const HAS_NEXT = bridgeName('Iterator', 'hasNext()');
const NEXT = bridgeName('Iterator', 'next()');

/** Starts an iteration over anything iterable: a user class, a collection, an iterator of the library. */
export function iterate(source: unknown): ApexIteration {
  if (source instanceof ApexList) return overItems(source.items);
  if (source instanceof ApexSet) return overItems(source.toArray());
  const iterator = bridgeOf(source, ITERATOR)?.() ?? source;
  const hasNext = bridgeOf(iterator, HAS_NEXT);
  const next = bridgeOf(iterator, NEXT);
  if (hasNext !== null && next !== null) {
    return { hasNext: () => (hasNext() as boolean | null) ?? npe(), next };
  }
  if (isIteration(iterator)) return iterator;
  throw apexException('System.TypeException', 'Not iterable');
}

function isIteration(value: unknown): value is ApexIteration {
  const candidate = value as Partial<ApexIteration> | null;
  return typeof candidate?.hasNext === 'function' && typeof candidate.next === 'function';
}

function overItems(items: readonly unknown[]): ApexIteration {
  let index = 0;
  return { hasNext: () => index < items.length, next: () => items[index++] ?? null };
}

/** The chunks of `for (List<Account> batch : [SELECT …])`: 200 records each (documented). */
export function batches(
  rows: readonly SObjectValue[],
  type: RuntimeType,
): ApexList<SObjectValue>[] {
  const element: RuntimeType =
    type.kind === 'list' ? type.element : { kind: 'sobject', name: 'SObject' };
  const chunks: ApexList<SObjectValue>[] = [];
  for (let i = 0; i < rows.length; i += 200)
    chunks.push(new ApexList(element, rows.slice(i, i + 200)));
  return chunks;
}
