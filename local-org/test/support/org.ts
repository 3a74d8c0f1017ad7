import assert from 'node:assert/strict';
import type { SObjectValue } from '../../src/apex/values/sobject.ts';
import { Decimal } from '../../src/apex/values/decimal.ts';
import { ApexDate } from '../../src/apex/values/date.ts';
import { ApexDatetime } from '../../src/apex/values/datetime.ts';
import type { AccessContext, QueryResult } from '../../src/execution/contract.ts';
import type { Schema } from '../../src/schema/contract.ts';
import { checkSoql } from '../../src/soql/index.ts';
import type { ResolvedQuery } from '../../src/soql/resolved.ts';
import { cachedPlan, runQuery } from '../../src/soql/run.ts';
import { bindParams } from '../../src/storage/sql.ts';
import { OrgStore } from '../../src/storage/store.ts';
import { smallSchema } from './small-schema.ts';

/** 2026-11-21T12:00:00Z */
export const NOW = Date.UTC(2026, 10, 21, 12);

/** An org in memory for tests of the data rooms. */
export function memoryOrg(schema: Schema = smallSchema()): OrgStore {
  const store = OrgStore.open(':memory:', schema);
  store.clock = { now: NOW, userId: null };
  return store;
}

export const SYSTEM: AccessContext = {
  userId: '005000000000000AAA',
  access: 'system',
  sharing: false,
};

/** Runs dynamic SOQL; `binds` in the order of the slots. */
export function query(
  store: OrgStore,
  text: string,
  binds: readonly unknown[] = [],
  context: AccessContext = SYSTEM,
  zone = 'UTC',
): QueryResult {
  const checked = checkSoql(text, store.schema, null);
  if (!checked.ok) assert.fail(`${text}: ${checked.problems[0]?.message ?? ''}`);
  return runQuery(checked.query, { context, binds }, { store, limits: null, now: NOW, zone });
}

/** How SQLite runs a query: its steps in its own words. */
export function queryPlan(
  store: OrgStore,
  text: string,
  binds: readonly unknown[] = [],
  context: AccessContext = SYSTEM,
): string[] {
  const checked = checkSoql(text, store.schema, null);
  if (!checked.ok) assert.fail(`${text}: ${checked.problems[0]?.message ?? ''}`);
  const { userId, sharing, access } = context;
  const plan = cachedPlan(checked.query.node as ResolvedQuery, store, userId, sharing, access);
  const run = { binds, now: NOW, zone: 'UTC', userId, parents: '[]' };
  return store.db
    .all(`EXPLAIN QUERY PLAN ${plan.sql.text}`, bindParams(plan.sql.params, run))
    .map((row) => String(row[3]));
}

/** Rows as plain data: decimals as text, dates as ISO text, parents and children nested. */
export function plain(rows: readonly SObjectValue[]): Record<string, unknown>[] {
  return rows.map((row) => {
    const out: Record<string, unknown> = {};
    for (const [name, value] of row.values) out[name] = plainValue(value);
    for (const [name, parent] of row.parents ?? [])
      out[name] = parent === null ? null : plain([parent])[0];
    for (const [name, children] of row.children ?? []) out[name] = plain(children.items);
    return out;
  });
}

function plainValue(value: unknown): unknown {
  if (value instanceof Decimal) return value.toString();
  if (value instanceof ApexDate || value instanceof ApexDatetime) return value.toIso();
  if (typeof value === 'object' && value !== null && 'value' in value) return value.value;
  return value;
}

/** One value per row. */
export function column(rows: readonly SObjectValue[], name: string): unknown[] {
  return rows.map((row) => plainValue(row.values.get(name) ?? null));
}
