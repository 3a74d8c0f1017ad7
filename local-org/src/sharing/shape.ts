import type { ObjectInfo } from '../schema/contract.ts';
import { bindParams, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { visibility } from './predicate.ts';
import type { Shape } from './predicate.ts';

/** From this many visible records on, a page is read faster by walking an index and asking than by collecting everything first. */
export const WIDE_FROM = 20_000;
/** With fewer, too, where one in so many is visible: the walk soon has its page. */
const DENSE = 20;
const DENSE_FROM = 1_000;

/**
 * How a page of an object (ORDER BY and LIMIT, no other condition) is read for a user: counted, not guessed, and never further than the threshold.
 * With a condition of its own the query stays narrow: where few records match, a walk would pass all of them.
 */
export function pageShape(store: OrgStore, object: ObjectInfo, userId: string): Shape {
  const table = store.tables.existing(object);
  if (table === undefined) return 'narrow';
  const total = Number(store.db.get(`SELECT MAX(rowid) FROM ${quote(table.name)}`)?.[0] ?? 0);
  if (total < WIDE_FROM) return 'narrow';
  const visible = visibility(store, object, 'n', userId, 'read');
  if (visible === null) return 'narrow';
  const counted = sql`SELECT COUNT(*) FROM (SELECT 1 FROM ${raw(quote(table.name))} n WHERE ${visible} LIMIT ${WIDE_FROM})`;
  const run = { binds: [], now: store.now, zone: 'UTC', userId, parents: '[]' };
  const count = Number(store.db.get(counted.text, bindParams(counted.params, run))?.[0] ?? 0);
  return count >= WIDE_FROM || (count >= DENSE_FROM && count * DENSE >= total) ? 'wide' : 'narrow';
}
