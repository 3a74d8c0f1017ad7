import type { OrgStore } from '../storage/store.ts';

/**
 * Whether an assigned permission set or group counts for the user now. Documented: Object Reference, PermissionSet.HasActivationRequired and
 * SessionPermSetActivation: what requires activation applies once a row of it is inserted for a session of the user, and "If you include session-based permission sets
 * in a permission set group, the permissions in them don’t require session-based activation". A user has one session here: its activations are the user's
 * (docs/fidelity.md).
 */
export function isActivated(store: OrgStore, userId: string, id: string | null): boolean {
  if (id === null) return false;
  const isGroup = id.startsWith('0PG');
  const object = isGroup ? 'PermissionSetGroup' : 'PermissionSet';
  const info = store.schema.object(object);
  const table = info === undefined ? undefined : store.tables.existing(info);
  if (table?.byName.has('HasActivationRequired') !== true) return true;
  const required = store.db.get(
    `SELECT 1 FROM "${object}" WHERE "Id" = ? AND "HasActivationRequired" = 1`,
    [id],
  );
  if (required === undefined) return true;
  if (store.schema.object('SessionPermSetActivation') === undefined) return false;
  const field = isGroup ? 'PermissionSetGroupId' : 'PermissionSetId';
  return store
    .rowsWhere('SessionPermSetActivation', 'UserId', [userId])
    .some((row) => row[field] === id && row['IsDeleted'] !== true);
}
