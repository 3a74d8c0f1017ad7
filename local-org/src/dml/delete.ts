import type { AccessContext } from '../execution/contract.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { ApexDatetime } from '../apex/values/datetime.ts';
import type { SqlValue } from '../storage/database.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { callHooks } from './chunk.ts';
import type { SaveEnv } from './env.ts';
import type { StoredRow } from './hooks.ts';
import { rowError } from './errors.ts';
import { ParentCache } from './record-frame.ts';
import { recalculateParents } from './rollups.ts';
import type { SaveRow } from './save-row.ts';
import { runTriggers } from './triggers.ts';
import { stampOf } from './write.ts';

/** A lookup from another object. */
interface Incoming {
  readonly object: ObjectInfo;
  readonly field: string;
  readonly onDelete: 'setNull' | 'cascade' | 'restrict';
}

const incomingCache = new WeakMap<
  OrgStore,
  { version: number; readonly byTarget: Map<string, readonly Incoming[]> }
>();

/** Lookups that may point to records of the object: only objects that have rows count. */
export function incomingLookups(store: OrgStore, target: ObjectInfo): readonly Incoming[] {
  let cache = incomingCache.get(store);
  if (cache === undefined || cache.version !== store.tables.version) {
    cache = { version: store.tables.version, byTarget: new Map() };
    incomingCache.set(store, cache);
  }
  let found = cache.byTarget.get(target.name);
  if (found === undefined) {
    const list: Incoming[] = [];
    for (const object of store.tables.existingObjects()) {
      for (const field of object.fields.values()) {
        if (
          field.reference?.targets.includes(target.name) === true &&
          field.formula === undefined
        ) {
          list.push({ object, field: field.name, onDelete: field.reference.onDelete });
        }
      }
    }
    found = list;
    cache.byTarget.set(target.name, found);
  }
  return found;
}

/**
 * Deletes up to 200 records with their triggers. Details go with their masters, without triggers of their own (documented: "cascade delete
 * operations … records that did not initiate a delete do not cause trigger evaluation").
 */
export function deleteChunk(
  rows: readonly SaveRow[],
  env: SaveEnv,
  context: AccessContext,
  allOrNone: boolean,
): void {
  const [first] = rows;
  if (first === undefined) return;
  const { object } = first;
  const parents = new ParentCache(env.store);
  const active = (): SaveRow[] => rows.filter((row) => !row.failed);
  callHooks(env, object, 'delete', 'prepare', active(), context);
  runTriggers('before', 'delete', object, rows, env, parents);
  callHooks(env, object, 'delete', 'validate', active(), context);
  const deletion = new Deletion(env);
  const refusals = deletion.refusals(
    object,
    active().flatMap((row) => row.given.id ?? []),
  );
  for (const row of active()) {
    const refusal = refusals.get(row.given.id ?? '');
    if (refusal !== undefined) row.addError(rowError('DELETE_FAILED', refusal));
  }
  if (allOrNone && rows.some((row) => row.failed)) return;
  const good = active();
  deletion.remove(
    object,
    good.flatMap((row) => row.given.id ?? []),
  );
  callHooks(env, object, 'delete', 'saved', good, context);
  for (const row of good) if (row.old !== null) row.old.values.set('IsDeleted', true);
  runTriggers('after', 'delete', object, good, env, parents);
  recalculateParents(
    good.filter((row) => !row.failed),
    env,
    context,
  );
}

/** Restores records from the recycle bin, with the details that were deleted along with them. */
export function undeleteChunk(
  rows: readonly SaveRow[],
  env: SaveEnv,
  context: AccessContext,
  allOrNone: boolean,
): void {
  const [first] = rows;
  if (first === undefined) return;
  const { object } = first;
  callHooks(
    env,
    object,
    'undelete',
    'prepare',
    rows.filter((row) => !row.failed),
    context,
  );
  if (allOrNone && rows.some((row) => row.failed)) return;
  const good = rows.filter((row) => !row.failed);
  for (const row of good) {
    restore(env, object, row.given.id ?? '');
    row.after.values.set('IsDeleted', false);
  }
  callHooks(env, object, 'undelete', 'saved', good, context);
  runTriggers('after', 'undelete', object, good, env, new ParentCache(env.store));
  recalculateParents(
    good.filter((row) => !row.failed),
    env,
    context,
  );
}

/** Removes records for good, or into the recycle bin, and what hangs on them: one look-up per relationship for all of them. */
export class Deletion {
  readonly #env: SaveEnv;

  constructor(env: SaveEnv) {
    this.#env = env;
  }

