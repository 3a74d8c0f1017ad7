import { libraryType } from '../../../schema/library-signatures.ts';
import { currentTransaction } from '../../../execution/current.ts';
import type { DmlOperation, DmlRowResult } from '../../../execution/contract.ts';
import {
  apexException,
  ApexId,
  ApexList,
  SObjectValue,
  stringToId,
  Types,
  SObjectFieldToken,
} from '../../values/index.ts';
import { Bean } from '../bean.ts';
import type { LibraryFunction } from '../contract.ts';
import { required } from '../define.ts';
import { accessContext } from '../environment.ts';
import { AccessLevelValue } from './access-level.ts';
import { dmlResult } from './results.ts';

const OPERATIONS: Readonly<
  Record<string, { readonly operation: DmlOperation; readonly result: string }>
> = {
  insert: { operation: 'insert', result: 'SaveResult' },
  insertImmediate: { operation: 'insert', result: 'SaveResult' },
  update: { operation: 'update', result: 'SaveResult' },
  updateImmediate: { operation: 'update', result: 'SaveResult' },
  upsert: { operation: 'upsert', result: 'UpsertResult' },
  delete: { operation: 'delete', result: 'DeleteResult' },
  deleteImmediate: { operation: 'delete', result: 'DeleteResult' },
  undelete: { operation: 'undelete', result: 'UndeleteResult' },
};

interface Call {
  readonly operation: DmlOperation;
  readonly records: readonly SObjectValue[];
  readonly allOrNone: boolean;
  readonly level: AccessLevelValue | null;
  readonly externalId: string | null;
  readonly options: Bean | null;
  readonly duplicates: readonly SObjectValue[] | null;
}

function run(call: Call): DmlRowResult[] {
  return currentTransaction().dml(call.operation, call.records, {
    context: accessContext(call.level?.mode ?? null),
    allOrNone: call.allOrNone,
    ...(call.externalId === null ? {} : { externalId: call.externalId }),
    ...(call.duplicates === null ? {} : { duplicates: call.duplicates }),
    ...(call.options === null ? {} : { dmlOptions: call.options }),
  });
}

/** Records by Id for `Database.delete(ids)` and its like. */
export function recordOf(value: unknown): SObjectValue {
  if (value instanceof SObjectValue) return value;
  const id =
    value instanceof ApexId ? value.value : typeof value === 'string' ? stringToId(value) : null;
  if (id === null) throw apexException('System.NullPointerException', 'Argument cannot be null.');
  const { schema } = currentTransaction();
  const object = schema.objectByPrefix(id.slice(0, 3));
  if (object === undefined) throw apexException('System.DmlException', `Invalid id: ${id}`);
  const record = currentTransaction().newSObject(object);
  record.id = id;
  return record;
}

/** Everything after the records: which argument is which shows by its kind. */
function readOptions(
  args: readonly unknown[],
): Pick<Call, 'allOrNone' | 'level' | 'externalId' | 'options'> {
  let allOrNone = true;
  let level: AccessLevelValue | null = null;
  let externalId: string | null = null;
  let options: Bean | null = null;
  for (const arg of args) {
    if (typeof arg === 'boolean') allOrNone = arg;
    else if (arg instanceof AccessLevelValue) level = arg;
    else if (arg instanceof Bean) {
      options = arg;
      allOrNone = (arg.get('OptAllOrNone') as boolean | null) ?? true;
    } else if (arg instanceof SObjectFieldToken) externalId = arg.field.name;
  }
  return { allOrNone, level, externalId, options };
}

function saver(name: string): LibraryFunction {
  const entry = OPERATIONS[name] ?? { operation: 'insert', result: 'SaveResult' };
  return (target: unknown, ...args: unknown[]) => {
    const isList = required(target) instanceof ApexList;
    const values = isList ? (target as ApexList).items : [target];
    const results = run({
      operation: entry.operation,
      records: values.map(recordOf),
      duplicates: null,
      ...readOptions(args),
    });
    const beans = results.map((row) => dmlResult(entry.result, row));
    return isList
      ? new ApexList(Types.library(`Database.${entry.result}`), beans)
      : (beans[0] ?? null);
  };
}

/** `merge(master, duplicate(s))`: one result per duplicate when they come as a list. */
function merger(master: unknown, target: unknown, ...args: unknown[]): unknown {
  const isList = required(target) instanceof ApexList;
  const duplicates = (isList ? (target as ApexList).items : [target]).map(recordOf);
  const results = run({
    operation: 'merge',
    records: [recordOf(master)],
    duplicates,
    ...readOptions(args),
  });
  const beans = results.map((row) => dmlResult('MergeResult', row));
  return isList ? new ApexList(Types.library('Database.MergeResult'), beans) : (beans[0] ?? null);
}

/** Each overload of `Database.insert` and its like that the signatures know. */
export function dmlMembers(): Record<string, LibraryFunction> {
  const members: Record<string, LibraryFunction> = {};
  for (const method of libraryType('Database')?.methods ?? []) {
    const key = `${method.name}(${method.params.map((param) => param.type).join(',')})`;
    if (method.name === 'merge') members[key] = merger;
    else if (OPERATIONS[method.name] !== undefined) members[key] = saver(method.name);
  }
  return members;
}
