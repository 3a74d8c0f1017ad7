import type { RecordStore, SaveHook, StoredRow } from '../../dml/hooks.ts';
import { accountRoles, deleteRole, linkRoles } from './portal-roles.ts';

/**
 * Two partner accounts can be merged (documented: Help, "Unable to Merge Customer Portal to Partner Portal Accounts", and its neighbours). What becomes of the
 * roles is not said: inferred, users of the one that goes take the role of their tier at the one that stays, and the roles stand below its owner's: the
 * managers of the old owner see no more.
 */
export const mergedRolesHook: SaveHook = {
  objects: ['Account'],
  operations: ['update'],
  saved(changes, store) {
    if (!store.schema.shape.features.has('partnerPortal')) return;
    const ids = changes.map((change) => String(change.before?.['Id']));
    const byAccount = Map.groupBy(store.rowsWhere('UserRole', 'PortalAccountId', ids), (role) =>
      String(role['PortalAccountId']),
    );
    for (const [id, account] of store.rowsById('Account', [...byAccount.keys()]))
      join(store, account, byAccount.get(id) ?? []);
  },
};

function join(store: RecordStore, account: StoredRow, roles: readonly StoredRow[]): void {
  const foreign = roles.filter((role) => role['PortalAccountOwnerId'] !== account['OwnerId']);
  const byTier = Map.groupBy(roles, (role) => String(role['PortalRole']));
  const doubled = [...byTier.values()].filter((same) => same.length > 1);
  if (foreign.length === 0 && doubled.length === 0) return;
  for (const same of doubled) {
    const kept = same.find((role) => !foreign.includes(role)) ?? same[0];
    for (const role of same) {
      if (role === kept) continue;
      for (const user of store.rowsWhere('User', 'UserRoleId', [role['Id']]))
        store.updateRow('User', String(user['Id']), { UserRoleId: kept?.['Id'] });
      deleteRole(store, String(role['Id']));
    }
  }
  linkRoles(store, account, accountRoles(store, String(account['Id'])));
}
