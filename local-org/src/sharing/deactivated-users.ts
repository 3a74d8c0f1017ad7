import { assumed } from '../inferred/index.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { shareTableOf } from './share-tables.ts';

/**
 * Users that are deactivated lose what was shared with them manually (documented: Help, "Considerations for Deactivating Users"). Whether they have it again when
 * they return is inferred (`manual-shares-of-deactivated`); while they are away the rows count for nobody in any case.
 */
export function endManualShares(store: OrgStore, userIds: readonly string[]): void {
  if (assumed(store.schema.shape, 'manual-shares-of-deactivated') === 'yes') return;
  for (const object of store.tables.existingObjects()) {
    const shares = shareTableOf(store, object);
    if (shares === undefined) continue;
    const gone = store.db.run(
      `DELETE FROM ${quote(shares.table.name)} WHERE "RowCause" = 'Manual' AND "UserOrGroupId" IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(userIds)],
    );
    if (gone > 0) store.rowsChanged(shares.table);
  }
}
