import { isHighVolume } from '../../access/high-volume.ts';
import type { StoredRow } from '../../dml/hooks.ts';
import type { OrgStore } from '../../storage/store.ts';

/**
 * What case teams give: by `case|user` the level; of some cases, or of all. Documented: Object Reference, CaseTeamMember (a user or contact on a case, in a
 * role), CaseTeamRole (None, Read or Edit for everybody in it), CaseShare.RowCause ("The User or Group has team access").
 */
export function caseTeamLevels(
  store: OrgStore,
  caseIds: readonly string[] | null,
): ReadonlyMap<string, string> {
  const members =
    caseIds === null
      ? store.allRows('CaseTeamMember')
      : store.rowsWhere('CaseTeamMember', 'ParentId', caseIds);
  const roles = store.rowsById('CaseTeamRole', idsIn(members, 'TeamRoleId'));
  const users = usersOf(store, members);
  const highVolumeOwners = ownedByHighVolumeUsers(store, members);
  const found = new Map<string, string>();
  for (const member of members) {
    const level = roles.get(String(member['TeamRoleId']))?.['AccessLevel'];
    const record = String(member['ParentId']);
    if ((level !== 'Read' && level !== 'Edit') || highVolumeOwners.has(record)) continue;
    for (const user of users.get(String(member['MemberId'])) ?? []) {
      const key = `${record}|${user}`;
      if (found.get(key) !== 'Edit') found.set(key, level);
    }
  }
  return found;
}

/** Licences whose users are contacts that a case team lets in. Documented: Help, "Case Teams": "they can only access cases when they're enabled as customer
 * portal users …. Case teams aren't available for the partner portal." */
const CUSTOMERS = new Set(['CustomerSuccess', 'PowerCustomerSuccess']);

/**
 * The users behind members: themselves, or the customer users of a contact. Documented: Help, "About High-Volume Community or Site Users": "You can’t include
 * high-volume users in … case teams."
 */
function usersOf(store: OrgStore, members: readonly StoredRow[]): Map<string, string[]> {
  const ids = idsIn(members, 'MemberId');
  const found = new Map<string, string[]>();
  const add = (member: string, user: string): void => {
    found.set(member, [...(found.get(member) ?? []), user]);
  };
  const direct = ids.filter((id) => id.startsWith('005'));
  for (const [id, user] of store.rowsById('User', direct))
    if (!isHighVolume(user['UserType'])) add(id, id);
  const contacts = ids.filter((id) => id.startsWith('003'));
  if (store.schema.object('User')?.fields.has('contactid') !== true) return found;
  for (const user of contacts.length === 0 ? [] : store.rowsWhere('User', 'ContactId', contacts))
    if (CUSTOMERS.has(String(user['UserType']))) add(String(user['ContactId']), String(user['Id']));
  return found;
}

/** "You can’t add case teams to cases owned by high-volume users" (documented: the same page). */
function ownedByHighVolumeUsers(store: OrgStore, members: readonly StoredRow[]): Set<string> {
  const cases = store.rowsById('Case', idsIn(members, 'ParentId'));
  const owners = store.rowsById(
    'User',
    [...cases.values()].map((row) => String(row['OwnerId'])),
  );
  return new Set(
    [...cases].flatMap(([id, row]) =>
      isHighVolume(owners.get(String(row['OwnerId']))?.['UserType']) ? [id] : [],
    ),
  );
}

function idsIn(rows: readonly StoredRow[], field: string): string[] {
  return [...new Set(rows.map((row) => String(row[field])))];
}
