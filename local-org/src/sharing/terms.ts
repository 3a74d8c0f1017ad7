import { viewerOf } from '../access/viewer.ts';
import type { Viewer } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { bindParams, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { sharingDefinitions } from './definitions.ts';
import { PROGRAM_GROUP } from './channel-programs.ts';
import { GUEST_ROWS, isGuest } from './guests.ts';
import { MANAGER_GROUPS, managerGroups, managerGroupsAbove } from './managers.ts';
import { relatedCaseTerms } from './portal-cases.ts';
import { principalsOf } from './principals.ts';
import { activeUsersBelow, roleParam, usersBelow } from './role-closure.ts';
import { setTerms } from './sharing-sets.ts';
import { shareTableOf } from './share-tables.ts';
import { TERRITORY_GROUPS } from './territories.ts';
import type { ShareTable } from './share-tables.ts';
import { because } from './why.ts';
import type { Term } from './why.ts';

/** `transfer` is giving the record another owner. */
export type AccessLevel = 'read' | 'edit' | 'delete' | 'transfer';

/**
 * How the planner is to use the terms: `narrow` drives the query from them, one index each; `wide` lets it walk the records in another
 * index's order and only asks them, which pays where the viewer sees much and wants a page of it.
 */
export type Shape = 'narrow' | 'wide';

/** What a condition is made for. */
export interface Subject {
  readonly store: OrgStore;
  readonly object: ObjectInfo;
  readonly alias: string;
  readonly viewer: Viewer;
  readonly level: AccessLevel;
  readonly shape: Shape;
}

/** A column of the record; behind a plus SQLite uses no index on it. */
export function column({ alias, shape }: Subject, name: string): Fragment {
  return raw(`${shape === 'wide' ? '+' : ''}${alias}.${quote(name)}`);
}

/** Values of `…AccessLevel` that grant a level. Documented: Read, Edit, All. */
export function levelsFor(level: AccessLevel): string {
  return JSON.stringify(
    level === 'read' ? ['Read', 'Edit', 'All'] : level === 'edit' ? ['Edit', 'All'] : ['All'],
  );
}

/** "Grant Access Using Hierarchies": always on for standard objects (documented), and for custom ones unless switched off. */
export function usesHierarchy(object: ObjectInfo): boolean {
  return object.kind !== 'custom' || object.grantsByHierarchy !== false;
}

/** Access that the record itself carries: its owner, those above, its shares, sharing sets. Everything but implicit sharing. */
export function ownTerms(subject: Subject): Term[] {
  const { store, object, viewer } = subject;
  const terms: Term[] = [];
  if (isGuest(viewer)) {
    const owned = assumed(viewer, 'records-of-guests') === 'yes' && object.fields.has('ownerid');
    const own = sql`${column(subject, 'OwnerId')} = ${viewer.userId}`;
    return [...(owned ? [because({ kind: 'owner' }, own)] : []), ...shareTerms(subject)];
  }
  if (object.fields.has('ownerid')) {
    const owner = column(subject, 'OwnerId');
    terms.push(because({ kind: 'owner' }, sql`${owner} = ${viewer.userId}`));
    const hierarchy = usesHierarchy(object);
    if (viewer.roleId !== null && hierarchy)
      terms.push(
        because({ kind: 'role-above' }, sql`${owner} IN (${usersBelow(store, viewer.roleId)})`),
      );
    const { own, bosses } = principalsOf(store, viewer);
    const groups = [...own.slice(1), ...(hierarchy ? bosses : [])];
    if (groups.length > 0)
      terms.push(
        because(
          { kind: 'queue' },
          sql`${owner} IN (SELECT value FROM json_each(${JSON.stringify(groups)}))`,
        ),
      );
  }
  terms.push(...shareTerms(subject), ...relatedCaseTerms(subject));
  terms.push(...setTerms(subject), ...superUserTerms(subject));
  return terms;
}

function shareTerms(subject: Subject): Term[] {
  const shares = shareTableOf(subject.store, subject.object);
  if (shares === undefined) return [];
  return grantedTo(subject, shares, shares.level).map((rows) =>
    because(
      { kind: 'share', shares, rows },
      sql`${column(subject, 'Id')} IN (${recordsOf(shares, shares.record, rows)})`,
    ),
  );
}

const SUPER_USER_OBJECTS = new Set(['Case', 'Lead', 'Opportunity']);

/**
 * Partner super users: what users of their own role and of roles below own, and what is shared with these users. Documented: Help, "Grant Portal
 * Super User Access to Partner and Customer Users": cases, leads, opportunities and custom objects, read and edited within the user's own
 * permissions. Deleting and transferring what a colleague owns is not mentioned, nor are shares with groups of colleagues: inferred
 * (`super-user-full-access`, `super-user-group-shares`).
 */
function superUserTerms(subject: Subject): Term[] {
  const { store, object, viewer, level } = subject;
  if (!viewer.superUser || viewer.roleId === null) return [];
  const fully = assumed(viewer, 'super-user-full-access') === 'yes';
  if (level !== 'read' && level !== 'edit' && !fully) return [];
  if (object.kind !== 'custom' && !SUPER_USER_OBJECTS.has(object.name)) return [];
  if (sharingDefinitions(store).superUsers !== true) return [];
  const peers = sql`SELECT "Id" FROM "User" WHERE "UserRoleId" = ${viewer.roleId} UNION ALL ${usersBelow(store, viewer.roleId)}`;
  const terms: Term[] = [];
  if (object.fields.has('ownerid'))
    terms.push(
      because({ kind: 'super-user-owner' }, sql`${column(subject, 'OwnerId')} IN (${peers})`),
    );
  const shares = shareTableOf(store, object);
  if (shares !== undefined) {
    // What is shared with a deactivated user by name counts for nobody; see grantedTo.
    const named = sql`SELECT "Id" FROM "User" WHERE "UserRoleId" = ${viewer.roleId} AND "IsActive" = 1 UNION ALL ${activeUsersBelow(store, viewer.roleId)}`;
    const holders =
      assumed(viewer, 'super-user-group-shares') === 'users-only'
        ? named
        : sql`${named} UNION ALL SELECT value FROM json_each(${JSON.stringify(groupsOf(subject, peers))})`;
    const rows = sql`"UserOrGroupId" IN (${holders}) ${levelEnough(shares, shares.level, level)}`;
    terms.push(
      because(
        { kind: 'super-user-share', shares, rows },
        sql`${column(subject, 'Id')} IN (${recordsOf(shares, shares.record, rows)})`,
      ),
    );
  }
  return terms;
}

/** The groups, roles and queues of some users. */
function groupsOf({ store }: Subject, users: Fragment): string[] {
  const groups = new Set<string>();
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  for (const [id] of store.db.all(users.text, bindParams(users.params, values))) {
    const { own, bosses } = principalsOf(store, viewerOf(store, String(id)));
    for (const group of [...own.slice(1), ...bosses]) groups.add(group);
  }
  return [...groups];
}

/** The groups of managers, territories and channel programmes that hold one of some users. */
function specialGroups(subject: Subject, users: Fragment): Fragment {
  const types = JSON.stringify([...MANAGER_GROUPS, ...TERRITORY_GROUPS, PROGRAM_GROUP]);
  const held = JSON.stringify(groupsOf(subject, users));
  return sql`SELECT "Id" FROM "Group" WHERE "Id" IN (SELECT value FROM json_each(${held})) AND "Type" IN (SELECT value FROM json_each(${types})) UNION ALL ${managerGroupsAbove(subject.store, users)}`;
}

/** Share rows at the level or above it, deleted ones left out. */
function levelEnough(shares: ShareTable, levelColumn: string, level: AccessLevel): Fragment {
  return sql`${raw(shares.table.softDelete ? 'AND "IsDeleted" = 0 ' : '')}AND ${raw(quote(levelColumn))} IN (SELECT value FROM json_each(${levelsFor(level)}))`;
}

/** The records that some share rows are about. */
export function recordsOf(shares: ShareTable, wanted: string, rows: Fragment): Fragment {
  return sql`SELECT ${raw(quote(wanted))} FROM ${raw(quote(shares.table.name))} WHERE ${rows}`;
}

/**
 * Share rows that reach the viewer, one condition on them for each way: to it and its groups; to users below it; to roles below it. Documented: those above
 * in the hierarchy have what is owned by and shared with users below them. Documented: Help, "Considerations for Deactivating Users": deactivated users
 * lose what was shared with them by name or as team members, and so do users above them. Rows that stay count again when they return; which do is
 * inferred (`manual-shares-of-deactivated`).
 * Users of territories above have what is assigned to a territory; whether what rules share, too, is inferred (`territory-rule-ancestors`).
 */
export function grantedTo(subject: Subject, shares: ShareTable, levelColumn: string): Fragment[] {
  const { store, object, viewer, level } = subject;
  const { own, bosses, territories } = principalsOf(store, viewer);
  const hierarchy = usesHierarchy(object);
  if (isGuest(viewer)) {
    const guest = JSON.stringify(own);
    return [
      sql`"UserOrGroupId" IN (SELECT value FROM json_each(${guest})) ${GUEST_ROWS}${levelEnough(shares, levelColumn, level)}`,
    ];
  }
  const holders = viewer.active ? own : own.filter((id) => id !== viewer.userId);
  const who = JSON.stringify(hierarchy ? [...holders, ...bosses] : holders);
  const enough = levelEnough(shares, levelColumn, level);
  const rows = [sql`"UserOrGroupId" IN (SELECT value FROM json_each(${who})) ${enough}`];
  const managed = managerGroups(store, viewer);
  if (managed !== null) rows.push(sql`"UserOrGroupId" IN (${managed}) ${enough}`);
  if (territories.length > 0 && hierarchy) {
    const assigned =
      assumed(viewer, 'territory-rule-ancestors') === 'users'
        ? raw(`AND "RowCause" IN ('Territory', 'Territory2AssociationManual') `)
        : raw('');
    const below = JSON.stringify(territories);
    rows.push(sql`"UserOrGroupId" IN (SELECT value FROM json_each(${below})) ${assigned}${enough}`);
  }
  if (viewer.roleId === null || !hierarchy) return rows;
  rows.push(sql`"UserOrGroupId" IN (${activeUsersBelow(store, viewer.roleId)}) ${enough}`);
  if (assumed(viewer, 'roles-above-special-groups') === 'yes')
    rows.push(
      sql`"UserOrGroupId" IN (${specialGroups(subject, usersBelow(store, viewer.roleId))}) ${enough}`,
    );
  if (store.schema.object('Group') !== undefined)
    rows.push(
      sql`"UserOrGroupId" IN (SELECT g."Id" FROM temp._role_below b JOIN "Group" g ON g."RelatedId" = b.role WHERE b.ancestor = ${roleParam(store, viewer.roleId)}) ${enough}`,
    );
  return rows;
}
