import type { RecordStore, SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/**
 * `NetworkMember` rows: who was given a profile or permission set of a site. Documented: Object Reference, NetworkMember; that a
 * row stays when its user loses the membership, and that it comes at once and not a little later, is inferred. What decides about
 * visits is {@link isMember}, never these rows.
 */
export const networkMemberHooks: readonly SaveHook[] = [
  {
    objects: ['User'],
    operations: ['insert', 'update'],
    saved(changes, store) {
      addMembers(
        store,
        changes
          .filter((change) => change.operation === 'insert' || change.changed('ProfileId'))
          .map((change) => [textAfter(change, 'Id'), textAfter(change, 'ProfileId')]),
      );
    },
  },
  {
    objects: ['PermissionSetAssignment'],
    operations: ['insert'],
    saved(changes, store) {
      addMembers(
        store,
        changes.map((change) => [
          textAfter(change, 'AssigneeId'),
          textAfter(change, 'PermissionSetId'),
        ]),
      );
    },
  },
];

/** Adds rows of users by what they were given: Ids of user, and of profile or permission set. */
export function addMembers(
  store: RecordStore,
  given: readonly (readonly [userId: string | null, parentId: string | null])[],
): void {
  if (given.length === 0 || store.schema.object('NetworkMemberGroup') === undefined) return;
  const parents = [...new Set(given.map(([, parentId]) => parentId))];
  const groups = store.rowsWhere('NetworkMemberGroup', 'ParentId', parents);
  for (const { NetworkId, ParentId } of groups) {
    for (const [userId, parentId] of given) {
      if (parentId !== ParentId || userId === null) continue;
      const known = store
        .rowsWhere('NetworkMember', 'MemberId', [userId])
        .some((row) => row['NetworkId'] === NetworkId);
      if (known) continue;
      store.insertRow('NetworkMember', {
        NetworkId,
        MemberId: userId,
        DigestFrequency: 'D',
        DefaultGroupNotificationFrequency: 'N',
      });
    }
  }
}
