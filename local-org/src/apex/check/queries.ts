import type { QueryBind, SoqlExpression, SoslExpression } from '../syntax/ast.ts';
import type { BindSlot, QueryProblem } from '../../soql/contract.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { bindValue } from './expressions.ts';
import { mayExistElsewhere } from './resolve-type.ts';
import { INTEGER, SOBJECT, UNKNOWN, listOf, sobjectType } from '../types/well-known.ts';

/** `[SELECT …]`: a list until its context wants one record; an Integer for `COUNT()`. */
export function bindSoql(cx: BodyContext, e: SoqlExpression): BoundExpression {
  const at = { line: e.line, col: e.col };
  const values = bindBinds(cx, e.binds);
  const checked = cx.world.queries.soql(e.text, e.binds);
  if (!checked.ok) return refused(cx, e, checked.problems);
  const { query } = checked;
  const binds = inSlotOrder(query.binds, e.binds, values);
  query.binds.forEach((slot, i) => checkBind(cx, slot, binds[i]));
  switch (query.shape) {
    case 'count':
      return { kind: 'soql', query, binds, result: 'count', type: INTEGER, ...at };
    case 'aggregate':
      return {
        kind: 'soql',
        query,
        binds,
        result: 'list',
        type: listOf(sobjectType('AggregateResult')),
        ...at,
      };
    case 'rows':
      return {
        kind: 'soql',
        query,
        binds,
        result: 'list',
        type: listOf(sobjectType(query.object)),
        ...at,
      };
    default:
      return query.shape satisfies never;
  }
}

/** `[FIND …]`: one list per object. */
export function bindSosl(cx: BodyContext, e: SoslExpression): BoundExpression {
  const values = bindBinds(cx, e.binds);
  const checked = cx.world.queries.sosl(e.text, e.binds);
  if (!checked.ok) return refused(cx, e, checked.problems);
  const binds = inSlotOrder(checked.query.binds, e.binds, values);
  return {
    kind: 'sosl',
    search: checked.query,
    binds,
    type: listOf(listOf(SOBJECT)),
    line: e.line,
    col: e.col,
  };
}

function bindBinds(cx: BodyContext, binds: readonly QueryBind[]): BoundExpression[] {
  return binds.map((bind) => bindValue(cx, bind.expr));
}

/** A single value bound to a field of a plainly other kind; what the platform may convert is let be. */
function checkBind(cx: BodyContext, slot: BindSlot, value: BoundExpression | undefined): void {
  if (value?.type.kind !== 'primitive' || slot.field === undefined || slot.wants !== 'value')
    return;
  const column = cx.program.schema.field(slot.field.object, slot.field.name)?.apexType;
  const wanted = column === undefined ? undefined : FAMILY[column];
  const given = FAMILY[value.type.name];
  if (wanted === undefined || given === undefined || wanted === given) return;
  const types = `${value.type.name} for column of type ${column}`;
  cx.problem(value, `Invalid bind expression type of ${types}`);
}

const FAMILY: Readonly<Partial<Record<string, string>>> = {
  Integer: 'number',
  Long: 'number',
  Double: 'number',
  Decimal: 'number',
  String: 'text',
  Id: 'text',
  Boolean: 'boolean',
  Date: 'date',
  Datetime: 'date',
  Time: 'time',
};

function inSlotOrder(
  slots: readonly BindSlot[],
  binds: readonly QueryBind[],
  values: readonly BoundExpression[],
): BoundExpression[] {
  return slots.map((slot, i) => {
    const at = binds.findIndex((bind) => bind.start === slot.offset);
    const value = values[at < 0 ? i : at];
    if (value === undefined)
      throw new Error(`Query bind at offset ${slot.offset} has no expression`);
    return value;
  });
}

/** Reports where the query text says so. Objects and fields of managed packages are gaps of ours, not mistakes. */
function refused(
  cx: BodyContext,
  e: SoqlExpression | SoslExpression,
  problems: readonly QueryProblem[],
): BoundExpression {
  for (const problem of problems) {
    const at = position(e, problem.offset);
    const names = /'([\w.]+)'/.exec(problem.message)?.[1]?.split('.') ?? [];
    if (names.some((name) => mayExistElsewhere(cx.program, name))) {
      cx.warning(at, problem.message);
      cx.dynamic(at, 'get', null, 'query');
    } else {
      cx.problem(at, problem.message);
    }
  }
  return { kind: 'literal', value: null, type: UNKNOWN, line: e.line, col: e.col };
}

/** Place in the file of an offset into the query's text. */
function position(
  e: SoqlExpression | SoslExpression,
  offset: number,
): { readonly line: number; readonly col: number } {
  const before = e.text.slice(0, offset);
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: e.textLine, col: e.textCol + offset }
    : { line: e.textLine + lines.length - 1, col: last.length + 1 };
}
