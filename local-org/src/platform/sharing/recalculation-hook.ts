import type { RecordChange, SaveHook } from '../../dml/hooks.ts';
import { assumed } from '../../inferred/index.ts';
import { forgetGroups } from '../../sharing/forget-groups.ts';
import { settleSharing } from '../../sharing/settle.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import { OrgStore } from '../../storage/store.ts';
import { quote } from '../../storage/tables.ts';
import { textAfter } from '../changes.ts';

/**
 * Keeps stored shares in line with records: rules follow what was written, wherever (`sharing/watch.ts`); manual shares end with the owner who gave
 * them (documented: Apex Developer Guide, "Understanding Sharing": manual shares are removed when the record owner changes; those with an Apex
 * sharing reason stay; at which moment is inferred: `manual-shares-of-old-owner`). Asked last, when the other services have written what they write.
 */
export const recalculationHook: SaveHook = {
  objects: ['*'],
  operations: ['insert', 'update', 'delete', 'undelete'],
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    const { object } = first.after;
    if (object.name === 'Group' && first.operation === 'delete')
      forgetGroups(store, changes.map(idOf));
    if (object.shareObject !== undefined) {
      if (assumed(store.schema.shape, 'manual-shares-of-old-owner') === 'before-after-triggers')
        forgetManualShares(store, object.name, moved(changes));
    }
    settleSharing(store);
  },
  triggered(changes, store) {
    const [first] = changes;
    if (first?.after.object.shareObject === undefined || !(store instanceof OrgStore)) return;
    if (assumed(store.schema.shape, 'manual-shares-of-old-owner') === 'after-after-triggers')
      forgetManualShares(store, first.after.object.name, moved(changes));
  },
};

/** Records that got a new owner. */
function moved(changes: readonly RecordChange[]): string[] {
  return changes
    .filter((change) => change.operation === 'update' && change.changed('OwnerId'))
    .map(idOf);
}

function idOf(change: RecordChange): string {
  const id = change.before?.['Id'];
  return typeof id === 'string' ? id : (textAfter(change, 'Id') ?? '');
}

function forgetManualShares(store: OrgStore, objectName: string, ids: readonly string[]): void {
  const object = store.schema.object(objectName);
  const shares = object === undefined ? undefined : shareTableOf(store, object);
  if (shares === undefined || ids.length === 0) return;
  store.db.run(
    `DELETE FROM ${quote(shares.table.name)} WHERE "RowCause" = 'Manual' AND ${quote(shares.record)} IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
}
