import { Bean } from '../apex/library/bean.ts';
import { apexException, dmlException } from '../apex/values/exception.ts';
import type { DmlFailure } from '../apex/values/exception.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import {
  checkObjectAccess,
  inaccessibleFields,
  inaccessibleMessage,
} from '../access/dml-checks.ts';
import type { DmlOperation, DmlOptions, DmlRowError, DmlRowResult } from '../execution/contract.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { settleSharing } from '../sharing/settle.ts';
import { registerSqlFunctions } from '../soql/sql-functions.ts';
import { saveChunk } from './chunk.ts';
import { deleteChunk, undeleteChunk } from './delete.ts';
import type { SaveEnv } from './env.ts';
import { rowError } from './errors.ts';
import { loadRows } from './load.ts';
import { mergeRecords } from './merge.ts';
import { checkMixedDml } from './mixed.ts';
import type { SaveRow } from './save-row.ts';
import { splitUpsert } from './upsert.ts';

/** Documented: triggers and validation see at most 200 records at a time. */
const CHUNK = 200;
/** Documented: a statement may hold at most ten runs of different objects. */
const MAX_TYPE_RUNS = 10;
/** Documented: partial success makes up to three attempts in the presence of triggers. */
const MAX_ATTEMPTS = 3;

type Simple = Exclude<DmlOperation, 'upsert' | 'merge'>;

/** Runs one DML statement. All-or-none: the first error throws `System.DmlException` and undoes the statement. Else: results per record. */
export function saveRecords(
  given: SaveEnv,
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
): DmlRowResult[] {
  if (records.length === 0) return [];
  if ((records as readonly (SObjectValue | null)[]).includes(null))
    throw apexException('System.NullPointerException', 'Attempt to de-reference a null object');
  const env = allowsTruncation(options) ? { ...given, truncatesText: true } : given;
  registerSqlFunctions(env.store);
  env.limits.add('DmlStatements', 1);
  env.limits.add('DmlRows', records.length + (options.duplicates?.length ?? 0));
  refuseDuplicates(operation, records);
  for (const group of typeRuns(records)) {
    const [first] = group;
    if (first === undefined) continue;
    refuseUnwritable(first.object, operation);
    checkMixedDml(operation, first.object, group, env, verbOf(operation));
    if (options.context.access === 'user')
      checkObjectAccess(env.store, options.context.userId, first.object, operation);
  }
  return undone(env, () => {
    const results = statement(env, operation, records, options);
    // What was written after the last hook, too: by triggers, cascades, roll-ups.
    settleSharing(env.store);
    return results;
  });
}

/** The only one of the `Database.DMLOptions` with something to do here: no duplicate rules, assignment rules or mails hang on a save. */
function allowsTruncation({ dmlOptions }: DmlOptions): boolean {
  return dmlOptions instanceof Bean && dmlOptions.get('allowFieldTruncation') === true;
}

/** Undoes what `body` wrote when it throws. */
function undone<T>(env: SaveEnv, body: () => T): T {
  const { db } = env.store;
  if (!db.inTransaction) return env.store.atomically(body);
  const savepoint = db.savepoint();
  try {
    const result = body();
    if (db.hasSavepoint(savepoint)) db.release(savepoint);
    return result;
  } catch (error) {
    if (db.hasSavepoint(savepoint)) {
      db.rollbackTo(savepoint);
      db.release(savepoint);
    }
    throw error;
  }
}

