import { objectAccess } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import type { Viewer } from '../access/viewer.ts';
import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';

export type AccessLevel = 'read' | 'edit' | 'delete';

/**
 * The rows of `object` that the viewer may reach, as a condition on the table alias; null when it is all of them. One OR of uncorrelated,
 * index-driven terms (decision 1 of `docs/decisions`). Owner, role hierarchy and an external user's own account are computed; rule, manual
 * and Apex shares are rows of the share object.
 */
export function visibility(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
): Fragment | null {
  const viewer = viewerOf(store, userId);
  const access = objectAccess(viewer, object);
  if (access.modifyAll || (level === 'read' && access.viewAll)) return null;
  const model = defaultOf(object, viewer);
  if (model === null || isOpen(model, level)) return null;
  if (object.name === 'Task' || object.name === 'Event')
    return onActivities(store, object, alias, viewer, level);
  if (model === 'ControlledByParent') return throughParent(store, object, alias, viewer, level);
  if (object.name === 'User') return onUsers(alias, viewer);
  return restricted(store, object, alias, viewer, level);
}

/** The organisation-wide default that applies; null for objects without sharing. Where nobody wrote it down, the stricter answer. */
function defaultOf(object: ObjectInfo, viewer: Viewer): SharingModel | null {
  const known = viewer.external
    ? (object.externalSharing ?? object.internalSharing)
    : object.internalSharing;
  if (known !== undefined) return known;
  if (object.kind === 'standard' && object.shareObject !== undefined) return 'Private';
  if ([...object.fields.values()].some((field) => field.reference?.masterDetail === true))
    return 'ControlledByParent';
  // Documented: the default of a new custom object is Public Read/Write.
  return object.kind === 'custom' && object.fields.has('ownerid') ? 'ReadWrite' : null;
}

function isOpen(model: SharingModel, level: AccessLevel): boolean {
  if (model === 'FullAccess') return true;
  // Documented: Public Read/Write lets everyone edit; deleting and transferring stay with the owner.
  if (model === 'ReadWrite' || model === 'ReadWriteTransfer') return level !== 'delete';
  return model === 'Read' && level === 'read';
}

function restricted(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  viewer: Viewer,
  level: AccessLevel,
): Fragment {
  const terms: Fragment[] = [];
  if (object.fields.has('ownerid')) {
    const owner = raw(`${alias}."OwnerId"`);
    terms.push(sql`${owner} = ${viewer.userId}`);
    const below = subordinates(viewer);
    if (below !== null) terms.push(sql`${owner} IN (${below})`);
    const principals = principalsOf(store, viewer);
    if (principals.length > 1)
      terms.push(
        sql`${owner} IN (SELECT value FROM json_each(${JSON.stringify(principals.slice(1))}))`,
      );
  }
  const shares = shareRows(store, object, alias, viewer, level);
  if (shares !== null) terms.push(shares);
  if (level === 'read') {
    // Documented: portal users always read their own account and contact ("implicit sharing", High Volume and role-based portal users).
    if (object.name === 'Account' && viewer.accountId !== null)
      terms.push(sql`${raw(`${alias}."Id"`)} = ${viewer.accountId}`);
    if (object.name === 'Contact' && viewer.contactId !== null)
      terms.push(sql`${raw(`${alias}."Id"`)} = ${viewer.contactId}`);
  }
  if (terms.length === 0) return raw('0');
  return sql`(${join(terms, ' OR ')})`;
}

/** Users in roles below the viewer's: the role hierarchy opens their records. */
function subordinates(viewer: Viewer): Fragment | null {
  if (viewer.roleId === null) return null;
  return sql`WITH RECURSIVE below(id) AS (SELECT "Id" FROM "UserRole" WHERE "ParentRoleId" = ${viewer.roleId} UNION SELECT r."Id" FROM "UserRole" r JOIN below ON r."ParentRoleId" = below.id) SELECT u."Id" FROM below JOIN "User" u ON u."UserRoleId" = below.id`;
}

/** External users whose defaults for users are private see themselves and those below them. */
function onUsers(alias: string, viewer: Viewer): Fragment {
  const id = raw(`${alias}."Id"`);
  const below = subordinates(viewer);
  return below === null
    ? sql`${id} = ${viewer.userId}`
    : sql`(${id} = ${viewer.userId} OR ${id} IN (${below}))`;
}

/**
 * Activities: the owner's and of those above; read also by everybody who reads the record they are about (documented: organisation-wide
 * default of activities, Private and Controlled by Parent; editing through the parent is not built).
 */
function onActivities(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  viewer: Viewer,
  level: AccessLevel,
): Fragment {
  const terms: Fragment[] = [restricted(store, object, alias, viewer, level)];
  for (const name of level === 'read' ? ['WhatId', 'WhoId'] : []) {
    const field = object.fields.get(name.toLowerCase());
    for (const target of field?.reference?.targets ?? []) {
      const parent = store.schema.object(target);
      const table =
        parent === undefined || parent.kind === 'virtual'
          ? undefined
          : store.tables.existing(parent);
      if (parent === undefined || table === undefined || parent.name === object.name) continue;
      const inner = visibility(store, parent, 'p', viewer.userId, 'read');
      const where = inner === null ? raw('') : sql` WHERE ${inner}`;
      terms.push(
        sql`${raw(`${alias}.${quote(name)}`)} IN (SELECT p."Id" FROM ${raw(quote(table.name))} p${where})`,
      );
    }
  }
  return sql`(${join(terms, ' OR ')})`;
}

