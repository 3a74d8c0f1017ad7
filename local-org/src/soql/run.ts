import { ApexList } from '../apex/values/list.ts';
import { Types } from '../apex/values/runtime-type.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import { apexException } from '../apex/values/exception.ts';
import { checkQueryAccess } from '../access/query-checks.ts';
import type { LimitCounter, QueryOptions, QueryResult } from '../execution/contract.ts';
import { formulaEnv } from '../formula/env.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import { settleSharing } from '../sharing/settle.ts';
import { virtualObject } from '../schema/virtual-object.ts';
import { bindParams } from '../storage/sql.ts';
import type { RunValues } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { withCollectionBinds } from './collection-binds.ts';
import type { CheckedQuery } from './contract.ts';
import type { AggregatePlan, ChildPlan, Plan, RowsPlan } from './plan.ts';
import { planQuery, touched } from './plan.ts';
import type { ResolvedQuery } from './resolved.ts';
import { aggregateValue } from './row-reader.ts';
import { setFormulaEnv } from './sql-functions.ts';
import { queryUserRecordAccess } from './user-record-access.ts';

/** What surrounds a query. */
export interface QueryEnv {
  readonly store: OrgStore;
  /** Null for queries of the platform itself: they count against no limit. */
  readonly limits: LimitCounter | null;
  readonly now: number;
  /** IANA name of the running user's time zone. */
  readonly zone: string;
  /** The fields of the query have been checked already; what it goes by besides need not be readable. */
  readonly accessChecked?: boolean;
}

interface CachedPlan {
  readonly plan: Plan;
  readonly tablesVersion: number;
  readonly setupEpoch: number;
}

const plans = new WeakMap<OrgStore, WeakMap<ResolvedQuery, Map<string, CachedPlan>>>();

/** Runs a checked query for the access that `options` carries. */
export function runQuery(query: CheckedQuery, options: QueryOptions, env: QueryEnv): QueryResult {
  const node = withCollectionBinds(query.node as ResolvedQuery, options.binds);
  const { context } = options;
  settleSharing(env.store);
  const mode = query.access ?? context.access;
  env.limits?.add('Queries', 1);
  // User mode always enforces sharing (documented), system mode asked for in the query keeps the class's sharing.
  const sharing = mode === 'user' || context.sharing;
  if (node.object.name === 'UserRecordAccess') {
    const values: RunValues = {
      binds: options.binds,
      now: env.now,
      zone: env.zone,
      userId: context.userId,
      parents: '[]',
    };
    const rows = queryUserRecordAccess(node, env.store, values);
    env.limits?.add('QueryRows', rows.length);
    return { rows, count: rows.length };
  }
  useFormulaEnv(env, context.userId);
  const plan = cachedPlan(node, env.store, context.userId, sharing, mode, env.accessChecked);
  const run: RunValues = {
    binds: options.binds,
    now: env.now,
    zone: env.zone,
    userId: context.userId,
    parents: '[]',
  };
  if (plan.kind === 'count') {
    const count = Number(
      env.store.db.get(plan.sql.text, bindParams(plan.sql.params, run))?.[0] ?? 0,
    );
    env.limits?.add('QueryRows', 1);
    return { rows: [], count };
  }
  const rows = plan.kind === 'rows' ? runRows(plan, env, run) : runAggregate(plan, env, run);
  return { rows, count: rows.length };
}

/** Formulas see the user of the query. Built once for each user and moment, because most queries have none. */
function useFormulaEnv(env: QueryEnv, userId: string): void {
  const known = lastEnv.get(env.store);
  if (
    known !== undefined &&
    known.userId === userId &&
    known.now === env.now &&
    known.zone === env.zone
  )
    return;
  lastEnv.set(env.store, { userId, now: env.now, zone: env.zone });
  setFormulaEnv(env.store, formulaEnv(env.store, userId, env.now, env.zone));
}
const lastEnv = new WeakMap<
  OrgStore,
  { readonly userId: string; readonly now: number; readonly zone: string }
>();

