import type { RecordChange, SaveHook } from '../../dml/hooks.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter } from '../changes.ts';

/** Team objects with the object whose team they are. */
const TEAMS: Readonly<Record<string, string>> = {
  AccountTeamMember: 'Account',
  OpportunityTeamMember: 'Opportunity',
};

/** Team members get a share of cause `Team` at the levels of their membership (documented: Object Reference, AccountTeamMember, OpportunityTeamMember). */
export const teamHook: SaveHook = {
  objects: Object.keys(TEAMS),
  operations: ['insert', 'update', 'delete', 'undelete'],
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    const object = store.schema.object(TEAMS[first.after.object.name] ?? '');
    if (object === undefined) return;
    for (const change of changes) writeShare(store, object, change);
  },
};

function writeShare(store: OrgStore, object: ObjectInfo, change: RecordChange): void {
  const shares = shareTableOf(store, object, true);
  const record = textAfter(change, `${object.name}Id`);
  const user = textAfter(change, 'UserId');
  if (shares === undefined || record === null || user === null) return;
  for (const row of store.rowsWhere(shares.object.name, shares.record, [record])) {
    if (row['RowCause'] === 'Team' && row['UserOrGroupId'] === user)
      store.deleteRow(shares.object.name, String(row['Id']));
  }
  const levels = Object.fromEntries(
    [...change.after.object.fields.values()].flatMap(({ name }) =>
      name.endsWith('AccessLevel') && shares.table.byName.has(name)
        ? [[name, textAfter(change, name) ?? 'None']]
        : [],
    ),
  );
  if (change.operation === 'delete' || !Object.values(levels).some((level) => level !== 'None'))
    return;
  store.insertRow(shares.object.name, {
    ...levels,
    [shares.record]: record,
    UserOrGroupId: user,
    RowCause: 'Team',
  });
}
