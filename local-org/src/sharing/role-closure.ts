import type { OrgStore } from '../storage/store.ts';
import type { Fragment, Param } from '../storage/sql.ts';
import { sql } from '../storage/sql.ts';

/** What the closure in the database was built from. */
interface Built {
  readonly version: number;
  readonly stamp: number;
  readonly parents: ReadonlyMap<string, string | null>;
}
const builds = new WeakMap<OrgStore, Built>();
let stamps = 0;

/**
 * The role hierarchy as a closure, `_role_below(ancestor, role)`: every role with every role below it. A temporary table, because it follows
 * from `UserRole`; a role that moves rewrites only its own subtree. Its stamp is rolled back with it, so that what a rollback undid is seen.
 */
export function ensureRoleClosure(store: OrgStore): void {
  if (store.schema.object('UserRole') === undefined) return;
  const version = store.versionOf(['UserRole']);
  const stored = Number(store.db.get('SELECT stamp FROM temp._role_stamp')?.[0] ?? 0);
  const built = builds.get(store);
  const intact = built !== undefined && built.stamp === stored;
  if (intact && built.version === version) return;
  const parents = readParents(store);
  if (intact) move(store, built.parents, parents);
  else {
    store.db.run('DELETE FROM temp._role_below');
    insertAbove(store, parents, parents.keys());
  }
  const stamp = ++stamps;
  store.db.run('DELETE FROM temp._role_stamp');
  store.db.run('INSERT INTO temp._role_stamp(stamp) VALUES (?)', [stamp]);
  builds.set(store, { version, stamp, parents });
}

/** A role's Id as a parameter; the closure is brought up to date before it is read, in each run of a plan that was kept. */
export function roleParam(store: OrgStore, roleId: string): Param {
  return () => {
    ensureRoleClosure(store);
    return roleId;
  };
}

/** Users in roles below. Deactivated users keep their role and go on rolling up; disabled portal users have lost it. */
export function usersBelow(store: OrgStore, roleId: string): Fragment {
  return sql`SELECT u."Id" FROM temp._role_below b JOIN "User" u ON u."UserRoleId" = b.role WHERE b.ancestor = ${roleParam(store, roleId)}`;
}

/** Active users in roles below: what is shared with one that was deactivated rolls up no longer. */
export function activeUsersBelow(store: OrgStore, roleId: string): Fragment {
  return sql`${usersBelow(store, roleId)} AND u."IsActive" = 1`;
}

/** Roles above, nearest first is not promised. */
export function rolesAbove(store: OrgStore, roleId: string): string[] {
  ensureRoleClosure(store);
  return store.db
    .all('SELECT ancestor FROM temp._role_below WHERE role = ?', [roleId])
    .map(([id]) => String(id));
}

/** Roles below, at any depth. */
export function rolesBelow(store: OrgStore, roleId: string): string[] {
  ensureRoleClosure(store);
  return store.db
    .all('SELECT role FROM temp._role_below WHERE ancestor = ?', [roleId])
    .map(([id]) => String(id));
}

function readParents(store: OrgStore): Map<string, string | null> {
  const object = store.schema.object('UserRole');
  if (object === undefined || store.tables.existing(object) === undefined) return new Map();
  return new Map(
    store.db
      .all('SELECT "Id", "ParentRoleId" FROM "UserRole"')
      .map(([id, parent]) => [String(id), parent === null ? null : String(parent)]),
  );
}

/** Rewrites the subtrees whose root appeared, went or got another parent. */
function move(
  store: OrgStore,
  before: ReadonlyMap<string, string | null>,
  after: ReadonlyMap<string, string | null>,
): void {
  const moved = new Set<string>();
  for (const [id, parent] of after) if (!before.has(id) || before.get(id) !== parent) moved.add(id);
  for (const id of before.keys()) if (!after.has(id)) moved.add(id);
  if (moved.size === 0) return;
  const list = JSON.stringify([...moved]);
  const affected = new Set(moved);
  const below = `SELECT role FROM temp._role_below WHERE ancestor IN (SELECT value FROM json_each(?))`;
  for (const [role] of store.db.all(below, [list])) affected.add(String(role));
  store.db.run('DELETE FROM temp._role_below WHERE role IN (SELECT value FROM json_each(?))', [
    JSON.stringify([...affected]),
  ]);
  store.db.run('DELETE FROM temp._role_below WHERE ancestor IN (SELECT value FROM json_each(?))', [
    JSON.stringify([...before.keys()].filter((id) => !after.has(id))),
  ]);
  insertAbove(
    store,
    after,
    [...affected].filter((id) => after.has(id)),
  );
}

function insertAbove(
  store: OrgStore,
  parents: ReadonlyMap<string, string | null>,
  roles: Iterable<string>,
): void {
  for (const role of roles) {
    const seen = new Set([role]);
    for (let above = parents.get(role) ?? null; above !== null && !seen.has(above);) {
      seen.add(above);
      store.db.run('INSERT OR IGNORE INTO temp._role_below(ancestor, role) VALUES (?, ?)', [
        above,
        role,
      ]);
      above = parents.get(above) ?? null;
    }
  }
}
