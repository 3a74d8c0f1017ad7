import type { ObjectInfo } from '../schema/contract.ts';
import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { SqlValue } from '../storage/database.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { criteriaSql } from './criteria.ts';
import { sharingDefinitions } from './definitions.ts';
import type { RuleKind, SharingRule } from './definitions.ts';
import { ownedByHighVolume, ownedByMembers, ownedWithoutRole } from './owners.ts';
import { shareTableOf } from './share-tables.ts';
import type { ShareTable } from './share-tables.ts';
import { accountsInTerritories } from './territories.ts';
import { CHANGED, ensureWatch } from './watch.ts';

const RANK = ['None', 'Read', 'Edit', 'All'];
const CHILD_LEVELS = ['CaseAccessLevel', 'ContactAccessLevel', 'OpportunityAccessLevel'] as const;

/** Rows that rules want, while they are compared with those that there are; made by `storage/tables.ts`. */
const WANTED = 'temp._rule_row';
const RANKS = ['r0', 'r1', 'r2', 'r3'];

/** Row causes of rules. Documented: Object Reference, AccountShare.RowCause, and OpportunityShare.RowCause (TerritoryRule: Territory Sharing Rule). */
const CAUSES: Readonly<Record<RuleKind, string>> = {
  owner: 'Rule',
  criteria: 'Rule',
  guest: 'GuestRule',
  territory: 'TerritoryRule',
};

/** What one pass brings in line: the rows of one cause, all of them or those of some records. */
interface Pass {
  readonly cause: string;
  readonly ids: readonly string[] | null;
}

/**
 * Brings the share rows of an object's rules (one for each cause, record and group, at the highest level of all rules) in line with
 * records, rules, roles and groups; only the given records when there are any. Writes only what differs.
 * @param gone rules that were there before: rows of their causes may have to go
 */
export function recalculateRules(
  store: OrgStore,
  objectName: string,
  ids: readonly string[] | null = null,
  gone: readonly SharingRule[] = [],
): void {
  const object = store.schema.object(objectName);
  if (object === undefined || store.tables.existing(object) === undefined) return;
  const rules = sharingDefinitions(store).rules.filter((rule) => rule.object === object.name);
  const shares = shareTableOf(store, object, rules.length > 0);
  if (shares === undefined) return;
  const causes = new Set(['Rule']);
  for (const rule of [...rules, ...gone])
    if (rule.object === object.name) causes.add(CAUSES[rule.kind]);
  store.atomically(() => {
    if (ids === null) store.db.run(`DELETE FROM ${CHANGED} WHERE object = ?`, [object.name]);
    let changed = 0;
    for (const cause of causes) {
      const wanted = rules.flatMap((rule) =>
        CAUSES[rule.kind] === cause ? (wantedBy(store, object, shares, rule, ids) ?? []) : [],
      );
      changed += bring(store, shares, wanted, { cause, ids });
    }
    if (changed > 0) store.rowsChanged(shares.table);
  });
}

/** @returns how many rows it changed */
function bring(
  store: OrgStore,
  shares: ShareTable,
  wanted: readonly Fragment[],
  pass: Pass,
): number {
  const [only] = wanted;
  if (!hasRows(store, shares, pass)) {
    // Nothing to compare with: the rows of one rule go straight to where they belong.
    if (only === undefined) return 0;
    if (wanted.length === 1) {
      const added = add(store, shares, sql`(${only})`, pass, false);
      if (added > 0) return added;
    }
  }
  collect(store, wanted);
  const changed =
    removeOthers(store, shares, pass) +
    adjust(store, shares, pass) +
    add(store, shares, raw(WANTED), pass, true);
  store.db.run(`DELETE FROM ${WANTED}`);
  return changed;
}

/** Every rule of the org, and the rows of objects that have lost their last one. */
export function recalculateAllRules(store: OrgStore, gone: readonly SharingRule[] = []): void {
  ensureWatch(store);
  // What is noted about rows that are kept without rules is somebody else's.
  store.db.run(`DELETE FROM ${CHANGED} WHERE object NOT LIKE 'kept %'`);
  for (const object of store.tables.existingObjects())
    if (object.shareObject !== undefined) recalculateRules(store, object.name, null, gone);
}

