import { ApexBlob } from '../apex/values/blob.ts';
import { ApexDate } from '../apex/values/date.ts';
import { ApexDatetime } from '../apex/values/datetime.ts';
import { ApexDouble } from '../apex/values/double.ts';
import { ApexEnum } from '../apex/values/enum.ts';
import { ApexId } from '../apex/values/id.ts';
import { ApexList } from '../apex/values/list.ts';
import { ApexMap } from '../apex/values/map.ts';
import { ApexSet } from '../apex/values/set.ts';
import { ApexTime } from '../apex/values/time.ts';
import { Decimal } from '../apex/values/decimal.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import { toText } from '../apex/values/to-string.ts';
import { allFields } from '../apex/values/runtime-type.ts';
import { userClassOf } from '../apex/values/object.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Json } from '../server/contract.ts';

/**
 * What an `@AuraEnabled` method answers, as a component receives it: records as plain fields, classes with those members that carry `@AuraEnabled`
 * (documented: LWC Developer Guide, "Expose Apex Methods"; null fields of records are left out, practitioner).
 */
export function auraJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
      return value;
    case 'bigint':
      return Number(value);
    case 'object':
      return objectJson(value);
    default:
      throw raise(Diagnostics.INTERNAL, [`a ${typeof value} cannot travel to a component`]);
  }
}

function objectJson(value: object): Json {
  if (value instanceof ApexId) return value.value;
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof Decimal) return value.toDouble();
  if (value instanceof ApexDate) return value.toIso();
  if (value instanceof ApexDatetime) return new Date(value.millis).toISOString();
  if (value instanceof ApexTime) return value.millis;
  if (value instanceof ApexBlob) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexList) return value.items.map(auraJson);
  if (value instanceof ApexSet) return value.toArray().map(auraJson);
  if (value instanceof ApexMap) return mapJson(value);
  if (value instanceof SObjectValue) return recordJson(value);
  const cls = userClassOf(value);
  if (cls === null) return toText(value);
  const json: Record<string, Json> = {};
  for (const field of allFields(cls)) {
    if (field.isAuraEnabled === true && field.get !== null)
      json[field.name] = auraJson(field.get(value as never));
  }
  return json;
}

function mapJson(map: ApexMap): Json {
  const json: Record<string, Json> = {};
  for (const [key, item] of map.entries())
    json[key === null ? 'null' : toText(key)] = auraJson(item);
  return json;
}

function recordJson(record: SObjectValue): Json {
  const json: Record<string, Json> = {};
  for (const [name, value] of record.values) if (value !== null) json[name] = auraJson(value);
  for (const [name, parent] of record.parents ?? [])
    if (parent !== null) json[name] = recordJson(parent);
  for (const [name, children] of record.children ?? []) json[name] = children.items.map(recordJson);
  return json;
}
