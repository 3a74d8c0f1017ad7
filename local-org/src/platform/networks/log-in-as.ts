import { hasPermission } from '../../access/permissions.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { Transaction } from '../../execution/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { SiteInfo } from '../../server/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { textOf } from '../changes.ts';
import { requireObject } from '../ui-api/core.ts';
import { readUiRecord } from '../ui-api/records.ts';
import { refusalOf } from './sites.ts';
import type { VisitRefusal } from './sites.ts';

/** Why an administrator cannot log in as a user, in words of our own: the platform hides the action then. */
const WORDS: Readonly<Record<VisitRefusal, string>> = {
  inactive: 'is inactive',
  frozen: 'is frozen',
  locked: 'is locked out',
  'not-member': 'is no member of the site',
  'not-live': 'cannot log in: the site is not live',
};

/**
 * *Log in to Experience as User*. Documented (Help, "Log In as Site Users"): Manage External Users, and access to the
 * contact; that Manage Users also does is practitioner-reported. Leaves a row in the setup audit trail.
 */
export function logInAs(
  transaction: Transaction,
  store: OrgStore,
  site: SiteInfo,
  userId: string,
): void {
  const viewer = viewerOf(store, transaction.user.id);
  const may = hasPermission(viewer, 'ManagePartners') || hasPermission(viewer, 'ManageUsers');
  if (viewer.external || !may) {
    throw refused('You need the permission Manage External Users to log in as a site user');
  }
  const user = store.rowsById('User', [userId]).get(userId);
  const contactId = user?.['ContactId'];
  if (user === undefined || typeof contactId !== 'string') {
    throw refused('Only users that belong to a contact can be logged in as on a site');
  }
  // Refuses with "not found" when the administrator cannot see the contact.
  readUiRecord(transaction, requireObject(store.schema, 'Contact'), {
    recordId: contactId,
    fields: [],
    optionalFields: [],
  });
  const refusal = refusalOf(store, site.networkId, userId);
  if (refusal !== null) throw refused(`${textOf(user['Name'])} ${WORDS[refusal]}`);
  if (store.schema.object('SetupAuditTrail') === undefined) return;
  // Practitioner-reported action name and section.
  store.insertRow('SetupAuditTrail', {
    Action: 'suNetworkAdminLogin',
    Section: 'Manage Users',
    Display: `Logged in to the site ${site.name} as ${textOf(user['Username'])}`,
    DelegateUser: transaction.user.userName,
    CreatedById: transaction.user.id,
  });
}

function refused(message: string): PlatformFault {
  return new PlatformFault({ status: 403, errorCode: 'INSUFFICIENT_ACCESS', message });
}
