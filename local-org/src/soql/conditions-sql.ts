import { ApexDate } from '../apex/values/date.ts';
import { ApexDatetime, wallToInstant, zoneOffset } from '../apex/values/datetime.ts';
import { apexException } from '../apex/values/exception.ts';
import { toId18 } from '../apex/values/id.ts';
import { ApexList } from '../apex/values/list.ts';
import { ApexSet } from '../apex/values/set.ts';
import { SObjectValue } from '../apex/values/sobject.ts';
import type { DisplayType } from '../schema/contract.ts';
import { encodeAny } from '../storage/columns.ts';
import type { SqlValue } from '../storage/database.ts';
import { fold } from '../storage/fold.ts';
import type { Fragment, Param, RunValues } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import { dateLiteralRange } from './date-literals.ts';
import type { FromClause } from './fields-sql.ts';
import { isText, valueKind } from './resolve-conditions.ts';
import type { ResolvedCondition, ResolvedQuery, ResolvedValue } from './resolved.ts';

const DAY = 86_400_000;

/** Plans an inner query of a semi-join: one column. */
export type SemijoinPlanner = (query: ResolvedQuery) => Fragment;

/** SQLite parses a chain of n terms as a tree n deep, and allows 1000: long chains are bracketed into halves. */
function balanced(terms: readonly Fragment[], operator: string): Fragment {
  if (terms.length <= 100) return sql`(${join(terms, operator)})`;
  const middle = terms.length >> 1;
  const halves = [terms.slice(0, middle), terms.slice(middle)];
  return sql`(${join(
    halves.map((half) => balanced(half, operator)),
    operator,
  )})`;
}

/**
 * A condition as SQL. SOQL has two truth values: what SQL calls unknown is false, and its negation true. Only negations need care,
 * because at the top unknown and false select the same rows.
 */
export function conditionSql(
  condition: ResolvedCondition,
  from: FromClause,
  semijoin: SemijoinPlanner,
): Fragment {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const terms = condition.terms.map((term) => conditionSql(term, from, semijoin));
      return balanced(terms, condition.kind === 'and' ? ' AND ' : ' OR ');
    }
    case 'not':
      return sql`((${conditionSql(condition.term, from, semijoin)}) IS NOT TRUE)`;
    case 'compare':
      return compareSql(condition, from);
    case 'in':
      return inSql(condition, from);
    case 'includes': {
      const values = listParam(condition.values, valueKind(condition.expr));
      const test = sql`includes(${from.expr(condition.expr)}, ${values})`;
      return condition.negated ? sql`(${test} = 0)` : sql`(${test} = 1)`;
    }
    case 'semijoin': {
      const test = sql`${from.field(condition.expr)} IN (${semijoin(condition.query)})`;
      return condition.negated ? sql`((${test}) IS NOT TRUE)` : test;
    }
    default:
      throw condition satisfies never;
  }
}

function compareSql(
  condition: Extract<ResolvedCondition, { kind: 'compare' }>,
  from: FromClause,
): Fragment {
  const { operator, value } = condition;
  const kind = valueKind(condition.expr);
  if (value.kind === 'dateLiteral')
    return dateLiteralSql(operator, value, kind, from.expr(condition.expr));
  const left = from.comparable(condition.expr);
  if (operator === 'LIKE') {
    const patterns: Param = (run) =>
      JSON.stringify(
        flatten([value], run).map((item) => (item === null ? null : fold(textOf(item)))),
      );
    if (value.kind === 'string') return sql`(${left} LIKE ${fold(value.pattern)} ESCAPE '\\')`;
    return sql`EXISTS (SELECT 1 FROM json_each(${patterns}) WHERE ${left} LIKE value ESCAPE '\\')`;
  }
  const right = valueParam(value, kind);
  if (operator === '=') {
    if (right === null) return sql`(${from.expr(condition.expr)} IS NULL)`;
    return value.kind === 'bind' ? sql`(${left} IS ${right})` : sql`(${left} = ${right})`;
  }
  if (operator === '!=')
    return right === null
      ? sql`(${from.expr(condition.expr)} IS NOT NULL)`
      : sql`(${left} IS NOT ${right})`;
  return sql`(${left} ${raw(operator)} ${right})`;
}

function dateLiteralSql(
  operator: Extract<ResolvedCondition, { kind: 'compare' }>['operator'],
  value: Extract<ResolvedValue, { kind: 'dateLiteral' }>,
  kind: DisplayType,
  left: Fragment,
): Fragment {
  const edge =
    (which: 'start' | 'end'): Param =>
    (run) => {
      const day = dateLiteralRange(value.name, value.n, todayOf(run))[which];
      return kind === 'datetime' ? wallToInstant(day * DAY, run.zone) : day;
    };
  switch (operator) {
    case '=':
      return sql`(${left} >= ${edge('start')} AND ${left} < ${edge('end')})`;
    case '!=':
      return sql`((${left} >= ${edge('start')} AND ${left} < ${edge('end')}) IS NOT TRUE)`;
    case '<':
      return sql`(${left} < ${edge('start')})`;
    case '<=':
      return sql`(${left} < ${edge('end')})`;
    case '>':
      return sql`(${left} >= ${edge('end')})`;
    case '>=':
      return sql`(${left} >= ${edge('start')})`;
    case 'LIKE':
      return raw('0');
    default:
      throw operator satisfies never;
  }
}

