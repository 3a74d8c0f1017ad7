import { assumed } from '../inferred/index.ts';
import { join, raw, sql } from '../storage/sql.ts';
import { quote } from '../storage/tables.ts';
import { defaultOf } from './defaults.ts';
import { isGuest } from './guests.ts';
import { beyondImplicit } from './high-volume.ts';
import { roleParam } from './role-closure.ts';
import { shareTableOf } from './share-tables.ts';
import { column, grantedTo, ownTerms, recordsOf } from './terms.ts';
import type { Subject } from './terms.ts';
import { because } from './why.ts';
import type { Term } from './why.ts';

/** Children of accounts that implicit sharing knows, with the role's setting for them (documented: UserRole). */
export const CHILDREN = [
  { name: 'Contact', access: 'ContactAccessForAccountOwner' },
  { name: 'Opportunity', access: 'OpportunityAccessForAccountOwner' },
  { name: 'Case', access: 'CaseAccessForAccountOwner' },
] as const;

/**
 * Objects whose records open their account. Documented: Object Reference, AccountShare.RowCause `ImplicitParent`: "the owner of or have sharing access to
 * records related to the account, such as opportunities, cases, contacts, contracts, or orders".
 */
export const OPENING = [...CHILDREN.map(({ name }) => name), 'Contract', 'Order'];

/**
 * Implicit sharing, computed. Documented: Data Relationships and Record Access ("Implicit Sharing"): read of the account for whoever has
 * access to a child; children for the owner of the account, as the role says, and through shares of the account that carry child levels;
 * the portal account and all its contacts for the portal users under it. Not where the child is controlled by its parent.
 */
export function implicitTerms(subject: Subject): Term[] {
  const { name } = subject.object;
  // Documented: Object Reference, AccountShare.RowCause: GuestParentImplicit; guest rules open no children (SharingGuestRule has no accountSettings).
  if (isGuest(subject.viewer)) return name === 'Account' ? parentTerms(subject) : [];
  const portal = subject.level === 'read' ? portalTerms(subject) : [];
  if (name === 'Account')
    return subject.level === 'read' ? [...portal, ...parentTerms(subject)] : portal;
  const child = CHILDREN.find((kind) => kind.name === name);
  return child === undefined ? portal : [...portal, ...childTerms(subject, child.access)];
}

/** Documented: "shared to the lowest role"; what users without a role (high-volume ones) read is inferred (`portal-users-without-role`). */
function portalTerms(subject: Subject): Term[] {
  const { object, viewer } = subject;
  if (!viewer.external) return [];
  if (object.name === 'Account' && viewer.accountId !== null)
    return [
      because({ kind: 'portal-account' }, sql`${column(subject, 'Id')} = ${viewer.accountId}`),
    ];
  if (object.name !== 'Contact') return [];
  const terms: Term[] = [];
  if (viewer.contactId !== null)
    terms.push(
      because({ kind: 'portal-contact' }, sql`${column(subject, 'Id')} = ${viewer.contactId}`),
    );
  const colleagues =
    viewer.roleId !== null || assumed(viewer, 'portal-users-without-role') === 'all-contacts';
  if (viewer.accountId !== null && colleagues)
    terms.push(
      because(
        { kind: 'portal-contact' },
        sql`${column(subject, 'AccountId')} = ${viewer.accountId}`,
      ),
    );
  return terms;
}

/** Object permissions such as View All on the child do not count (practitioner), nor does a default that opens it. */
function parentTerms(subject: Subject): Term[] {
  const { store, viewer } = subject;
  const terms: Term[] = [];
  for (const name of OPENING) {
    const child = store.schema.object(name);
    const table = child === undefined ? undefined : store.tables.existing(child);
    if (child === undefined || table?.byName.has('AccountId') !== true) continue;
    if (defaultOf(child, viewer) === 'ControlledByParent') continue;
    const own = ownTerms({ ...subject, object: child, alias: 'ic' });
    if (own.length === 0) continue;
    const why = { kind: 'implicit-parent', child, terms: own } as const;
    if (subject.shape === 'wide') {
      // A page walks the accounts and asks each: collecting the accounts of all children first would cost more than the page. The only place with a
      // correlated term, and one that can use no index but that of the account.
      terms.push(
        because(
          why,
          sql`EXISTS (SELECT 1 FROM ${raw(quote(table.name))} ic WHERE ic."AccountId" = ${raw(`${subject.alias}."Id"`)} AND (${join(own, ' OR ')}) AND ic."IsDeleted" = 0)`,
        ),
      );
      continue;
    }
    terms.push(
      because(
        why,
        sql`${column(subject, 'Id')} IN (SELECT ic."AccountId" FROM ${raw(quote(table.name))} ic WHERE (${join(own, ' OR ')}) AND ic."IsDeleted" = 0)`,
      ),
    );
  }
  return terms;
}

function childTerms(subject: Subject, access: string): Term[] {
  const { store, object, viewer, level } = subject;
  const account = store.schema.object('Account');
  if (account === undefined || store.tables.existing(account) === undefined) return [];
  const parent = column(subject, 'AccountId');
  const terms: Term[] = [];
  const roles = store.schema.object('UserRole');
  const setting =
    roles === undefined ? undefined : store.tables.existing(roles)?.byName.get(access);
  // Documented levels of the role's setting: None, Read, Edit. Deleting is never among them.
  if (setting !== undefined && viewer.roleId !== null && (level === 'read' || level === 'edit')) {
    const levels = JSON.stringify(level === 'read' ? ['Read', 'Edit'] : ['Edit']);
    const enough = sql`r.${raw(quote(access))} IN (SELECT value FROM json_each(${levels}))`;
    terms.push(
      because(
        { kind: 'implicit-child-owner' },
        sql`${parent} IN (SELECT a."Id" FROM "UserRole" r JOIN "Account" a ON a."OwnerId" = ${viewer.userId} WHERE r."Id" = ${viewer.roleId} AND ${enough})`,
      ),
      because(
        { kind: 'implicit-child-owner-below' },
        sql`${parent} IN (SELECT a."Id" FROM temp._role_below b JOIN "UserRole" r ON r."Id" = b.role JOIN "User" u ON u."UserRoleId" = b.role JOIN "Account" a ON a."OwnerId" = u."Id" WHERE b.ancestor = ${roleParam(store, viewer.roleId)} AND ${enough})`,
      ),
    );
  }
  const roleless = viewer.roleId === null && (level === 'read' || level === 'edit');
  if (roleless && assumed(viewer, 'account-owner-without-role') === 'edit')
    terms.push(
      because(
        { kind: 'implicit-child-owner' },
        sql`${parent} IN (SELECT a."Id" FROM "Account" a WHERE a."OwnerId" = ${viewer.userId})`,
      ),
    );
  const shares = shareTableOf(store, account);
  const levelColumn = `${object.name}AccessLevel`;
  if (shares?.table.byName.has(levelColumn) === true) {
    for (const rows of grantedTo(subject, shares, levelColumn))
      terms.push(
        because(
          { kind: 'implicit-child-share', shares, rows, levelColumn },
          sql`${parent} IN (${recordsOf(shares, 'AccountId', rows)})`,
        ),
      );
  }
  const others = beyondImplicit(store, `${subject.alias}."OwnerId"`);
  return others === null
    ? terms
    : terms.map((term) => because(term.why, sql`(${term} AND ${others})`));
}
