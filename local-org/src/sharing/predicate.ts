import { objectAccess } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { defaultOf, isOpen } from './defaults.ts';
import { FILES, fileTerms } from './files.ts';
import { followingOf } from './followed.ts';
import type { Following } from './followed.ts';
import { isGuest } from './guests.ts';
import { implicitTerms } from './implicit.ts';
import { settleSharing } from './settle.ts';
import { shareTableOf } from './share-tables.ts';
import { usersBelow } from './role-closure.ts';
import { column, ownTerms } from './terms.ts';
import type { AccessLevel, Shape, Subject } from './terms.ts';
import { because } from './why.ts';
import type { ParentLink, Reach, Term } from './why.ts';

export type { AccessLevel, Shape } from './terms.ts';

/**
 * The rows of `object` that the viewer may reach, as a condition on the table alias; null when it is all of them. One OR of uncorrelated,
 * index-driven terms (decision 1 of `docs/decisions`). Owner, role hierarchy, sharing sets and implicit sharing are computed; rule, manual
 * and Apex shares are rows of the share object.
 */
export function visibility(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
  shape: Shape = 'narrow',
): Fragment | null {
  const reach = reachOf(store, object, alias, userId, level, shape);
  return reach.kind === 'everything' ? null : anyOf(reach.terms);
}

/** What a user may reach: everything, and why, or the records of the terms, each with its reason. Explanations are made of it, and queries. */
export function reachOf(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
  shape: Shape = 'narrow',
): Reach {
  settleSharing(store);
  const viewer = viewerOf(store, userId);
  // Documented: Help, "Guest User Security Policies and Timelines": guests have neither View All nor Modify All.
  const access = isGuest(viewer) ? NOTHING_OPEN : objectAccess(viewer, object);
  if (access.modifyAll) return { kind: 'everything', why: { kind: 'modify-all' } };
  if (level === 'read' && access.viewAll) return { kind: 'everything', why: { kind: 'view-all' } };
  if (object.kind === 'share') return onShares(store, object, alias, userId, level);
  const model = defaultOf(object, viewer);
  const subject: Subject = { store, object, alias, viewer, level, shape };
  const following = followingOf(object);
  if (following !== undefined) return { kind: 'terms', terms: throughFollowed(subject, following) };
  if (FILES.has(object.name)) {
    const linked = (link: Subject, at: 'read' | 'edit'): Fragment[] =>
      followed({ ...link, level: at }, 'LinkedEntityId', true, 'User').map(([, ids]) => ids);
    return { kind: 'terms', terms: fileTerms(subject, linked) };
  }
  if (model === null) return { kind: 'everything', why: { kind: 'unshared' } };
  if (isOpen(model, level)) return { kind: 'everything', why: { kind: 'default', model } };
  return { kind: 'terms', terms: termsOf(subject, model) };
}

const NOTHING_OPEN = { viewAll: false, modifyAll: false };

function termsOf(subject: Subject, model: SharingModel): Term[] {
  const { name } = subject.object;
  const activity = name === 'Task' || name === 'Event';
  if (isGuest(subject.viewer) && (activity || subject.level !== 'read')) return [];
  if (activity) return onActivities(subject, model);
  if (model === 'ControlledByParent') return throughParent(subject);
  return name === 'User' ? onUsers(subject) : restricted(subject);
}

function anyOf(terms: readonly Term[]): Fragment {
  return terms.length === 0 ? raw('0') : sql`(${join(terms, ' OR ')})`;
}

function restricted(subject: Subject): Term[] {
  return [...ownTerms(subject), ...implicitTerms(subject)];
}

/**
 * Writing share rows takes full access to the record (documented: "Sharing a Record Using Apex"); who reads them is inferred
 * (`share-row-readers`).
 */
function onShares(
  store: OrgStore,
  share: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
): Reach {
  const everything: Reach = { kind: 'everything', why: { kind: 'unshared' } };
  const name = share.name.endsWith('__Share')
    ? share.name.replace(/__Share$/, '__c')
    : share.name.replace(/Share$/, '');
  const parent = store.schema.object(name);
  const shares = parent === undefined ? undefined : shareTableOf(store, parent);
  const table = parent === undefined ? undefined : store.tables.existing(parent);
  if (parent === undefined || shares === undefined || table === undefined) return everything;
  const readers = assumed(store.schema.shape, 'share-row-readers');
  if (level === 'read' && readers === 'everybody') return everything;
  const parentLevel = level === 'read' && readers === 'record-readers' ? 'read' : 'delete';
  const inner = visibility(store, parent, 'sp', userId, parentLevel);
  if (inner === null) return everything;
  const term = sql`${raw(`${alias}.${quote(shares.record)}`)} IN (SELECT sp."Id" FROM ${raw(quote(table.name))} sp WHERE ${inner})`;
  const links = [{ field: shares.record, object: parent, level: 'read' }] as const;
  return { kind: 'terms', terms: [because({ kind: 'parent', links }, term)] };
}

