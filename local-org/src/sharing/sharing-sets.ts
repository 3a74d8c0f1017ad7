import type { Viewer } from '../access/viewer.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { sharingDefinitions } from './definitions.ts';
import { column } from './terms.ts';
import type { Subject } from './terms.ts';
import { because } from './why.ts';
import type { Term } from './why.ts';

/**
 * Sharing sets: records whose look-up equals something of the external user's own. Computed, never stored (documented: Object Reference,
 * AccountShare: no share rows for sharing sets). They grant Read or Edit, never deletion.
 */
export function setTerms(subject: Subject): Term[] {
  const { store, object, viewer, level } = subject;
  if (!viewer.external || viewer.profileId === null) return [];
  if (level !== 'read' && level !== 'edit') return [];
  const { sets } = sharingDefinitions(store);
  if (sets.length === 0) return [];
  const profile = store.rowsById('Profile', [viewer.profileId]).get(viewer.profileId)?.['Name'];
  const name = typeof profile === 'string' ? profile.toLowerCase() : '';
  const terms: Term[] = [];
  for (const set of sets) {
    if (!set.profiles.includes(name)) continue;
    for (const mapping of set.mappings) {
      if (mapping.object.toLowerCase() !== object.name.toLowerCase()) continue;
      if (level === 'edit' && mapping.accessLevel !== 'Edit') continue;
      const own = ownIds(store, viewer, mapping.userField);
      const path = lookupPath(store, object, mapping.objectField);
      if (own === null || path === null) continue;
      terms.push(because({ kind: 'sharing-set', name: set.name }, reaching(subject, path, own)));
    }
  }
  return terms;
}

/** The Ids that a user field of a mapping stands for; null where the user has none or the field does not exist. */
function ownIds(store: OrgStore, viewer: Viewer, userField: string): Fragment | null {
  const [first = '', second] = userField.split('.').map((part) => part.trim());
  const start = first.toLowerCase().replace(/id$/, '');
  const next = second?.toLowerCase();
  if (start === 'manager') {
    if (next !== 'account' && next !== 'contact') return null;
    const wanted = raw(next === 'account' ? '"AccountId"' : '"ContactId"');
    return sql`SELECT ${wanted} FROM "User" WHERE "Id" = (SELECT "ManagerId" FROM "User" WHERE "Id" = ${viewer.userId})`;
  }
  if (start !== 'account' && start !== 'contact') return null;
  const id = start === 'account' ? viewer.accountId : viewer.contactId;
  if (id === null) return null;
  if (next === undefined || next === 'id') return sql`SELECT ${id}`;
  if (start === 'contact' && next === 'relatedaccount') {
    const relation = store.schema.object('AccountContactRelation');
    if (relation === undefined || store.tables.existing(relation) === undefined) return null;
    return sql`SELECT "AccountId" FROM "AccountContactRelation" WHERE "ContactId" = ${id}`;
  }
  const owner = start === 'account' ? 'Account' : 'Contact';
  const object = store.schema.object(owner);
  const field = object === undefined ? undefined : lookupField(object, second ?? '');
  if (field === undefined) return null;
  return sql`SELECT ${raw(quote(field.name))} FROM ${raw(quote(owner))} WHERE "Id" = ${id}`;
}

/** `Account`, `AccountId`, `Contact.Account`, `Partner__c`, `Id` as a way from the record; null where it names no look-up. */
export function lookupPath(
  store: OrgStore,
  object: ObjectInfo,
  path: string,
): { readonly object: ObjectInfo; readonly field: FieldInfo }[] | null {
  const steps: { object: ObjectInfo; field: FieldInfo }[] = [];
  let at: ObjectInfo | undefined = object;
  for (const part of path.split('.').map((name) => name.trim())) {
    if (at === undefined) return null;
    const own: FieldInfo | undefined = at.fields.get('id');
    // A record stands for itself under its own name: `Account` of Account.
    const itself = /^id$/i.test(part) || (steps.length === 0 && isSelf(at, part));
    if (itself) {
      if (own !== undefined && steps.length === 0) steps.push({ object: at, field: own });
      continue;
    }
    const field: FieldInfo | undefined = lookupField(at, part);
    if (field === undefined) return null;
    steps.push({ object: at, field });
    at = store.schema.object(field.reference?.targets[0] ?? '');
  }
  return steps.length === 0 || steps.length > 2 ? null : steps;
}

function isSelf(object: ObjectInfo, name: string): boolean {
  return (
    object.name.toLowerCase() === name.toLowerCase() && lookupField(object, name) === undefined
  );
}

function lookupField(object: ObjectInfo, name: string): FieldInfo | undefined {
  const key = name.toLowerCase();
  const field =
    object.fields.get(key) ??
    object.fields.get(`${key}id`) ??
    object.fields.get(key.replace(/__r$/, '__c'));
  return field?.displayType === 'reference' ? field : undefined;
}

function reaching(
  subject: Subject,
  path: readonly { readonly object: ObjectInfo; readonly field: FieldInfo }[],
  own: Fragment,
): Fragment {
  const [first, second] = path;
  const start = column(subject, first?.field.name ?? 'Id');
  if (second === undefined) return sql`${start} IN (${own})`;
  const table = raw(quote(second.object.name));
  return sql`${start} IN (SELECT "Id" FROM ${table} WHERE ${raw(quote(second.field.name))} IN (${own}))`;
}
