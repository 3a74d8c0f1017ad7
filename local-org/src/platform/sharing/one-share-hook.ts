import type { SaveHook } from '../../dml/hooks.ts';
import { recordObjectOf } from '../../sharing/share-rows.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter } from '../changes.ts';

/**
 * A record has one share for each grantee and cause: sharing again replaces what was shared (practitioner: the insert succeeds and the level is the new one).
 * Two rows would leave one behind when Apex takes the other away.
 */
export const oneShareHook: SaveHook = {
  objects: ['*'],
  operations: ['insert'],
  saved(changes, store) {
    const [first] = changes;
    if (first?.after.object.kind !== 'share' || !(store instanceof OrgStore)) return;
    const parent = recordObjectOf(store, first.after.object);
    const shares = parent === undefined ? undefined : shareTableOf(store, parent);
    if (shares === undefined) return;
    const kept = new Map(
      changes.map((change) => {
        const grantee = textAfter(change, 'UserOrGroupId');
        const key = [textAfter(change, shares.record), grantee, textAfter(change, 'RowCause')];
        return [key.join('|'), textAfter(change, 'Id')];
      }),
    );
    const records = changes.flatMap((change) => textAfter(change, shares.record) ?? []);
    for (const row of store.rowsWhere(shares.table.name, shares.record, records)) {
      const key = [row[shares.record], row['UserOrGroupId'], row['RowCause']].join('|');
      const id = kept.get(key);
      if (id !== undefined && id !== row['Id'])
        store.deleteRow(shares.table.name, String(row['Id']));
    }
  },
};
