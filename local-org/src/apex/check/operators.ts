import type { BinaryExpression, BinaryOperator, Node, UnaryExpression } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, NumericKind } from './bound-tree.ts';
import { bindIncrement } from './assignments.ts';
import { commonType } from './common-type.ts';
import { compareValues, equalValues } from './comparisons.ts';
import { asText, orNull, promote, promoted } from './convert.ts';
import { asCommon, bindExpression, bindValue } from './expressions.ts';
import { typeName } from '../types/type-names.ts';
import {
  BOOLEAN,
  DATE,
  DATETIME,
  STRING,
  TIME,
  isNumeric,
  isPrimitive,
} from '../types/well-known.ts';

export function bindUnary(cx: BodyContext, e: UnaryExpression): BoundExpression {
  if (e.op === '++' || e.op === '--')
    return bindIncrement(cx, e, e.operand, e.op === '++' ? 1 : -1, true);
  const at = { line: e.line, col: e.col };
  const operand = bindValue(cx, e.operand);
  const { type } = operand;
  if (type.kind === 'unknown') return operand;
  switch (e.op) {
    case '!':
      if (!isPrimitive(type, 'Boolean') && type.kind !== 'null') {
        return cx.failed(e, '! operator can only be applied to boolean expressions');
      }
      return { kind: 'not', operand, type: BOOLEAN, ...at };
    case '~':
      if (type.kind !== 'primitive' || (type.name !== 'Integer' && type.name !== 'Long')) {
        return cx.failed(e, `Invalid type for bitwise negate: ${typeName(type)}`);
      }
      return { kind: 'bitnot', on: type.name, operand, type, ...at };
    case '+':
      // Does nothing, to whatever it stands before (practitioner: published code has it before a String)
      return operand;
    case '-': {
      const on = numericKind(type);
      if (on === null) return cx.failed(e, 'Unary negation must use a numeric argument');
      return negated(operand, on, at);
    }
    default:
      return e.op satisfies never;
  }
}

/** `-5` is one literal, so that `-2147483648` is an Integer. */
function negated(operand: BoundExpression, on: NumericKind, at: Node): BoundExpression {
  if (operand.kind === 'literal' && operand.value !== null) {
    const { value } = operand;
    if (typeof value === 'number') return { ...operand, value: -value, ...at };
    if (typeof value === 'string')
      return { ...operand, value: value.startsWith('-') ? value.slice(1) : `-${value}`, ...at };
  }
  return { kind: 'negate', on, operand, type: operand.type, ...at };
}

export function numericKind(type: ApexType): NumericKind | null {
  if (!isNumeric(type) || type.kind !== 'primitive') return null;
  return type.name === 'Integer' ||
    type.name === 'Long' ||
    type.name === 'Double' ||
    type.name === 'Decimal'
    ? type.name
    : null;
}

export function bindBinary(cx: BodyContext, e: BinaryExpression): BoundExpression {
  if (e.op === '+') return bindSum(cx, e);
  const left = bindOperand(cx, e, e.left);
  const right = bindOperand(cx, e, e.right);
  return operate(cx, e, e.op, left, right);
}

/** Long chains of `+` lean to the left: walked, not recursed into, so that a thousand pieces of text do no harm. */
function bindSum(cx: BodyContext, e: BinaryExpression): BoundExpression {
  const pending: BinaryExpression[] = [];
  let first = e.left;
  pending.push(e);
  while (first.kind === 'binary' && first.op === '+') {
    pending.push(first);
    first = first.left;
  }
  let left = bindOperand(cx, e, first);
  for (let i = pending.length - 1; i >= 0; i--) {
    const sum = pending[i];
    if (sum === undefined) continue;
    left = operate(cx, sum, '+', left, bindOperand(cx, sum, sum.right));
  }
  return left;
}

function bindOperand(cx: BodyContext, at: Node, e: BinaryExpression['left']): BoundExpression {
  const value = bindExpression(cx, e);
  if (value.type.kind === 'void')
    return cx.failed(at, 'Arithmetic expressions are not allowed on void types');
  return value;
}

