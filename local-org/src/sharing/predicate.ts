import { objectAccess } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { defaultOf, isOpen } from './defaults.ts';
import { implicitTerms } from './implicit.ts';
import { shareTableOf } from './share-tables.ts';
import { usersBelow } from './role-closure.ts';
import { column, ownTerms } from './terms.ts';
import type { AccessLevel, Shape, Subject } from './terms.ts';

export type { AccessLevel, Shape } from './terms.ts';

/**
 * The rows of `object` that the viewer may reach, as a condition on the table alias; null when it is all of them. One OR of uncorrelated,
 * index-driven terms (decision 1 of `docs/decisions`). Owner, role hierarchy, sharing sets and implicit sharing are computed; rule, manual
 * and Apex shares are rows of the share object.
 */
export function visibility(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
  shape: Shape = 'narrow',
): Fragment | null {
  const viewer = viewerOf(store, userId);
  const access = objectAccess(viewer, object);
  if (access.modifyAll || (level === 'read' && access.viewAll)) return null;
  if (object.kind === 'share') return onShares(store, object, alias, userId, level);
  const model = defaultOf(object, viewer);
  if (model === null || isOpen(model, level)) return null;
  const subject: Subject = { store, object, alias, viewer, level, shape };
  if (object.name === 'Task' || object.name === 'Event') return onActivities(subject);
  if (model === 'ControlledByParent') return throughParent(subject);
  if (object.name === 'User') return onUsers(subject);
  return restricted(subject);
}

function restricted(subject: Subject): Fragment {
  const terms = [...ownTerms(subject), ...implicitTerms(subject)];
  return terms.length === 0 ? raw('0') : sql`(${join(terms, ' OR ')})`;
}

/**
 * Share rows are read by whoever reads the record; writing them takes full access to it (documented: "Sharing a Record Using Apex"; that
 * reading depends on the record is inferred, the stricter answer).
 */
function onShares(
  store: OrgStore,
  share: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
): Fragment | null {
  const name = share.name.endsWith('__Share')
    ? share.name.replace(/__Share$/, '__c')
    : share.name.replace(/Share$/, '');
  const parent = store.schema.object(name);
  const shares = parent === undefined ? undefined : shareTableOf(store, parent);
  const table = parent === undefined ? undefined : store.tables.existing(parent);
  if (parent === undefined || shares === undefined || table === undefined) return null;
  const inner = visibility(store, parent, 'sp', userId, level === 'read' ? 'read' : 'delete');
  if (inner === null) return null;
  return sql`${raw(`${alias}.${quote(shares.record)}`)} IN (SELECT sp."Id" FROM ${raw(quote(table.name))} sp WHERE ${inner})`;
}

/** External users whose defaults for users are private see themselves and those below them. */
function onUsers(subject: Subject): Fragment {
  const { store, viewer } = subject;
  const id = column(subject, 'Id');
  return viewer.roleId === null
    ? sql`${id} = ${viewer.userId}`
    : sql`(${id} = ${viewer.userId} OR ${id} IN (${usersBelow(store, viewer.roleId)}))`;
}

/**
 * Activities: the owner's and of those above; read also by everybody who reads the record they are about (documented: organisation-wide
 * default of activities, Private and Controlled by Parent; editing through the parent is not built).
 */
function onActivities(subject: Subject): Fragment {
  const { store, object, viewer, level } = subject;
  const terms: Fragment[] = [restricted(subject)];
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
        sql`${column(subject, name)} IN (SELECT p."Id" FROM ${raw(quote(table.name))} p${where})`,
      );
    }
  }
  return sql`(${join(terms, ' OR ')})`;
}

/**
 * Controlled by parent: what the parent allows. Editing and deleting a detail need edit on the parent, or reading it where the field says so
 * (documented: Controlled by Parent; Metadata API, CustomField.writeRequiresMasterRead).
 */
function throughParent(subject: Subject): Fragment {
  const { store, object, viewer, level } = subject;
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
    const reading = level === 'read' || link.reference?.writeRequiresMasterRead === true;
    const parentLevel = reading ? 'read' : 'edit';
    const inner = visibility(store, parent, 'p', viewer.userId, parentLevel);
    const lookup = column(subject, link.name);
    terms.push(
      inner === null
        ? sql`${lookup} IS NOT NULL`
        : sql`${lookup} IN (SELECT p."Id" FROM ${raw(quote(table.name))} p WHERE ${inner})`,
    );
  }
  const through = terms.length === 0 ? raw('0') : sql`(${join(terms, ' AND ')})`;
  // A contact without an account belongs to its owner alone (documented: Controlled by Parent for contacts, private contacts).
  if (masters.length > 0 || !object.fields.has('ownerid')) return through;
  const orphan = sql`${column(subject, 'AccountId')} IS NULL AND ${column(subject, 'OwnerId')} = ${viewer.userId}`;
  return sql`(${through} OR (${orphan}))`;
}
