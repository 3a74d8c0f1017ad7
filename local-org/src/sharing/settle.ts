import { settleRoleChain } from '../platform/partners/role-chain.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { sharingDefinitions } from './definitions.ts';
import type { SharingRule } from './definitions.ts';
import { isManagerGroup } from './managers.ts';
import { rolesBelow } from './role-closure.ts';
import { recalculateAllRules, recalculateRules } from './rules.ts';
import { recalculateTeams } from './team-shares.ts';
import { recalculateTerritories } from './territory-shares.ts';
import { KEPT, TEAM_MEMBERS, teamNote } from './watch-rows.ts';
import { CHANGED, ensureWatch, EVERYTHING } from './watch.ts';

/** From so many records on, all of the object's are looked at instead of each. */
const MANY = 50_000;

/** How much had been written when shares were last found in line. */
const settledAt = new WeakMap<OrgStore, number>();

/**
 * Brings stored shares in line with everything that was written. Asked at the end of each statement, and by everybody who is about to read shares; costs
 * one comparison where nothing was written since, and one look at the notes of `watch.ts` otherwise.
 */
export function settleSharing(store: OrgStore): void {
  if (settledAt.get(store) === store.db.writes) return;
  ensureWatch(store);
  if (store.db.get(`SELECT 1 FROM ${CHANGED} LIMIT 1`) !== undefined)
    store.atomically(() => {
      settle(store);
    });
  settledAt.set(store, store.db.writes);
}

/** What is noted, by kind, and no longer. */
function take(store: OrgStore): Map<string, Set<string>> {
  const changed = new Map<string, Set<string>>();
  for (const [object, id] of store.db.all(`SELECT object, id FROM ${CHANGED}`)) {
    const ids = changed.get(String(object)) ?? new Set();
    changed.set(String(object), ids.add(String(id)));
  }
  store.db.run(`DELETE FROM ${CHANGED}`);
  return changed;
}

function settle(store: OrgStore): void {
  const changed = take(store);
  const ids = (name: string): string[] => [...(changed.get(name) ?? [])];
  settleRoleChain(store, ids(KEPT.portalRoles), ids(KEPT.personRoles));
  // Roles that moved are noted in their turn.
  for (const [name, more] of take(store))
    changed.set(name, new Set([...(changed.get(name) ?? []), ...more]));
  const allOr = (kind: string): string[] | null =>
    changed.get(kind)?.has('') === true ? null : ids(kind);
  if (changed.has(KEPT.territories)) recalculateTerritories(store, allOr(KEPT.territories));
  for (const name of Object.keys(TEAM_MEMBERS))
    if (changed.has(teamNote(name))) recalculateTeams(store, name, allOr(teamNote(name)));
  if (changed.has(EVERYTHING)) recalculateAllRules(store);
  else settleRules(store, changed);
}

function settleRules(store: OrgStore, changed: ReadonlyMap<string, ReadonlySet<string>>): void {
  const { rules } = sharingDefinitions(store);
  const objects = new Set(rules.map((rule) => rule.object));
  const members = membersChanged(store, changed);
  for (const object of objects) {
    const ids = affected(
      store,
      rules.filter((rule) => rule.object === object),
      writtenOf(object, changed),
      members,
    );
    if (ids === null || ids.size > 0)
      recalculateRules(store, object, ids === null ? null : [...ids]);
  }
}

/** Records of an object that were written, and accounts that came into other territories. */
function writtenOf(
  object: string,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const written = changed.get(object) ?? new Set<string>();
  const assigned = changed.get('ObjectTerritory2Association');
  return object !== 'Account' || assigned === undefined
    ? written
    : new Set([...written, ...assigned]);
}

/** Who stands behind groups in another way than before. */
interface MembersChanged {
  /** Groups whose members changed. */
  readonly groups: ReadonlySet<string>;
  /** Users in other places of the hierarchy, or of another kind. */
  readonly users: ReadonlySet<string>;
  /** Groups or roles that are something else now, or nothing. */
  readonly anybody: boolean;
}

function membersChanged(
  store: OrgStore,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
): MembersChanged {
  const ids = (name: string): ReadonlySet<string> => changed.get(name) ?? new Set();
  const roles = [...ids('UserRole')];
  const gone = roles.length > 0 && store.rowsById('UserRole', roles).size < new Set(roles).size;
  const moved = roles.flatMap((role) => [role, ...rolesBelow(store, role)]);
  const users = new Set(ids('User'));
  if (!gone && moved.length > 0)
    for (const [id] of store.db.all(
      `SELECT "Id" FROM "User" WHERE "UserRoleId" IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(moved)],
    ))
      users.add(String(id));
  const deciding = [
    'Territory2Model',
    'Territory2',
    'UserTerritory2Association',
    'ChannelProgram',
    'ChannelProgramMember',
  ];
  const anybody = gone || ids('Group').size > 0 || deciding.some((name) => ids(name).size > 0);
  return { groups: ids('GroupMember'), users, anybody };
}

/** The records of an object that may be in other rules now; null for all of them. */
function affected(
  store: OrgStore,
  rules: readonly SharingRule[],
  written: ReadonlySet<string>,
  { groups, users, anybody }: MembersChanged,
): ReadonlySet<string> | null {
  if (anybody || written.size > MANY) return null;
  const owners = rules.filter((rule) => rule.kind === 'owner');
  if ((groups.size > 0 || users.size > 0) && owners.length > 0) {
    const sources = groupsBehind(
      store,
      owners.flatMap((rule) => rule.from),
    );
    if ([...groups].some((id) => sources.has(id))) return null;
    // A user with another manager takes along those below it, and leaves those above.
    const kinds = [...store.rowsById('Group', [...sources]).values()];
    if (users.size > 0 && kinds.some((group) => isManagerGroup(group['Type']))) return null;
  }
  // Of a criteria rule, only what kind of user the owner is can matter.
  const byOwner = owners.length > 0 || rules.some((rule) => !rule.includeRecordsOwnedByAll);
  const [first] = rules;
  if (!byOwner || users.size === 0 || first === undefined) return written;
  const owned = store.db.all(
    `SELECT "Id" FROM ${quote(first.object)} WHERE "OwnerId" IN (SELECT value FROM json_each(?)) LIMIT ?`,
    [JSON.stringify([...users]), MANY + 1],
  );
  if (owned.length > MANY) return null;
  return new Set([...written, ...owned.map(([id]) => String(id))]);
}

/** The groups and all that they hold, at any depth. */
function groupsBehind(store: OrgStore, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set(ids);
  let fresh = [...found];
  while (fresh.length > 0) {
    const held = store
      .rowsWhere('GroupMember', 'GroupId', fresh)
      .map((row) => String(row['UserOrGroupId']));
    fresh = [...new Set(held)].filter((id) => !id.startsWith('005') && !found.has(id));
    for (const id of fresh) found.add(id);
  }
  return found;
}
