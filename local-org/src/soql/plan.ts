import { Diagnostics, raise } from '../diagnostics/index.ts';
import { apexException } from '../apex/values/exception.ts';
import type { FieldInfo } from '../schema/contract.ts';
import { reachableTo } from '../sharing/reachable.ts';
import { pageShape } from '../sharing/shape.ts';
import { hasOrderIndex, wishOrderIndex } from '../storage/order-indexes.ts';
import type { OrderIndex } from '../storage/order-indexes.ts';
import type { Fragment, Param } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { isCatalogue } from './catalogue.ts';
import { conditionSql } from './conditions-sql.ts';
import { FromClause } from './fields-sql.ts';
import type { PlanAccess } from './fields-sql.ts';
import type {
  FieldRef,
  ResolvedCount,
  ResolvedExpr,
  ResolvedItem,
  ResolvedQuery,
} from './resolved.ts';
import { baseField } from './resolved.ts';
import { rollupSql } from './rollup-sql.ts';
import { ColumnList, RecordReader } from './row-reader.ts';

/** A query ready to run: SQL with parameters, and how its rows are read. */
export type Plan = RowsPlan | AggregatePlan | CountPlan;

export interface RowsPlan {
  readonly kind: 'rows';
  readonly sql: Fragment;
  readonly reader: RecordReader;
  readonly children: readonly ChildPlan[];
}

export interface ChildPlan {
  readonly relationship: string;
  readonly object: string;
  /** Column that holds the parent's Id. */
  readonly parentIndex: number;
  readonly plan: RowsPlan;
}

export interface AggregatePlan {
  readonly kind: 'aggregate';
  readonly sql: Fragment;
  readonly items: readonly { readonly key: string; readonly expr: ResolvedExpr }[];
  /** Column with the number of records behind each row, when they count against the row limit. */
  readonly rowCountIndex: number | null;
}

export interface CountPlan {
  readonly kind: 'count';
  readonly sql: Fragment;
}

/** Translates a resolved query into SQL for one way of access. */
export function planQuery(query: ResolvedQuery, store: OrgStore, access: PlanAccess): Plan {
  if (query.shape === 'rows') return planRows(query, store, access, 'a', null).plan;
  const from = new FromClause(store, access, query.object, 'a');
  const where = whereSql(query, from, null);
  if (query.shape === 'count') {
    // LIMIT applies to the records that are counted.
    if (query.limit === null && query.offset === null)
      return { kind: 'count', sql: sql`SELECT COUNT(*) FROM ${from.toSql()}${where}` };
    return {
      kind: 'count',
      sql: sql`SELECT COUNT(*) FROM (SELECT 1 FROM ${from.toSql()}${where}${limitSql(query)})`,
    };
  }
  return planAggregate(query, from, where);
}

interface ChildLink {
  readonly foreignKey: string;
}

function planRows(
  query: ResolvedQuery,
  store: OrgStore,
  access: PlanAccess,
  prefix: string,
  link: ChildLink | null,
): { plan: RowsPlan; parentIndex: number } {
  const from = new FromClause(store, access, query.object, prefix);
  const columns = new ColumnList();
  const reader = new RecordReader(store.schema, from, columns);
  const children: ChildPlan[] = [];
  for (const item of query.items) {
    if (item.kind === 'children') children.push(planChildren(item, store, access, prefix));
    else addItem(item, reader);
  }
  const parentIndex =
    link === null
      ? -1
      : columns.add('#parent', () => raw(`${from.alias}.${quote(link.foreignKey)}`));
  const where = whereSql(query, from, link);
  const order = orderSql(query, from);
  const perParent = link !== null && (query.limit !== null || query.offset !== null);
  if (!perParent) {
    const list = join(columns.fragments, ', ');
    const body = sql`SELECT ${list} FROM ${from.toSql()}${where} ORDER BY ${order}${limitSql(query)}`;
    return { plan: { kind: 'rows', sql: body, reader, children }, parentIndex };
  }
  // LIMIT and OFFSET of a subquery count for each parent.
  const column = raw(`${from.alias}.${quote(link.foreignKey)}`);
  const list = join(
    [
      ...columns.fragments,
      sql`ROW_NUMBER() OVER (PARTITION BY ${column} ORDER BY ${order}) AS row_in_parent`,
    ],
    ', ',
  );
  const offset = query.offset === null ? raw('0') : sql`${countParam(query.offset)}`;
  const limit =
    query.limit === null
      ? raw('')
      : sql` AND row_in_parent <= ${offset} + ${countParam(query.limit)}`;
  const body = sql`SELECT * FROM (SELECT ${list} FROM ${from.toSql()}${where}) WHERE row_in_parent > ${offset}${limit} ORDER BY row_in_parent`;
  return { plan: { kind: 'rows', sql: body, reader, children }, parentIndex };
}