/**
 * What the rules of an object that write rows of one cause want now, worked out anew: given to `compare` as a temporary table (record, group, levels as
 * ranks), which is empty again afterwards.
 */
export function withWantedRows<T>(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  cause: string,
  compare: (table: string) => T,
): T {
  const rules = sharingDefinitions(store).rules.filter(
    (rule) => rule.object === object.name && CAUSES[rule.kind] === cause,
  );
  collect(
    store,
    rules.flatMap((rule) => wantedBy(store, object, shares, rule, null) ?? []),
  );
  try {
    return compare(WANTED);
  } finally {
    store.db.run(`DELETE FROM ${WANTED}`);
  }
}

/** Columns of levels, the object's own first. */
export function levelColumns(shares: ShareTable): string[] {
  const children = CHILD_LEVELS.filter(
    (name) => name !== shares.level && shares.table.byName.has(name),
  );
  return [shares.level, ...children];
}

/** The rows that one rule wants: record, group, and levels as ranks; null where its groups are gone. */
function wantedBy(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  rule: SharingRule,
  ids: readonly string[] | null,
): Fragment | null {
  const groups = [...store.rowsById('Group', rule.to).keys()];
  if (groups.length === 0) return null;
  const levels = levelColumns(shares).map((name, index) => {
    if (index === 0) return RANK.indexOf(rule.accessLevel);
    const child = name.replace('AccessLevel', '') as 'Case' | 'Contact' | 'Opportunity';
    return RANK.indexOf(rule.children?.[child] ?? 'None');
  });
  const ranks = RANKS.map((name, index) => `${Math.max(0, levels[index] ?? 0)} AS ${name}`);
  const records = matching(store, object, rule, ids);
  const [only] = groups;
  // Nearly always: without a list to go through for each record.
  if (only !== undefined && groups.length === 1)
    return sql`SELECT m."Id" AS record, ${only} AS grp, ${raw(ranks.join(', '))} FROM (${records}) m`;
  return sql`SELECT m."Id" AS record, g.value AS grp, ${raw(ranks.join(', '))} FROM (${records}) m CROSS JOIN json_each(${JSON.stringify(groups)}) g`;
}

/** Whether rules have written rows before. */
function hasRows(store: OrgStore, shares: ShareTable, { cause, ids }: Pass): boolean {
  const { table, record } = shares;
  const text = `SELECT 1 FROM ${quote(table.name)} WHERE "RowCause" = '${cause}'`;
  const found =
    ids === null
      ? store.db.get(`${text} LIMIT 1`)
      : store.db.get(`${text} AND ${quote(record)} IN (SELECT value FROM json_each(?)) LIMIT 1`, [
          JSON.stringify(ids),
        ]);
  return found !== undefined;
}

/**
 * All rows that there should be, in a temporary table: one for each record and group, at the highest level of all rules. One statement for each rule,
 * so that a rule over hundreds of thousands of records costs what writing its rows costs.
 */
function collect(store: OrgStore, wanted: readonly Fragment[]): void {
  store.db.run(`DELETE FROM ${WANTED}`);
  const highest = RANKS.map((name) => `${name} = max(${name}, excluded.${name})`).join(', ');
  for (const rows of wanted)
    run(
      store,
      sql`INSERT INTO ${raw(WANTED)} ${rows} WHERE true ON CONFLICT DO UPDATE SET ${raw(highest)}`,
    );
}

