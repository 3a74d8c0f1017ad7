import type { RecordStore, StoredRow } from '../../dml/hooks.ts';
import { assumed } from '../../inferred/index.ts';
import { forgetGroups } from '../../sharing/forget-groups.ts';
import { OrgStore } from '../../storage/store.ts';
import { textOf } from '../changes.ts';
import { PERSON_ROLE, TIERS, roleName, tierOf } from './tiers.ts';
import type { Tier } from './tiers.ts';

/** A partner role of an account, by tier. */
export type AccountRoles = ReadonlyMap<Tier, string>;

/** Group types that the platform keeps for every role of its own people. */
const ROLE_GROUPS = ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'] as const;

/** Which of them exist for portal roles is inferred. */
function portalRoleGroups(store: RecordStore): readonly string[] {
  const answer = assumed(store.schema.shape, 'portal-role-groups');
  switch (answer) {
    case 'none':
      return [];
    case 'two':
      return ['Role', 'RoleAndSubordinates'];
    case 'three':
      return ROLE_GROUPS;
    default:
      throw answer satisfies never;
  }
}

/** The partner roles that exist for an account. */
export function accountRoles(store: RecordStore, accountId: string): AccountRoles {
  const roles = new Map<Tier, string>();
  for (const row of store.rowsWhere('UserRole', 'PortalAccountId', [accountId])) {
    const tier = tierOf(row['PortalRole']);
    if (row['PortalType'] === 'Partner' && tier !== undefined) roles.set(tier, String(row['Id']));
  }
  return roles;
}

/** The tier that the next role of this account gets, or undefined when all three exist. */
export function nextTier(roles: AccountRoles): Tier | undefined {
  return TIERS.find((tier) => !roles.has(tier));
}

/**
 * Builds tiers bottom-up until `count` exist. Each new role stands above the one before, and the topmost under the role of the account's owner.
 * @returns all roles of the account by tier
 */
export function buildRoles(store: RecordStore, account: StoredRow, count: number): AccountRoles {
  const accountId = String(account['Id']);
  let roles = accountRoles(store, accountId);
  while (roles.size < count) {
    const tier = nextTier(roles);
    if (tier === undefined) break;
    const id = store.insertRow('UserRole', {
      Name: roleName(String(account['Name']), tier),
      DeveloperName: developerName(`${String(account['Name'])}_${tier}_${accountId.slice(-6)}`),
      PortalType: 'Partner',
      PortalRole: tier,
      PortalAccountId: accountId,
      PortalAccountOwnerId: account['OwnerId'],
      ParentRoleId: null,
      OpportunityAccessForAccountOwner: 'Read',
      CaseAccessForAccountOwner: 'None',
      ContactAccessForAccountOwner: 'None',
      MayForecastManagerShare: false,
    });
    const name = roleName(String(account['Name']), tier);
    insertRoleGroups(store, id, name, portalRoleGroups(store));
    roles = new Map([...roles, [tier, id]]);
    linkRoles(store, account, roles);
  }
  return roles;
}

/** Puts the chain User → Manager → Executive → role of the account's owner in place (after a build, an owner change or a move of the owner's role). */
export function linkRoles(store: RecordStore, account: StoredRow, roles: AccountRoles): void {
  const ownerRole = ownerRoleId(store, account);
  const present = TIERS.filter((tier) => roles.has(tier));
  const rows = store.rowsById('UserRole', [...roles.values()]);
  present.forEach((tier, index) => {
    const above = present[index + 1];
    const ParentRoleId = above === undefined ? ownerRole : (roles.get(above) ?? null);
    const id = String(roles.get(tier));
    const row = rows.get(id);
    const stands =
      (row?.['ParentRoleId'] ?? null) === ParentRoleId &&
      row?.['PortalAccountOwnerId'] === account['OwnerId'];
    if (!stands)
      store.updateRow('UserRole', id, { ParentRoleId, PortalAccountOwnerId: account['OwnerId'] });
  });
}

/** Portal roles of the accounts that a user owns. */
export function portalRolesOwnedBy(store: RecordStore, ownerId: string): readonly StoredRow[] {
  if (store.schema.field('UserRole', 'PortalAccountOwnerId') === undefined) return [];
  return store.rowsWhere('UserRole', 'PortalAccountOwnerId', [ownerId]);
}

