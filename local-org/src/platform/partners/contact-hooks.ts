import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import { assumed } from '../../inferred/index.ts';
import { textAfter } from '../changes.ts';
import { roleForNewUser } from './partner-users.ts';
import { ownerRoleId } from './portal-roles.ts';
import { hasPortalRole } from './tiers.ts';

/**
 * Contacts of portal users that move to another account take their users along: from then on these belong to the other account, and have a role there. That
 * they move is documented (Help, "Partner User Roles": the roles of an account stay when its users are moved); the tier that they get is inferred
 * (`moved-contact-tier`), and that the move is refused where a new user would be.
 */
export const portalContactHook: SaveHook = {
  objects: ['Contact'],
  operations: ['update'],
  validate(changes, store) {
    for (const { change, users } of moved(changes, store)) {
      if (users.length === 0) continue;
      const account = accountOf(change, store);
      if (account === undefined)
        change.addError({
          statusCode: 'FIELD_INTEGRITY_EXCEPTION',
          message: 'The contact must be associated with an account',
          fields: ['AccountId'],
        });
      else if (ownerRoleId(store, account) === null)
        change.addError({
          statusCode: 'UNKNOWN_EXCEPTION',
          message: 'portal account owner must have a role',
          fields: [],
        });
    }
  },
  saved(changes, store) {
    for (const { change, users } of moved(changes, store)) {
      const account = accountOf(change, store);
      if (account === undefined) continue;
      for (const user of users) {
        const id = String(user['Id']);
        store.updateRow('User', id, { AccountId: account['Id'], UserRoleId: null });
        if (!hasPortalRole(user['UserType'])) continue;
        const kept = assumed(store.schema.shape, 'moved-contact-tier') === 'kept';
        const role =
          (kept ? roleForNewUser(store, account, user['PortalRole']) : null) ??
          roleForNewUser(store, account, null);
        const row = role === null ? undefined : store.rowsById('UserRole', [role]).get(role);
        store.updateRow('User', id, { UserRoleId: role, PortalRole: row?.['PortalRole'] ?? null });
      }
    }
  },
};

interface Move {
  readonly change: RecordChange;
  readonly users: readonly Readonly<Record<string, unknown>>[];
}

function moved(changes: readonly RecordChange[], store: RecordStore): Move[] {
  if (store.schema.field('User', 'ContactId') === undefined) return [];
  return changes
    .filter((change) => change.changed('AccountId'))
    .map((change) => ({
      change,
      users: store
        .rowsWhere('User', 'ContactId', [String(change.before?.['Id'])])
        .filter((user) => user['IsPortalEnabled'] === true),
    }));
}

function accountOf(
  change: RecordChange,
  store: RecordStore,
): Readonly<Record<string, unknown>> | undefined {
  const id = textAfter(change, 'AccountId');
  return id === null ? undefined : store.rowsById('Account', [id]).get(id);
}
