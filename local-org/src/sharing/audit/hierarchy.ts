import type { StoredRow } from '../../dml/hooks.ts';
import { TIERS } from '../../platform/partners/tiers.ts';
import type { OrgStore } from '../../storage/store.ts';
import { ensureRoleClosure } from '../role-closure.ts';
import { compare } from './difference.ts';
import type { SharingDifference } from './difference.ts';

const ROLE_GROUPS = ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'];

/** The closure of the role hierarchy, against the roles themselves. */
export function auditRoleClosure(store: OrgStore): SharingDifference[] {
  if (!has(store, 'UserRole')) return [];
  ensureRoleClosure(store);
  const pairs = (sql: string): Map<string, string> =>
    new Map(
      store.db.all(sql).map(([role, above]) => [`${String(role)}|${String(above)}`, 'below']),
    );
  const expected = pairs(
    `WITH RECURSIVE up(role, above) AS (
       SELECT "Id", "ParentRoleId" FROM "UserRole" WHERE "ParentRoleId" IS NOT NULL
       UNION SELECT up.role, r."ParentRoleId" FROM up JOIN "UserRole" r ON r."Id" = up.above WHERE r."ParentRoleId" IS NOT NULL)
     SELECT role, above FROM up WHERE role <> above`,
  );
  return compare(
    'UserRole',
    'role hierarchy',
    pairs('SELECT role, ancestor FROM temp._role_below'),
    expected,
  );
}

/** Roles of partner accounts: User below Manager below Executive below the role of the account's owner; no groups of roles that are gone. */
export function auditRoles(store: OrgStore): SharingDifference[] {
  if (!has(store, 'UserRole') || !has(store, 'Group')) return [];
  const roles = store.allRows('UserRole');
  const parents = new Map<string, string>();
  const expected = new Map<string, string>();
  const byAccount = Map.groupBy(
    roles.filter(
      (role) => role['PortalType'] === 'Partner' && typeof role['PortalAccountId'] === 'string',
    ),
    (role) => String(role['PortalAccountId']),
  );
  const accounts = store.rowsById('Account', [...byAccount.keys()]);
  const owners = store.rowsById(
    'User',
    [...accounts.values()].map((account) => String(account['OwnerId'])),
  );
  for (const [accountId, own] of byAccount) {
    const account = accounts.get(accountId);
    if (account === undefined) continue;
    const chain = TIERS.flatMap<StoredRow>(
      (tier) => own.find((role) => role['PortalRole'] === tier) ?? [],
    );
    const top = owners.get(String(account['OwnerId']))?.['UserRoleId'];
    chain.forEach((role, index) => {
      const above: unknown = chain[index + 1]?.['Id'] ?? top;
      expected.set(`${String(role['Id'])}|${accountId}`, text(above));
      parents.set(`${String(role['Id'])}|${accountId}`, text(role['ParentRoleId']));
    });
  }
  return [...compare('UserRole', 'role above', parents, expected), ...roleGroups(store, roles)];
}

/** Groups of roles that are gone. Which groups a role has is the business of those that make them. */
function roleGroups(store: OrgStore, roles: readonly StoredRow[]): SharingDifference[] {
  const known = new Set(roles.map((role) => String(role['Id'])));
  const stored = new Map<string, string>();
  for (const group of store.rowsWhere('Group', 'Type', ROLE_GROUPS)) {
    const role = text(group['RelatedId']);
    if (!known.has(role)) stored.set(`${role}|${String(group['Type'])}`, 'a group');
  }
  return compare('Group', 'group of a role', stored, new Map());
}

/** Members of groups that are gone, and groups with members that are gone. */
export function auditMembers(store: OrgStore): SharingDifference[] {
  if (!has(store, 'Group') || !has(store, 'GroupMember') || !has(store, 'User')) return [];
  return store.db
    .all(
      `SELECT "GroupId", "UserOrGroupId" FROM "GroupMember" WHERE "GroupId" NOT IN (SELECT "Id" FROM "Group") OR "UserOrGroupId" NOT IN (SELECT "Id" FROM "Group" UNION ALL SELECT "Id" FROM "User")`,
    )
    .map(([group, member]) => ({
      kind: 'surplus',
      object: 'GroupMember',
      record: String(group),
      grantee: String(member),
      cause: 'membership',
      stored: 'a member of or in something that is gone',
      expected: null,
    }));
}

function has(store: OrgStore, name: string): boolean {
  const object = store.schema.object(name);
  return object !== undefined && store.tables.existing(object) !== undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : 'none';
}
