import { assumed } from '../inferred/index.ts';
import { raw, sql } from '../storage/sql.ts';
import { roleParam } from './role-closure.ts';
import { column } from './terms.ts';
import type { Subject } from './terms.ts';
import { because } from './why.ts';
import type { Term } from './why.ts';

/** Levels of `…AccessLevel` by answer. */
export const RELATED_LEVELS = { read: 'Read', edit: 'Edit' } as const;

/** Users under the alias `u` whom a case names as its contact: portal users with a role, the only ones that can be reached through one. */
export const ROLE_USERS = `u."UserRoleId" IS NOT NULL AND u."UserType" IN ('PowerPartner', 'Partner', 'PowerCustomerSuccess', 'CustomerSuccess')`;

/**
 * Cases whose contact is the portal user. Documented: Object Reference, CaseShare.RowCause `RelatedPortalUser`: "The portal user is the contact on the Case";
 * the level is inferred (`case-contact-level`). High-volume users are not among them (documented: Help, "About High-Volume Community or Site Users",
 * lists what they access). Those above have what is shared with users below them. Not where cases are controlled by their account.
 */
export function relatedCaseTerms(subject: Subject): Term[] {
  const { store, object, viewer, level } = subject;
  if (object.name !== 'Case' || !object.fields.has('contactid') || viewer.roleId === null)
    return [];
  const edits = assumed(viewer, 'case-contact-level') === 'edit';
  if (level !== 'read' && !(edits && level === 'edit')) return [];
  const contact = column(subject, 'ContactId');
  const terms: Term[] = [];
  if (viewer.external && viewer.contactId !== null)
    terms.push(because({ kind: 'case-contact' }, sql`${contact} = ${viewer.contactId}`));
  if (store.schema.object('User')?.fields.has('contactid') === true)
    terms.push(
      because(
        { kind: 'case-contact-below' },
        sql`${contact} IN (SELECT u."ContactId" FROM temp._role_below b JOIN "User" u ON u."UserRoleId" = b.role WHERE b.ancestor = ${roleParam(store, viewer.roleId)} AND u."IsActive" = 1 AND ${raw(ROLE_USERS)})`,
      ),
    );
  return terms;
}
