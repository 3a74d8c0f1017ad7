import type { SObjectValue } from '../apex/values/sobject.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { DmlOptions } from '../execution/contract.ts';
import { RULE_CAUSES } from '../sharing/watch.ts';
import { saveChunk } from './chunk.ts';
import { incomingLookups, Deletion } from './delete.ts';
import type { SaveEnv } from './env.ts';
import type { StoredRow } from './hooks.ts';
import { rowError } from './errors.ts';
import { loadRows } from './load.ts';
import { ParentCache } from './record-frame.ts';
import type { Outcome } from './save.ts';
import type { SaveRow } from './save-row.ts';
import { runTriggers } from './triggers.ts';

/** "You can merge up to three records" (documented): the master and two others. */
const MAX_DUPLICATES = 2;

/**
 * Folds duplicates into a master: what points to them points to the master afterwards, without triggers of those records; the duplicates
 * are deleted with `MasterRecordId` set; the master is updated (documented: "Merging Records" and "Triggers and Merge Statements").
 */
export function mergeRecords(
  master: SObjectValue | undefined,
  options: DmlOptions,
  env: SaveEnv,
): Outcome {
  const duplicates = options.duplicates ?? [];
  if (master === undefined) throw raise(Diagnostics.INTERNAL, ['merge without a master record']);
  const { object } = master;
  if (object.mergeable !== true) {
    return failed(master, [
      rowError('INVALID_OPERATION', `DML operation Merge not allowed on ${object.name}`),
    ]);
  }
  if (duplicates.length > MAX_DUPLICATES)
    return failed(master, [rowError('INVALID_OPERATION', 'Too many records to merge')]);
  const [masterRow] = loadRows('update', [{ record: master, index: 0 }], env, options.context);
  const losers = loadRows(
    'delete',
    duplicates.map((record, index) => ({ record, index })),
    env,
    options.context,
  );
  if (masterRow === undefined) return failed(master, []);
  const errors = [masterRow, ...losers].flatMap((row) => row.errors);
  if (errors.length > 0) return failed(master, errors);
  const parents = new ParentCache(env.store);
  runTriggers('before', 'delete', object, losers, env, parents);
  const refused = losers.flatMap((row) => row.errors);
  if (refused.length > 0) return failed(master, refused);
  const related = losers.flatMap((row) => reparent(row, master.id ?? '', env));
  for (const row of losers) {
    const id = row.given.id ?? '';
    const table = env.store.tables.table(object);
    if (table.byName.has('MasterRecordId'))
      env.store.updateRaw(table, id, ['MasterRecordId'], [master.id]);
    row.old?.values.set('MasterRecordId', master.id);
    new Deletion(env).remove(object, [id]);
  }
  runTriggers('after', 'delete', object, losers, env, parents);
  saveChunk([masterRow], env, options.context, true);
  const later = [...losers, masterRow].flatMap((row) => row.errors);
  if (later.length > 0) return failed(master, later);
  return {
    id: master.id,
    errors: [],
    created: false,
    mergedIds: duplicates.flatMap((record) => record.id ?? []),
    updatedRelatedIds: related,
  };
}

/** What there is once for a record: fields that tell such rows of one record apart. */
function onceBy(object: ObjectInfo): readonly string[] | undefined {
  if (object.kind === 'share') return ['UserOrGroupId', 'RowCause'];
  return { AccountTeamMember: ['UserId'], ObjectTerritory2Association: ['Territory2Id'] }[
    object.name
  ];
}

function reparent(loser: SaveRow, masterId: string, env: SaveEnv): string[] {
  const moved: string[] = [];
  for (const incoming of incomingLookups(env.store, loser.object)) {
    if (incoming.field === 'MasterRecordId') continue;
    const ids: string[] = [];
    const once = onceBy(incoming.object);
    const keyOf = (row: StoredRow): string => (once ?? []).map((name) => row[name]).join('|');
    const standing = new Set(
      once === undefined
        ? []
        : env.store.rowsWhere(incoming.object.name, incoming.field, [masterId]).map(keyOf),
    );
    for (const row of env.store.rowsWhere(incoming.object.name, incoming.field, [loser.given.id])) {
      // What rules gave the loser they do not give the master: its own are worked out from what it is afterwards.
      if (incoming.object.kind === 'share' && RULE_CAUSES.includes(String(row['RowCause'])))
        continue;
      const id = String(row['Id']);
      if (once !== undefined) {
        // The master has its own of this kind, at its own level (inferred): two rows would leave one behind when the other is taken away.
        if (standing.has(keyOf(row))) {
          env.store.deleteRow(incoming.object.name, id);
          continue;
        }
        standing.add(keyOf(row));
      }
      env.store.updateRaw(
        env.store.tables.table(incoming.object),
        id,
        [incoming.field],
        [masterId === id ? null : masterId],
      );
      ids.push(id);
    }
    moved.push(...ids);
  }
  return moved;
}

function failed(master: SObjectValue, errors: Outcome['errors']): Outcome {
  return { id: master.id, errors, created: false };
}
