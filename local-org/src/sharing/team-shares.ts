import { caseTeamLevels } from '../platform/sharing/case-team-levels.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { StoredRow } from '../dml/hooks.ts';
import type { OrgStore } from '../storage/store.ts';
import { shareTableOf } from './share-tables.ts';
import type { ShareTable } from './share-tables.ts';
import { TEAM_MEMBERS } from './watch-rows.ts';

/** Levels by column of the share row that a member has, by `record|user`. */
type Levels = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Brings share rows of cause `Team` in line with the teams of an object, of some records or of all: members are few. Documented: Object Reference,
 * AccountTeamMember and OpportunityTeamMember (levels of the membership), CaseTeamMember and CaseTeamRole (level of the role).
 */
export function recalculateTeams(
  store: OrgStore,
  objectName: string,
  ids: readonly string[] | null,
): void {
  const object = store.schema.object(objectName);
  const team = TEAM_MEMBERS[objectName];
  if (object === undefined || team === undefined || store.schema.object(team) === undefined) return;
  const shares = shareTableOf(store, object, true);
  if (shares === undefined) return;
  const wanted = new Map(wantedRows(store, object, shares, team, ids));
  const name = shares.table.name;
  const stored =
    ids === null
      ? store.rowsWhere(name, 'RowCause', ['Team'])
      : store.rowsWhere(name, shares.record, ids).filter((row) => row['RowCause'] === 'Team');
  for (const row of stored) {
    const key = `${String(row[shares.record])}|${String(row['UserOrGroupId'])}`;
    const levels = wanted.get(key);
    wanted.delete(key);
    const id = String(row['Id']);
    if (levels === undefined) store.deleteRow(name, id);
    else if (Object.entries(levels).some(([column, level]) => (row[column] ?? 'None') !== level))
      store.updateRow(name, id, levels);
  }
  for (const [key, levels] of wanted) {
    const [record, user] = key.split('|');
    store.insertRow(name, {
      ...levels,
      [shares.record]: record,
      UserOrGroupId: user,
      RowCause: 'Team',
    });
  }
}

function wantedRows(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  team: string,
  ids: readonly string[] | null,
): Levels {
  const levels =
    object.name === 'Case'
      ? new Map(
          [...caseTeamLevels(store, ids)].map(([key, level]) => [key, { [shares.level]: level }]),
        )
      : memberLevels(store, object, shares, team, ids);
  const recordOf = (key: string): string => key.slice(0, key.indexOf('|'));
  // Members of a deleted record wait for it without a share.
  const alive = store.existingIds(object, [...levels.keys()].map(recordOf));
  return new Map([...levels].filter(([key]) => alive.has(recordOf(key))));
}

function memberLevels(
  store: OrgStore,
  object: ObjectInfo,
  shares: ShareTable,
  team: string,
  ids: readonly string[] | null,
): Levels {
  const record = `${object.name}Id`;
  const members = ids === null ? store.allRows(team) : store.rowsWhere(team, record, ids);
  const columns = [...(store.schema.object(team)?.fields.values() ?? [])]
    .map(({ name }) => name)
    .filter((name) => name.endsWith('AccessLevel') && shares.table.byName.has(name));
  const found = new Map<string, Record<string, string>>();
  for (const member of members) {
    const levels = Object.fromEntries(columns.map((name) => [name, levelOf(member, name)]));
    const key = `${String(member[record])}|${String(member['UserId'])}`;
    if (Object.values(levels).some((level) => level !== 'None')) found.set(key, levels);
  }
  return found;
}

function levelOf(row: StoredRow, column: string): string {
  return typeof row[column] === 'string' ? row[column] : 'None';
}
