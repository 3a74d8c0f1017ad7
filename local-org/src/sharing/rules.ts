import type { ObjectInfo } from '../schema/contract.ts';
import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { criteriaSql } from './criteria.ts';
import { sharingDefinitions } from './definitions.ts';
import type { SharingRule } from './definitions.ts';
import { ownedByMembers, ownedWithoutRole } from './owners.ts';
import { shareTableOf } from './share-tables.ts';
import type { ShareTable } from './share-tables.ts';

const RANK = ['None', 'Read', 'Edit', 'All'];
const CHILD_LEVELS = ['CaseAccessLevel', 'ContactAccessLevel', 'OpportunityAccessLevel'] as const;

/** Levels of one share row, by column. */
type Levels = Readonly<Record<string, string>>;

/**
 * Brings the share rows of an object's rules (row cause `Rule`, one for each record and group, at the highest level of all rules) in line with
 * records, rules, roles and groups; only the given records when there are any. Writes only what differs.
 */
export function recalculateRules(
  store: OrgStore,
  objectName: string,
  ids: readonly string[] | null = null,
): void {
  const object = store.schema.object(objectName);
  if (object === undefined || store.tables.existing(object) === undefined) return;
  const rules = sharingDefinitions(store).rules.filter((rule) => rule.object === object.name);
  const shares = shareTableOf(store, object, rules.length > 0);
  if (shares === undefined) return;
  const wanted = wantedRows(store, object, shares, rules, ids);
  const list = ids === null ? null : JSON.stringify(ids);
  const columns = levelColumns(shares);
  const only =
    list === null
      ? raw('')
      : sql` AND ${raw(quote(shares.record))} IN (SELECT value FROM json_each(${list}))`;
  const stored = sql`SELECT "Id", ${raw([shares.record, 'UserOrGroupId', ...columns].map(quote).join(', '))} FROM ${raw(quote(shares.table.name))} WHERE "RowCause" = 'Rule'${only}`;
  for (const [id, record, group, ...levels] of all(store, stored)) {
    const key = `${String(record)}|${String(group)}`;
    const target = wanted.get(key);
    if (target === undefined) store.deleteRow(shares.object.name, String(id));
    else {
      wanted.delete(key);
      if (columns.some((name, index) => (target[name] ?? null) !== (levels[index] ?? null)))
        store.updateRow(shares.object.name, String(id), target);
    }
  }
  for (const [key, levels] of wanted) {
    const [record, group] = key.split('|');
    store.insertRow(shares.object.name, {
      [shares.record]: record,
      UserOrGroupId: group,
      RowCause: 'Rule',
      ...levels,
    });
  }
}

/** After users, roles or groups changed: the rules that share what members of groups own. */
export function recalculateOwnerRules(store: OrgStore): void {
  const objects = new Set<string>();
  for (const rule of sharingDefinitions(store).rules)
    if (rule.kind === 'owner') objects.add(rule.object);
  for (const object of objects) recalculateRules(store, object);
}

/** Every rule of the org, and the rows of objects that have lost their last one. */
export function recalculateAllRules(store: OrgStore): void {
  for (const object of store.tables.existingObjects())
    if (object.shareObject !== undefined) recalculateRules(store, object.name);
}

/** Fields whose change can move a record into a rule or out of one. */
export function ruleFields(store: OrgStore, objectName: string): ReadonlySet<string> | null {
  const rules = sharingDefinitions(store).rules.filter((rule) => rule.object === objectName);
  if (rules.length === 0) return null;
  const fields = new Set(['OwnerId', 'RecordTypeId']);
  for (const rule of rules)
    for (const { field } of rule.criteria) fields.add(field.slice(field.lastIndexOf('.') + 1));
  return fields;
}

function levelColumns(shares: ShareTable): string[] {
  const children = CHILD_LEVELS.filter(
    (name) => name !== shares.level && shares.table.byName.has(name),
  );
  return [shares.level, ...children];
}

function wantedRows(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  rules: readonly SharingRule[],
  ids: readonly string[] | null,
): Map<string, Levels> {
  const wanted = new Map<string, Levels>();
  for (const rule of rules) {
    const groups = [...store.rowsById('Group', rule.to).keys()];
    if (groups.length === 0) continue;
    const levels: Record<string, string> = { [shares.level]: rule.accessLevel };
    for (const name of levelColumns(shares).slice(1)) {
      const child = name.replace('AccessLevel', '') as 'Case' | 'Contact' | 'Opportunity';
      levels[name] = rule.children?.[child] ?? 'None';
    }
    for (const [id] of all(store, matching(store, object, rule, ids))) {
      for (const group of groups) {
        const key = `${String(id)}|${group}`;
        const known = wanted.get(key);
        wanted.set(key, known === undefined ? levels : higher(known, levels));
      }
    }
  }
  return wanted;
}

function higher(a: Levels, b: Levels): Levels {
  return Object.fromEntries(
    Object.keys(a).map((name) => {
      const [left = 'None', right = 'None'] = [a[name], b[name]];
      return [name, RANK.indexOf(left) >= RANK.indexOf(right) ? left : right];
    }),
  );
}

/** The records that a rule shares. */
function matching(
  store: OrgStore,
  object: ObjectInfo,
  rule: SharingRule,
  ids: readonly string[] | null,
): Fragment {
  const owner = raw('r."OwnerId"');
  const terms: Fragment[] = [];
  if (ids !== null)
    terms.push(sql`r."Id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  if (object.fields.has('isdeleted')) terms.push(raw('r."IsDeleted" = 0'));
  if (rule.kind === 'owner') terms.push(ownedByMembers(store, owner, rule.from));
  else {
    terms.push(criteriaSql(object, 'r', rule.criteria, rule.booleanFilter));
    if (!rule.includeRecordsOwnedByAll) terms.push(sql`NOT ${ownedWithoutRole(owner)}`);
  }
  return sql`SELECT r."Id" FROM ${raw(quote(object.name))} r WHERE ${join(terms, ' AND ')}`;
}

function all(store: OrgStore, query: Fragment): ReturnType<OrgStore['db']['all']> {
  const run = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  return store.db.all(query.text, bindParams(query.params, run));
}
