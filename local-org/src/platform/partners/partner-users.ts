import type { RecordStore, StoredRow } from '../../dml/hooks.ts';
import { assumed } from '../../inferred/index.ts';
import { recountLicences } from '../licences/seats.ts';
import { buildRoles, personRole } from './portal-roles.ts';
import type { AccountRoles } from './portal-roles.ts';
import { TIERS, tierOf } from './tiers.ts';
import type { Tier } from './tiers.ts';

/** Users whose contact belongs to one of the accounts. */
export function partnerUsersOf(store: RecordStore, accountIds: readonly string[]): StoredRow[] {
  return store.rowsWhere('User', 'AccountId', accountIds);
}

/**
 * The role a new partner user gets, building the account's roles when needed.
 * Documented: null `PortalRole` means the lowest tier; the first user makes the account's default number of roles, which stays as it is when roles exist.
 * With Account Role Optimization the first user shares a person role, and the second one brings all of them into the lowest tier (documented: Help,
 * "Optimize Partner Roles").
 * Inferred: what asking for a tier that does not exist yet leads to (`missing-portal-tier`).
 * @returns the role's Id, or null when the wanted tier does not exist on this account
 */
export function roleForNewUser(
  store: RecordStore,
  account: StoredRow,
  wanted: unknown,
): string | null {
  const accountId = String(account['Id']);
  const shape = store.schema.shape;
  const others = partnerUsersOf(store, [accountId]).filter(
    (user) => typeof user['UserRoleId'] === 'string',
  );
  if (shape.accountRoleOptimization && others.length === 0 && !hasRoles(store, accountId)) {
    return personRole(store, account);
  }
  const roles = buildRoles(store, account, hasRoles(store, accountId) ? 0 : shape.partnerRoles);
  const lowest = roles.get('User') ?? null;
  for (const user of others) {
    const role = store
      .rowsById('UserRole', [String(user['UserRoleId'])])
      .get(String(user['UserRoleId']));
    if (role !== undefined && (role['PortalAccountId'] ?? null) === null) {
      store.updateRow('User', String(user['Id']), { UserRoleId: lowest, PortalRole: TIERS[0] });
    }
  }
  return roleForTier(store, account, roles, wanted)?.role ?? null;
}

/** The role of a tier, and which tier it is in the end; null where the account has none and the user is refused. */
export function roleForTier(
  store: RecordStore,
  account: StoredRow,
  roles: AccountRoles,
  wanted: unknown,
): { readonly role: string; readonly tier: Tier } | null {
  const tier = tierOf(wanted);
  if (tier === undefined) return null;
  const answer = assumed(store.schema.shape, 'missing-portal-tier');
  const built =
    !roles.has(tier) && answer === 'built'
      ? buildRoles(store, account, TIERS.indexOf(tier) + 1)
      : roles;
  const given = !built.has(tier) && answer === 'lowest-tier' ? TIERS[0] : tier;
  const role = built.get(given);
  return role === undefined ? null : { role, tier: given };
}

function hasRoles(store: RecordStore, accountId: string): boolean {
  return store.rowsWhere('UserRole', 'PortalAccountId', [accountId]).length > 0;
}

/**
 * `IsPortalEnabled = false`: deactivates, renames the username so that it can be used again, and removes the contact link.
 * Documented: Help, "Downgrade External Users" (deactivates and renames); the removed contact is practitioner-reported.
 */
export function disableUsers(store: RecordStore, users: readonly StoredRow[]): void {
  if (users.length === 0) return;
  for (const user of users) disableUser(store, user);
  // Written below the hooks of users, so their seats are counted here.
  recountLicences(store);
}

function disableUser(store: RecordStore, user: StoredRow): void {
  const id = String(user['Id']);
  store.updateRow('User', id, {
    IsActive: false,
    IsPortalEnabled: false,
    Username: `${String(user['Username'])}.${id.slice(0, 15).toLowerCase()}`.slice(0, 80),
    ContactId: null,
    AccountId: null,
    UserRoleId: null,
    PortalRole: null,
  });
  for (const object of ['PermissionSetAssignment', 'GroupMember'] as const) {
    const field = object === 'GroupMember' ? 'UserOrGroupId' : 'AssigneeId';
    for (const row of store.rowsWhere(object, field, [id])) {
      if (object === 'PermissionSetAssignment' && isOwnedByProfile(store, row)) continue;
      store.deleteRow(object, String(row['Id']));
    }
  }
}

function isOwnedByProfile(store: RecordStore, assignment: StoredRow): boolean {
  const id = String(assignment['PermissionSetId']);
  return store.rowsById('PermissionSet', [id]).get(id)?.['IsOwnedByProfile'] === true;
}