/** External users whose defaults for users are private see themselves and those below them. */
function onUsers(subject: Subject): Term[] {
  const { store, viewer } = subject;
  const id = column(subject, 'Id');
  const self = because({ kind: 'self' }, sql`${id} = ${viewer.userId}`);
  if (viewer.roleId === null) return [self];
  const below = sql`${id} IN (${usersBelow(store, viewer.roleId)})`;
  return [self, because({ kind: 'user-below' }, below)];
}

/**
 * Activities: the owner's and of those above; read also by everybody who reads a record they are about. Controlled by Parent lets who edits the record
 * edit the activity, and who deletes it delete it; Private does not (documented: Help, "Organization-Wide Sharing Defaults", Activity). Which of two
 * records counts for that is inferred (`activities-of-two-records`).
 */
function onActivities(subject: Subject, model: SharingModel): Term[] {
  const { object, level } = subject;
  const terms: Term[] = restricted(subject);
  if (level === 'transfer' || (level !== 'read' && model !== 'ControlledByParent')) return terms;
  const both = level !== 'read' && assumed(subject.viewer, 'activities-of-two-records') === 'both';
  for (const name of ['WhatId', 'WhoId']) {
    const other = name === 'WhatId' ? 'WhoId' : 'WhatId';
    for (const [parent, records] of recordsOfActivities(subject, name)) {
      const links = [{ field: name, object: parent, level }] as const;
      const term = sql`${column(subject, name)} IN (${records})`;
      if (!both || !object.fields.has(other.toLowerCase())) {
        terms.push(because({ kind: 'parent', links }, term));
        continue;
      }
      // The other lookup is empty, or its record allows the same.
      const arms = recordsOfActivities(subject, other).map(
        ([, ids]) => sql`${column(subject, other)} IN (${ids})`,
      );
      const free = sql`${column(subject, other)} IS NULL`;
      terms.push(
        because({ kind: 'parent', links }, sql`(${term} AND (${join([free, ...arms], ' OR ')}))`),
      );
    }
  }
  return terms;
}

/** The records that a lookup of activities can name and that the viewer has at the level, by object. */
function recordsOfActivities(
  { store, object, viewer, level }: Subject,
  lookup: string,
): (readonly [ObjectInfo, Fragment])[] {
  const found: (readonly [ObjectInfo, Fragment])[] = [];
  const field = object.fields.get(lookup.toLowerCase());
  for (const target of field?.reference?.targets ?? []) {
    const parent = store.schema.object(target);
    const table =
      parent === undefined || parent.kind === 'virtual' ? undefined : store.tables.existing(parent);
    if (parent === undefined || table === undefined || parent.name === object.name) continue;
    const right = level === 'delete' ? 'delete' : 'edit';
    if (level !== 'read' && !objectAccess(viewer, parent)[right]) continue;
    const inner = visibility(store, parent, 'p', viewer.userId, level);
    const where = inner === null ? raw('') : sql` WHERE ${inner}`;
    found.push([parent, sql`SELECT p."Id" FROM ${raw(quote(table.name))} p${where}`]);
  }
  return found;
}

/** Records that are reached by whoever reaches what they are about; writing takes editing that. */
function throughFollowed(
  subject: Subject,
  { fields, all, any, privateBy, publishedBy }: Following,
): Term[] {
  const { object, viewer, level } = subject;
  if (isGuest(viewer) && level !== 'read') return [];
  const parentLevel = level === 'read' ? 'read' : 'edit';
  const known = fields.filter((name) => object.fields.has(name.toLowerCase()));
  const ways = known.map((field) =>
    followed({ ...subject, level: parentLevel }, field, any === true).map(([parent, ids]) =>
      because(
        { kind: 'parent', links: [{ field, object: parent, level: parentLevel }] },
        sql`${column(subject, field)} IN (${ids})`,
      ),
    ),
  );
  const limits = [
    ...(privateBy === undefined
      ? []
      : [
          sql` AND (${column(subject, privateBy)} = 0 OR ${column(subject, 'OwnerId')} = ${viewer.userId})`,
        ]),
    ...(publishedBy === undefined || !viewer.external
      ? []
      : [sql` AND ${column(subject, publishedBy)} = 1`]),
  ];
  const limited = (term: Fragment): Fragment => sql`(${term}${join(limits, '')})`;
  if (all !== true) return ways.flat().map((term) => because(term.why, limited(term)));
  if (ways.some((terms) => terms.length === 0)) return [];
  const links = ways.flatMap((terms) =>
    terms.flatMap(({ why }) => (why.kind === 'parent' ? why.links : [])),
  );
  const each = ways.map((terms) => sql`(${join(terms, ' OR ')})`);
  return [because({ kind: 'parent', links }, limited(join(each, ' AND ')))];
}

