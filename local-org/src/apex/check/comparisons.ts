import type { Node } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, CompareKind } from './bound-tree.ts';
import { couldBe } from '../types/castable.ts';
import { boxed, promote, promoted, recordOf } from './convert.ts';
import { numericKind } from './operators.ts';
import { typeName } from '../types/type-names.ts';
import { BOOLEAN, DATETIME, ID, isObject, isPrimitive } from '../types/well-known.ts';

/** `<`, `>`, `<=`, `>=`. */
export function compareValues(
  cx: BodyContext,
  at: Node,
  op: '<' | '>' | '<=' | '>=',
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') {
    return { ...cx.dynamic(at, 'call', left, `operator ${op}`, [right]), type: BOOLEAN };
  }
  const kind = comparable(cx, left, right);
  if (kind === null) return cx.failed(at, incomparable(left.type, right.type));
  if (kind.on === null || kind.on === 'Blob') {
    return cx.failed(at, `Inequality operator not allowed for this type: ${typeName(left.type)}`);
  }
  return {
    kind: 'compare',
    op,
    on: kind.on,
    left: kind.left,
    right: kind.right,
    type: BOOLEAN,
    ...place,
  };
}

/** `==`, `!=`, `<>`, `===`, `!==`. */
export function equalValues(
  cx: BodyContext,
  at: Node,
  op: '==' | '!=' | '<>' | '===' | '!==',
  a: BoundExpression,
  b: BoundExpression,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  const left = b.type.kind === 'sobject' ? recordOf(cx, a) : a;
  const right = a.type.kind === 'sobject' ? recordOf(cx, b) : b;
  const exact = op === '===' || op === '!==';
  const negated = op === '!=' || op === '<>' || op === '!==';
  const node = (
    on: Extract<BoundExpression, { kind: 'equals' }>['on'],
    l: BoundExpression,
    r: BoundExpression,
  ): BoundExpression => ({
    kind: 'equals',
    negated,
    on,
    left: l,
    right: r,
    type: BOOLEAN,
    ...place,
  });
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown')
    return node(exact ? 'reference' : 'Object', left, right);
  if (exact) {
    if (isValueType(left.type) && isValueType(right.type)) {
      return cx.failed(
        at,
        `Exact equality operator only allowed for reference types: ${typeName(left.type)}`,
      );
    }
    if (!mayEqual(cx, left.type, right.type))
      return cx.failed(at, incomparable(left.type, right.type));
    return node('reference', left, right);
  }
  const kind = comparable(cx, left, right);
  if (kind !== null)
    return node(
      kind.on ?? (isPrimitive(left.type, 'Boolean') ? 'Boolean' : 'Object'),
      kind.left,
      kind.right,
    );
  return cx.failed(at, incomparable(left.type, right.type));
}

function incomparable(left: ApexType, right: ApexType): string {
  return `Comparison arguments must be compatible types: ${typeName(left)}, ${typeName(right)}`;
}

function isValueType(type: ApexType): boolean {
  return type.kind === 'primitive' && type.name !== 'Object';
}

/** How two values compare: with which rules (null: those of objects), and the operands converted for it. Null: not at all. */
function comparable(
  cx: BodyContext,
  left: BoundExpression,
  right: BoundExpression,
): {
  readonly on: CompareKind | null;
  readonly left: BoundExpression;
  readonly right: BoundExpression;
} | null {
  const a = left.type;
  const b = right.type;
  if (a.kind === 'null' || b.kind === 'null') {
    const other = a.kind === 'null' ? b : a;
    return { on: kindOf(other), left, right };
  }
  const number = promoted(a, b);
  if (number !== null)
    return {
      on: numericKind(number),
      left: promote(cx, left, number),
      right: promote(cx, right, number),
    };
  // An Id compared with text: the text is read as an Id, so that 15 and 18 characters match (practitioner)
  if (
    (isPrimitive(a, 'Id') && isPrimitive(b, 'String')) ||
    (isPrimitive(a, 'String') && isPrimitive(b, 'Id'))
  ) {
    return { on: 'Id', left: promote(cx, left, ID), right: promote(cx, right, ID) };
  }
  if (
    (isPrimitive(a, 'Date') && isPrimitive(b, 'Datetime')) ||
    (isPrimitive(a, 'Datetime') && isPrimitive(b, 'Date'))
  ) {
    return {
      on: 'Datetime',
      left: promote(cx, left, DATETIME),
      right: promote(cx, right, DATETIME),
    };
  }
  const kind = kindOf(a);
  if (kind !== null && kind === kindOf(b)) return { on: kind, left, right };
  if (!mayEqual(cx, a, b)) return null;
  if (isObject(a) || isObject(b))
    return { on: null, left: boxed(cx, left), right: boxed(cx, right) };
  return { on: null, left, right };
}

function kindOf(type: ApexType): CompareKind | null {
  if (type.kind !== 'primitive' || type.name === 'Object' || type.name === 'Boolean') return null;
  return type.name;
}

function mayEqual(cx: BodyContext, a: ApexType, b: ApexType): boolean {
  if (a.kind === 'primitive' && b.kind === 'primitive')
    return a.name === b.name || isObject(a) || isObject(b);
  return couldBe(cx.program, a, b);
}
