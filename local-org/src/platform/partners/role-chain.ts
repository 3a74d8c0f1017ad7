import type { OrgStore } from '../../storage/store.ts';
import { accountRoles, linkRoles, ownerRoleId } from './portal-roles.ts';

/**
 * Puts partner roles of some accounts, and roles that person accounts of some owners share, back to where they belong. Documented: Help, "Partner User Roles":
 * they stand below the role of the account's owner, and so they move with the owner, and with the account to another one. That a new role of the owner moves
 * them at once is inferred: the managers of the old one see no more.
 */
export function settleRoleChain(
  store: OrgStore,
  accountIds: readonly string[],
  ownerIds: readonly string[],
): void {
  for (const [id, account] of store.rowsById('Account', accountIds))
    linkRoles(store, account, accountRoles(store, id));
  if (ownerIds.length === 0) return;
  for (const role of store.rowsWhere('UserRole', 'PortalAccountOwnerId', ownerIds)) {
    // Roles shared by the person accounts of an owner name no account.
    if (typeof role['PortalAccountId'] === 'string') continue;
    const ParentRoleId = ownerRoleId(store, { OwnerId: role['PortalAccountOwnerId'] });
    if ((role['ParentRoleId'] ?? null) !== ParentRoleId)
      store.updateRow('UserRole', String(role['Id']), { ParentRoleId });
  }
}
