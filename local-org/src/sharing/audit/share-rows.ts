import type { StoredRow } from '../../dml/hooks.ts';
import { caseTeamLevels } from '../../platform/sharing/case-team-levels.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { quote } from '../../storage/tables.ts';
import { levelColumns, levelText, withWantedRows } from '../rules.ts';
import { sharingDefinitions } from '../definitions.ts';
import { shareTableOf } from '../share-tables.ts';
import type { ShareTable } from '../share-tables.ts';
import { TERRITORY_CAUSES } from '../territory-shares.ts';
import { RULE_CAUSES } from '../watch.ts';
import { compare } from './difference.ts';
import type { SharingDifference } from './difference.ts';

/** Rows of share objects: those of rules, teams and territories worked out anew; of every cause, that they stand once and point at something. */
export function auditShareRows(store: OrgStore): SharingDifference[] {
  const found: SharingDifference[] = [];
  for (const object of store.tables.existingObjects()) {
    const rules = sharingDefinitions(store).rules.some((rule) => rule.object === object.name);
    const shares = shareTableOf(store, object, rules);
    if (shares === undefined) continue;
    for (const cause of RULE_CAUSES) found.push(...ruleRows(store, object, shares, cause));
    if (object.name === 'Account') found.push(...territoryRows(store, shares));
    found.push(
      ...teamRows(store, object, shares),
      ...repeated(store, shares),
      ...strays(store, object, shares),
    );
  }
  return found;
}

function ruleRows(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  cause: string,
): SharingDifference[] {
  const columns = levelColumns(shares);
  const name = quote(shares.table.name);
  const record = quote(shares.record);
  const is = columns.map((column) => `COALESCE(s.${quote(column)}, 'None')`).join(` || '/' || `);
  const should = columns.map((_, index) => levelText(`w.r${index}`)).join(` || '/' || `);
  return withWantedRows(store, object, shares, cause, (wanted) => {
    const rows = store.db.all(
      `SELECT w.record, w.grp, (SELECT ${is} FROM ${name} s WHERE s.${record} = w.record AND +s."UserOrGroupId" = w.grp AND s."RowCause" = ?1) AS found, ${should} AS should
         FROM ${wanted} w WHERE found IS NOT should
       UNION ALL
       SELECT s.${record}, s."UserOrGroupId", ${is}, NULL FROM ${name} s
         WHERE s."RowCause" = ?1 AND NOT EXISTS (SELECT 1 FROM ${wanted} w WHERE w.record = s.${record} AND w.grp = s."UserOrGroupId")`,
      [cause],
    );
    return rows.map(([id, group, stored, expected]) => ({
      kind: stored === null ? 'missing' : expected === null ? 'surplus' : 'other',
      object: shares.table.name,
      record: String(id),
      grantee: String(group),
      cause,
      stored: stored === null ? null : String(stored),
      expected: expected === null ? null : String(expected),
    }));
  });
}

function teamRows(store: OrgStore, object: ObjectInfo, shares: ShareTable): SharingDifference[] {
  const columns =
    object.name === 'Case'
      ? [shares.level]
      : shares.table.columns.map(({ name }) => name).filter((name) => name.endsWith('AccessLevel'));
  const expected = object.name === 'Case' ? caseTeams(store) : teams(store, object, columns);
  const stored = new Map(
    store
      .rowsWhere(shares.table.name, 'RowCause', ['Team'])
      .map((row) => [
        `${String(row[shares.record])}|${String(row['UserOrGroupId'])}`,
        levelsOf(row, columns),
      ]),
  );
  return compare(shares.table.name, 'Team', stored, expected);
}

/** Of cases that are there: members of a deleted one wait for it without a case. */
function caseTeams(store: OrgStore): ReadonlyMap<string, string> {
  const object = store.schema.object('Case');
  if (object === undefined || store.schema.object('CaseTeamMember') === undefined) return new Map();
  const levels = [...caseTeamLevels(store, null)].map(
    ([key, level]) => [key.slice(0, key.indexOf('|')), key, level] as const,
  );
  const alive = store.existingIds(
    object,
    levels.map(([id]) => id),
  );
  return new Map(levels.flatMap(([id, key, level]) => (alive.has(id) ? [[key, level]] : [])));
}

/** Members of account and opportunity teams, with the levels of their membership. */
function teams(
  store: OrgStore,
  object: ObjectInfo,
  columns: readonly string[],
): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  const team = store.schema.object(`${object.name}TeamMember`);
  if (team === undefined) return members;
  for (const member of store.allRows(team.name)) {
    const levels = levelsOf(member, columns);
    if (/Read|Edit|All/.test(levels))
      members.set(`${String(member[`${object.name}Id`])}|${String(member['UserId'])}`, levels);
  }
  return members;
}

