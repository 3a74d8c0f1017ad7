import type { ObjectInfo } from '../schema/contract.ts';
import { bindParams, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { visibility } from './predicate.ts';
import type { AccessLevel } from './predicate.ts';

/** Which of the Ids the user can reach at a level. */
export function visibleIds(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
  userId: string,
  level: AccessLevel = 'read',
): Set<string> {
  const condition = visibility(store, object, 't', userId, level);
  return condition === null ? new Set(ids) : idsWhere(store, object, ids, condition, userId);
}

/** Which of the Ids meet a condition on the alias `t`. */
export function idsWhere(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
  condition: Fragment,
  userId: string,
): Set<string> {
  const query = sql`SELECT t."Id" FROM ${raw(quote(store.tables.table(object).name))} t WHERE t."Id" IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${condition}`;
  const run = { binds: [], now: store.now, zone: 'UTC', userId, parents: '[]' };
  return new Set(
    store.db.all(query.text, bindParams(query.params, run)).map((found) => String(found[0])),
  );
}
