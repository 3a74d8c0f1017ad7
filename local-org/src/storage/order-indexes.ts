import type { OrgStore } from './store.ts';
import type { Column, Table } from './tables.ts';
import { quote } from './tables.ts';

/** From so many rows on, an order of its own is worth an index. */
export const LARGE_FROM = 20_000;
/** Each index costs every write of its column; lists have few columns by which a large table is worth ordering. */
export const MOST_PER_TABLE = 4;

/**
 * An index made because pages of a large table were asked for in the order of a column. `nullsApart`: for orders that put empty values at the other end than
 * the index of the column alone would.
 */
export interface OrderIndex {
  readonly table: Table;
  readonly column: Column;
  readonly nullsApart: boolean;
}

const wishes = new WeakMap<OrgStore, Map<string, OrderIndex>>();

/** Whether the index is there. */
export function hasOrderIndex(store: OrgStore, index: OrderIndex): boolean {
  return namesOf(store, index.table).includes(nameOf(index));
}

/**
 * Wishes for an index that is not there, where the table is large and has not too many: whoever runs the org makes it when nobody waits
 * ({@link makeWishedIndex}). It is kept with the data and goes with its column.
 */
export function wishOrderIndex(store: OrgStore, index: OrderIndex): void {
  const { table } = index;
  const names = namesOf(store, table);
  if (names.includes(nameOf(index))) return;
  const rows = Number(store.db.get(`SELECT MAX(rowid) FROM ${quote(table.name)}`)?.[0] ?? 0);
  if (rows < LARGE_FROM) return;
  const wished = wishes.get(store) ?? new Map<string, OrderIndex>();
  const coming = [...wished.values()].filter((wish) => wish.table.name === table.name);
  if (names.length + coming.length >= MOST_PER_TABLE) return;
  wished.set(nameOf(index), index);
  wishes.set(store, wished);
}

function namesOf(store: OrgStore, table: Table): string[] {
  return store.db
    .all(
      `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name LIKE '%~%'`,
      [table.name],
    )
    .map(([name]) => String(name));
}

/** Whether an index is wished for. */
export function wishesIndex(store: OrgStore): boolean {
  return (wishes.get(store)?.size ?? 0) > 0;
}

/** Makes one of the indexes that are wished for. Outside of transactions: plans made before it are stale. */
export function makeWishedIndex(store: OrgStore): void {
  const wished = wishes.get(store);
  const [name, index] = wished?.entries().next().value ?? [];
  if (wished === undefined || name === undefined || index === undefined) return;
  if (store.db.inTransaction) return;
  wished.delete(name);
  const object = store.schema.object(index.table.name);
  const table = object === undefined ? undefined : store.tables.existing(object);
  // A deployment may have come in between.
  if (table?.byName.get(index.column.name)?.type !== index.column.type) return;
  store.db.exec(
    `CREATE INDEX IF NOT EXISTS ${quote(name)} ON ${quote(table.name)}(${keysOf(index)})`,
  );
  store.tables.version++;
}

function nameOf({ table, column, nullsApart }: OrderIndex): string {
  return `${table.name}.${column.name}~${nullsApart ? 'nulls' : 'order'}`;
}

function keysOf({ column, nullsApart }: OrderIndex): string {
  const value = column.type === 'TEXT' ? `fold(${quote(column.name)})` : quote(column.name);
  return nullsApart ? `${quote(column.name)} IS NULL, ${value}` : value;
}