  /** Why records cannot be deleted, in the platform's words, by Id. */
  refusals(object: ObjectInfo, ids: readonly string[]): Map<string, string> {
    const { store } = this.#env;
    const refused = new Map<string, string>();
    for (const incoming of incomingLookups(store, object)) {
      if (incoming.onDelete !== 'restrict') continue;
      for (const holder of store.rowsWhere(incoming.object.name, incoming.field, ids)) {
        const id = String(holder[incoming.field]);
        if (refused.has(id)) continue;
        const own = store.rowsById(object.name, [id]).get(id);
        refused.set(
          id,
          `Your attempt to delete ${nameOf(object, own, id)} could not be completed because it is associated with the following ${incoming.object.pluralLabel.toLowerCase()}.: ${nameOf(incoming.object, holder, String(holder['Id']))}\n`,
        );
      }
    }
    return refused;
  }

  remove(object: ObjectInfo, ids: readonly string[]): void {
    this.#remove(object, new Map(ids.map((id) => [id, id])));
  }

  /** By Id: the record whose deletion this is part of; restoring that one brings these back. */
  #remove(object: ObjectInfo, roots: ReadonlyMap<string, string>): void {
    if (roots.size === 0) return;
    const { store } = this.#env;
    for (const incoming of incomingLookups(store, object)) {
      const details = new Map<string, string>();
      for (const holder of store.rowsWhere(incoming.object.name, incoming.field, [
        ...roots.keys(),
      ])) {
        const id = String(holder['Id']);
        const value = String(holder[incoming.field]);
        const root = roots.get(value) ?? value;
        if (incoming.onDelete === 'cascade') details.set(id, root);
        else if (incoming.onDelete === 'setNull' && !object.setupObject)
          clearLookup(store, incoming, id, value, root);
      }
      this.#remove(incoming.object, details);
    }
    const table = store.tables.table(object);
    if (!table.softDelete) {
      for (const id of roots.keys()) store.deleteRow(object.name, id);
      return;
    }
    const names = ['IsDeleted', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById'].filter(
      (name) => table.byName.has(name),
    );
    const stamp = stampOf(this.#env.now);
    const values: Readonly<Record<string, SqlValue>> = {
      IsDeleted: 1,
      SystemModstamp: stamp,
      LastModifiedDate: stamp,
      LastModifiedById: this.#env.user.id,
    };
    for (const [id, root] of roots) {
      store.updateRaw(
        table,
        id,
        names,
        names.map((name) => values[name] ?? null),
      );
      recycle(store, root, object.name, id, null, null);
    }
  }
}

function nameOf(object: ObjectInfo, row: StoredRow | undefined, id: string): string {
  const name = object.nameField === undefined ? undefined : row?.[object.nameField];
  return typeof name === 'string' ? name : id;
}

function clearLookup(
  store: OrgStore,
  incoming: Incoming,
  holderId: string,
  value: string,
  root: string,
): void {
  store.updateRaw(store.tables.table(incoming.object), holderId, [incoming.field], [null]);
  recycle(store, root, incoming.object.name, holderId, incoming.field, value);
}

/** What a deletion did, so that undelete can undo it. */
function recycle(
  store: OrgStore,
  root: string,
  object: string,
  id: string,
  field: string | null,
  value: string | null,
): void {
  store.db.run('INSERT INTO _recycle(root, object, id, field, value) VALUES (?, ?, ?, ?, ?)', [
    root,
    object,
    id,
    field,
    value,
  ]);
}

function restore(env: SaveEnv, object: ObjectInfo, id: string): void {
  const { store } = env;
  const steps = store.db.all('SELECT object, id, field, value FROM _recycle WHERE root = ?', [id]);
  const stamp = new ApexDatetime(stampOf(env.now)).millis;
  for (const [name, holder, field, value] of [...steps, [object.name, id, null, null]]) {
    const info = store.schema.object(String(name));
    const table = info === undefined ? undefined : store.tables.existing(info);
    if (table === undefined) continue;
    if (typeof field === 'string') {
      // Only a lookup that is still empty gets its old value back (documented: undelete restores lookups that have not been replaced).
      store.db.run(
        `UPDATE ${quote(table.name)} SET ${quote(field)} = ? WHERE "Id" = ? AND ${quote(field)} IS NULL`,
        [value ?? null, holder ?? null],
      );
    } else {
      // Share rows, which go with their record, have no SystemModstamp.
      const stamped = table.byName.has('SystemModstamp');
      store.updateRaw(
        table,
        String(holder),
        stamped ? ['IsDeleted', 'SystemModstamp'] : ['IsDeleted'],
        stamped ? [0, stamp] : [0],
      );
    }
  }
  store.db.run('DELETE FROM _recycle WHERE root = ?', [id]);
}
