import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { shareTableOf } from './share-tables.ts';

/** A group that is gone shares nothing any more and is a member of nothing. */
export function forgetGroups(store: OrgStore, ids: readonly string[]): void {
  const list = JSON.stringify(ids);
  for (const object of store.tables.existingObjects()) {
    const shares = shareTableOf(store, object);
    if (shares === undefined) continue;
    const changed = store.db.run(
      `DELETE FROM ${quote(shares.table.name)} WHERE "UserOrGroupId" IN (SELECT value FROM json_each(?))`,
      [list],
    );
    if (changed > 0) store.rowsChanged(shares.table);
  }
  for (const field of ['GroupId', 'UserOrGroupId'])
    for (const member of store.rowsWhere('GroupMember', field, ids))
      store.deleteRow('GroupMember', String(member['Id']));
}
