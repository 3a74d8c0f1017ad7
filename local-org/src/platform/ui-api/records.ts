import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { Transaction } from '../../execution/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { RecordRequest, UiFieldValue, UiRecord } from '../../server/contract.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../../schema/contract.ts';
import { notFound, userQuery } from './core.ts';
import { displayValue, jsonValue } from './display-values.ts';
import { uiRecordType } from './object-info.ts';

/** A field path resolved against the schema: the relationship steps and the field at the end. */
export interface FieldPath {
  /** In canonical case: `Owner.Name`. */
  readonly text: string;
  readonly steps: readonly FieldInfo[];
  readonly field: FieldInfo;
}

/**
 * Resolves `Owner.Name` from an object; undefined when a part does not exist or is more than a field away through an unknown relationship. For a polymorphic
 * lookup the first target that has the field is taken.
 */
export function resolvePath(
  schema: Schema,
  object: ObjectInfo,
  text: string,
): FieldPath | undefined {
  const parts = text.split('.');
  const steps: FieldInfo[] = [];
  let current = object;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      const field = current.fields.get(part.toLowerCase());
      return field === undefined
        ? undefined
        : { text: [...steps.map(relationshipName), field.name].join('.'), steps, field };
    }
    const step = current.parents.get(part.toLowerCase());
    const targets = (step?.reference?.targets ?? []).flatMap((name) => schema.object(name) ?? []);
    const next = parts[index + 1]?.toLowerCase() ?? '';
    const target =
      targets.find((candidate) => candidate.fields.has(next) || candidate.parents.has(next)) ??
      targets[0];
    if (step === undefined || target === undefined || steps.length === 5) return undefined;
    steps.push(step);
    current = target;
  }
  return undefined;
}

/** Whether the user may read every part of the path. */
export function mayReadPath(
  transaction: Transaction,
  object: ObjectInfo,
  path: FieldPath,
): boolean {
  const permissions = transaction.services.permissions;
  let current = object;
  for (const step of path.steps) {
    if (!permissions.fieldAccess(current.name, step.name).read) return false;
    const target = step.reference?.targets.flatMap(
      (name) => transaction.schema.object(name) ?? [],
    )[0];
    if (target === undefined) return false;
    current = target;
  }
  return (
    permissions.objectAccess(current.name).read &&
    permissions.fieldAccess(current.name, path.field.name).read
  );
}

/** Fields that every answer carries, where the object has them. */
export const ALWAYS = [
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'RecordTypeId',
] as const;

/** One record as the UI API answers it. 404 when the user cannot see it, 400 when a required field cannot be read. */
export function readUiRecord(
  transaction: Transaction,
  object: ObjectInfo,
  request: RecordRequest,
): UiRecord {
  const paths = requestedPaths(transaction, object, request);
  const record = selectRecords(transaction, object, paths, 'WHERE Id = :id LIMIT 1', [
    request.recordId,
  ])[0];
  if (record === undefined) throw notFound();
  return toUiRecord(transaction, record, paths);
}

/** Runs a query of these paths. `clauses` is made of schema names and binds only. */
export function selectRecords(
  transaction: Transaction,
  object: ObjectInfo,
  paths: readonly FieldPath[],
  clauses: string,
  binds: readonly unknown[],
): SObjectValue[] {
  if (!transaction.services.permissions.objectAccess(object.name).read) throw notFound();
  const columns = new Set(['Id', ...paths.map((path) => path.text)]);
  for (const name of ALWAYS) if (object.fields.has(name.toLowerCase())) columns.add(name);
  return userQuery(
    transaction,
    `SELECT ${[...columns].join(', ')} FROM ${object.name} ${clauses}`,
    binds,
  ).rows;
}

function requestedPaths(
  transaction: Transaction,
  object: ObjectInfo,
  request: RecordRequest,
): FieldPath[] {
  const paths = new Map<string, FieldPath>();
  const add = (name: string, required: boolean) => {
    const [prefix, ...rest] = name.split('.');
    const text =
      prefix?.toLowerCase() === object.name.toLowerCase() && rest.length > 0
        ? rest.join('.')
        : name;
    const path = resolvePath(transaction.schema, object, text);
    if (path !== undefined && mayReadPath(transaction, object, path)) paths.set(path.text, path);
    else if (required) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: `No such column '${text}' on entity '${object.name}'`,
      });
    }
  };
  for (const name of request.fields) add(name, true);
  for (const name of request.optionalFields) add(name, false);
  return [...paths.values()];
}

/** A queried record in the UI API's form; nested records for relationship paths. */
export function toUiRecord(
  transaction: Transaction,
  record: SObjectValue,
  paths: readonly FieldPath[],
): UiRecord {
  const { schema, user } = transaction;
  const fields: Record<string, UiFieldValue> = {};
  const shown = schema.localized(record.object, user.language).fields;
  const nested = new Map<string, FieldPath[]>();
  for (const path of paths) {
    const [first, ...rest] = path.steps;
    if (first === undefined) {
      const value = record.values.get(path.field.name) ?? null;
      fields[path.field.name] = {
        displayValue: displayValue(
          shown.get(path.field.name.toLowerCase()) ?? path.field,
          value,
          user,
        ),
        value: jsonValue(value),
      };
    } else {
      const name = relationshipName(first);
      const text = path.text.slice(name.length + 1);
      nested.set(name, [...(nested.get(name) ?? []), { text, steps: rest, field: path.field }]);
    }
  }
  for (const [name, inner] of nested) {
    const parent = record.parents?.get(name) ?? null;
    fields[name] = {
      displayValue: parent === null ? null : nameOf(parent),
      value: parent === null ? null : toUiRecord(transaction, parent, inner),
    };
  }
  const text = (name: string) => {
    const value = jsonValue(record.values.get(name));
    return typeof value === 'string' ? value : null;
  };
  const type = record.object.recordTypes.find((candidate) => candidate.id === text('RecordTypeId'));
  return {
    apiName: record.object.name,
    id: record.id ?? '',
    fields,
    childRelationships: {},
    recordTypeId: text('RecordTypeId'),
    recordTypeInfo: type === undefined ? null : uiRecordType(transaction, record.object, type),
    lastModifiedById: text('LastModifiedById'),
    lastModifiedDate: text('LastModifiedDate'),
    systemModstamp: text('SystemModstamp'),
  };
}

function nameOf(record: SObjectValue): string | null {
  const field = record.object.nameField;
  const value = field === undefined ? null : record.values.get(field);
  return typeof value === 'string' ? value : null;
}

function relationshipName(field: FieldInfo): string {
  return field.reference?.relationshipName ?? field.name;
}
