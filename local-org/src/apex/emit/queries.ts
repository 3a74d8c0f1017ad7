import type { BoundExpression, BoundSoql } from '../check/bound-tree.ts';
import type { CheckedQuery, CheckedSearch } from '../../soql/contract.ts';
import { expression } from './expressions.ts';
import type { FunctionContext } from './function-context.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

/** A query is emitted by its text: it is checked again (once per process, on first use), so that emitted code can live on disk. */
function queryConstant(f: FunctionContext, query: BoundSoql['query']): string {
  return f.module.constant(
    `$rt.query(${JSON.stringify(query.text)},${JSON.stringify(bindOffsets(query))})`,
    'Q',
  );
}

function bindOffsets(query: CheckedQuery | CheckedSearch): (readonly [number, number])[] {
  return query.binds.map((bind) => [bind.offset, bind.end] as const);
}

function binds(f: FunctionContext, values: readonly BoundExpression[]): string {
  return `[${values.map((value) => expression(f, value)).join(',')}]`;
}

/** `[SELECT …]` where a list, one record or a number is wanted. */
export function soqlText(f: FunctionContext, expr: BoundSoql): string {
  const site = f.module.site(f.owner);
  const query = queryConstant(f, expr.query);
  const values = binds(f, expr.binds);
  switch (expr.result) {
    case 'list':
      return `${f.module.helper('soqlList')}(${site},${query},${values},${f.module.type(expr.type)})`;
    case 'one':
      return `${f.module.helper('soqlOne')}(${site},${query},${values})`;
    case 'oneOrNull':
      return `${f.module.helper('soqlOneOrNull')}(${site},${query},${values})`;
    case 'count':
      return `${f.module.helper('soqlCount')}(${site},${query},${values})`;
    default:
      return expr.result satisfies never;
  }
}

/** The rows of a SOQL for-loop: all are read first, because a cursor must not stay open while Apex runs. */
export function soqlRowsText(f: FunctionContext, expr: BoundSoql): string {
  return `${f.module.helper('soqlRows')}(${f.module.site(f.owner)},${queryConstant(f, expr.query)},${binds(f, expr.binds)})`;
}

/** `[FIND …]` */
export function soslText(f: FunctionContext, expr: Of<'sosl'>): string {
  const search = f.module.constant(
    `$rt.search(${JSON.stringify(expr.search.text)},${JSON.stringify(bindOffsets(expr.search))})`,
    'Q',
  );
  return `${f.module.helper('sosl')}(${f.module.site(f.owner)},${search},${binds(f, expr.binds)})`;
}
