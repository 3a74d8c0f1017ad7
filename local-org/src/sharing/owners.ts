import { INTERNAL_TYPES } from '../access/viewer.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { PROGRAM_GROUP, usersInProgram } from './channel-programs.ts';
import { isManagerGroup, usersInManagerGroup } from './managers.ts';
import { rolesBelow } from './role-closure.ts';
import { isTerritoryGroup, usersInTerritory } from './territories.ts';

/**
 * Users and queues that stand behind groups, as a condition on an owner's Id: whose records an owner-based rule shares. A queue named
 * as such owns records itself; its members are not meant.
 */
export function ownedByMembers(
  store: OrgStore,
  owner: Fragment,
  groupIds: readonly string[],
): Fragment {
  const ids = new Set<string>();
  const roles = new Set<string>();
  const internalRoles = new Set<string>();
  const kinds = new Set<string>();
  const members: Fragment[] = [];
  const seen = new Set<string>();
  let fresh = [...groupIds];
  while (fresh.length > 0) {
    const groups = store.rowsById(
      'Group',
      fresh.filter((id) => !seen.has(id)),
    );
    for (const id of fresh) seen.add(id);
    const open: string[] = [];
    for (const [id, group] of groups) {
      const role = String(group['RelatedId']);
      const type = String(group['Type']);
      if (type === 'Role') roles.add(role);
      else if (type === 'RoleAndSubordinates')
        for (const each of [role, ...rolesBelow(store, role)]) roles.add(each);
      else if (type === 'RoleAndSubordinatesInternal')
        for (const each of [role, ...rolesBelow(store, role)]) internalRoles.add(each);
      else if (type === 'Queue') ids.add(id);
      else if (type === 'Regular') open.push(id);
      else if (isManagerGroup(type)) members.push(usersInManagerGroup(store, type, role));
      else if (type === PROGRAM_GROUP) members.push(usersInProgram(store, role));
      else if (isTerritoryGroup(type)) members.push(usersInTerritory(store, type, role));
      else kinds.add(type);
    }
    fresh = [];
    for (const member of store.rowsWhere('GroupMember', 'GroupId', open)) {
      const id = String(member['UserOrGroupId']);
      if (id.startsWith('005')) ids.add(id);
      else if (!seen.has(id)) fresh.push(id);
    }
  }
  const list = (values: Iterable<string>): Fragment =>
    sql`(SELECT value FROM json_each(${JSON.stringify([...values])}))`;
  const internal = sql`("UserType" IS NULL OR "UserType" IN ${list(INTERNAL_TYPES)})`;
  const terms = [
    sql`${owner} IN ${list(ids)}`,
    ...members.map((users) => sql`${owner} IN (${users})`),
  ];
  const users = (where: Fragment): void => {
    terms.push(sql`${owner} IN (SELECT "Id" FROM "User" WHERE ${where})`);
  };
  if (roles.size > 0) users(sql`"UserRoleId" IN ${list(roles)}`);
  if (internalRoles.size > 0) users(sql`"UserRoleId" IN ${list(internalRoles)} AND ${internal}`);
  if (kinds.has('Organization')) users(internal);
  if (kinds.has('PRMOrganization')) users(raw(`"UserType" IN ('PowerPartner', 'Partner')`));
  if (kinds.has('AllCustomerPortal'))
    users(raw(`"UserType" IN ('CustomerSuccess', 'PowerCustomerSuccess')`));
  return sql`(${join(terms, ' OR ')})`;
}

/** Owners with a high-volume licence. Guest rules leave out these alone (documented: SharingGuestRule.includeHVUOwnedRecords). */
export function ownedByHighVolume(owner: Fragment): Fragment {
  return sql`${owner} IN (SELECT "Id" FROM "User" WHERE "UserType" IN ('CspLitePortal', 'CSPLitePortal'))`;
}

/** Owners who can have no role: users of high-volume licences (documented: SharingCriteriaRule.includeRecordsOwnedByAll). */
export function ownedWithoutRole(owner: Fragment): Fragment {
  return sql`${owner} IN (SELECT "Id" FROM "User" WHERE "UserType" IN ('CspLitePortal', 'CSPLitePortal', 'Guest'))`;
}
