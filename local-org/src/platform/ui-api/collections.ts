import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { DmlOperation, DmlRowResult, Transaction } from '../../execution/contract.ts';
import type { ObjectInfo, Schema } from '../../schema/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { FieldValues, Json, JsonObject } from '../../server/contract.ts';
import { requireObject } from './core.ts';
import { recordOf } from './saves.ts';

/** Documented: REST API Developer Guide, "sObject Collections" and "sObject Tree": 200 records in a request. */
export const MAX_RECORDS = 200;

/** A record as the REST API takes it: `attributes.type` names its object. */
export type RestRecord = FieldValues & {
  readonly attributes?: { readonly type?: string; readonly referenceId?: string };
};

/** Outcome of a tree, by the caller's names of its records. */
export interface TreeResult {
  readonly hasErrors: boolean;
  readonly results: readonly (
    | { readonly referenceId: string; readonly id: string }
    | { readonly referenceId: string; readonly errors: DmlRowResult['errors'] }
  )[];
}

/** Thrown to undo the records of a tree, or of a collection that is all or nothing; never leaves this room. */
export class Undo<T> extends Error {
  override readonly name = 'Undo';
  readonly outcome: T;

  constructor(outcome: T) {
    super('undo');
    this.outcome = outcome;
  }
}

/** Saves records of any objects in user mode, row by row results in their order. @throws Undo when it is all or nothing and a row failed */
export function saveRecords(
  transaction: Transaction,
  operation: Extract<DmlOperation, 'insert' | 'update' | 'delete'>,
  records: readonly RestRecord[],
  allOrNone: boolean,
): DmlRowResult[] {
  if (records.length > MAX_RECORDS) throw tooMany();
  const results: DmlRowResult[] = [];
  // Documented: up to ten chunks of one object each; records of one object that follow each other are one chunk.
  for (const chunk of chunks(transaction.schema, records)) {
    const values = chunk.records.map((record) => {
      const value = recordOf(chunk.object, record);
      const id = record['Id'] ?? record['id'];
      if (operation !== 'insert') value.load('Id', typeof id === 'string' ? id : null);
      return value;
    });
    results.push(...save(transaction, operation, values));
  }
  if (allOrNone && results.some(({ success }) => !success)) throw new Undo(rolledBack(results));
  return results;
}

/**
 * Inserts records with their children, level by level. Documented: "sObject Tree": all are inserted, or none.
 * @throws Undo with the errors
 */
export function insertTree(
  transaction: Transaction,
  objectName: string,
  records: readonly RestRecord[],
): TreeResult {
  const root = requireObject(transaction.schema, objectName);
  const results: TreeResult['results'][number][] = [];
  let count = 0;
  let level: readonly Branch[] = records.map((record) => ({ object: root, record, link: null }));
  while (level.length > 0) {
    count += level.length;
    if (count > MAX_RECORDS) throw tooMany();
    const built = level.map((branch) => grow(transaction.schema, branch));
    for (const object of new Set(built.map((one) => one.value.object))) {
      const ofObject = built.filter((one) => one.value.object === object);
      const saved = save(
        transaction,
        'insert',
        ofObject.map((one) => one.value),
      );
      saved.forEach((result, index) => {
        const referenceId = ofObject[index]?.referenceId ?? '';
        results.push(
          result.success
            ? { referenceId, id: result.id ?? '' }
            : { referenceId, errors: result.errors },
        );
      });
    }
    const failures = results.filter((result) => 'errors' in result);
    if (failures.length > 0) throw new Undo<TreeResult>({ hasErrors: true, results: failures });
    level = built.flatMap(({ value, children }) =>
      children.map((child) => ({ ...child, link: { field: child.field, id: value.id } })),
    );
  }
  return { hasErrors: false, results };
}

interface Branch {
  readonly object: ObjectInfo;
  readonly record: RestRecord;
  readonly link: { readonly field: string; readonly id: string | null } | null;
}

interface Grown {
  readonly value: SObjectValue;
  readonly referenceId: string;
  readonly children: readonly (Branch & { readonly field: string })[];
}

function grow(schema: Schema, { object, record, link }: Branch): Grown {
  const fields: Record<string, Json> = {};
  const children: (Branch & { field: string })[] = [];
  for (const [name, json] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const nested = childRecords(json);
    if (nested === null) {
      fields[name] = json;
      continue;
    }
    const relationship = object.children.get(name.toLowerCase());
    if (relationship === undefined) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: `No such relationship '${name}' on entity '${object.name}'`,
      });
    }
    const child = requireObject(schema, relationship.childObject);
    children.push(
      ...nested.map((one) => ({
        object: child,
        record: one,
        link: null,
        field: relationship.field,
      })),
    );
  }
  const value = recordOf(object, fields);
  if (link !== null) value.load(link.field, link.id);
  return { value, referenceId: record.attributes?.referenceId ?? '', children };
}

function childRecords(json: Json): readonly RestRecord[] | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const { records } = json as JsonObject;
  return Array.isArray(records) ? (records as readonly RestRecord[]) : null;
}

function save(
  transaction: Transaction,
  operation: DmlOperation,
  values: readonly SObjectValue[],
): DmlRowResult[] {
  return transaction.dml(operation, values, {
    context: { userId: transaction.user.id, access: 'user', sharing: true },
    allOrNone: false,
  });
}

function chunks(
  schema: Schema,
  records: readonly RestRecord[],
): { readonly object: ObjectInfo; readonly records: RestRecord[] }[] {
  const found: { object: ObjectInfo; records: RestRecord[] }[] = [];
  for (const record of records) {
    const object = requireObject(schema, record.attributes?.type ?? '');
    const last = found.at(-1);
    if (last?.object === object) last.records.push(record);
    else found.push({ object, records: [record] });
  }
  return found;
}

/** Documented: "sObject Collections", `allOrNone`: rows without a fault of their own say why they are not saved. */
function rolledBack(results: readonly DmlRowResult[]): DmlRowResult[] {
  return results.map((result) =>
    result.success
      ? {
          ...result,
          id: null,
          success: false,
          errors: [
            {
              statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
              message:
                'Record rolled back because not all records were valid and the request was using AllOrNone header',
              fields: [],
            },
          ],
        }
      : result,
  );
}

function tooMany(): PlatformFault {
  return new PlatformFault({
    status: 400,
    errorCode: 'LIMIT_EXCEEDED',
    message: `The request holds more than ${MAX_RECORDS} records`,
  });
}