/** Applies a binary operator to bound operands; also used by `+=` and its like. */
export function operate(
  cx: BodyContext,
  at: Node,
  op: BinaryOperator,
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  switch (op) {
    case '&&':
    case '||':
      if (!isBooleanLike(left) || !isBooleanLike(right)) {
        return cx.failed(at, 'Logical operator can only be applied to Boolean');
      }
      return { kind: 'logical', op, left, right, type: BOOLEAN, ...place };
    case '??': {
      const type = commonType(cx, left, right);
      if (type === null) {
        const types = `${typeName(left.type)}, ${typeName(right.type)}`;
        return cx.failed(at, `Incompatible types in null coalescing operator: ${types}`);
      }
      return {
        kind: 'coalesce',
        left: orNull(asCommon(cx, left, type)),
        right: asCommon(cx, right, type),
        type,
        ...place,
      };
    }
    case '==':
    case '!=':
    case '<>':
    case '===':
    case '!==':
      return equalValues(cx, at, op, left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compareValues(cx, at, op, left, right);
    case '&':
    case '|':
    case '^':
      return bitwise(cx, at, op, left, right);
    case '<<':
    case '>>':
    case '>>>':
      return shift(cx, at, op, left, right);
    case '+':
      if (isPrimitive(left.type, 'String') || isPrimitive(right.type, 'String')) {
        return { kind: 'concat', left: asText(left), right: asText(right), type: STRING, ...place };
      }
      return arithmetic(cx, at, op, left, right);
    case '-':
    case '*':
    case '/':
      return arithmetic(cx, at, op, left, right);
    default:
      return op satisfies never;
  }
}

function isBooleanLike(value: BoundExpression): boolean {
  return (
    isPrimitive(value.type, 'Boolean') ||
    value.type.kind === 'unknown' ||
    value.type.kind === 'null'
  );
}

function arithmetic(
  cx: BodyContext,
  at: Node,
  op: '+' | '-' | '*' | '/',
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') {
    return cx.dynamic(at, 'call', left, `operator ${op}`, [right]);
  }
  if (op === '+' || op === '-') {
    const dated = dateArithmetic(cx, at, op, left, right);
    if (dated !== null) return dated;
  }
  const number = promoted(left.type, right.type) ?? nullPromoted(left.type, right.type);
  const on = number === null ? null : numericKind(number);
  if (number === null || on === null)
    return cx.failed(at, 'Arithmetic expressions must use numeric arguments');
  return {
    kind: 'arithmetic',
    op,
    on,
    left: promote(cx, left, number),
    right: promote(cx, right, number),
    type: number,
    ...place,
  };
}

/** `null` beside a number is typed like the number (and fails at run time). */
function nullPromoted(left: ApexType, right: ApexType): ApexType | null {
  if (left.kind === 'null' && isNumeric(right)) return right;
  return right.kind === 'null' && isNumeric(left) ? left : null;
}

/** Apex Developer Guide, "Expression Operators": days for Date and Datetime, milliseconds for Time. */
function dateArithmetic(
  cx: BodyContext,
  at: Node,
  op: '+' | '-',
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression | null {
  const { type } = left;
  if (type.kind !== 'primitive') return null;
  const place = { line: at.line, col: at.col };
  switch (type.name) {
    case 'Date':
      if (!isPrimitive(right.type, 'Integer', 'Long'))
        return cx.failed(at, 'Date expressions must use Integer or Long');
      return { kind: 'datearithmetic', op, on: 'Date', left, right, type: DATE, ...place };
    case 'Datetime':
      if (!isNumeric(right.type))
        return cx.failed(at, 'Date/time expressions must use Integer or Double or Decimal');
      return { kind: 'datearithmetic', op, on: 'Datetime', left, right, type: DATETIME, ...place };
    case 'Time':
      if (!isPrimitive(right.type, 'Integer', 'Long'))
        return cx.failed(at, 'Time expressions must use Integer or Long');
      return { kind: 'datearithmetic', op, on: 'Time', left, right, type: TIME, ...place };
    default:
      return null;
  }
}

function bitwise(
  cx: BodyContext,
  at: Node,
  op: '&' | '|' | '^',
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown')
    return cx.dynamic(at, 'call', left, `operator ${op}`, [right]);
  if (isPrimitive(left.type, 'Boolean') && isPrimitive(right.type, 'Boolean')) {
    return { kind: 'bitwise', op, on: 'Boolean', left, right, type: BOOLEAN, ...place };
  }
  const type = integral(left.type, right.type);
  if (type === null) {
    return cx.failed(
      at,
      `${op} operator can only be applied to Boolean expressions or to Integer or Long expressions`,
    );
  }
  return {
    kind: 'bitwise',
    op,
    on: type.name,
    left: promote(cx, left, type),
    right: promote(cx, right, type),
    type,
    ...place,
  };
}

function shift(
  cx: BodyContext,
  at: Node,
  op: '<<' | '>>' | '>>>',
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown')
    return cx.dynamic(at, 'call', left, `operator ${op}`, [right]);
  const type = integral(left.type, right.type);
  if (type === null)
    return cx.failed(at, `${op} operation can only be applied to Integer or Long types`);
  const place = { line: at.line, col: at.col };
  return {
    kind: 'bitwise',
    op,
    on: type.name,
    left: promote(cx, left, type),
    right: promote(cx, right, type),
    type,
    ...place,
  };
}

function integral(
  left: ApexType,
  right: ApexType,
): { readonly kind: 'primitive'; readonly name: 'Integer' | 'Long' } | null {
  if (!isPrimitive(left, 'Integer', 'Long') || !isPrimitive(right, 'Integer', 'Long')) return null;
  const isLong = isPrimitive(left, 'Long') || isPrimitive(right, 'Long');
  return { kind: 'primitive', name: isLong ? 'Long' : 'Integer' };
}