/** The plan of a query for a user; exported so that tests can hold its SQL to the indexes. */
export function cachedPlan(
  node: ResolvedQuery,
  store: OrgStore,
  userId: string,
  sharing: boolean,
  mode: 'user' | 'system' | 'securityEnforced',
  accessChecked = false,
): Plan {
  let byNode = plans.get(store);
  if (byNode === undefined) {
    byNode = new WeakMap();
    plans.set(store, byNode);
  }
  let byAccess = byNode.get(node);
  if (byAccess === undefined) {
    byAccess = new Map();
    byNode.set(node, byAccess);
  }
  const key = sharing || mode !== 'system' ? `${mode} ${userId}` : 'system';
  const known = byAccess.get(key);
  const personal = key !== 'system';
  if (
    known !== undefined &&
    known.tablesVersion === store.tables.version &&
    (!personal || known.setupEpoch === store.setupEpoch)
  ) {
    return known.plan;
  }
  if (mode !== 'system' && !accessChecked) {
    checkQueryAccess(store, userId, touched(node, mode === 'securityEnforced'), mode);
  }
  const plan = planQuery(node, store, {
    userId,
    sharing,
    access: mode === 'user' ? 'user' : 'system',
  });
  // After planning: it may have made tables.
  byAccess.set(key, { plan, tablesVersion: store.tables.version, setupEpoch: store.setupEpoch });
  return plan;
}

function runRows(plan: RowsPlan, env: QueryEnv, run: RunValues): SObjectValue[] {
  const found = env.store.db.all(plan.sql.text, bindParams(plan.sql.params, run));
  env.limits?.add('QueryRows', found.length);
  const records = found.map((row) => plan.reader.read(row));
  for (const child of plan.children) attachChildren(child, records, env, run);
  return records;
}

function attachChildren(
  child: ChildPlan,
  parents: readonly SObjectValue[],
  env: QueryEnv,
  run: RunValues,
): void {
  // Documented: each subquery counts as an aggregate query, limited to three times the number of queries.
  env.limits?.add('AggregateQueries', 1);
  if (parents.length === 0) return;
  const type = Types.sobject(child.object);
  const lists = new Map<string, ApexList<SObjectValue>>();
  for (const parent of parents) {
    const list = new ApexList<SObjectValue>(type);
    parent.setChildren(child.relationship, list);
    if (parent.id !== null) lists.set(parent.id, list);
  }
  const { plan } = child;
  const below: RunValues = { ...run, parents: JSON.stringify([...lists.keys()]) };
  const found = env.store.db.all(plan.sql.text, bindParams(plan.sql.params, below));
  env.limits?.add('QueryRows', found.length);
  const records = found.map((row) => {
    const record = plan.reader.read(row);
    lists.get(String(row[child.parentIndex]))?.items.push(record);
    return record;
  });
  for (const inner of plan.children) attachChildren(inner, records, env, run);
}

function runAggregate(plan: AggregatePlan, env: QueryEnv, run: RunValues): SObjectValue[] {
  const found = env.store.db.all(plan.sql.text, bindParams(plan.sql.params, run));
  const behind =
    plan.rowCountIndex === null
      ? found.length
      : found.reduce((sum, row) => sum + Number(row[plan.rowCountIndex ?? 0] ?? 0), 0);
  env.limits?.add('QueryRows', behind);
  const object = aggregateResult(env.store.schema);
  return found.map((row) => {
    const record = new SObjectValue(object);
    plan.items.forEach((item, index) =>
      record.load(item.key, aggregateValue(row[index], item.expr)),
    );
    return record;
  });
}

const AGGREGATE_RESULT = virtualObject({
  name: 'AggregateResult',
  label: 'Aggregate Result',
  pluralLabel: 'Aggregate Results',
  factsKnown: true,
});

function aggregateResult(schema: Schema): ObjectInfo {
  return schema.object('AggregateResult') ?? AGGREGATE_RESULT;
}

/** `System.QueryException` for a dynamic query that does not check. */
export function queryException(message: string): Error {
  return apexException('System.QueryException', message);
}