function planChildren(
  item: Extract<ResolvedItem, { kind: 'children' }>,
  store: OrgStore,
  access: PlanAccess,
  prefix: string,
): ChildPlan {
  const { relationship, query } = item;
  if (relationship.field === '')
    throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [
      `on the child relationship ${relationship.name}`,
    ]);
  const next = String.fromCharCode(prefix.charCodeAt(0) + 1);
  const { plan, parentIndex } = planRows(query, store, access, next, {
    foreignKey: relationship.field,
  });
  return { relationship: relationship.name, object: query.object.name, parentIndex, plan };
}

function addItem(item: Exclude<ResolvedItem, { kind: 'children' }>, reader: RecordReader): void {
  if (item.kind === 'typeof') {
    const named = item.whens.map((when) => when.object.name);
    for (const when of item.whens)
      for (const field of when.fields) reader.addField(field, when.object.name);
    for (const field of item.otherwise) reader.addField(field, undefined, named);
    return;
  }
  const { expr, key } = item;
  if (expr.kind === 'field') {
    reader.addField(expr);
    return;
  }
  const base = baseField(expr);
  if (base === null) throw raise(Diagnostics.INTERNAL, ['an aggregate in a query for records']);
  const field: FieldInfo =
    expr.kind === 'convertCurrency'
      ? base.field
      : { ...base.field, apexType: 'String', displayType: 'string' };
  reader.addExpr(expr, key ?? base.field.name, field, base.steps);
}

function planAggregate(query: ResolvedQuery, from: FromClause, where: Fragment): AggregatePlan {
  const { groupBy } = query;
  const items = query.items.map((item, index) => {
    if (item.kind !== 'expr')
      throw raise(Diagnostics.INTERNAL, ['a subquery in an aggregate query']);
    return { key: item.key ?? `expr${index}`, expr: item.expr };
  });
  const fragments = items.map(({ expr }) => from.expr(expr));
  // COUNT() and COUNT(field) use one row of the limit for each row they return; other aggregates every record behind them (documented).
  const counting = items.every(
    ({ expr }) => expr.kind !== 'aggregate' || expr.fn === 'COUNT' || expr.fn === 'COUNT_DISTINCT',
  );
  const rowCountIndex = counting ? null : fragments.push(raw('COUNT(*)')) - 1;
  const groups = groupBy === null ? [] : groupBy.exprs.map((expr) => from.expr(expr));
  const group = groups.length === 0 ? raw('') : sql` GROUP BY ${join(groups, ', ')}`;
  const having =
    query.having === null
      ? raw('')
      : sql` HAVING ${conditionSql(query.having, from, semijoin(from))}`;
  if (groupBy !== null && groupBy.kind !== 'plain') {
    const parts = {
      kind: groupBy.kind,
      groups: groupBy.exprs,
      items: items.map(({ expr }) => expr),
      countsRows: rowCountIndex !== null,
    };
    const body = rollupSql(
      { ...parts, orderBy: query.orderBy, where, having, limit: limitSql(query) },
      from,
    );
    return { kind: 'aggregate', sql: body, items, rowCountIndex };
  }
  const explicit = query.orderBy.flatMap((order) => orderTerms(order, from));
  const order = [...explicit, ...groups];
  const ordered = order.length === 0 ? raw('') : sql` ORDER BY ${join(order, ', ')}`;
  const list = join(fragments, ', ');
  const body = sql`SELECT ${list} FROM ${from.toSql()}${where}${group}${having}${ordered}${limitSql(query)}`;
  return { kind: 'aggregate', sql: body, items, rowCountIndex };
}

