import { currentTransaction } from '../../../execution/current.ts';
import { randomUuid } from '../../../execution/random-source.ts';
import type { Schema } from '../../../schema/contract.ts';
import {
  apexException,
  ApexList,
  SObjectFieldToken,
  SObjectTypeToken,
  stringToId,
  Types,
  type SObjectValue,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { randomBytesOf } from '../environment.ts';
import { DescribeField, describeFieldType } from './describe-field.ts';
import { DescribeObject, describeObjectTypes } from './describe-object.ts';
import { loadDefaults } from './defaults.ts';
import { globalDescribe } from './token-maps.ts';

const globals = new WeakMap<Schema, ReturnType<typeof globalDescribe>>();

function global(): ReturnType<typeof globalDescribe> {
  const { schema } = currentTransaction();
  let map = globals.get(schema);
  if (map === undefined) globals.set(schema, (map = globalDescribe(schema)));
  return map;
}

function describeAll(names: ApexList<string> | null): ApexList<DescribeObject> {
  const { schema } = currentTransaction();
  const results = required(names).items.map((name) => {
    const object = schema.object(name);
    if (object === undefined)
      throw apexException('System.InvalidParameterValueException', `Invalid sobject name: ${name}`);
    return new DescribeObject(object);
  });
  return new ApexList(Types.library('Schema.DescribeSObjectResult'), results);
}

function newRecord(token: SObjectTypeToken, id: string | null = null): SObjectValue {
  const record = currentTransaction().newSObject(token.object);
  if (id !== null) record.write('Id', stringToId(id));
  return record;
}

function newRecordWithDefaults(
  token: SObjectTypeToken,
  recordTypeId: string | null,
  withDefaults: boolean | null,
): SObjectValue {
  const record = newRecord(token);
  if (recordTypeId !== null) record.write('RecordTypeId', stringToId(recordTypeId));
  if (withDefaults !== true) return record;
  loadDefaults(record);
  if (token.object.fields.has('ownerid')) record.load('OwnerId', currentTransaction().user.id);
  // Documented: only events made this way know their UUID before they are published.
  if (token.object.kind === 'platformEvent') record.load('EventUuid', randomUuid(randomBytesOf));
  return record;
}

/** `Schema` and its tokens. */
export const schemaTypes = [
  define('Schema', {
    'describeSObjects(List<String>)': describeAll,
    'describeSObjects(List<String>,Object)': describeAll,
    'getGlobalDescribe()': global,
  }),
  define(
    'Schema.SObjectType',
    {
      'getDescribe()': (token: SObjectTypeToken) => new DescribeObject(token.object),
      'getDescribe(Object)': (token: SObjectTypeToken) => new DescribeObject(token.object),
      'newSObject()': (token: SObjectTypeToken) => newRecord(token),
      'newSObject(Id)': newRecord,
      'newSObject(Id,Boolean)': newRecordWithDefaults,
    },
    { instanceClass: SObjectTypeToken },
  ),
  define(
    'Schema.SObjectField',
    {
      'getDescribe()': (token: SObjectFieldToken) => new DescribeField(token.object, token.field),
      'getDescribe(Object)': (token: SObjectFieldToken) =>
        new DescribeField(token.object, token.field),
    },
    { instanceClass: SObjectFieldToken },
  ),
  describeFieldType,
  ...describeObjectTypes,
];
