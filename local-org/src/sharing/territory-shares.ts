import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { shareTableOf } from './share-tables.ts';

export { TERRITORY_CAUSES } from './watch-rows.ts';

const LEVELS = [
  'AccountAccessLevel',
  'OpportunityAccessLevel',
  'CaseAccessLevel',
  'ContactAccessLevel',
];

/**
 * Writes the share rows of accounts in territories anew, of some accounts or of all: one for each account and territory of the active model (an account may be
 * assigned to one twice), to the group of the territory, at the territory's levels. Documented: Object Reference, Territory2, ObjectTerritory2Association and AccountShare.RowCause.
 */
export function recalculateTerritories(store: OrgStore, accounts: readonly string[] | null): void {
  const object = store.schema.object('Account');
  const association = store.schema.object('ObjectTerritory2Association');
  const shares = object === undefined ? undefined : shareTableOf(store, object, true);
  if (shares === undefined || association === undefined) return;
  for (const name of ['Account', 'ObjectTerritory2Association', 'Territory2', 'Territory2Model']) {
    const needed = store.schema.object(name);
    if (needed === undefined) return;
    store.tables.table(needed);
  }
  const { table } = shares;
  const prefix = shares.object.localPrefix ?? shares.object.keyPrefix;
  if (prefix === undefined) return;
  const only = (column: string): ReturnType<typeof sql> =>
    accounts === null
      ? raw('')
      : sql` AND ${raw(column)} IN (SELECT value FROM json_each(${JSON.stringify(accounts)}))`;
  const run = (statement: ReturnType<typeof sql>): number => {
    const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
    return store.db.run(statement.text, bindParams(statement.params, values));
  };
  const stamp = store.now - (store.now % 1000);
  const levels = LEVELS.filter((name) => table.byName.has(name));
  const names = ['Id', 'AccountId', 'UserOrGroupId', 'RowCause', 'LastModifiedDate', ...levels];
  const values = levels.map((name) => raw(`, COALESCE(t.${quote(name)}, 'None')`));
  store.atomically(() => {
    const gone = run(
      sql`DELETE FROM "AccountShare" WHERE "RowCause" IN ('Territory', 'Territory2AssociationManual')${only('"AccountId"')}`,
    );
    const made = run(
      sql`INSERT INTO "AccountShare"(${raw(names.map(quote).join(', '))}) SELECT next_id(${prefix}), o."ObjectId", g."Id", CASE o."AssociationCause" WHEN 'Territory2AssignmentRule' THEN 'Territory' ELSE 'Territory2AssociationManual' END, ${stamp}${join(values, '')} FROM "ObjectTerritory2Association" o JOIN "Territory2" t ON t."Id" = o."Territory2Id" JOIN "Territory2Model" m ON m."Id" = t."Territory2ModelId" JOIN "Group" g ON g."RelatedId" = t."Id" AND g."Type" = 'Territory' JOIN "Account" a ON a."Id" = o."ObjectId" WHERE m."State" = 'Active' AND m."IsDeleted" = 0 AND o."IsDeleted" = 0 AND a."IsDeleted" = 0${only('o."ObjectId"')} GROUP BY o."ObjectId", g."Id", 4`,
    );
    if (gone + made > 0) store.rowsChanged(table);
  });
}
