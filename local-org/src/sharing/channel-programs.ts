import type { Viewer } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import { findSetupRow } from '../platform/setup/upsert.ts';
import { raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';

/** Kinds of targets that name a channel programme or a level of one. Documented: Metadata API, SharedTo (`channelProgramGroup`, `channelProgramGroups`). */
export const PROGRAM_TARGETS: readonly string[] = ['channelProgramGroup', 'channelProgramGroups'];
/** Type of the group of a programme, and of a level (documented: Object Reference, Group.Type). */
export const PROGRAM_GROUP = 'ChannelProgramGroup';

/** Documented: channel programmes are for users with Partner Community licences. */
const PARTNER_TYPES: readonly string[] = ['PowerPartner', 'Partner'];

function countsInactive(store: OrgStore): boolean {
  return assumed(store.schema.shape, 'inactive-channel-programs') === 'yes';
}

function hasPrograms(store: OrgStore): boolean {
  const needed = ['ChannelProgram', 'ChannelProgramMember'].map((name) =>
    store.schema.object(name),
  );
  return needed.every(
    (object) => object !== undefined && store.tables.existing(object) !== undefined,
  );
}

/**
 * The groups of the programmes and levels that the account of a partner user is a member of. Documented: Metadata API, SharedTo ("all partner members of the
 * corresponding channel program or level"). Whether a programme that is not active has members is inferred (`inactive-channel-programs`).
 */
export function programGroups(store: OrgStore, viewer: Viewer): string[] {
  if (viewer.accountId === null || !PARTNER_TYPES.includes(viewer.userType)) return [];
  if (!hasPrograms(store)) return [];
  const members = alive(store.rowsWhere('ChannelProgramMember', 'PartnerId', [viewer.accountId]));
  const programs = store.rowsById(
    'ChannelProgram',
    members.map((row) => String(row['ProgramId'])),
  );
  const sources = members.flatMap((row) => {
    const program = programs.get(String(row['ProgramId']));
    if (program === undefined || program['IsDeleted'] === true) return [];
    if (program['IsActive'] !== true && !countsInactive(store)) return [];
    return [row['ProgramId'], row['LevelId']].filter((id) => typeof id === 'string');
  });
  return store
    .rowsWhere('Group', 'RelatedId', sources)
    .filter((row) => row['Type'] === PROGRAM_GROUP)
    .map((row) => String(row['Id']));
}

/** The partner users behind the group of a programme or level. */
export function usersInProgram(store: OrgStore, related: string): Fragment {
  if (!hasPrograms(store)) return raw('SELECT NULL WHERE 0');
  const isProgram = store.rowsById('ChannelProgram', [related]).size > 0;
  const accounts = sql`SELECT m."PartnerId" FROM "ChannelProgramMember" m JOIN "ChannelProgram" p ON p."Id" = m."ProgramId" WHERE ${raw(isProgram ? 'm."ProgramId"' : 'm."LevelId"')} = ${related} AND m."IsDeleted" = 0 AND p."IsDeleted" = 0${raw(countsInactive(store) ? '' : ' AND p."IsActive" = 1')}`;
  const types = sql`"UserType" IN (SELECT value FROM json_each(${JSON.stringify(PARTNER_TYPES)}))`;
  return sql`SELECT "Id" FROM "User" WHERE "ContactId" IN (SELECT "Id" FROM "Contact" WHERE "AccountId" IN (${accounts})) AND ${types}`;
}

/** The group that a target names by its developer name (that it is this name is inferred); undefined where there is none. */
export function programGroupOf(store: OrgStore, name: string): string | undefined {
  const group = findSetupRow(store, 'Group', { DeveloperName: name, Type: PROGRAM_GROUP });
  return group === undefined ? undefined : String(group['Id']);
}

function alive(rows: readonly Readonly<Record<string, unknown>>[]): typeof rows {
  return rows.filter((row) => row['IsDeleted'] !== true);
}
