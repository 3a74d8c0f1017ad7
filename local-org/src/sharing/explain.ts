import { viewerOf } from '../access/viewer.ts';
import type { Viewer } from '../access/viewer.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { nameOf, openText, ownerTexts, setNames } from './explain-names.ts';
import { shareTexts } from './explain-shares.ts';
import { reachOf } from './predicate.ts';
import type { AccessLevel } from './terms.ts';
import type { OpenReason, ParentLink, Term, TermReason } from './why.ts';

/** One reason why a user reaches a record. */
export interface Reason {
  readonly kind: TermReason['kind'] | OpenReason['kind'];
  /** For people: which role, which rule, which group. */
  readonly text: string;
}

/** Reasons by record Id; records that the user does not reach are not in it. */
export type Reasons = ReadonlyMap<string, readonly Reason[]>;

/** How many children are named that open an account. */
const NAMED = 3;

/**
 * Why a user reaches records at a level. Made of the very terms that queries are made of, asked one by one: what a term lets through has its
 * reason, and nothing else has any.
 */
export function explainRecords(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
  userId: string,
  level: AccessLevel,
): Reasons {
  const existing = [...store.existingIds(object, ids)];
  const reach = reachOf(store, object, 't', userId, level);
  if (reach.kind === 'everything') {
    const sources = setNames(store, userId, object, reach.why.kind);
    const reason = { kind: reach.why.kind, text: openText(reach.why, sources) };
    return new Map(existing.map((id) => [id, [reason]]));
  }
  const subject = { store, object, alias: 't', viewer: viewerOf(store, userId), level };
  return explainTerms(subject, reach.terms, existing);
}

/** How many records each term lets through, by reason. */
export function countReasons(
  store: OrgStore,
  object: ObjectInfo,
  userId: string,
): { readonly kind: Reason['kind']; readonly count: number }[] {
  const table = store.tables.existing(object);
  if (table === undefined) return [];
  const alive = table.softDelete ? raw(' AND t."IsDeleted" = 0') : raw('');
  const count = (condition: Fragment): number =>
    Number(
      run(
        store,
        sql`SELECT COUNT(*) FROM ${raw(quote(table.name))} t WHERE ${condition}${alive}`,
      )[0]?.[0] ?? 0,
    );
  const reach = reachOf(store, object, 't', userId, 'read');
  if (reach.kind === 'everything') return [{ kind: reach.why.kind, count: count(raw('1')) }];
  const byKind = new Map<Reason['kind'], Term[]>();
  for (const term of reach.terms)
    byKind.set(term.why.kind, [...(byKind.get(term.why.kind) ?? []), term]);
  return [...byKind]
    .map(([kind, terms]) => ({ kind, count: count(sql`(${join(terms, ' OR ')})`) }))
    .filter((reason) => reason.count > 0);
}

interface Explained {
  readonly store: OrgStore;
  readonly object: ObjectInfo;
  readonly alias: string;
  readonly viewer: Viewer;
  readonly level: AccessLevel;
}

function explainTerms(
  subject: Explained,
  terms: readonly Term[],
  ids: readonly string[],
): Map<string, Reason[]> {
  const { store, object, alias } = subject;
  const found = new Map<string, Reason[]>();
  const table = store.tables.existing(object);
  if (table === undefined || ids.length === 0) return found;
  const among = raw(`${alias}."Id"`);
  for (const term of terms) {
    const rows = run(
      store,
      sql`SELECT ${among} FROM ${raw(quote(table.name))} ${raw(alias)} WHERE ${among} IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${term}`,
    );
    const matched = rows.map(([id]) => String(id));
    if (matched.length === 0) continue;
    const texts = textsOf(subject, term.why, matched);
    for (const id of matched) {
      const reasons = found.get(id) ?? [];
      for (const text of texts.get(id) ?? [GENERAL[term.why.kind]])
        if (!reasons.some((known) => known.text === text))
          reasons.push({ kind: term.why.kind, text });
      found.set(id, reasons);
    }
  }
  return found;
}

/** What is said where nothing more can be named. */
const GENERAL: Readonly<Record<TermReason['kind'], string>> = {
  owner: 'owns it',
  'role-above': 'role above its owner',
  queue: 'member of the queue that owns it',
  share: 'a share row',
  'sharing-set': 'a sharing set',
  'super-user-owner': 'partner super user: owned by a colleague of the same role or below',
  'super-user-share': 'partner super user: shared with a colleague of the same role or below',
  'portal-account': 'portal: the account of the user',
  'portal-contact': 'portal: a contact of the account of the user',
  'case-contact': 'portal: the user is the contact of the case',
  'case-contact-below': 'portal: a user below is the contact of the case',
  'implicit-parent': 'implicit parent: reaches a record of this account',
  'implicit-child-owner': 'implicit child: owns the account, and the role opens its records',
  'implicit-child-owner-below':
    'implicit child: role above the owner of the account, and that role opens its records',
  'implicit-child-share': 'implicit child: the account is shared with access to its records',
  parent: 'controlled by its parent',
  'file-link':
    'the file is linked to a record that the user reaches, to the user or to a group of the user',
  self: 'is this user',
  'user-below': 'a user in a role below',
};

