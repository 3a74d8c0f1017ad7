import { SObjectValue } from '../../apex/values/sobject.ts';
import type {
  DmlOperation,
  DmlRowError,
  DmlRowResult,
  Transaction,
} from '../../execution/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { FieldValues, Json } from '../../server/contract.ts';
import type { FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import { ApexBlob } from '../../apex/values/blob.ts';
import { ApexTime } from '../../apex/values/time.ts';
import { toId18 } from '../../apex/values/id.ts';
import { notFound, userQuery } from './core.ts';
import { storedValueOf } from '../setup/stored-values.ts';
import { LocalOrgError } from '../../diagnostics/index.ts';

/** Inserts a record in user mode; @returns its Id. Refusals carry every row error in the platform's words. */
export function createRecord(
  transaction: Transaction,
  object: ObjectInfo,
  fields: FieldValues,
): string {
  return save(transaction, 'insert', recordOf(object, fields)).id ?? '';
}

/** Updates the named fields of a record in user mode. */
export function updateRecord(
  transaction: Transaction,
  object: ObjectInfo,
  id: string,
  fields: FieldValues,
): void {
  requireReadable(transaction, object, id);
  const record = recordOf(object, fields);
  record.load('Id', id);
  save(transaction, 'update', record);
}

/** Deletes a record in user mode. */
export function deleteRecord(transaction: Transaction, object: ObjectInfo, id: string): void {
  requireReadable(transaction, object, id);
  const record = new SObjectValue(object);
  record.load('Id', id);
  save(transaction, 'delete', record);
}

/**
 * A save says of a record that the user may not change, that was deleted and that never was three different things (documented status codes of DML), so whoever
 * does not see the record is answered before, and alike: nobody learns whether there is one. That the UI API does so is inferred; it is the stricter answer.
 */
function requireReadable(transaction: Transaction, object: ObjectInfo, id: string): void {
  if (!transaction.services.permissions.objectAccess(object.name).read) throw notFound();
  const soql = `SELECT Id FROM ${object.name} WHERE Id = :id LIMIT 1`;
  if (userQuery(transaction, soql, [id]).rows.length === 0) throw notFound();
}

/** Of a record that a field refers to. */
const ABOUT_REFERENCES = new Set([
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'INVALID_CROSS_REFERENCE_KEY',
  'ENTITY_IS_DELETED',
]);

/** As above: one answer for a record that is referred to and that the user does not see, that was deleted, and that never was. */
function withoutExistence(row: DmlRowError): DmlRowError {
  if (!ABOUT_REFERENCES.has(row.statusCode)) return row;
  return {
    statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    message: 'insufficient access rights on cross-reference id',
    fields: [],
  };
}

function save(
  transaction: Transaction,
  operation: DmlOperation,
  record: SObjectValue,
): DmlRowResult {
  const [result] = transaction.dml(operation, [record], {
    context: { userId: transaction.user.id, access: 'user', sharing: true },
    allOrNone: false,
  });
  if (result === undefined || !result.success) {
    const rows = (result?.errors ?? []).map(withoutExistence);
    throw new PlatformFault({
      status: rows.some((row) => /INSUFFICIENT_ACCESS|CANNOT_/.test(row.statusCode)) ? 403 : 400,
      errorCode: rows[0]?.statusCode ?? 'UNKNOWN_EXCEPTION',
      message: rows[0]?.message ?? 'The record was not saved',
      rows,
    });
  }
  return result;
}

/** A record with those fields; refuses names and values that the object does not take. */
export function recordOf(object: ObjectInfo, fields: FieldValues): SObjectValue {
  const record = new SObjectValue(object);
  for (const [name, json] of Object.entries(fields)) {
    if (name === 'Id' || name === 'attributes') continue;
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: `No such column '${name}' on sobject of type ${object.name}`,
      });
    }
    record.load(field.name, fieldValueOf(object, field, json));
  }
  return record;
}

/** A JSON value as the field's Apex value; the platform's refusal when it is none. */
export function fieldValueOf(object: ObjectInfo, field: FieldInfo, json: Json): unknown {
  if (json === null || json === '') return null;
  if (typeof json === 'object') throw wrongValue(object, field, json);
  const text = String(json);
  switch (field.apexType) {
    case 'Boolean':
      if (typeof json !== 'boolean') throw wrongValue(object, field, json);
      return json;
    case 'Id': {
      const id = toId18(text);
      if (id === null) throw wrongValue(object, field, json);
      return id;
    }
    case 'Blob':
      return new ApexBlob(Buffer.from(text, 'base64'));
    case 'Time': {
      const parsed = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z?$/.exec(text);
      if (parsed === null) throw wrongValue(object, field, json);
      const [, hours, minutes, seconds, fraction = '0'] = parsed;
      return new ApexTime(
        ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
          Number(fraction.padEnd(3, '0')),
      );
    }
    default:
      try {
        const value = storedValueOf(field, text);
        if (value === null || (field.apexType === 'Datetime' && Number.isNaN(Date.parse(text))))
          throw wrongValue(object, field, json);
        if (field.apexType === 'Integer' && value !== (Number(value) | 0))
          throw wrongValue(object, field, json);
        return value;
      } catch (error) {
        if (error instanceof LocalOrgError) throw wrongValue(object, field, json);
        throw error;
      }
  }
}

function wrongValue(object: ObjectInfo, field: FieldInfo, json: Json): PlatformFault {
  return new PlatformFault({
    status: 400,
    errorCode: 'JSON_PARSER_ERROR',
    message: `Cannot deserialize instance of ${field.displayType} from VALUE ${JSON.stringify(json)} for ${object.name}.${field.name}`,
  });
}