/** Day number of today in the user's time zone. */
export function todayOf(run: RunValues): number {
  return Math.floor((run.now + zoneOffset(run.now, run.zone)) / DAY);
}

function inSql(condition: Extract<ResolvedCondition, { kind: 'in' }>, from: FromClause): Fragment {
  const kind = valueKind(condition.expr);
  const left = from.comparable(condition.expr);
  const list = listParam(condition.values, kind);
  let test = sql`${left} IN (SELECT value FROM json_each(${list}))`;
  // A null among the values finds records without a value; an Id is never null.
  if (
    kind !== 'id' &&
    condition.values.some((value) => value.kind === 'null' || value.kind === 'bind')
  ) {
    const hasNull: Param = (run) =>
      flatten(condition.values, run).some((value) => value === null || value === '') ? 1 : 0;
    test = sql`(${test} OR (${hasNull} AND ${left} IS NULL))`;
  }
  return condition.negated ? sql`((${test}) IS NOT TRUE)` : test;
}

function listParam(values: readonly ResolvedValue[], kind: DisplayType): Param {
  const encode = (run: RunValues): string => {
    const encoded: SqlValue[] = [];
    for (const value of flatten(values, run)) {
      const item = comparableValue(value, kind);
      if (item !== null) encoded.push(typeof item === 'bigint' ? Number(item) : item);
    }
    return JSON.stringify(encoded);
  };
  if (values.some((value) => value.kind === 'bind' || value.kind === 'dateLiteral')) return encode;
  return encode({ binds: [], now: 0, zone: 'UTC', userId: '', parents: '' });
}

/** Constants and bound values as one list in run-time form; dates of literals as numbers. */
export function flatten(values: readonly ResolvedValue[], run: RunValues): unknown[] {
  return values.flatMap((value): unknown[] => {
    if (value.kind === 'bind') return asArray(run.binds[value.slot]);
    if (value.kind === 'dateLiteral') {
      const range = dateLiteralRange(value.name, value.n, todayOf(run));
      return Array.from(
        { length: range.end - range.start },
        (_, index) => new ApexDate(range.start + index),
      );
    }
    return [constant(value)];
  });
}

function asArray(value: unknown): unknown[] {
  if (value instanceof ApexList) return value.items;
  if (value instanceof ApexSet) return value.toArray();
  return Array.isArray(value) ? (value as unknown[]) : [value ?? null];
}

function constant(value: Exclude<ResolvedValue, { kind: 'bind' | 'dateLiteral' }>): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'date':
      return new ApexDate(value.day);
    case 'datetime':
      return new ApexDatetime(value.ms);
    case 'string':
    case 'number':
    case 'boolean':
      return value.value;
    default:
      throw value satisfies never;
  }
}

/** Bound text; other values as they are stored. */
function textOf(value: unknown): string {
  const stored = encodeAny(value);
  return typeof stored === 'object' ? '' : String(stored);
}

/** The right side of a comparison; null for the constant null. */
function valueParam(
  value: Exclude<ResolvedValue, { kind: 'dateLiteral' }>,
  kind: DisplayType,
): Param | null {
  if (value.kind === 'bind') return (run) => comparableValue(run.binds[value.slot] ?? null, kind);
  const literal = constant(value);
  if (literal === null || literal === '') return null;
  return comparableValue(literal, kind);
}

/** A value in the form in which the column compares. */
function comparableValue(value: unknown, kind: DisplayType): SqlValue {
  if (value === null || value === undefined || value === '') return kind === 'boolean' ? 0 : null;
  if (kind === 'id' || kind === 'reference') {
    const id = value instanceof SObjectValue ? value.id : encodeAny(value);
    if (id === null) return null;
    const canonical = toId18(textOf(id));
    if (canonical === null)
      throw apexException('System.QueryException', `invalid ID field: ${textOf(id)}`);
    return canonical;
  }
  if (kind === 'date' && value instanceof ApexDatetime) return value.date('GMT').days;
  // A Date becomes a Datetime at midnight GMT, as everywhere in Apex.
  if (kind === 'datetime' && value instanceof ApexDate) return value.days * DAY;
  const encoded = encodeAny(value);
  if (!isText(kind)) return encoded;
  return encoded === null ? null : fold(typeof encoded === 'object' ? '' : String(encoded));
}
