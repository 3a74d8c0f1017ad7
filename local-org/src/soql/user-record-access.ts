import { maySendOn, objectAccess } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import { apexException } from '../apex/values/exception.ts';
import { toId18 } from '../apex/values/id.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import type { AccessLevel } from '../sharing/predicate.ts';
import { visibleIds } from '../sharing/visible-ids.ts';
import type { OrgStore } from '../storage/store.ts';
import type { RunValues } from '../storage/sql.ts';
import { flatten } from './conditions-sql.ts';
import { baseField } from './resolved.ts';
import type { ResolvedCondition, ResolvedQuery } from './resolved.ts';

/** "You can query up to 200 record IDs" (Object Reference, UserRecordAccess). */
const MAX_RECORDS = 200;

/**
 * Answers `SELECT … FROM UserRecordAccess WHERE UserId = … AND RecordId …`. Nothing is stored: access is computed for the records asked.
 * Object permissions count (practitioner-reported: a share of Edit and no permission to edit the object is no edit access). Documented: records that
 * the running user cannot read are left out.
 */
export function queryUserRecordAccess(
  query: ResolvedQuery,
  store: OrgStore,
  run: RunValues,
): SObjectValue[] {
  const users = valuesOf(query.where, 'UserId', run);
  const records = valuesOf(query.where, 'RecordId', run);
  const [userId] = users;
  if (userId === undefined || users.length !== 1 || records.length === 0) {
    throw apexException(
      'System.QueryException',
      'Can select only RecordId, a Has*Access field, and MaxAccessLevel; filter by one UserId and by RecordId',
    );
  }
  if (records.length > MAX_RECORDS)
    throw apexException(
      'System.QueryException',
      `The number of record ids is limited to ${MAX_RECORDS}`,
    );
  const found: SObjectValue[] = [];
  const asked = [...new Set(records)];
  const readable = run.userId === userId ? null : accessOf(store, run.userId, asked);
  for (const [id, access] of accessOf(store, userId, asked)) {
    if (readable !== null && readable.get(id)?.HasReadAccess !== true) continue;
    const record = new SObjectValue(query.object);
    record.retrieved = true;
    const values: Readonly<Record<string, unknown>> = { RecordId: id, UserId: userId, ...access };
    for (const item of query.items) {
      const name = item.kind === 'expr' ? (baseField(item.expr)?.field.name ?? '') : '';
      record.values.set(name, values[name] ?? null);
    }
    if (
      Object.entries(restrictions(query.where, run)).every(
        ([name, wanted]) => values[name] === wanted,
      )
    )
      found.push(record);
  }
  return found;
}

interface Access {
  readonly HasReadAccess: boolean;
  readonly HasEditAccess: boolean;
  readonly HasDeleteAccess: boolean;
  readonly HasTransferAccess: boolean;
  readonly HasAllAccess: boolean;
  readonly MaxAccessLevel: string;
}

/** Computed for all records of an object at once. */
function accessOf(store: OrgStore, userId: string, ids: readonly string[]): Map<string, Access> {
  const byPrefix = new Map<string, string[]>();
  for (const id of ids) byPrefix.set(id.slice(0, 3), [...(byPrefix.get(id.slice(0, 3)) ?? []), id]);
  const result = new Map<string, Access>();
  for (const [prefix, group] of byPrefix) {
    const object = store.schema.objectByPrefix(prefix);
    const existing = object === undefined ? [] : [...store.existingIds(object, group)];
    const reach = (level: AccessLevel): ReadonlySet<string> =>
      object === undefined || existing.length === 0
        ? new Set()
        : visibleIds(store, object, existing, userId, level);
    const [readable, editable, deletable, transferable] = [
      reach('read'),
      reach('edit'),
      reach('delete'),
      reach('transfer'),
    ];
    const viewer = viewerOf(store, userId);
    const may = object === undefined ? null : objectAccess(viewer, object);
    const transfersAny = object !== undefined && maySendOn(viewer, object);
    for (const id of group) {
      const read = may?.read === true && (readable.has(id) || deletable.has(id));
      const full = read && deletable.has(id);
      const edit = read && may.edit && (full || editable.has(id));
      // Documented: a user "can't be deleted", only deactivated. Nobody has delete access to what cannot be deleted (published tests rely on it).
      const remove = full && may.delete && object?.deletable !== false;
      const owned = object?.fields.has('ownerid') === true;
      const transfer = edit && owned && (full || transfersAny || transferable.has(id));
      const all = full && edit && remove;
      const level = all
        ? 'All'
        : transfer
          ? 'Transfer'
          : remove
            ? 'Delete'
            : edit
              ? 'Edit'
              : read
                ? 'Read'
                : 'None';
      result.set(id, {
        HasReadAccess: read,
        HasEditAccess: edit,
        HasDeleteAccess: remove,
        HasTransferAccess: transfer,
        // Documented: "whether a user can share the record".
        HasAllAccess: full,
        MaxAccessLevel: level,
      });
    }
  }
  return result;
}

function valuesOf(condition: ResolvedCondition | null, field: string, run: RunValues): string[] {
  if (condition === null) return [];
  if (condition.kind === 'and')
    return condition.terms.flatMap((term) => valuesOf(term, field, run));
  if (condition.kind !== 'in' && condition.kind !== 'compare') return [];
  if (baseField(condition.expr)?.field.name !== field) return [];
  const values = condition.kind === 'in' ? condition.values : [condition.value];
  return flatten(values, run).flatMap((value) => {
    const text =
      value instanceof SObjectValue
        ? value.id
        : typeof value === 'object' && value !== null && 'value' in value
          ? value.value
          : value;
    const id = typeof text === 'string' ? toId18(text) : null;
    return id === null ? [] : [id];
  });
}

/** `HasEditAccess = true` beside the Ids. */
function restrictions(
  condition: ResolvedCondition | null,
  run: RunValues,
): Record<string, unknown> {
  if (condition === null) return {};
  if (condition.kind === 'and')
    return Object.assign({}, ...condition.terms.map((term) => restrictions(term, run))) as Record<
      string,
      unknown
    >;
  if (condition.kind !== 'compare' || condition.operator !== '=') return {};
  const name = baseField(condition.expr)?.field.name ?? '';
  return name.startsWith('Has') || name === 'MaxAccessLevel'
    ? { [name]: flatten([condition.value], run)[0] }
    : {};
}
