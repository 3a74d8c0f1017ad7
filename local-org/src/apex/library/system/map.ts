import {
  apexEquals,
  apexException,
  apexHashCode,
  ApexList,
  ApexMap,
  SObjectValue,
  toText,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { recordToken } from './list.ts';

/**
 * `putAll(records)`: keyed by Id; the last of several with one Id stays (practitioner: it is how lists are freed of duplicates). Records without an Id come
 * under the key null (published code relies on it), while the constructor refuses them.
 */
export function putRecords(map: ApexMap, records: ApexList<SObjectValue | null>): void {
  records.items.forEach((record, index) => {
    if (record === null)
      throw apexException('System.ListException', `Row with null Id at index: ${index}`);
    map.put(record.id, record);
  });
}

function copy(map: ApexMap, value: (value: unknown) => unknown): ApexMap {
  return new ApexMap(
    map.keyType,
    map.valueType,
    map.entries().map(([key, item]) => [key, value(item)]),
  );
}

export const mapType = define('Map', {
  'clear()': (map: ApexMap) => map.clear(),
  'clone()': (map: ApexMap) => copy(map, (value) => value),
  'containsKey(K)': (map: ApexMap, key: unknown) => map.has(key),
  'deepClone()': (map: ApexMap) =>
    copy(map, (value) =>
      value instanceof SObjectValue ? value.clone(true, true, true, true) : value,
    ),
  'equals(Map<K,V>)': (map: ApexMap, other: unknown) => apexEquals(map, other),
  'get(K)': (map: ApexMap, key: unknown) => map.get(key),
  'getSObjectType()': (map: ApexMap) => recordToken(map.valueType),
  'hashCode()': (map: ApexMap) => apexHashCode(map),
  'isEmpty()': (map: ApexMap) => map.size === 0,
  'keySet()': (map: ApexMap) => map.keyView(),
  'put(K,V)': (map: ApexMap, key: unknown, value: unknown) => map.put(key, value),
  'putAll(Map<K,V>)': (map: ApexMap, other: ApexMap | null) => {
    for (const [key, value] of required(other).entries()) map.put(key, value);
  },
  'putAll(List<SObject>)': (map: ApexMap, records: ApexList<SObjectValue | null> | null) =>
    putRecords(map, required(records)),
  'remove(K)': (map: ApexMap, key: unknown) => map.remove(key),
  'size()': (map: ApexMap) => map.size,
  'toString()': (map: ApexMap) => toText(map),
  'values()': (map: ApexMap) => new ApexList(map.valueType, map.values()),
});