function whereSql(query: ResolvedQuery, from: FromClause, link: ChildLink | null): Fragment {
  const terms: Fragment[] = [];
  if (link !== null) {
    terms.push(
      sql`${raw(`${from.alias}.${quote(link.foreignKey)}`)} IN (SELECT value FROM json_each(${(run) => run.parents}))`,
    );
  }
  const softDelete = !isCatalogue(query.object) && from.store.tables.table(query.object).softDelete;
  if (softDelete && !query.allRows) terms.push(raw(`${from.alias}."IsDeleted" = 0`));
  if (query.scope !== null) terms.push(scopeSql(query, from));
  if (query.where !== null) terms.push(conditionSql(query.where, from, semijoin(from)));
  const { store, access, alias } = from;
  const isPage =
    access.sharing && query.shape === 'rows' && query.limit !== null && query.scope === null;
  const isWhole = isPage && link === null && query.where === null;
  const counted = isWhole ? pageShape(store, query.object, access.userId) : 'narrow';
  const shape = counted === 'wide' && ordersByIndex(query, from) ? 'wide' : 'narrow';
  const visible = reachableTo(store, query.object, alias, access, 'read', shape);
  // Whoever sees much waits for all of it to be sorted, unless there is an index in the order of the page.
  if (isWhole && (counted === 'wide' || visible === null)) wishForOrder(query, from);
  if (visible !== null) terms.push(visible);
  return terms.length === 0 ? raw('') : sql` WHERE ${join(terms, ' AND ')}`;
}

/** Whether the order is that of an index (or of the table): else a page needs every visible record before it can be sorted. */
function ordersByIndex({ orderBy }: ResolvedQuery, from: FromClause): boolean {
  const [first] = orderBy;
  if (first === undefined) return true;
  if (orderBy.length > 1) return false;
  if (ordersByName(first)) return true;
  const index = orderIndexOf(first, from);
  return index !== null && hasOrderIndex(from.store, index);
}

function ordersByName({ expr, nullsFirst, descending }: ResolvedQuery['orderBy'][number]): boolean {
  const isName = expr.kind === 'field' && expr.steps.length === 0 && expr.field.nameField;
  return isName && nullsFirst !== descending;
}

function wishForOrder({ orderBy }: ResolvedQuery, from: FromClause): void {
  const [first] = orderBy;
  if (first === undefined || orderBy.length > 1 || ordersByName(first)) return;
  const index = orderIndexOf(first, from);
  if (index !== null) wishOrderIndex(from.store, index);
}

/** The index that an order of the queried object's own column could use; null where none could. */
function orderIndexOf(
  { expr, descending, nullsFirst }: ResolvedQuery['orderBy'][number],
  from: FromClause,
): OrderIndex | null {
  if (expr.kind !== 'field' || expr.steps.length > 0 || isCatalogue(from.object)) return null;
  const table = from.store.tables.existing(from.object);
  const column = table?.byName.get(expr.field.name);
  const [value, more] = from.sortable(expr);
  if (table === undefined || column === undefined || value === undefined) return null;
  const plain = `${from.alias}.${quote(column.name)}`;
  const stored = column.type === 'TEXT' ? `fold(${plain})` : plain;
  if (more !== undefined || value.text !== stored) return null;
  return { table, column, nullsApart: nullsFirst === descending };
}

function scopeSql(query: ResolvedQuery, from: FromClause): Fragment {
  const scope = query.scope?.toLowerCase();
  if (scope === 'everything') return raw('1');
  if (scope === 'mine' && query.object.fields.has('ownerid'))
    return sql`${raw(`${from.alias}."OwnerId"`)} = ${(run) => run.userId}`;
  throw raise(Diagnostics.SOQL_NOT_IMPLEMENTED, [`USING SCOPE ${query.scope ?? ''}`]);
}

let semijoins = 0;

