import type { Viewer } from '../access/viewer.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { bindParams, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { roleText, textOf, userText } from './explain-names.ts';
import { PROGRAM_GROUP } from './channel-programs.ts';
import { GUEST_GROUP } from './guests.ts';
import { principalsOf } from './principals.ts';
import { isTerritoryGroup } from './territories.ts';
import { isRuleCause, rulesReaching } from './rules.ts';
import type { ShareTable } from './share-tables.ts';

/** Share rows that a term lets through, with the term's own condition on them. */
export interface SharesOfTerm {
  readonly store: OrgStore;
  /** The object whose shares these are. */
  readonly object: ObjectInfo;
  readonly viewer: Viewer;
  readonly shares: ShareTable;
  readonly rows: Fragment;
}

/** Cause and way of each share row that opens one of the records, by record. */
export function shareTexts(
  { store, object, viewer, shares, rows }: SharesOfTerm,
  ids: readonly string[],
): Map<string, string[]> {
  const { text, params } =
    sql`SELECT ${raw(quote(shares.record))}, "UserOrGroupId", "RowCause" FROM ${raw(quote(shares.table.name))} WHERE ${raw(quote(shares.record))} IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${rows} ORDER BY rowid`;
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  const texts = new Map<string, string[]>();
  const rules = new Map<string, ReturnType<typeof rulesReaching>>();
  for (const [recordId, granted, rowCause] of store.db.all(text, bindParams(params, values))) {
    const record = String(recordId);
    const to = String(granted);
    const cause = textOf(rowCause) ?? 'Manual';
    const key = `${cause} ${to}`;
    if (isRuleCause(cause) && !rules.has(key))
      rules.set(key, rulesReaching(store, object, to, cause, ids));
    const named = (rules.get(key) ?? [])
      .filter((reaching) => reaching.records.has(record))
      .map(({ rule }) => rule.name);
    const line = `${causeText(cause, named)} to ${wayTo(store, viewer, to)}`;
    texts.set(record, [...(texts.get(record) ?? []), line]);
  }
  return texts;
}

/** Documented row causes: Object Reference, AccountShare.RowCause. A custom object's own reasons are Apex sharing reasons. */
function causeText(cause: string, rules: readonly string[]): string {
  if (cause === 'Rule') return `sharing rule ${rules.join(', ')}`.trim();
  if (cause === 'TerritoryRule') return `territory sharing rule ${rules.join(', ')}`.trim();
  if (cause === 'Territory') return 'assignment of the account by rule';
  if (cause === 'Territory2AssociationManual') return 'assignment of the account';
  if (cause === 'GuestRule') return `guest user sharing rule ${rules.join(', ')}`.trim();
  if (cause === 'Manual') return 'manual share';
  if (cause === 'Team') return 'team member';
  return cause.endsWith('__c') ? `Apex sharing reason ${cause}` : `share (${cause})`;
}

/** The way from whom a row names to the viewer: itself, a group and what it holds, or somebody below. */
function wayTo(store: OrgStore, viewer: Viewer, id: string): string {
  if (id === viewer.userId) return 'the user';
  if (store.schema.objectByPrefix(id.slice(0, 3))?.name === 'User')
    return `${userText(store, id)}, who is below`;
  const { own, bosses } = principalsOf(store, viewer);
  if (own.includes(id)) return groupPath(store, new Set(own), viewer.userId, id);
  const group = groupText(store, id);
  const type = store.rowsById('Group', [id]).get(id)?.['Type'];
  if (type === 'Manager') return group;
  if (isTerritoryGroup(type)) return `${group}, which is below the territory of the user`;
  return bosses.includes(id) ? `${group}, which holds somebody below` : `${group}, which is below`;
}

/** A group and the groups in it down to the one that holds the user. */
function groupPath(
  store: OrgStore,
  own: ReadonlySet<string>,
  userId: string,
  start: string,
): string {
  const from = new Map<string, string | null>([[start, null]]);
  let last = start;
  for (let queue = [start]; queue.length > 0;) {
    const [id = '', ...rest] = queue;
    queue = rest;
    const members = store
      .rowsWhere('GroupMember', 'GroupId', [id])
      .map((row) => String(row['UserOrGroupId']))
      .filter((member) => own.has(member) && !from.has(member));
    last = id;
    // A group without members stands for a role or for a kind of users.
    if (members.includes(userId) || isComputed(store, id)) break;
    for (const member of members) from.set(member, id);
    queue.push(...members);
  }
  const path: string[] = [];
  for (let id: string | null = last; id !== null; id = from.get(id) ?? null)
    path.unshift(groupText(store, id));
  return path.join(' › ');
}

function isComputed(store: OrgStore, id: string): boolean {
  const type = textOf(store.rowsById('Group', [id]).get(id)?.['Type']);
  return type !== null && type !== 'Regular' && type !== 'Queue';
}

function relatedUser(store: OrgStore, row: Readonly<Record<string, unknown>> | undefined): string {
  const id = textOf(row?.['RelatedId']) ?? '';
  return textOf(store.rowsById('User', [id]).get(id)?.['Name']) ?? id;
}

function territoryText(
  store: OrgStore,
  row: Readonly<Record<string, unknown>> | undefined,
): string {
  const id = textOf(row?.['RelatedId']) ?? '';
  if (store.schema.object('Territory2') === undefined) return id;
  return textOf(store.rowsById('Territory2', [id]).get(id)?.['Name']) ?? id;
}

function groupText(store: OrgStore, id: string): string {
  const row = store.rowsById('Group', [id]).get(id);
  const type = textOf(row?.['Type']) ?? 'Regular';
  const role = roleText(store, textOf(row?.['RelatedId'])) ?? '';
  switch (type) {
    case 'Role':
      return `role ${role}`;
    case 'RoleAndSubordinates':
      return `role ${role} and those below`;
    case 'RoleAndSubordinatesInternal':
      return `role ${role} and internal ones below`;
    case 'Organization':
      return 'all internal users';
    case 'PRMOrganization':
      return 'all partner users';
    case 'AllCustomerPortal':
      return 'all customer users';
    case 'Manager':
      return `managers of ${relatedUser(store, row)}`;
    case 'ManagerAndSubordinatesInternal':
      return `${relatedUser(store, row)} and reports`;
    case 'Territory':
      return `territory ${territoryText(store, row)}`;
    case 'TerritoryAndSubordinates':
      return `territory ${territoryText(store, row)} and those below`;
    case PROGRAM_GROUP:
      return `partners of channel program ${textOf(row?.['DeveloperName']) ?? id}`;
    case GUEST_GROUP:
      return `guest user ${textOf(row?.['Name']) ?? id}`;
    default:
      return `${type === 'Queue' ? 'queue' : 'group'} ${textOf(row?.['Name']) ?? textOf(row?.['DeveloperName']) ?? id}`;
  }
}
