import type { RecordChange, RecordStore, SaveHook, StoredRow } from '../../dml/hooks.ts';
import { accountRoles, deleteRoles, linkRoles, renameRoles } from './portal-roles.ts';
import { disableUsers, partnerUsersOf } from './partner-users.ts';
import { textAfter, turnedOff, turnedOn } from '../changes.ts';

/** Documented: Object Reference, Account.IsPartner: "you can disable up to 15 partner portal users associated with the account". */
export const MAX_USERS_TO_DISABLE = 15;

/**
 * What Salesforce itself does with `Account.IsPartner` and with the owner of a partner account. The prerequisites that our product adds are Apex and not here.
 */
export const partnerAccountHook: SaveHook = {
  objects: ['Account'],
  operations: ['insert', 'update'],
  validate(changes, store) {
    if (!store.schema.shape.features.has('partnerPortal')) return;
    refusePersonAccounts(changes, store);
    refusePortalOwners(changes, store);
    refuseManyUsers(changes, store);
  },
  saved(changes, store) {
    if (!store.schema.shape.features.has('partnerPortal')) return;
    for (const change of changes) {
      if (change.before === null) continue;
      const id = String(change.before['Id']);
      if (turnedOff(change, 'IsPartner')) {
        const users = partnerUsersOf(store, [id]);
        disableUsers(
          store,
          users.filter((user) => user['IsPortalEnabled'] === true),
        );
        deleteRoles(store, id);
      } else if (change.changed('OwnerId')) {
        // Documented: Help, "Partner User Roles": the roles move under the new owner's role.
        const account = store.rowsById('Account', [id]).get(id);
        if (account !== undefined) linkRoles(store, account, accountRoles(store, id));
      }
      if (change.changed('Name')) {
        const account = store.rowsById('Account', [id]).get(id);
        if (account !== undefined) renameRoles(store, account);
      }
    }
  },
};

/** Only business accounts can be partner accounts. Practitioner-reported rule; the text of the refusal is inferred. */
function refusePersonAccounts(changes: readonly RecordChange[], store: RecordStore): void {
  if (store.schema.field('Account', 'IsPersonAccount') === undefined) return;
  for (const change of changes) {
    if (turnedOn(change, 'IsPartner') && change.before?.['IsPersonAccount'] === true) {
      change.addError({
        statusCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: 'Person accounts cannot be enabled as partner accounts',
        fields: ['IsPartner'],
      });
    }
  }
}

/** Practitioner-reported: `UNKNOWN_EXCEPTION: portal users cannot own partner accounts`, for the account's owner and for the owner of one of its contacts. */
function refusePortalOwners(changes: readonly RecordChange[], store: RecordStore): void {
  const concerned = changes.filter(
    (change) =>
      turnedOn(change, 'IsPartner') ||
      (change.before?.['IsPartner'] === true && change.changed('OwnerId')),
  );
  if (concerned.length === 0) return;
  const ids = concerned.flatMap((change) =>
    change.before === null ? [] : [String(change.before['Id'])],
  );
  const contacts = store.rowsWhere('Contact', 'AccountId', ids);
  const owners = new Set<string>();
  for (const contact of contacts) owners.add(String(contact['OwnerId']));
  for (const change of concerned) owners.add(textAfter(change, 'OwnerId') ?? '');
  const portal = portalUserIds(store.rowsById('User', [...owners]));
  for (const change of concerned) {
    const id = change.before?.['Id'];
    const owned =
      portal.has(textAfter(change, 'OwnerId') ?? '') ||
      (turnedOn(change, 'IsPartner') &&
        contacts.some(
          (contact) => contact['AccountId'] === id && portal.has(String(contact['OwnerId'])),
        ));
    if (owned) {
      change.addError({
        statusCode: 'UNKNOWN_EXCEPTION',
        message: 'portal users cannot own partner accounts',
        fields: [],
      });
    }
  }
}

/** The error beyond 15 users is not documented: status and text are inferred. */
function refuseManyUsers(changes: readonly RecordChange[], store: RecordStore): void {
  for (const change of changes) {
    if (!turnedOff(change, 'IsPartner')) continue;
    const users = partnerUsersOf(store, [String(change.before?.['Id'])]);
    const enabled = users.filter((user) => user['IsPortalEnabled'] === true).length;
    if (enabled > MAX_USERS_TO_DISABLE) {
      change.addError({
        statusCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: `You can disable at most ${MAX_USERS_TO_DISABLE} partner users with the account; this account has ${enabled}`,
        fields: ['IsPartner'],
      });
    }
  }
}

function portalUserIds(users: ReadonlyMap<string, StoredRow>): Set<string> {
  const ids = new Set<string>();
  for (const [id, user] of users)
    if (user['ContactId'] !== null && user['ContactId'] !== undefined) ids.add(id);
  return ids;
}
