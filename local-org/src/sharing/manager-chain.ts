import type { Fragment, Param } from '../storage/sql.ts';
import { sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';

/**
 * The chain of managers, as places: users are numbered so that all reports of one, at any depth, have the numbers from `low` to `high`. One row for each user
 * and not one for each pair, because chains of managers may be as long as they like. A circle has one range for all who are in it. With each place goes the
 * Managers Group of its user. A temporary table, because it follows from `User` and `Group`; temporary triggers on what it follows from take its stamp away,
 * whoever writes, and a rollback brings back both.
 */
export function ensureManagerChain(store: OrgStore): void {
  const { db } = store;
  if (db.get('SELECT 1 FROM temp._manager_stamp') !== undefined && isWatched(store)) return;
  const objects = ['User', 'Group'].map((name) => store.schema.object(name));
  for (const object of objects) if (object !== undefined) store.tables.table(object);
  for (const [name, text] of Object.entries(TRIGGERS))
    db.exec(
      `CREATE TEMP TRIGGER IF NOT EXISTS ${name} ${text} BEGIN DELETE FROM _manager_stamp; END`,
    );
  db.run('DELETE FROM temp._manager_place');
  db.run(
    `INSERT INTO temp._manager_place(first, low, high, id, grp)
       SELECT p.value ->> 0, p.value ->> 1, p.value ->> 2, p.value ->> 3,
         (SELECT g."Id" FROM "Group" g WHERE g."RelatedId" = p.value ->> 3 AND g."Type" = 'Manager')
       FROM json_each(?) p`,
    [JSON.stringify(places(readManagers(store)))],
  );
  db.run('DELETE FROM temp._manager_stamp');
  db.run('INSERT INTO temp._manager_stamp(stamp) VALUES (1)');
}

const ANY_MANAGER = `(OLD."Type" = 'Manager' OR NEW."Type" = 'Manager')`;
const TRIGGERS: Readonly<Record<string, string>> = {
  _manager_user_new: `AFTER INSERT ON main."User" WHEN NEW."ManagerId" IS NOT NULL`,
  _manager_user: `AFTER UPDATE OF "ManagerId" ON main."User" WHEN OLD."ManagerId" IS NOT NEW."ManagerId"`,
  _manager_user_gone: `AFTER DELETE ON main."User"`,
  _manager_group_new: `AFTER INSERT ON main."Group" WHEN NEW."Type" = 'Manager'`,
  _manager_group: `AFTER UPDATE OF "Type", "RelatedId" ON main."Group" WHEN ${ANY_MANAGER}`,
  _manager_group_gone: `AFTER DELETE ON main."Group" WHEN OLD."Type" = 'Manager'`,
};

/** A table that was made anew has lost its triggers. */
function isWatched(store: OrgStore): boolean {
  const found = store.db.get(
    `SELECT COUNT(*) FROM sqlite_temp_master WHERE type = 'trigger' AND substr(name, 1, 9) = '_manager_'`,
  );
  return Number(found?.[0]) === Object.keys(TRIGGERS).length;
}

/** The users below some users, as `b`: their Ids (`id`) and their Managers Groups (`grp`). The chain is brought up to date in each run of a plan that was kept. */
export function reportsOf(store: OrgStore, users: Fragment): Fragment {
  const ready: Param = () => {
    ensureManagerChain(store);
    return 1;
  };
  return sql`temp._manager_place a JOIN temp._manager_place b ON b.first BETWEEN a.low AND a.high WHERE ${ready} AND a.id IN (${users})`;
}

/** Who has a manager, with the manager: both are there. */
function readManagers(store: OrgStore): ReadonlyMap<string, string> {
  return new Map(
    store.db
      .all(
        `SELECT u."Id", u."ManagerId" FROM "User" u JOIN "User" m ON m."Id" = u."ManagerId" WHERE u."ManagerId" IS NOT NULL ORDER BY u.rowid`,
      )
      .map(([id, manager]) => [String(id), String(manager)]),
  );
}

type Place = readonly [first: number, low: number, high: number, id: string];

function places(managers: ReadonlyMap<string, string>): Place[] {
  const reports = Map.groupBy(managers.keys(), (id) => managers.get(id) ?? '');
  const found: Place[] = [];
  const seen = new Set<string>();
  let next = 1;
  /** Numbers a user, then everybody below, without calling itself: a chain may be thousands of users long. */
  const number = (top: string): void => {
    const open: { readonly id: string; readonly first: number; at: number }[] = [];
    const enter = (id: string): void => {
      seen.add(id);
      open.push({ id, first: next++, at: 0 });
    };
    enter(top);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const below = reports.get(last.id)?.[last.at++];
      if (below === undefined) {
        open.pop();
        found.push([last.first, last.first + 1, next - 1, last.id]);
      } else if (!seen.has(below)) enter(below);
    }
  };
  for (const manager of reports.keys()) if (!managers.has(manager)) number(manager);
  for (const id of managers.keys()) {
    if (seen.has(id)) continue;
    const circle = circleAbove(managers, id);
    for (const each of circle) seen.add(each);
    const low = next;
    const firsts = circle.map((each) => {
      const first = next++;
      for (const below of reports.get(each) ?? []) if (!seen.has(below)) number(below);
      return [first, each] as const;
    });
    for (const [first, each] of firsts) found.push([first, low, next - 1, each]);
  }
  return found;
}

/** The users of the circle that somebody's managers end in. */
function circleAbove(managers: ReadonlyMap<string, string>, id: string): string[] {
  const way = new Set<string>();
  let at = id;
  for (; !way.has(at); at = managers.get(at) ?? at) way.add(at);
  const chain = [...way];
  return chain.slice(chain.indexOf(at));
}
