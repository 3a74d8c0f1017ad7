import type { RecordChange, RecordStore, SaveHook, StoredRow } from '../../dml/hooks.ts';
import type { DmlRowError } from '../../execution/contract.ts';
import { assumed } from '../../inferred/index.ts';
import { textAfter, turnedOff, valueAfter } from '../changes.ts';
import {
  accountRoles,
  buildRoles,
  ownerRoleId,
  personRole,
  portalRolesOwnedBy,
} from './portal-roles.ts';
import { disableUsers, roleForNewUser, roleForTier } from './partner-users.ts';
import { PERSON_ROLE, hasPortalRole } from './tiers.ts';

/** Creating and changing users that belong to a contact of an account: what Salesforce itself checks and builds. */
export const partnerUserHook: SaveHook = {
  objects: ['User'],
  operations: ['insert', 'update'],
  prepare(changes, store) {
    for (const change of changes) {
      if (change.operation === 'insert' && isPartnerUser(change)) prepareInsert(change, store);
      else if (change.operation === 'update' && isPartnerUser(change)) prepareMove(change, store);
    }
  },
  validate(changes, store) {
    const contacts = new Set<string>();
    for (const change of changes) {
      if (change.operation === 'update' && losesRole(change, store))
        change.addError(OWNER_WITHOUT_ROLE);
      if (change.operation !== 'insert' || !isPartnerUser(change)) continue;
      const contactId = textAfter(change, 'ContactId') ?? '';
      const taken =
        contacts.has(contactId) || store.rowsWhere('User', 'ContactId', [contactId]).length > 0;
      contacts.add(contactId);
      const error = taken ? ALREADY_EXISTS : refusal(change, store);
      if (error !== undefined) change.addError(error);
    }
  },
  saved(changes, store) {
    const ids = changes
      .filter((change) => change.operation === 'update' && turnedOff(change, 'IsPortalEnabled'))
      .map((change) => String(change.before?.['Id']));
    disableUsers(store, [...store.rowsById('User', ids).values()]);
  },
};

/** Practitioner-reported text. */
const OWNER_WITHOUT_ROLE: DmlRowError = {
  statusCode: 'UNKNOWN_EXCEPTION',
  message: 'portal account owner must have a role',
  fields: [],
};

/** Whether the owner of an account with portal roles is to have no role any more: they would stand under nothing. */
function losesRole(change: RecordChange, store: RecordStore): boolean {
  if (assumed(store.schema.shape, 'account-owner-loses-role') === 'allowed') return false;
  if (!change.changed('UserRoleId') || textAfter(change, 'UserRoleId') !== null) return false;
  return portalRolesOwnedBy(store, String(change.before?.['Id'])).length > 0;
}

/** Documented status and meaning (an inactive user counts too: practitioner-reported). */
const ALREADY_EXISTS: DmlRowError = {
  statusCode: 'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT',
  message: 'portal user already exists for contact',
  fields: ['ContactId'],
};

function isPartnerUser(change: RecordChange): boolean {
  return textAfter(change, 'ContactId') !== null;
}

function accountOf(change: RecordChange, store: RecordStore): StoredRow | undefined {
  const contactId = textAfter(change, 'ContactId') ?? '';
  const accountId = store.rowsById('Contact', [contactId]).get(contactId)?.['AccountId'];
  return typeof accountId === 'string'
    ? store.rowsById('Account', [accountId]).get(accountId)
    : undefined;
}

/**
 * The platform lets the API create a partner user on an account that is not a partner account (documented: Object Reference, Account.IsPartner), so nothing here asks
 * for `IsPartner`.
 */
function refusal(change: RecordChange, store: RecordStore): DmlRowError | undefined {
  const account = accountOf(change, store);
  if (account === undefined) {
    // Documented that an error occurs; the text is inferred.
    return {
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'The contact must be associated with an account',
      fields: ['ContactId'],
    };
  }
  if (ownerRoleId(store, account) === null) return OWNER_WITHOUT_ROLE;
  return refusalByProfile(change, store);
}

function refusalByProfile(change: RecordChange, store: RecordStore): DmlRowError | undefined {
  const profileId = textAfter(change, 'ProfileId') ?? '';
  const profile = store.rowsById('Profile', [profileId]).get(profileId);
  if (profile === undefined) return undefined;
  if (profile['UserType'] === 'Standard') {
    // Practitioner-reported text (research: errors admins meet).
    return {
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: "You can only assign profiles that are compatible with the user's license",
      fields: ['ProfileId'],
    };
  }
  if (!isCustomProfile(store, profileId)) {
    // Practitioner-reported text; holds while the org preference for standard external profiles is off, which is the default of new orgs.
    return {
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message:
        'To create or update users for this profile, go to Setup > Digital Experiences > Settings and select Allow using standard external profiles for self-registration, user creation, and login.: Profile ID',
      fields: ['ProfileId'],
    };
  }
  return undefined;
}

function isCustomProfile(store: RecordStore, profileId: string): boolean {
  return store
    .rowsWhere('PermissionSet', 'ProfileId', [profileId])
    .some((row) => row['IsOwnedByProfile'] === true && row['IsCustom'] === true);
}

function prepareInsert(change: RecordChange, store: RecordStore): void {
  const account = accountOf(change, store);
  change.after.load('IsPortalEnabled', true);
  change.after.load('AccountId', account?.['Id'] ?? null);
  if (account === undefined || ownerRoleId(store, account) === null) return;
  if (!hasPortalRole(valueAfter(change, 'UserType'))) return;
  const role = roleForNewUser(store, account, valueAfter(change, 'PortalRole'));
  if (role === null) {
    change.addError(missingTier(valueAfter(change, 'PortalRole')));
    return;
  }
  change.after.load('UserRoleId', role);
  change.after.load(
    'PortalRole',
    store.rowsById('UserRole', [role]).get(role)?.['PortalRole'] ?? null,
  );
}

/** A changed `PortalRole` moves the user to that tier's role. Documented: updateable from API 43.0 on. */
function prepareMove(change: RecordChange, store: RecordStore): void {
  if (!change.changed('PortalRole') || valueAfter(change, 'IsPortalEnabled') !== true) return;
  const account = accountOf(change, store);
  if (account === undefined) return;
  const wanted = valueAfter(change, 'PortalRole');
  if (wanted === PERSON_ROLE) {
    change.after.load('UserRoleId', personRole(store, account));
    return;
  }
  const existing = accountRoles(store, String(account['Id']));
  const roles =
    existing.size === 0 ? buildRoles(store, account, store.schema.shape.partnerRoles) : existing;
  const given = roleForTier(store, account, roles, wanted);
  if (given === null) {
    change.addError(missingTier(wanted));
    return;
  }
  change.after.load('UserRoleId', given.role);
  change.after.load('PortalRole', given.tier);
}

/** Inferred, status and text ours: a tier is asked for that the account does not have (`missing-portal-tier`). */
function missingTier(wanted: unknown): DmlRowError {
  return {
    statusCode: 'FIELD_INTEGRITY_EXCEPTION',
    message: `The account has no portal role for ${String(wanted)}`,
    fields: ['PortalRole'],
  };
}