function levelsOf(row: StoredRow, columns: readonly string[]): string {
  return columns.map((name) => (typeof row[name] === 'string' ? row[name] : 'None')).join('/');
}

/** The same share of the same cause more than once. Documented: Object Reference, <Object>Share: one row for each cause, record and grantee. */
function repeated(store: OrgStore, { table, record }: ShareTable): SharingDifference[] {
  const alive = table.softDelete ? 'WHERE "IsDeleted" = 0' : '';
  const rows = store.db.all(
    `SELECT ${quote(record)}, "UserOrGroupId", "RowCause", COUNT(*) AS n FROM ${quote(table.name)} ${alive} GROUP BY 1, 2, 3 HAVING n > 1`,
  );
  return rows.map(([id, grantee, cause, count]) => ({
    kind: 'twice',
    object: table.name,
    record: String(id),
    grantee: String(grantee),
    cause: String(cause),
    stored: `${String(count)} times`,
    expected: null,
  }));
}

/** Shares of records that are gone, and with users or groups that are gone. */
function strays(store: OrgStore, object: ObjectInfo, shares: ShareTable): SharingDifference[] {
  const { table, record } = shares;
  const own = store.tables.table(object);
  const alive = (name: string, softDelete: boolean): string =>
    `SELECT "Id" FROM ${quote(name)}${softDelete ? ' WHERE "IsDeleted" = 0' : ''}`;
  const people = ['User', 'Group'].flatMap((name) => {
    const info = store.schema.object(name);
    const known = info === undefined ? undefined : store.tables.existing(info);
    return known === undefined ? [] : [alive(name, known.softDelete)];
  });
  const stray = [
    `s.${quote(record)} NOT IN (${alive(own.name, own.softDelete)})`,
    ...(people.length === 0 ? [] : [`s."UserOrGroupId" NOT IN (${people.join(' UNION ALL ')})`]),
  ];
  const rows = store.db.all(
    `SELECT s.${quote(record)}, s."UserOrGroupId", s."RowCause" FROM ${quote(table.name)} s WHERE ${table.softDelete ? 's."IsDeleted" = 0 AND ' : ''}(${stray.join(' OR ')})`,
  );
  return rows.map(([id, grantee, cause]) => ({
    kind: 'surplus',
    object: table.name,
    record: String(id),
    grantee: String(grantee),
    cause: String(cause),
    stored: 'a share of or with something that is gone',
    expected: null,
  }));
}

/** Of accounts that are assigned to territories of the active model. */
function territoryRows(store: OrgStore, shares: ShareTable): SharingDifference[] {
  const needed = ['Territory2', 'Territory2Model', 'ObjectTerritory2Association'];
  if (needed.some((name) => !hasTable(store, name))) return [];
  const columns = levelColumns(shares);
  const active = new Set(
    store.rowsWhere('Territory2Model', 'State', ['Active']).map((row) => row['Id']),
  );
  const territories = new Map(
    store
      .allRows('Territory2')
      .filter((row) => active.has(row['Territory2ModelId']))
      .map((row) => [row['Id'], row]),
  );
  const groups = new Map(
    store
      .rowsWhere('Group', 'Type', ['Territory'])
      .map((row) => [row['RelatedId'], String(row['Id'])]),
  );
  const accounts = new Set(store.allRows('Account').map((row) => row['Id']));
  const expected = new Map<string, string>();
  for (const row of store.allRows('ObjectTerritory2Association')) {
    const territory = territories.get(row['Territory2Id']);
    if (territory === undefined || !accounts.has(row['ObjectId'])) continue;
    const group = groups.get(territory['Id']) ?? 'the territory, which has no group';
    expected.set(`${String(row['ObjectId'])}|${group}`, levelsOf(territory, columns));
  }
  const stored = new Map(
    store
      .rowsWhere(shares.table.name, 'RowCause', TERRITORY_CAUSES)
      .map((row) => [
        `${String(row[shares.record])}|${String(row['UserOrGroupId'])}`,
        levelsOf(row, columns),
      ]),
  );
  return compare(shares.table.name, 'Territory', stored, expected);
}

function hasTable(store: OrgStore, name: string): boolean {
  const object = store.schema.object(name);
  return object !== undefined && store.tables.existing(object) !== undefined;
}
