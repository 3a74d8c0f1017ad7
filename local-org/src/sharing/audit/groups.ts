import type { OrgStore } from '../../storage/store.ts';
import { PROGRAM_GROUP } from '../channel-programs.ts';
import { sharingDefinitions } from '../definitions.ts';
import { GUEST_GROUP } from '../guests.ts';
import { ensureManagerChain } from '../manager-chain.ts';
import { MANAGER_GROUPS, MEMBER_TYPES } from '../managers.ts';
import { TERRITORY_GROUPS } from '../territories.ts';
import { compare } from './difference.ts';
import type { SharingDifference } from './difference.ts';

/** The places in the chain of managers, against the chain itself. */
export function auditManagerChain(store: OrgStore): SharingDifference[] {
  if (sharingDefinitions(store).managerGroups !== true || !has(store, 'User')) return [];
  ensureManagerChain(store);
  const pairs = (sql: string): Map<string, string> =>
    new Map(
      store.db.all(sql).map(([user, above]) => [`${String(user)}|${String(above)}`, 'below']),
    );
  const stored = pairs(
    'SELECT b.id, a.id FROM temp._manager_place a JOIN temp._manager_place b ON b.first BETWEEN a.low AND a.high',
  );
  const expected = pairs(
    `WITH RECURSIVE up(id, above) AS (
       SELECT u."Id", u."ManagerId" FROM "User" u JOIN "User" m ON m."Id" = u."ManagerId"
       UNION SELECT up.id, u."ManagerId" FROM up JOIN "User" u ON u."Id" = up.above JOIN "User" m ON m."Id" = u."ManagerId")
     SELECT id, above FROM up`,
  );
  return compare('User', 'chain of managers', stored, expected);
}

/** Groups that the platform keeps: those of managers while they are on, of territories, of channel programmes and their levels, of guests. */
export function auditKeptGroups(store: OrgStore): SharingDifference[] {
  if (!has(store, 'Group') || !has(store, 'User')) return [];
  const managers = sharingDefinitions(store).managerGroups === true;
  const ids = (name: string): string[] =>
    has(store, name) ? store.allRows(name).map((row) => String(row['Id'])) : [];
  const users = store.allRows('User');
  const members = users.filter(
    (user) => managers && MEMBER_TYPES.includes(String(user['UserType'])),
  );
  const guests = users.filter((user) => user['UserType'] === 'Guest');
  const territories = new Set(ids('Territory2'));
  const programs = new Set([...ids('ChannelProgram'), ...ids('ChannelProgramLevel')]);
  const kept: readonly (readonly [
    types: readonly string[],
    of: ReadonlySet<string>,
    all: boolean,
  ])[] = [
    [MANAGER_GROUPS, new Set(members.map((user) => String(user['Id']))), true],
    // Sources and tests may know a territory or programme by one of its groups only.
    [TERRITORY_GROUPS, territories, false],
    [[PROGRAM_GROUP], programs, false],
    [[GUEST_GROUP], new Set(guests.map((user) => String(user['Id']))), false],
  ];
  return kept.flatMap(([types, of, all]) => {
    const stored = new Map<string, string>();
    const expected = new Map<string, string>();
    for (const group of store.rowsWhere('Group', 'Type', types))
      stored.set(`${String(group['RelatedId'])}|${String(group['Type'])}`, 'a group');
    for (const id of of)
      for (const type of types)
        if (all || stored.has(`${id}|${type}`)) expected.set(`${id}|${type}`, 'a group');
    return compare('Group', 'group that the platform keeps', stored, expected);
  });
}

function has(store: OrgStore, name: string): boolean {
  const object = store.schema.object(name);
  return object !== undefined && store.tables.existing(object) !== undefined;
}
