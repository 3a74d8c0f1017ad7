import type { Viewer } from '../access/viewer.ts';
import { findSetupRow } from '../platform/setup/upsert.ts';
import { raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';

/** Kinds of targets that name a territory, with the type of the group that stands for it. Documented: Metadata API, SharedTo; Object Reference, Group.Type. */
export const TERRITORY_TARGETS: Readonly<Record<string, string>> = {
  territory: 'Territory',
  territories: 'Territory',
  territoryAndSubordinates: 'TerritoryAndSubordinates',
  territoriesAndSubordinates: 'TerritoryAndSubordinates',
};
/** Types of the groups of a territory. */
export const TERRITORY_GROUPS: readonly string[] = ['Territory', 'TerritoryAndSubordinates'];

/** Whether a group is one of a territory. */
export function isTerritoryGroup(type: unknown): boolean {
  return TERRITORY_GROUPS.includes(String(type));
}

/** Territories of the active model by Id, each with its parent. Documented: Help, "Territory Model State": only an active model gives access. */
type Tree = ReadonlyMap<string, string | null>;
const trees = new WeakMap<OrgStore, { readonly version: number; readonly tree: Tree }>();
const NO_TREE: Tree = new Map();

function treeOf(store: OrgStore): Tree {
  const needed = ['Territory2', 'Territory2Model'].map((name) => store.schema.object(name));
  if (needed.some((object) => object === undefined || store.tables.existing(object) === undefined))
    return NO_TREE;
  const version = store.versionOf(['Territory2', 'Territory2Model']);
  const known = trees.get(store);
  if (known?.version === version) return known.tree;
  const tree = new Map(
    store.db
      .all(
        `SELECT t."Id", t."ParentTerritory2Id" FROM "Territory2Model" m JOIN "Territory2" t ON t."Territory2ModelId" = m."Id" WHERE m."State" = 'Active' AND m."IsDeleted" = 0`,
      )
      .map(([id, parent]) => [String(id), typeof parent === 'string' ? parent : null]),
  );
  trees.set(store, { version, tree });
  return tree;
}

function above(tree: Tree, id: string): string[] {
  const found: string[] = [];
  for (let at = tree.get(id) ?? null; at !== null && !found.includes(at); at = tree.get(at) ?? null)
    found.push(at);
  return found;
}

function below(tree: Tree, id: string): string[] {
  return [...tree.keys()].filter((each) => above(tree, each).includes(id));
}

/** The groups of territories that hold a viewer, and those of territories below the viewer's. */
export interface TerritoryGroups {
  readonly own: readonly string[];
  readonly below: readonly string[];
}

/**
 * Documented: Help, "Define Default User Access for Territory Records" ("The territory's access level is inherited by the parent territories above it").
 * Whether what rules share with a territory is inherited, too, is inferred (`territory-rule-ancestors`).
 */
export function territoryGroups(store: OrgStore, viewer: Viewer): TerritoryGroups {
  const tree = treeOf(store);
  if (tree.size === 0 || store.schema.object('UserTerritory2Association') === undefined)
    return { own: [], below: [] };
  const mine = store
    .rowsWhere('UserTerritory2Association', 'UserId', [viewer.userId])
    .filter((row) => row['IsActive'] !== false)
    .map((row) => String(row['Territory2Id']))
    .filter((id) => tree.has(id));
  if (mine.length === 0) return { own: [], below: [] };
  const ancestors = new Set(mine.flatMap((id) => above(tree, id)));
  const own: string[] = [];
  const under: string[] = [];
  const all = new Set([...mine, ...ancestors, ...mine.flatMap((id) => below(tree, id))]);
  for (const row of store.rowsWhere('Group', 'RelatedId', [...all])) {
    const territory = String(row['RelatedId']);
    const group = String(row['Id']);
    if (!isTerritoryGroup(row['Type'])) continue;
    const inside = mine.includes(territory);
    if (inside || (ancestors.has(territory) && row['Type'] === 'TerritoryAndSubordinates'))
      own.push(group);
    else if (!ancestors.has(territory)) under.push(group);
  }
  return { own, below: under };
}

/** The territories that a group stands for: its own, and those below where the group includes them. */
function territoriesIn(store: OrgStore, type: string, territory: string): string {
  const tree = treeOf(store);
  const ids = !tree.has(territory)
    ? []
    : type === 'Territory'
      ? [territory]
      : [territory, ...below(tree, territory)];
  return JSON.stringify(ids);
}

/** The users in a group of a territory. */
export function usersInTerritory(store: OrgStore, type: string, territory: string): Fragment {
  if (treeOf(store).size === 0) return raw('SELECT NULL WHERE 0');
  return sql`SELECT "UserId" FROM "UserTerritory2Association" WHERE "Territory2Id" IN (SELECT value FROM json_each(${territoriesIn(store, type, territory)})) AND "IsActive" = 1`;
}

/**
 * The accounts assigned to the territories behind groups: what a territory rule shares. Documented: Help, "Create Account Territory Sharing Rules"
 * ("Accounts in Territory").
 */
export function accountsInTerritories(store: OrgStore, groups: readonly string[]): Fragment {
  const ids = [...store.rowsById('Group', groups).values()].flatMap(
    (row) =>
      JSON.parse(territoriesIn(store, String(row['Type']), String(row['RelatedId']))) as string[],
  );
  if (ids.length === 0) return raw('SELECT NULL WHERE 0');
  return sql`SELECT "ObjectId" FROM "ObjectTerritory2Association" WHERE "IsDeleted" = 0 AND "Territory2Id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

/**
 * The group that a target names: `model.territory` (documented: Metadata API, SharingOwnerRule.sharedFrom), or a territory of the active model;
 * undefined where there is none.
 */
export function territoryGroupOf(store: OrgStore, type: string, name: string): string | undefined {
  if (store.schema.object('Territory2') === undefined) return undefined;
  const [first = '', second] = name.split('.');
  const tree = treeOf(store);
  const model =
    second === undefined
      ? undefined
      : findSetupRow(store, 'Territory2Model', { DeveloperName: first })?.['Id'];
  const territory = store
    .rowsWhere('Territory2', 'DeveloperName', [second ?? first])
    .find((row) =>
      second === undefined ? tree.has(String(row['Id'])) : row['Territory2ModelId'] === model,
    );
  if (territory === undefined) return undefined;
  const group = findSetupRow(store, 'Group', { RelatedId: territory['Id'], Type: type });
  return group === undefined ? undefined : String(group['Id']);
}
