import type { Viewer } from '../access/viewer.ts';
import type { Fragment } from '../storage/sql.ts';
import { raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { findSetupRow } from '../platform/setup/upsert.ts';
import { sharingDefinitions } from './definitions.ts';
import { forgetGroups } from './forget-groups.ts';
import { reportsOf } from './manager-chain.ts';

/**
 * Kinds of targets that name a user by its username, with the type of the group that stands for those above or below it. Documented: Metadata API,
 * SharedTo; Object Reference, Group.Type. That the name is the username is inferred.
 */
export const MANAGER_TARGETS: Readonly<Record<string, string>> = {
  managers: 'Manager',
  managerSubordinates: 'ManagerAndSubordinatesInternal',
};
/** Types of manager groups. */
export const MANAGER_GROUPS: readonly string[] = Object.values(MANAGER_TARGETS);

/** Documented: Help, "Sharing Records with Manager Groups": only Standard and Chatter Only users are in manager groups. */
export const MEMBER_TYPES: readonly string[] = ['Standard', 'CsnOnly', 'CSNOnly'];

/** Whether a group is one of managers or of a manager and reports. */
export function isManagerGroup(type: unknown): boolean {
  return MANAGER_GROUPS.includes(String(type));
}

/** Whether the viewer can be a member of manager groups at all. */
function isMember(store: OrgStore, viewer: Viewer): boolean {
  return sharingDefinitions(store).managerGroups === true && MEMBER_TYPES.includes(viewer.userType);
}

/** The Manager Subordinates Groups that hold the viewer: its own, and those of its direct and indirect managers. */
export function subordinateGroups(store: OrgStore, viewer: Viewer): string[] {
  if (!isMember(store, viewer)) return [];
  return store
    .rowsWhere('Group', 'RelatedId', [viewer.userId, ...managersOf(store, viewer.userId)])
    .filter((row) => row['Type'] === 'ManagerAndSubordinatesInternal')
    .map((row) => String(row['Id']));
}

/** The Managers Groups that hold the viewer: those of its direct and indirect reports, who may be many (`manager-chain.ts`); null where there are none. */
export function managerGroups(store: OrgStore, viewer: Viewer): Fragment | null {
  if (!isMember(store, viewer)) return null;
  return managerGroupsAbove(store, sql`SELECT ${viewer.userId}`);
}

/** The Managers Groups that hold one of some users. */
export function managerGroupsAbove(store: OrgStore, users: Fragment): Fragment {
  if (sharingDefinitions(store).managerGroups !== true) return raw('SELECT NULL WHERE 0');
  return sql`SELECT b.grp FROM ${reportsOf(store, users)} AND b.grp IS NOT NULL`;
}

/** The users in a manager group of a user. */
export function usersInManagerGroup(store: OrgStore, type: string, userId: string): Fragment {
  const members = sql`"UserType" IN (SELECT value FROM json_each(${JSON.stringify(MEMBER_TYPES)}))`;
  if (type === 'Manager')
    return sql`SELECT "Id" FROM "User" WHERE "Id" IN (SELECT value FROM json_each(${JSON.stringify(managersOf(store, userId))})) AND ${members}`;
  return sql`SELECT "Id" FROM "User" WHERE ("Id" = ${userId} OR "Id" IN (SELECT b.id FROM ${reportsOf(store, sql`SELECT ${userId}`)})) AND ${members}`;
}

/** Direct and indirect managers, nearest first. A circle ends the chain. */
function managersOf(store: OrgStore, userId: string): string[] {
  const found: string[] = [];
  for (let at: string | null = userId; at !== null;) {
    const manager: unknown = store.rowsById('User', [at]).get(at)?.['ManagerId'];
    at = typeof manager === 'string' && !found.includes(manager) ? manager : null;
    if (at !== null && at !== userId) found.push(at);
    else at = null;
  }
  return found;
}

/** The manager group that a target names; undefined where there is none. */
export function managerGroupOf(
  store: OrgStore,
  type: string,
  username: string,
): string | undefined {
  const user = findSetupRow(store, 'User', { Username: username });
  if (user === undefined) return undefined;
  const group = findSetupRow(store, 'Group', { RelatedId: user['Id'], Type: type });
  return group === undefined ? undefined : String(group['Id']);
}

/**
 * Gives every user who can be in one its two manager groups while the org has them switched on, and takes them all away, with what is shared with
 * them, when it has not (documented: Help, "Sharing Records with Manager Groups"; Metadata API, SharingSettings.enableManagerGroups).
 */
export function writeManagerGroups(store: OrgStore, on: boolean): void {
  if (on) {
    const users = store.rowsWhere('User', 'UserType', MEMBER_TYPES);
    addManagerGroups(store, users);
    return;
  }
  const groups = store.rowsWhere('Group', 'Type', MANAGER_GROUPS).map((row) => String(row['Id']));
  if (groups.length === 0) return;
  forgetGroups(store, groups);
  for (const id of groups) store.deleteRow('Group', id);
}

/** The groups of some users, where they are not there yet. */
export function addManagerGroups(
  store: OrgStore,
  users: readonly Readonly<Record<string, unknown>>[],
): void {
  const known = new Set(
    store
      .rowsWhere(
        'Group',
        'RelatedId',
        users.map((user) => user['Id']),
      )
      .map((row) => `${String(row['RelatedId'])} ${String(row['Type'])}`),
  );
  for (const user of users) {
    if (!MEMBER_TYPES.includes(String(user['UserType']))) continue;
    for (const Type of MANAGER_GROUPS)
      if (!known.has(`${String(user['Id'])} ${Type}`))
        store.insertRow('Group', {
          Type,
          RelatedId: user['Id'],
          Name: null,
          DoesIncludeBosses: false,
          DoesSendEmailToMembers: false,
        });
  }
}
