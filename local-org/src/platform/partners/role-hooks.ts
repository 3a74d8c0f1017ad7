import type { RecordStore, SaveHook } from '../../dml/hooks.ts';
import type { RecordChange } from '../../dml/hooks.ts';
import {
  accountRoles,
  closeRanks,
  developerName,
  deleteRole,
  insertRoleGroups,
  linkRoles,
  nextTier,
} from './portal-roles.ts';
import { roleName, tierOf } from './tiers.ts';
import { textAfter, textOf, valueAfter } from '../changes.ts';

/** Fields of a portal role that only the platform sets. */
const MAINTAINED = ['Name', 'PortalRole', 'ParentRoleId'] as const;

/**
 * Roles: internal ones get their groups; partner roles are built bottom-up, one tier for each insert, and no field of them can be changed.
 * Documented: Object Reference, UserRole and User ("Usage"); texts practitioner-reported where cited.
 */
export const roleHook: SaveHook = {
  objects: ['UserRole'],
  operations: ['insert', 'update', 'delete'],
  prepare(changes, store) {
    const built = new Map<string, number>();
    for (const change of changes) {
      if (change.operation !== 'insert') continue;
      if (isPartnerRole(change)) prepareTier(change, store, built);
      else prepareInternal(change, store);
    }
  },
  validate(changes, store) {
    for (const change of changes) {
      if (change.operation === 'update' && change.before?.['PortalType'] === 'Partner') {
        change.addError({
          statusCode: 'FIELD_INTEGRITY_EXCEPTION',
          message: 'Cannot update portal roles',
          fields: [],
        });
      }
      if (change.operation === 'delete') refuseRoleInUse(change, store);
    }
  },
  saved(changes, store) {
    for (const change of changes) {
      if (change.operation === 'insert') {
        const id = textAfter(change, 'Id') ?? '';
        insertRoleGroups(store, id, textAfter(change, 'Name') ?? id);
        relink(change, store);
      } else if (change.operation === 'delete' && change.before !== null) {
        deleteRole(store, String(change.before['Id']));
        const accountId = textOf(change.before['PortalAccountId']);
        const account = store.rowsById('Account', [accountId]).get(accountId);
        if (account !== undefined) closeRanks(store, account);
      }
    }
  },
};

function isPartnerRole(change: RecordChange): boolean {
  return (
    valueAfter(change, 'PortalType') === 'Partner' || valueAfter(change, 'PortalAccountId') !== null
  );
}

/** Internal roles get defaults where the statement is silent (practitioner: inserting a role with nothing but its name works). */
function prepareInternal(change: RecordChange, store: RecordStore): void {
  const defaults = {
    // There only with partner features.
    ...(store.schema.field('UserRole', 'PortalType') === undefined ? {} : { PortalType: 'None' }),
    OpportunityAccessForAccountOwner: 'Edit',
    CaseAccessForAccountOwner: 'Edit',
    ContactAccessForAccountOwner: 'Edit',
    DeveloperName: developerName(textAfter(change, 'Name') ?? ''),
  };
  for (const [field, value] of Object.entries(defaults)) {
    if (valueAfter(change, field) === null) change.after.load(field, value);
  }
}

function prepareTier(change: RecordChange, store: RecordStore, built: Map<string, number>): void {
  for (const field of MAINTAINED) {
    if ((change.after.values.get(field) ?? null) !== null) {
      // Practitioner-reported text.
      change.addError({
        statusCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: `Cannot specify system-maintained portal role field: [${field}]`,
        fields: [field],
      });
      return;
    }
  }
  const accountId = textAfter(change, 'PortalAccountId');
  const account =
    accountId === null ? undefined : store.rowsById('Account', [accountId]).get(accountId);
  if (accountId === null || account === undefined) {
    change.addError({
      statusCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [PortalAccountId]',
      fields: ['PortalAccountId'],
    });
    return;
  }
  const existing = accountRoles(store, accountId);
  const ahead = built.get(accountId) ?? 0;
  const tiers = new Map(existing);
  let tier = nextTier(tiers);
  for (let step = 0; step < ahead && tier !== undefined; step += 1) {
    tiers.set(tier, '');
    tier = nextTier(tiers);
  }
  if (tier === undefined) {
    // Documented maximum of three; the text is inferred.
    change.addError({
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'A portal account can have a maximum of three portal roles',
      fields: ['PortalAccountId'],
    });
    return;
  }
  built.set(accountId, ahead + 1);
  change.after.load('Name', roleName(String(account['Name']), tier));
  change.after.load('PortalRole', tier);
  change.after.load('PortalType', 'Partner');
  change.after.load('PortalAccountOwnerId', account['OwnerId']);
}

function relink(change: RecordChange, store: RecordStore): void {
  const accountId = textAfter(change, 'PortalAccountId');
  if (accountId === null) return;
  const account = store.rowsById('Account', [accountId]).get(accountId);
  if (account !== undefined && tierOf(valueAfter(change, 'PortalRole')) !== undefined) {
    linkRoles(store, account, accountRoles(store, accountId));
  }
}

/** Documented: "Before deleting a role, you must assign users under that role to another role." The text is inferred. */
function refuseRoleInUse(change: RecordChange, store: RecordStore): void {
  const id = String(change.before?.['Id']);
  if (store.rowsWhere('User', 'UserRoleId', [id]).length > 0) {
    change.addError({
      statusCode: 'DELETE_FAILED',
      message:
        'Your attempt to delete the role could not be completed because it is assigned to users',
      fields: [],
    });
  }
}