/** Takes away rows that no rule wants any more. */
function removeOthers(
  store: OrgStore,
  { table, record }: ShareTable,
  { cause, ids }: Pass,
): number {
  const only =
    ids === null
      ? raw('')
      : sql` AND ${raw(quote(record))} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const wanted = `SELECT 1 FROM ${WANTED} w WHERE w.record = ${quote(record)} AND w.grp = "UserOrGroupId"`;
  return run(
    store,
    sql`DELETE FROM ${raw(quote(table.name))} WHERE "RowCause" = ${cause}${only} AND NOT EXISTS (${raw(wanted)})`,
  );
}

/** Rows that are there at another level. Behind a plus no index is used: a group has very many rows, a record few. */
function adjust(store: OrgStore, shares: ShareTable, { cause }: Pass): number {
  const { table, record } = shares;
  const columns = levelColumns(shares);
  const levels = columns.map((name, index) => `${quote(name)} = ${levelText(`w.r${index}`)}`);
  const differs = columns.map(
    (name, index) => `s.${quote(name)} IS NOT ${levelText(`w.r${index}`)}`,
  );
  const system = systemColumns(store, shares).map(([name]) => `${quote(name)} = ?`);
  return run(store, {
    text: `UPDATE ${quote(table.name)} AS s SET ${[...levels, ...system].join(', ')} FROM ${WANTED} w WHERE s.${quote(record)} = w.record AND +s."UserOrGroupId" = w.grp AND s."RowCause" = '${cause}' AND (${differs.join(' OR ')})`,
    params: systemColumns(store, shares).map(([, value]) => value),
  });
}

/** Rows that are not there yet. */
function add(
  store: OrgStore,
  shares: ShareTable,
  wanted: Fragment,
  { cause }: Pass,
  compares: boolean,
): number {
  const { object, table, record } = shares;
  const prefix = object.localPrefix ?? object.keyPrefix;
  const missing = compares
    ? ` WHERE NOT EXISTS (SELECT 1 FROM ${quote(table.name)} s WHERE s.${quote(record)} = w.record AND +s."UserOrGroupId" = w.grp AND s."RowCause" = '${cause}')`
    : '';
  if (prefix === undefined) return 0;
  const system = systemColumns(store, shares);
  const columns = levelColumns(shares);
  const names = [
    'Id',
    record,
    'UserOrGroupId',
    'RowCause',
    ...columns,
    ...system.map(([name]) => name),
  ];
  const values = columns.map((_, index) => levelText(`w.r${index}`));
  const list = [`'${cause}'`, ...values].join(', ');
  const stamps = join(
    system.map(([, value]) => sql`, ${value}`),
    '',
  );
  return run(
    store,
    sql`INSERT INTO ${raw(quote(table.name))}(${raw(names.map(quote).join(', '))}) SELECT next_id(${prefix}), w.record, w.grp, ${raw(list)}${stamps} FROM ${wanted} w${raw(missing)}`,
  );
}

/** A rank as the word for it, in SQL. */
export function levelText(rank: string): string {
  return `CASE ${rank} WHEN 1 THEN 'Read' WHEN 2 THEN 'Edit' WHEN 3 THEN 'All' ELSE 'None' END`;
}

/** What the platform itself notes in rows that it writes. */
function systemColumns(store: OrgStore, { table }: ShareTable): (readonly [string, SqlValue])[] {
  const { now, userId } = store.clock;
  const stamp = now - (now % 1000);
  return [
    ['LastModifiedDate', stamp] as const,
    ['SystemModstamp', stamp] as const,
    ['LastModifiedById', userId] as const,
  ].filter(([name]) => table.byName.has(name));
}

/** Whether a row cause is one of rules. */
export function isRuleCause(cause: string): boolean {
  return Object.values(CAUSES).includes(cause);
}

/** The rules of an object that share something with a group by rows of a cause, each with those of the records that it shares. */
export function rulesReaching(
  store: OrgStore,
  object: ObjectInfo,
  group: string,
  cause: string,
  ids: readonly string[],
): { readonly rule: SharingRule; readonly records: ReadonlySet<string> }[] {
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  return sharingDefinitions(store)
    .rules.filter(({ object: name, kind }) => name === object.name && CAUSES[kind] === cause)
    .filter((rule) => rule.to.includes(group))
    .map((rule) => {
      const { text, params } = matching(store, object, rule, ids);
      const rows = store.db.all(text, bindParams(params, values));
      return { rule, records: new Set(rows.map(([id]) => String(id))) };
    });
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
  else if (rule.kind === 'territory')
    terms.push(sql`r."Id" IN (${accountsInTerritories(store, rule.from)})`);
  else {
    terms.push(criteriaSql(object, 'r', rule.criteria, rule.booleanFilter));
    const leftOut = rule.kind === 'guest' ? ownedByHighVolume(owner) : ownedWithoutRole(owner);
    if (!rule.includeRecordsOwnedByAll) terms.push(sql`NOT ${leftOut}`);
  }
  return sql`SELECT r."Id" FROM ${raw(quote(object.name))} r WHERE ${join(terms, ' AND ')}`;
}

/** Runs a statement. @returns how many rows it changed */
function run(store: OrgStore, statement: Fragment): number {
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  return store.db.run(statement.text, bindParams(statement.params, values));
}