function semijoin(outer: FromClause): (query: ResolvedQuery) => Fragment {
  return (query) => {
    semijoins = (semijoins + 1) % 1000;
    const from = new FromClause(outer.store, outer.access, query.object, `s${semijoins}x`);
    const [item] = query.items;
    if (item?.kind !== 'expr') throw raise(Diagnostics.INTERNAL, ['a semi-join without a field']);
    const column = from.expr(item.expr);
    const where = whereSql(query, from, null);
    const needsOrder = query.limit !== null;
    const order = needsOrder ? sql` ORDER BY ${orderSql(query, from)}` : raw('');
    return sql`SELECT ${column} FROM ${from.toSql()}${where}${order}${limitSql(query)}`;
  };
}

function orderSql(query: ResolvedQuery, from: FromClause): Fragment {
  // Rows that compare equal stay in the order in which they were made.
  return join(
    [...query.orderBy.flatMap((order) => orderTerms(order, from)), raw(`${from.alias}.rowid`)],
    ', ',
  );
}

function orderTerms(order: ResolvedQuery['orderBy'][number], from: FromClause): Fragment[] {
  const way = order.descending ? 'DESC' : 'ASC';
  const index = orderIndexOf(order, from);
  // Said in the words of the index, which SQLite does not read out of NULLS FIRST.
  if (index?.nullsApart === true && hasOrderIndex(from.store, index)) {
    const column = `${from.alias}.${quote(index.column.name)}`;
    return [
      raw(`${column} IS NULL ${way}`),
      ...from.sortable(order.expr).map((value) => sql`${value} ${raw(way)}`),
    ];
  }
  const direction = raw(` ${way} NULLS ${order.nullsFirst ? 'FIRST' : 'LAST'}`);
  return from.sortable(order.expr).map((fragment) => sql`${fragment}${direction}`);
}

function limitSql(query: ResolvedQuery): Fragment {
  if (query.limit === null && query.offset === null) return raw('');
  const limit = query.limit === null ? raw('-1') : sql`${countParam(query.limit)}`;
  return query.offset === null
    ? sql` LIMIT ${limit}`
    : sql` LIMIT ${limit} OFFSET ${countParam(query.offset)}`;
}

function countParam(count: ResolvedCount): Param {
  if (count.kind === 'number') return count.value;
  return (run) => {
    const value = run.binds[count.slot];
    if (typeof value === 'number' && value >= 0) return value;
    if (typeof value === 'bigint' && value >= 0n) return Number(value);
    throw apexException(
      'System.QueryException',
      'LIMIT and OFFSET take a number that is not negative',
    );
  };
}

/**
 * Every field and object a query touches, for the checks of user mode.
 * @param selectedOnly leaves out what is filtered, grouped and sorted by: documented for WITH SECURITY_ENFORCED, which checks SELECT and FROM
 */
export function touched(
  query: ResolvedQuery,
  selectedOnly = false,
): { fields: FieldRef[]; queries: ResolvedQuery[] } {
  const fields: FieldRef[] = [];
  const queries: ResolvedQuery[] = [query];
  const visit = (expr: ResolvedExpr): void => {
    const base = baseField(expr);
    if (base !== null) fields.push(base);
  };
  const include = (inner: ResolvedQuery): void => {
    const below = touched(inner, selectedOnly);
    fields.push(...below.fields);
    queries.push(...below.queries);
  };
  for (const item of query.items) {
    if (item.kind === 'expr') visit(item.expr);
    else if (item.kind === 'children') include(item.query);
    else fields.push(...item.whens.flatMap((when) => when.fields), ...item.otherwise);
  }
  if (selectedOnly) return { fields, queries };
  const condition = (node: ResolvedQuery['where']): void => {
    if (node === null) return;
    switch (node.kind) {
      case 'and':
      case 'or':
        node.terms.forEach(condition);
        return;
      case 'not':
        condition(node.term);
        return;
      case 'semijoin':
        visit(node.expr);
        include(node.query);
        return;
      case 'compare':
      case 'in':
      case 'includes':
        visit(node.expr);
        return;
      default:
        throw node satisfies never;
    }
  };
  condition(query.where);
  condition(query.having);
  for (const order of query.orderBy) visit(order.expr);
  for (const expr of query.groupBy?.exprs ?? []) visit(expr);
  return { fields, queries };
}
