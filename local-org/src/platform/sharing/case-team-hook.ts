import type { SaveHook, StoredRow } from '../../dml/hooks.ts';
import { shareTableOf } from '../../sharing/share-tables.ts';
import type { ShareTable } from '../../sharing/share-tables.ts';
import { OrgStore } from '../../storage/store.ts';
import { textAfter } from '../changes.ts';

/**
 * Case teams. Documented: Object Reference, CaseTeamMember (a user or contact on a case, in a role) and CaseTeamRole (None, Read or Edit for
 * everybody in it); CaseShare has them as rows of cause `Team`. A contact on a team gets nothing here, though it may belong to a portal user: what
 * it would get is not documented, the stricter answer.
 */
export const caseTeamHook: SaveHook = {
  objects: ['CaseTeamMember', 'CaseTeamRole'],
  operations: ['insert', 'update', 'delete'],
  saved(changes, store) {
    const [first] = changes;
    if (first === undefined || !(store instanceof OrgStore)) return;
    const object = store.schema.object('Case');
    const shares = object === undefined ? undefined : shareTableOf(store, object, true);
    if (shares === undefined) return;
    if (first.after.object.name === 'CaseTeamMember') {
      const cases = changes.flatMap((change) => textAfter(change, 'ParentId') ?? []);
      rewrite(store, shares, cases);
      return;
    }
    const roles = changes
      .filter((change) => change.operation !== 'insert')
      .flatMap((change) => textAfter(change, 'Id') ?? []);
    const members = store.rowsWhere('CaseTeamMember', 'TeamRoleId', roles);
    rewrite(
      store,
      shares,
      members.map((member) => String(member['ParentId'])),
    );
  },
};

/** Writes the rows of cause `Team` of some cases anew: members are few. */
function rewrite(store: OrgStore, shares: ShareTable, caseIds: readonly string[]): void {
  const ids = [...new Set(caseIds)];
  for (const row of store.rowsWhere('CaseShare', shares.record, ids))
    if (row['RowCause'] === 'Team') store.deleteRow('CaseShare', String(row['Id']));
  for (const [key, level] of caseTeamLevels(store, ids)) {
    const [record, user] = key.split('|');
    store.insertRow('CaseShare', {
      [shares.record]: record,
      UserOrGroupId: user,
      [shares.level]: level,
      RowCause: 'Team',
    });
  }
}

/** What case teams give: by `case|user` the level; of some cases, or of all. */
export function caseTeamLevels(
  store: OrgStore,
  caseIds: readonly string[] | null,
): ReadonlyMap<string, string> {
  const members =
    caseIds === null
      ? store.allRows('CaseTeamMember')
      : store.rowsWhere('CaseTeamMember', 'ParentId', caseIds);
  const roles = store.rowsById(
    'CaseTeamRole',
    members.map((member) => String(member['TeamRoleId'])),
  );
  return levels(members, roles);
}

/** The highest level of each user on each case. */
function levels(
  members: readonly StoredRow[],
  roles: ReadonlyMap<string, StoredRow>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const member of members) {
    const user = String(member['MemberId']);
    const level = roles.get(String(member['TeamRoleId']))?.['AccessLevel'];
    if (!user.startsWith('005') || (level !== 'Read' && level !== 'Edit')) continue;
    const key = `${String(member['ParentId'])}|${user}`;
    if (found.get(key) !== 'Edit') found.set(key, level);
  }
  return found;
}