function textsOf(
  subject: Explained,
  why: TermReason,
  ids: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const { store, object, viewer } = subject;
  const all = (text: string): Map<string, string[]> => new Map(ids.map((id) => [id, [text]]));
  switch (why.kind) {
    case 'role-above':
    case 'queue':
    case 'super-user-owner':
      return ownerTexts(store, object, why.kind, ids, viewer);
    case 'share':
    case 'super-user-share':
      return shareTexts({ store, object, viewer, ...why }, ids);
    case 'sharing-set':
      return all(`sharing set ${why.name}`);
    case 'implicit-parent':
      return childTexts(subject, why.child, why.terms, ids);
    case 'implicit-child-share':
      return accountTexts(subject, why, ids);
    case 'parent':
      return parentTexts(subject, why.links, ids);
    case 'portal-contact':
      return new Map(
        ids.map((id) => [
          id,
          [id === viewer.contactId ? 'portal: the contact of the user' : GENERAL[why.kind]],
        ]),
      );
    case 'owner':
    case 'portal-account':
    case 'case-contact':
    case 'case-contact-below':
    case 'implicit-child-owner':
    case 'implicit-child-owner-below':
    case 'file-link':
    case 'self':
    case 'user-below':
      return all(GENERAL[why.kind]);
    default:
      throw why satisfies never;
  }
}

/** Which children open an account, and why they are reached. */
function childTexts(
  subject: Explained,
  child: ObjectInfo,
  terms: readonly Term[],
  accounts: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const { store } = subject;
  const rows = run(
    store,
    sql`SELECT ic."AccountId", ic."Id" FROM ${raw(quote(child.name))} ic WHERE ic."AccountId" IN (SELECT value FROM json_each(${JSON.stringify(accounts)})) AND (${join(terms, ' OR ')}) AND ic."IsDeleted" = 0 ORDER BY ic.rowid`,
  );
  const children = new Map<string, string[]>();
  for (const [account, id] of rows)
    children.set(String(account), [...(children.get(String(account)) ?? []), String(id)]);
  const named = [...children.values()].flatMap((ids) => ids.slice(0, NAMED));
  const reasons = explainTerms({ ...subject, object: child, alias: 'ic' }, terms, named);
  const names = nameOf(store, child, named);
  return new Map(
    [...children].map(([account, ids]) => [
      account,
      ids.slice(0, NAMED).map((id, index) => {
        const more =
          index === NAMED - 1 && ids.length > NAMED ? `, and ${ids.length - NAMED} more` : '';
        return `implicit parent: ${child.label} ${names.get(id) ?? id} (${reasons.get(id)?.[0]?.text ?? 'reached'})${more}`;
      }),
    ]),
  );
}

/** Which share of the account opens its children. */
function accountTexts(
  subject: Explained,
  why: Extract<TermReason, { kind: 'implicit-child-share' }>,
  ids: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const { store, object, viewer } = subject;
  const account = store.schema.object('Account');
  if (account === undefined) return new Map();
  const parents = lookups(store, object, 'AccountId', ids);
  const texts = shareTexts({ store, object: account, viewer, ...why }, [
    ...new Set(parents.values()),
  ]);
  return new Map(
    [...parents].map(([id, parent]) => [
      id,
      (texts.get(parent) ?? []).map((text) => `implicit child of its account: ${text}`),
    ]),
  );
}

function parentTexts(
  subject: Explained,
  links: readonly ParentLink[],
  ids: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const { store, object, viewer } = subject;
  const texts = new Map<string, string[]>();
  for (const { field, object: parent, level } of links) {
    const values = lookups(store, object, field, ids);
    const targets = [...new Set(values.values())];
    const reasons = explainRecords(store, parent, targets, viewer.userId, level);
    const names = nameOf(store, parent, targets);
    for (const [id, target] of values)
      for (const { text } of reasons.get(target) ?? [])
        texts.set(id, [
          ...(texts.get(id) ?? []),
          `through ${parent.label} ${names.get(target) ?? target}: ${text}`,
        ]);
  }
  return texts;
}

function lookups(
  store: OrgStore,
  object: ObjectInfo,
  field: string,
  ids: readonly string[],
): Map<string, string> {
  const rows = run(
    store,
    sql`SELECT "Id", ${raw(quote(field))} FROM ${raw(quote(object.name))} WHERE ${raw(quote(field))} IS NOT NULL AND "Id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return new Map(rows.map(([id, value]) => [String(id), String(value)]));
}

function run(store: OrgStore, { text, params }: Fragment): ReturnType<OrgStore['db']['all']> {
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  return store.db.all(text, bindParams(params, values));
}
