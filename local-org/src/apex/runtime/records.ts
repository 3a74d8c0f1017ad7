import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../../schema/contract.ts';
import { libraryFunction } from '../library/registry.ts';
import { fieldSet } from '../library/schema/describe-object.ts';
import {
  addFieldError as addError,
  fieldToken,
  objectToken,
  SObjectValue,
} from '../values/index.ts';
import { toText } from '../values/index.ts';

/** What emitted code does with records and schema tokens; bound to one schema. */
export interface RecordFunctions {
  newRecord(object: string): SObjectValue;
  newRecordWith(object: string, names: readonly string[], values: readonly unknown[]): SObjectValue;
  objectToken(object: string): unknown;
  objectDescribe(object: string): unknown;
  fieldToken(object: string, field: string): unknown;
  fieldDescribe(object: string, field: string): unknown;
  fieldSet(object: string, name: string): unknown;
  addFieldError(record: SObjectValue, field: string, message: unknown): void;
}

/** `schema` null: for programs without records (tests of the language). */
export function recordFunctions(schema: Schema | null): RecordFunctions {
  const objects = new Map<string, ObjectInfo>();
  const objectOf = (name: string): ObjectInfo => {
    let found = objects.get(name);
    if (found === undefined) {
      found = schema?.object(name);
      if (found === undefined)
        throw raise(Diagnostics.INTERNAL, [`object ${name} is not in the schema`]);
      objects.set(name, found);
    }
    return found;
  };
  const fieldOf = (object: string, name: string): FieldInfo => {
    const found = objectOf(object).fields.get(name.toLowerCase());
    if (found === undefined)
      throw raise(Diagnostics.INTERNAL, [`field ${object}.${name} is not in the schema`]);
    return found;
  };
  const describe = (type: string, token: object): unknown => {
    const getDescribe = libraryFunction(type, 'getDescribe()') as (receiver: object) => unknown;
    return getDescribe(token);
  };
  return {
    newRecord: (object) => new SObjectValue(objectOf(object)),
    newRecordWith: (object, names, values) => {
      const record = new SObjectValue(objectOf(object));
      for (const [index, name] of names.entries()) {
        if (name.startsWith('^'))
          record.setParent(name.slice(1), values[index] as SObjectValue | null);
        else record.write(name, values[index]);
      }
      return record;
    },
    objectToken: (object) => objectToken(objectOf(object)),
    objectDescribe: (object) => describe('Schema.SObjectType', objectToken(objectOf(object))),
    fieldToken: (object, field) => fieldToken(objectOf(object), fieldOf(object, field)),
    fieldDescribe: (object, field) =>
      describe('Schema.SObjectField', fieldToken(objectOf(object), fieldOf(object, field))),
    fieldSet: (object, name) => fieldSet(objectOf(object), name),
    addFieldError: (record, field, message) =>
      addError(record, field, typeof message === 'string' ? message : toText(message)),
  };
}
