import type { Viewer } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import type { OrgStore } from '../storage/store.ts';
import { programGroups } from './channel-programs.ts';
import { guestGroups, isGuest } from './guests.ts';
import { subordinateGroups } from './managers.ts';
import { ensureRoleClosure, rolesAbove } from './role-closure.ts';
import { territoryGroups } from './territories.ts';

/** Who a viewer is in share rows and as an owner. */
export interface Principals {
  /** The viewer's own Id first, then the groups that hold it: directly, nested, through its role, or through what kind of user it is. */
  readonly own: readonly string[];
  /** Groups and queues of users below the viewer that include those above their members. */
  readonly bosses: readonly string[];
  /** Groups of territories below the viewer's. */
  readonly territories: readonly string[];
}

const cache = new WeakMap<Viewer, Principals>();

/** The viewer's principals, flattened. Kept with the viewer, and so until set-up changes. */
export function principalsOf(store: OrgStore, viewer: Viewer): Principals {
  let known = cache.get(viewer);
  if (known !== undefined) return known;
  const found = new Set([viewer.userId]);
  let bosses: readonly string[] = [];
  let below: readonly string[] = [];
  if (
    store.schema.object('Group') !== undefined &&
    store.schema.object('GroupMember') !== undefined
  ) {
    // Documented: guests are in no group. Those that they were put into before do not count (inferred, the stricter answer).
    if (isGuest(viewer)) {
      known = {
        own: [viewer.userId, ...guestGroups(store, viewer.userId)],
        bosses,
        territories: below,
      };
      cache.set(viewer, known);
      return known;
    }
    for (const id of roleGroups(store, viewer)) found.add(id);
    for (const id of kindGroups(store, viewer)) found.add(id);
    for (const id of subordinateGroups(store, viewer)) found.add(id);
    const territories = territoryGroups(store, viewer);
    for (const id of territories.own) found.add(id);
    for (const id of programGroups(store, viewer)) found.add(id);
    addHolders(store, found);
    bosses = bossGroups(store, viewer).filter((id) => !found.has(id));
    below = territories.below.filter((id) => !found.has(id));
  }
  known = { own: [...found], bosses, territories: below };
  cache.set(viewer, known);
  return known;
}

/** Groups that contain one of the members, at any depth. Groups in a circle end the search. */
function addHolders(store: OrgStore, found: Set<string>): void {
  let fresh = [...found];
  while (fresh.length > 0) {
    const holders = store
      .rowsWhere('GroupMember', 'UserOrGroupId', fresh)
      .flatMap((row) => (typeof row['GroupId'] === 'string' ? [row['GroupId']] : []));
    fresh = [...new Set(holders)].filter((id) => !found.has(id));
    for (const id of fresh) found.add(id);
  }
}

/**
 * Groups that stand for roles. Documented: Object Reference, Group.Type: the role itself; the role and those below with portal roles; the role
 * and internal roles below. Users of a shared person role are not in role-and-subordinates of the roles above (documented: SharedTo).
 */
function roleGroups(store: OrgStore, viewer: Viewer): string[] {
  const { roleId } = viewer;
  if (roleId === null || store.schema.object('UserRole') === undefined) return [];
  const above = rolesAbove(store, roleId);
  const role = store.rowsById('UserRole', [roleId]).get(roleId);
  const person = role?.['PortalRole'] === 'PersonAccount';
  const groups: string[] = [];
  for (const row of store.rowsWhere('Group', 'RelatedId', [roleId, ...above])) {
    const own = row['RelatedId'] === roleId;
    const type = row['Type'];
    const member =
      type === 'Role'
        ? own
        : type === 'RoleAndSubordinates'
          ? own || !person
          : type === 'RoleAndSubordinatesInternal' && !viewer.external;
    if (member) groups.push(String(row['Id']));
  }
  return groups;
}

/** Groups of everybody of a kind. Documented: Object Reference, Group.Type (Organization, PRMOrganization, AllCustomerPortal). */
function kindGroups(store: OrgStore, viewer: Viewer): string[] {
  const type = !viewer.external
    ? 'Organization'
    : viewer.userType === 'PowerPartner' || viewer.userType === 'Partner'
      ? 'PRMOrganization'
      : viewer.userType === 'CustomerSuccess' || viewer.userType === 'PowerCustomerSuccess'
        ? 'AllCustomerPortal'
        : null;
  if (type === null || viewer.userType === 'AutomatedProcess') return [];
  return store.rowsWhere('Group', 'Type', [type]).map((row) => String(row['Id']));
}

/**
 * Public groups with "Grant Access Using Hierarchies" and queues whose members stand below the viewer. Documented: Object Reference,
 * Group.DoesIncludeBosses; Help, "Queues" ("queue members and users above them in a role hierarchy"). Whether groups around such a group
 * count is inferred (`nested-group-bosses`).
 */
function bossGroups(store: OrgStore, viewer: Viewer): string[] {
  const { db, schema, tables } = store;
  const needed = ['Group', 'GroupMember', 'User', 'UserRole'].map((name) => schema.object(name));
  if (viewer.roleId === null) return [];
  if (needed.some((object) => object === undefined || tables.existing(object) === undefined))
    return [];
  ensureRoleClosure(store);
  const found = db
    .all(
      `WITH RECURSIVE below(role) AS MATERIALIZED (SELECT role FROM temp._role_below WHERE ancestor = ?),
       inside(id) AS (
         SELECT m."GroupId" FROM below JOIN "User" u ON u."UserRoleId" = below.role JOIN "GroupMember" m ON m."UserOrGroupId" = u."Id"
         UNION SELECT m."GroupId" FROM below JOIN "Group" g ON g."RelatedId" = below.role JOIN "GroupMember" m ON m."UserOrGroupId" = g."Id"
         UNION SELECT m."GroupId" FROM inside JOIN "GroupMember" m ON m."UserOrGroupId" = inside.id)
       SELECT g."Id" FROM inside JOIN "Group" g ON g."Id" = inside.id WHERE g."DoesIncludeBosses" = 1 OR g."Type" = 'Queue'`,
      [viewer.roleId],
    )
    .map(([id]) => String(id));
  if (assumed(viewer, 'nested-group-bosses') === 'own-group') return found;
  const around = new Set(found);
  addHolders(store, around);
  return [...around];
}