/** The viewer's Id and the groups that hold it: directly, through nested groups, through its role. Cached with the viewer. */
function principalsOf(store: OrgStore, viewer: Viewer): readonly string[] {
  let known = principals.get(viewer);
  if (known !== undefined) return known;
  const found = new Set([viewer.userId]);
  if (
    store.schema.object('Group') !== undefined &&
    store.schema.object('GroupMember') !== undefined
  ) {
    for (const id of roleGroups(store, viewer)) found.add(id);
    let fresh = [...found];
    while (fresh.length > 0) {
      const holders = store
        .rowsWhere('GroupMember', 'UserOrGroupId', fresh)
        .flatMap((row) => (typeof row['GroupId'] === 'string' ? [row['GroupId']] : []));
      fresh = holders.filter((id) => !found.has(id));
      for (const id of fresh) found.add(id);
    }
  }
  known = [...found];
  principals.set(viewer, known);
  return known;
}
const principals = new WeakMap<Viewer, readonly string[]>();

/** Groups that stand for roles (documented: Group.Type): the user's own role, and role-and-subordinates of it and every role above. */
function roleGroups(store: OrgStore, viewer: Viewer): string[] {
  const groups: string[] = [];
  const roles =
    store.schema.object('UserRole') === undefined ? [] : ancestors(store, viewer.roleId);
  for (const row of roles.length === 0 ? [] : store.rowsWhere('Group', 'RelatedId', roles)) {
    const type = row['Type'];
    const own = row['RelatedId'] === viewer.roleId;
    if (type === 'Role' && !own) continue;
    if (type === 'RoleAndSubordinatesInternal' && viewer.external) continue;
    if (type === 'Role' || type === 'RoleAndSubordinates' || type === 'RoleAndSubordinatesInternal')
      groups.push(String(row['Id']));
  }
  if (!viewer.external) {
    for (const row of store.rowsWhere('Group', 'Type', ['Organization']))
      groups.push(String(row['Id']));
  }
  return groups;
}

function ancestors(store: OrgStore, roleId: string | null): string[] {
  const chain: string[] = [];
  for (let id = roleId; id !== null && !chain.includes(id);) {
    chain.push(id);
    const parent: unknown = store.rowsById('UserRole', [id]).get(id)?.['ParentRoleId'];
    id = typeof parent === 'string' ? parent : null;
  }
  return chain;
}

function shareRows(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  viewer: Viewer,
  level: AccessLevel,
): Fragment | null {
  const share =
    object.shareObject === undefined ? undefined : store.schema.object(object.shareObject);
  const table = share === undefined ? undefined : store.tables.existing(share);
  if (table === undefined) return null;
  // Documented: custom objects' shares have ParentId and AccessLevel, standard ones <Object>Id and <Object>AccessLevel.
  const record = table.byName.has('ParentId') ? 'ParentId' : `${object.name}Id`;
  const granted = table.byName.has('AccessLevel') ? 'AccessLevel' : `${object.name}AccessLevel`;
  if (!table.byName.has(record) || !table.byName.has(granted)) return null;
  const levels =
    level === 'read' ? ['Read', 'Edit', 'All'] : level === 'edit' ? ['Edit', 'All'] : ['All'];
  const who = JSON.stringify(principalsOf(store, viewer));
  return sql`${raw(`${alias}."Id"`)} IN (SELECT ${raw(quote(record))} FROM ${raw(quote(table.name))} WHERE "UserOrGroupId" IN (SELECT value FROM json_each(${who})) AND ${raw(quote(granted))} IN (SELECT value FROM json_each(${JSON.stringify(levels)})))`;
}

/** Controlled by parent: what the parent allows; editing a detail needs edit on the parent (documented: Controlled by Parent). */
function throughParent(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  viewer: Viewer,
  level: AccessLevel,
): Fragment {
  const terms: Fragment[] = [];
  const masters = [...object.fields.values()].filter(
    (field) => field.reference?.masterDetail === true,
  );
  const links =
    masters.length > 0
      ? masters
      : [...object.fields.values()].filter((field) => field.name === 'AccountId');
  for (const link of links) {
    const parent = store.schema.object(link.reference?.targets[0] ?? '');
    const table = parent === undefined ? undefined : store.tables.existing(parent);
    if (parent === undefined || table === undefined) return raw('0');
    const parentLevel = level === 'read' ? 'read' : 'edit';
    const inner = visibility(store, parent, 'p', viewer.userId, parentLevel);
    const column = raw(`${alias}.${quote(link.name)}`);
    terms.push(
      inner === null
        ? sql`${column} IS NOT NULL`
        : sql`${column} IN (SELECT p."Id" FROM ${raw(quote(table.name))} p WHERE ${inner})`,
    );
  }
  const through = terms.length === 0 ? raw('0') : sql`(${join(terms, ' AND ')})`;
  // A contact without an account belongs to its owner alone (documented: Controlled by Parent for contacts, private contacts).
  if (masters.length > 0 || !object.fields.has('ownerid')) return through;
  const orphan = sql`${raw(`${alias}."AccountId"`)} IS NULL AND ${raw(`${alias}."OwnerId"`)} = ${viewer.userId}`;
  return sql`(${through} OR (${orphan}))`;
}
