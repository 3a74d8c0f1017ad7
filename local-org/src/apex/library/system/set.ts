import { apexEquals, apexHashCode, ApexSet, toText, type ApexList } from '../../values/index.ts';
import { define, required } from '../define.ts';
import { ArrayIterator } from './iterator.ts';

function addAll(set: ApexSet, items: readonly unknown[]): boolean {
  let changed = false;
  for (const item of items) changed = set.add(item) || changed;
  return changed;
}

function removeAll(set: ApexSet, items: readonly unknown[]): boolean {
  let changed = false;
  for (const item of items) changed = set.delete(item) || changed;
  return changed;
}

function retainAll(set: ApexSet, items: readonly unknown[]): boolean {
  const kept = new ApexSet(set.elementType, items);
  return removeAll(
    set,
    set.toArray().filter((item) => !kept.has(item)),
  );
}

export const setType = define('Set', {
  'add(T)': (set: ApexSet, value: unknown) => set.add(value),
  'addAll(List<T>)': (set: ApexSet, other: ApexList | null) => addAll(set, required(other).items),
  'addAll(Set<T>)': (set: ApexSet, other: ApexSet | null) => addAll(set, required(other).toArray()),
  'clear()': (set: ApexSet) => set.clear(),
  'clone()': (set: ApexSet) => new ApexSet(set.elementType, set.toArray()),
  'contains(T)': (set: ApexSet, value: unknown) => set.has(value),
  'containsAll(List<T>)': (set: ApexSet, other: ApexList | null) =>
    required(other).items.every((item) => set.has(item)),
  'containsAll(Set<T>)': (set: ApexSet, other: ApexSet | null) =>
    required(other)
      .toArray()
      .every((item) => set.has(item)),
  'equals(Set<Object>)': (set: ApexSet, other: unknown) => apexEquals(set, other),
  'hashCode()': (set: ApexSet) => apexHashCode(set),
  'isEmpty()': (set: ApexSet) => set.size === 0,
  'iterator()': (set: ApexSet) => new ArrayIterator(set.toArray()),
  'remove(T)': (set: ApexSet, value: unknown) => set.delete(value),
  'removeAll(List<T>)': (set: ApexSet, other: ApexList | null) =>
    removeAll(set, required(other).items),
  'removeAll(Set<T>)': (set: ApexSet, other: ApexSet | null) =>
    removeAll(set, required(other).toArray()),
  'retainAll(List<T>)': (set: ApexSet, other: ApexList | null) =>
    retainAll(set, required(other).items),
  'retainAll(Set<T>)': (set: ApexSet, other: ApexSet | null) =>
    retainAll(set, required(other).toArray()),
  'size()': (set: ApexSet) => set.size,
  'toString()': (set: ApexSet) => toText(set),
});
