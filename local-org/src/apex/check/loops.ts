import type { ForEachStatement, ForStatement, Node } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundLocal, BoundSoql, BoundStatement } from './bound-tree.ts';
import { assignability } from '../types/assignable.ts';
import { asLibrary } from '../types/hierarchy.ts';
import { typeName } from '../types/type-names.ts';
import { isGenericSObject } from '../types/well-known.ts';
import { tryConvert } from './convert.ts';
import { bindCondition, bindValue } from './expressions.ts';
import { resolveType } from './resolve-type.ts';
import { bindEffect, bindLocals, bindLoopBody } from './statements.ts';

/** `for (init; test; update)`. */
export function bindForLoop(cx: BodyContext, s: ForStatement): BoundStatement {
  cx.open();
  const init: BoundStatement[] = [];
  if (s.init !== null && 'kind' in s.init) {
    init.push(...bindLocals(cx, s.init));
  } else {
    for (const e of s.init ?? [])
      init.push({ kind: 'expr', expr: bindEffect(cx, e), line: e.line, col: e.col });
  }
  const test = s.test && bindCondition(cx, s.test);
  const update = s.update.map((e) => bindEffect(cx, e));
  const body = bindLoopBody(cx, s.body);
  cx.close();
  return { kind: 'for', init, test, update, body, line: s.line, col: s.col };
}

/** `for (X x : xs)` over collections, `Iterable`s and queries. */
export function bindForEach(cx: BodyContext, s: ForEachStatement): BoundStatement[] {
  const type = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    s.type,
  );
  const iterable = bindValue(cx, s.iterable);
  cx.open();
  try {
    if (iterable.kind === 'soql' && iterable.result === 'list')
      return [queryLoop(cx, s, type, iterable)];
    const source = elementsOf(cx, iterable.type);
    if (source === null) {
      if (iterable.type.kind !== 'unknown') {
        cx.problem(s.iterable, `Loop must iterate over collection: ${typeName(iterable.type)}`);
      } else if (iterable.kind === 'dynamic') {
        cx.warning(s.iterable, 'The loop runs over a value of unknown type');
      }
      cx.declare(s, s.name, type);
      bindLoopBody(cx, s.body);
      return [];
    }
    return [collectionLoop(cx, s, type, iterable, source)];
  } finally {
    cx.close();
  }
}

interface Source {
  readonly over: 'list' | 'set' | 'iterable';
  readonly element: ApexType;
}

function elementsOf(cx: BodyContext, type: ApexType): Source | null {
  if (type.kind === 'list' || type.kind === 'set')
    return { over: type.kind, element: type.element };
  const element = asLibrary(cx.program, type, 'Iterable')?.args[0];
  return element === undefined ? null : { over: 'iterable', element };
}

function collectionLoop(
  cx: BodyContext,
  s: ForEachStatement,
  type: ApexType,
  iterable: BoundExpression,
  source: Source,
): BoundStatement {
  const at = { line: s.line, col: s.col };
  const conversion = assignability(cx.program, source.element, type)?.conversion ?? null;
  if (!fitsLoop(cx, source.element, type)) {
    cx.problem(
      s,
      `Invalid loop variable type expected ${typeName(source.element)} was ${typeName(type)}`,
    );
  }
  if (conversion === null) {
    const local = cx.declare(s, s.name, type);
    const body = bindLoopBody(cx, s.body);
    return {
      kind: 'foreach',
      over: source.over,
      local,
      iterable,
      elementType: source.element,
      body,
      ...at,
    };
  }
  // The element is converted on its way into the variable
  const raw = cx.temporary('element', source.element);
  const local = cx.declare(s, s.name, type);
  const inner = bindLoopBody(cx, s.body);
  const body = convertingBody(cx, s, raw, local, inner);
  return {
    kind: 'foreach',
    over: source.over,
    local: raw,
    iterable,
    elementType: source.element,
    body,
    ...at,
  };
}

function convertingBody(
  cx: BodyContext,
  at: Node,
  raw: BoundLocal,
  local: BoundLocal,
  inner: BoundStatement | null,
): BoundStatement {
  const place = { line: at.line, col: at.col };
  const read: BoundExpression = { kind: 'localref', local: raw, type: raw.type, ...place };
  const init = tryConvert(cx, read, local.type) ?? read;
  const declared: BoundStatement = { kind: 'local', local, init, ...place };
  return { kind: 'block', body: inner === null ? [declared] : [declared, inner], ...place };
}

/** A loop variable may narrow generic records: `for (Account a : Trigger.new)`. */
function fitsLoop(cx: BodyContext, element: ApexType, variable: ApexType): boolean {
  if (assignability(cx.program, element, variable) !== null) return true;
  return isGenericSObject(element) && variable.kind === 'sobject';
}

function queryLoop(
  cx: BodyContext,
  s: ForEachStatement,
  type: ApexType,
  query: BoundSoql,
): BoundStatement {
  const row: ApexType = query.type.kind === 'list' ? query.type.element : query.type;
  const batch = type.kind === 'list';
  const wanted = batch ? type.element : type;
  const fits = wanted.kind === 'unknown' || (wanted.kind === 'sobject' && fitsRow(row, wanted));
  if (!fits) {
    cx.problem(
      s,
      `Loop variable must be a generic SObject or List or a concrete SObject or List of: ${typeName(row)}`,
    );
  }
  const local = cx.declare(s, s.name, type);
  const body = bindLoopBody(cx, s.body);
  return { kind: 'soqlfor', batch, local, query, body, line: s.line, col: s.col };
}

function fitsRow(row: ApexType, wanted: Extract<ApexType, { kind: 'sobject' }>): boolean {
  return isGenericSObject(wanted) || (row.kind === 'sobject' && row.name === wanted.name);
}