function statement(
  env: SaveEnv,
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
): DmlRowResult[] {
  const outcomes = new Map<number, Outcome>();
  let offset = 0;
  for (const group of typeRuns(records)) {
    if (operation === 'merge') {
      outcomes.set(offset, mergeRecords(group[0], options, env));
    } else if (operation === 'upsert') {
      const split = splitUpsert(group, offset, options, env);
      for (const [index, error] of split.errors)
        outcomes.set(index, { id: null, errors: [error], created: false });
      runChunks(env, 'insert', split.inserts, options, outcomes);
      runChunks(env, 'update', split.updates, options, outcomes);
    } else {
      runChunks(
        env,
        operation,
        group.map((record, index) => ({ record, index: offset + index })),
        options,
        outcomes,
      );
    }
    offset += group.length;
    if (options.allOrNone) throwFailures(operation, outcomes, records);
  }
  return records.map((record, index) => {
    const outcome = outcomes.get(index);
    if (outcome === undefined) return { id: record.id, success: false, created: false, errors: [] };
    const success = outcome.errors.length === 0;
    if (success && outcome.created && outcome.id !== null) record.load('Id', outcome.id);
    return {
      id: success ? outcome.id : operation === 'insert' ? null : record.id,
      success,
      created: success && outcome.created,
      errors: outcome.errors,
      ...(outcome.mergedIds === undefined
        ? {}
        : { mergedIds: outcome.mergedIds, updatedRelatedIds: outcome.updatedRelatedIds ?? [] }),
    };
  });
}

/** What became of one record. */
export interface Outcome {
  readonly id: string | null;
  readonly errors: readonly DmlRowError[];
  readonly created: boolean;
  readonly mergedIds?: readonly string[];
  readonly updatedRelatedIds?: readonly string[];
  /** Fields that user mode refused: the exception has a text of its own. */
  readonly inaccessible?: boolean;
}

/** A record with its position in the statement. */
export interface Numbered {
  readonly record: SObjectValue;
  readonly index: number;
}

function runChunks(
  env: SaveEnv,
  operation: Simple,
  records: readonly Numbered[],
  options: DmlOptions,
  outcomes: Map<number, Outcome>,
): void {
  for (let start = 0; start < records.length; start += CHUNK) {
    const chunk = records.slice(start, start + CHUNK);
    if (options.allOrNone) {
      attempt(env, operation, chunk, options, outcomes);
      if (chunk.some(({ index }) => (outcomes.get(index)?.errors.length ?? 0) > 0)) return;
    } else attemptPartial(env, operation, chunk, options, outcomes);
  }
}

/** One pass over a chunk. Answers whether every record was saved. */
function attempt(
  env: SaveEnv,
  operation: Simple,
  chunk: readonly Numbered[],
  options: DmlOptions,
  outcomes: Map<number, Outcome>,
): boolean {
  const rows = loadRows(operation, chunk, env, options.context);
  const refused =
    options.context.access === 'user' ? refuseFields(rows, env, options) : new Set<SaveRow>();
  const { context, allOrNone } = options;
  if (!allOrNone || rows.every((row) => !row.failed)) {
    if (operation === 'delete') deleteChunk(rows, env, context, allOrNone);
    else if (operation === 'undelete') undeleteChunk(rows, env, context, allOrNone);
    else saveChunk(rows, env, context, allOrNone);
  }
  for (const row of rows) {
    const id = row.after.id ?? row.given.id;
    outcomes.set(row.index, {
      id,
      errors: row.errors,
      created: operation === 'insert',
      inaccessible: refused.has(row),
    });
  }
  return rows.every((row) => !row.failed);
}

/**
 * Documented ("Bulk DML Exception Handling"): records that fail are set aside and the others tried again from the start, triggers
 * included, at most three times.
 */
function attemptPartial(
  env: SaveEnv,
  operation: Simple,
  chunk: readonly Numbered[],
  options: DmlOptions,
  outcomes: Map<number, Outcome>,
): void {
  const [first] = chunk;
  if (first === undefined) return;
  const { object } = first.record;
  const triggered =
    env.triggers.handles(object, 'before', operation) ||
    env.triggers.handles(object, 'after', operation);
  let remaining = chunk;
  for (let round = 1; remaining.length > 0; round++) {
    const savepoint = env.store.db.savepoint();
    const complete = attempt(env, operation, remaining, options, outcomes);
    const afterErrors = remaining.some(
      ({ index }) => (outcomes.get(index)?.errors.length ?? 0) > 0,
    );
    if (complete || (!triggered && !afterErrors)) {
      env.store.db.release(savepoint);
      return;
    }
    env.store.db.rollbackTo(savepoint);
    env.store.db.release(savepoint);
    if (round === MAX_ATTEMPTS) {
      const error = rowError(
        'TOO_MANY_APEX_REQUESTS',
        'Too many batch retries in the presence of Apex triggers and partial failures.',
      );
      for (const { index } of chunk)
        outcomes.set(index, { id: null, errors: [error], created: false });
      return;
    }
    remaining = remaining.filter(({ index }) => (outcomes.get(index)?.errors.length ?? 0) === 0);
  }
}