/** Names the roles of an account after it. Practitioner-reported: who wants another name for them renames the account. */
export function renameRoles(store: RecordStore, account: StoredRow): void {
  for (const [tier, id] of accountRoles(store, String(account['Id'])))
    store.updateRow('UserRole', id, { Name: roleName(String(account['Name']), tier) });
}

/**
 * Gives what is left of an account's roles the lowest tiers, in their order. Documented: Knowledge Article 000123541, "Considerations when deleting
 * Portal Roles": remaining roles are renamed by how many there are, their Ids stay.
 */
export function closeRanks(store: RecordStore, account: StoredRow): void {
  const roles = accountRoles(store, String(account['Id']));
  TIERS.filter((tier) => roles.has(tier)).forEach((tier, index) => {
    const [id, next] = [roles.get(tier) ?? '', TIERS[index]];
    if (next === undefined || next === tier) return;
    store.updateRow('UserRole', id, {
      Name: roleName(String(account['Name']), next),
      PortalRole: next,
    });
    for (const user of store.rowsWhere('User', 'UserRoleId', [id]))
      store.updateRow('User', String(user['Id']), { PortalRole: next });
  });
  linkRoles(store, account, accountRoles(store, String(account['Id'])));
}

/** The shared person role under the account owner's role (Account Role Optimization). It names no account: `PortalAccountId` stays null (documented). */
export function personRole(store: RecordStore, account: StoredRow): string {
  const owner = account['OwnerId'];
  const existing = store
    .rowsWhere('UserRole', 'PortalAccountOwnerId', [owner])
    .find((row) => row['PortalRole'] === PERSON_ROLE);
  if (existing !== undefined) return String(existing['Id']);
  const ownerRow = store.rowsById('User', [String(owner)]).get(String(owner));
  const name = `${textOf(ownerRow?.['Name'])} Person Account`.slice(0, 80);
  const id = store.insertRow('UserRole', {
    Name: name,
    DeveloperName: developerName(`${name}_${String(owner).slice(-6)}`),
    PortalType: 'Partner',
    PortalRole: PERSON_ROLE,
    PortalAccountId: null,
    PortalAccountOwnerId: owner,
    ParentRoleId: ownerRoleId(store, account),
    OpportunityAccessForAccountOwner: 'Read',
    CaseAccessForAccountOwner: 'None',
    ContactAccessForAccountOwner: 'None',
    MayForecastManagerShare: false,
  });
  insertRoleGroups(store, id, name, portalRoleGroups(store));
  return id;
}

/** Removes the roles of an account and their groups for good. Documented: Object Reference, Account.IsPartner ("permanently delete all … roles and groups"). */
export function deleteRoles(store: RecordStore, accountId: string): void {
  for (const roleId of accountRoles(store, accountId).values()) deleteRole(store, roleId);
}

/** Removes one role with its groups, their memberships and what is shared with them. */
export function deleteRole(store: RecordStore, roleId: string): void {
  const groups = store.rowsWhere('Group', 'RelatedId', [roleId]).map((row) => String(row['Id']));
  if (store instanceof OrgStore) forgetGroups(store, groups);
  for (const group of store.rowsWhere('Group', 'RelatedId', [roleId])) {
    for (const member of store.rowsWhere('GroupMember', 'UserOrGroupId', [group['Id']])) {
      store.deleteRow('GroupMember', String(member['Id']));
    }
    store.deleteRow('Group', String(group['Id']));
  }
  store.deleteRow('UserRole', roleId);
}

/** Role of the account's owner, null when the owner has none. */
export function ownerRoleId(store: RecordStore, account: StoredRow): string | null {
  const owner = store
    .rowsById('User', [String(account['OwnerId'])])
    .get(String(account['OwnerId']));
  const role = owner?.['UserRoleId'];
  return typeof role === 'string' ? role : null;
}

/** Every role has groups of its own that sharing rules and shares name. Documented: Object Reference, Group.Type. */
export function insertRoleGroups(
  store: RecordStore,
  roleId: string,
  name: string,
  types: readonly string[] = ROLE_GROUPS,
): void {
  for (const type of types) {
    store.insertRow('Group', {
      Name: null,
      DeveloperName: `${developerName(name).slice(0, 60)}_${roleId.slice(-6)}`,
      Type: type,
      RelatedId: roleId,
      DoesIncludeBosses: false,
      DoesSendEmailToMembers: false,
    });
  }
}

/** An API name made from a label, as the platform suggests it. */
export function developerName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80);
  return /^[A-Za-z]/.test(plain) ? plain : `X${plain}`.slice(0, 80);
}
