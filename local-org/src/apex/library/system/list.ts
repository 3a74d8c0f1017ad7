import { currentTransaction } from '../../../execution/current.ts';
import { bridgeName } from '../contract.ts';
import {
  apexEquals,
  apexHashCode,
  ApexList,
  apexException,
  bridgeOf,
  checkGrowth,
  checkModifiable,
  indexError,
  objectToken,
  SObjectValue,
  toText,
  type ApexSet,
  type RuntimeType,
  type SObjectTypeToken,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { ArrayIterator } from './iterator.ts';
import { naturalOrder } from './ordering.ts';

const COMPARE = bridgeName('Comparator', 'compare(T,T)');

/** The token of a concrete record type; null for the generic SObject and anything else. */
export function recordToken(type: RuntimeType): SObjectTypeToken | null {
  if (type.kind !== 'sobject' || type.name === 'SObject') return null;
  const object = currentTransaction().schema.object(type.name);
  return object === undefined ? null : objectToken(object);
}

function sortBy(list: ApexList, order: (a: unknown, b: unknown) => number): void {
  checkModifiable(list);
  list.items.sort(order);
}

/** A list of one element is not compared, but must still be of a kind that could be. */
function sortNaturally(list: ApexList): void {
  if (list.items.length === 1) naturalOrder(list.items[0], list.items[0]);
  sortBy(list, naturalOrder);
}

function comparatorOrder(comparator: object): (a: unknown, b: unknown) => number {
  const compare = bridgeOf(comparator, COMPARE);
  if (compare === null)
    throw apexException('System.TypeException', `Not a Comparator: ${toText(comparator)}`);
  return (a, b) => (compare(a, b) as number | null) ?? 0;
}

function remove(list: ApexList, index: number): unknown {
  if (required(index) < 0 || index >= list.items.length) throw indexError(index);
  checkModifiable(list);
  return list.items.splice(index, 1)[0];
}

function insertAt(list: ApexList, index: number, value: unknown): void {
  if (required(index) < 0 || index > list.items.length) throw indexError(index);
  checkModifiable(list);
  list.items.splice(index, 0, value);
}

function addAll(list: ApexList, items: readonly unknown[]): void {
  checkModifiable(list);
  for (const item of items) list.items.push(item);
  if (items.length > 0) checkGrowth(list.items.length, items.at(-1));
}

function deepClone(
  list: ApexList,
  preserveId = false,
  preserveTimestamps = false,
  preserveAutonumber = false,
): ApexList {
  return new ApexList(
    list.elementType,
    list.items.map((item) =>
      item instanceof SObjectValue
        ? item.clone(preserveId, true, preserveTimestamps, preserveAutonumber)
        : item,
    ),
  );
}

export const listType = define('List', {
  'add(T)': (list: ApexList, value: unknown) => list.add(value),
  'add(Integer,T)': insertAt,
  'addAll(List<T>)': (list: ApexList, other: ApexList | null) =>
    addAll(list, [...required(other).items]),
  'addAll(Set<T>)': (list: ApexList, other: ApexSet | null) =>
    addAll(list, required(other).toArray()),
  'clear()': (list: ApexList) => {
    checkModifiable(list);
    list.items = [];
  },
  'clone()': (list: ApexList) => new ApexList(list.elementType, [...list.items]),
  'contains(T)': (list: ApexList, value: unknown) =>
    list.items.some((item) => apexEquals(item, value)),
  'deepClone()': (list: ApexList) => deepClone(list),
  'deepClone(Boolean)': deepClone,
  'deepClone(Boolean,Boolean)': deepClone,
  'deepClone(Boolean,Boolean,Boolean)': deepClone,
  'equals(List<T>)': (list: ApexList, other: unknown) => apexEquals(list, other),
  'get(Integer)': (list: ApexList, index: number) => list.get(required(index)),
  'getSObjectType()': (list: ApexList) => recordToken(list.elementType),
  'hashCode()': (list: ApexList) => apexHashCode(list),
  'indexOf(T)': (list: ApexList, value: unknown) =>
    list.items.findIndex((item) => apexEquals(item, value)),
  'isEmpty()': (list: ApexList) => list.items.length === 0,
  'iterator()': (list: ApexList) => new ArrayIterator(list.items),
  'remove(Integer)': remove,
  'set(Integer,T)': (list: ApexList, index: number, value: unknown) =>
    list.set(required(index), value),
  'size()': (list: ApexList) => list.items.length,
  'sort()': sortNaturally,
  'sort(Comparator<T>)': (list: ApexList, comparator: object | null) =>
    sortBy(list, comparatorOrder(required(comparator))),
  'toString()': (list: ApexList) => toText(list),
});