/** Records that a lookup of the object names and that the viewer reaches, by their object; `any` for records of every object that can have them. */
function followed(
  { store, object, viewer, level }: Subject,
  lookup: string,
  any: boolean,
  except = '',
): (readonly [ObjectInfo, Fragment])[] {
  const targets = object.fields.get(lookup.toLowerCase())?.reference?.targets ?? [];
  const parents = any
    ? store.tables.existingObjects().filter((each) => isFollowed(each))
    : targets.flatMap((name) => store.schema.object(name) ?? []);
  const named = raw(`SELECT f.${quote(lookup)} FROM ${quote(store.tables.table(object).name)} f`);
  return parents.flatMap((parent) => {
    const table = store.tables.existing(parent);
    if (table === undefined || parent.name === object.name || parent.name === except) return [];
    const inner = visibility(store, parent, 'p', viewer.userId, level);
    const where = inner === null ? raw('') : sql` AND ${inner}`;
    return [
      [
        parent,
        sql`SELECT p."Id" FROM ${raw(quote(table.name))} p WHERE p."Id" IN (${named})${where}`,
      ] as const,
    ];
  });
}

/** Whether records of any kind may be about records of the object. */
function isFollowed(object: ObjectInfo): boolean {
  if (object.setupObject && object.name !== 'User') return false;
  if (object.kind === 'custom') return true;
  if (object.kind !== 'standard' || object.name === 'ContentWorkspace') return false;
  return !FILES.has(object.name) && followingOf(object) === undefined;
}

/**
 * Controlled by parent: what the parent allows. Editing and deleting a detail need edit on the parent, or reading it where the field says so
 * (documented: Metadata API, CustomField.writeRequiresMasterRead). Contacts and their like allow an action to whom the parent allows "that same action"
 * (documented: Help, "Organization-Wide Sharing Defaults").
 */
function throughParent(subject: Subject): Term[] {
  const { store, object, viewer, level } = subject;
  const terms: Fragment[] = [];
  const reasons: ParentLink[] = [];
  const masters = [...object.fields.values()].filter(
    (field) => field.reference?.masterDetail === true,
  );
  const links =
    masters.length > 0
      ? masters
      : [...object.fields.values()].filter((field) => field.name === 'AccountId');
  for (const link of links) {
    const parent = store.schema.object(link.reference?.targets[0] ?? '');
    const table = parent === undefined ? undefined : store.tables.existing(parent);
    if (parent === undefined || table === undefined) return [];
    const reading = level === 'read' || link.reference?.writeRequiresMasterRead === true;
    const writing = link.reference?.masterDetail === true ? 'edit' : level;
    const parentLevel = reading ? 'read' : writing;
    const inner = visibility(store, parent, 'p', viewer.userId, parentLevel);
    const lookup = column(subject, link.name);
    reasons.push({ field: link.name, object: parent, level: parentLevel });
    terms.push(
      inner === null
        ? sql`${lookup} IS NOT NULL`
        : sql`${lookup} IN (SELECT p."Id" FROM ${raw(quote(table.name))} p WHERE ${inner})`,
    );
  }
  const through =
    terms.length === 0
      ? []
      : [because({ kind: 'parent', links: reasons }, sql`(${join(terms, ' AND ')})`)];
  // A contact without an account belongs to its owner alone (documented: Controlled by Parent for contacts, private contacts).
  if (masters.length > 0 || !object.fields.has('ownerid')) return through;
  const orphan = sql`(${column(subject, 'AccountId')} IS NULL AND ${column(subject, 'OwnerId')} = ${viewer.userId})`;
  return [...through, because({ kind: 'owner' }, orphan)];
}