function refuseFields(rows: readonly SaveRow[], env: SaveEnv, options: DmlOptions): Set<SaveRow> {
  const refused = new Set<SaveRow>();
  for (const row of rows) {
    if (row.operation !== 'insert' && row.operation !== 'update') continue;
    const fields = inaccessibleFields(
      env.store,
      options.context.userId,
      row.given,
      (field) => row.before === null || !row.given.retrieved || row.changed(field),
    );
    if (fields.length === 0) continue;
    // Status code inferred; text and field names documented.
    row.addError(
      rowError(
        assumed(env.store.schema.shape, 'hidden-field-status'),
        inaccessibleMessage(row.object.name),
        fields,
      ),
    );
    refused.add(row);
  }
  return refused;
}

function throwFailures(
  operation: DmlOperation,
  outcomes: ReadonlyMap<number, Outcome>,
  records: readonly SObjectValue[],
): void {
  const failures: DmlFailure[] = [];
  let inaccessible: string | null = null;
  for (const [index, outcome] of [...outcomes].sort(([a], [b]) => a - b)) {
    for (const error of outcome.errors) {
      const id = operation === 'insert' ? null : (records[index]?.id ?? null);
      failures.push({
        index,
        id,
        statusCode: error.statusCode,
        message: error.message,
        fields: error.fields,
      });
      if (outcome.inaccessible === true) inaccessible ??= error.message;
    }
  }
  if (failures.length === 0) return;
  const exception = dmlException(verbOf(operation), failures);
  if (inaccessible !== null) exception.$setMessage(inaccessible);
  throw exception;
}

/** As the exception's text begins: `Insert failed. First exception on row 0; first error: …`. */
export function verbOf(operation: DmlOperation): string {
  return operation.charAt(0).toUpperCase() + operation.slice(1);
}

function typeRuns(records: readonly SObjectValue[]): SObjectValue[][] {
  const groups: SObjectValue[][] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && last[0].object.name === record.object.name) last.push(record);
    else groups.push([record]);
  }
  if (groups.length > MAX_TYPE_RUNS) {
    throw apexException(
      'System.TypeException',
      'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.',
    );
  }
  return groups;
}

/** The same record twice in one statement is refused before anything happens (practitioner texts). */
function refuseDuplicates(operation: DmlOperation, records: readonly SObjectValue[]): void {
  const seen = new Set<SObjectValue>();
  const ids = new Set<string>();
  for (const record of records) {
    const { id } = record;
    if (id === null) {
      if (seen.has(record) && (operation === 'insert' || operation === 'upsert')) {
        throw apexException(
          'System.ListException',
          'Before Insert or Upsert list must not have two identically equal elements',
        );
      }
      seen.add(record);
      continue;
    }
    if (ids.has(id) && operation !== 'insert')
      throw apexException('System.ListException', `Duplicate id in list: ${id}`);
    ids.add(id);
  }
}

function refuseUnwritable(object: ObjectInfo, operation: DmlOperation): void {
  const known = {
    insert: object.createable,
    update: object.updateable,
    upsert: object.createable,
    delete: object.deletable,
    undelete: object.undeletable,
    merge: object.mergeable,
  }[operation];
  if (known !== false) return;
  // The compiler's and the runtime's text are the same.
  throw apexException(
    'System.TypeException',
    `DML operation ${verbOf(operation)} not allowed on ${object.name}`,
  );
}
