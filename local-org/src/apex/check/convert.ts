import type { Node } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { Assignability, AssignOptions } from '../types/assignable.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, Conversion } from './bound-tree.ts';
import { assignability } from '../types/assignable.ts';
import { typeName } from '../types/type-names.ts';
import { isNumeric, isObject } from '../types/well-known.ts';

const ARGUMENT: AssignOptions = { invariantSets: false };

/** What it takes to use a value where `to` is wanted; queries that yield one record count as that record. */
export function convertibility(
  cx: BodyContext,
  value: BoundExpression,
  to: ApexType,
  options: AssignOptions = ARGUMENT,
): Assignability | null {
  const direct = assignability(cx.program, value.type, to, options);
  if (direct !== null) return direct;
  const one = asOneRecord(cx, value, to);
  return one === null ? null : { cost: 6, conversion: null };
}

/** The value as `to`, with the conversion written out; null when there is none. */
export function tryConvert(
  cx: BodyContext,
  value: BoundExpression,
  to: ApexType,
  options: AssignOptions = ARGUMENT,
): BoundExpression | null {
  const found = assignability(cx.program, value.type, to, options);
  if (found === null) return asOneRecord(cx, value, to);
  return found.conversion === null ? value : applied(value, found.conversion, to);
}

/** As `tryConvert`, in an assignment: refused in the platform's words. */
export function convertAssigned(
  cx: BodyContext,
  value: BoundExpression,
  to: ApexType,
  at: Node,
): BoundExpression {
  const converted = tryConvert(cx, value, to, { invariantSets: true });
  if (converted !== null) return converted;
  return cx.failed(at, `Illegal assignment from ${typeName(value.type)} to ${typeName(to)}`);
}

/** A conversion as a node; literals are converted right away. */
export function applied(
  value: BoundExpression,
  conversion: Conversion,
  to: ApexType,
): BoundExpression {
  const { line, col } = value;
  if (value.kind === 'literal' && value.value !== null) {
    switch (conversion) {
      case 'Integer→Long':
      case 'Integer→Decimal':
      case 'Long→Decimal':
        return { ...value, value: String(value.value), type: to };
      case 'Integer→Double':
        return { ...value, type: to };
      case 'Decimal→Double':
      case 'Long→Double':
        return { ...value, value: Number(value.value), type: to };
      default:
        break;
    }
  }
  // A box says what type the value has, so `Object` is what the node has from here on
  return { kind: 'convert', conversion, value, type: to, line, col };
}

/**
 * A query where one record is wanted takes its only row (Apex Developer Guide, "Working with SOQL and SOSL Query Results");
 * so does `Database.query`, whose result the compiler treats the same (practitioner).
 */
export function asOneRecord(
  cx: BodyContext,
  value: BoundExpression,
  to: ApexType,
): BoundExpression | null {
  if (to.kind !== 'sobject') return null;
  switch (value.kind) {
    case 'soql': {
      if (value.result !== 'list' || value.type.kind !== 'list') return null;
      const row = value.type.element;
      if (assignability(cx.program, row, to) === null) return null;
      return { ...value, result: 'one', type: row };
    }
    case 'ternary': {
      const then = tryConvert(cx, value.then, to);
      const otherwise = tryConvert(cx, value.otherwise, to);
      return then === null || otherwise === null ? null : { ...value, then, otherwise, type: to };
    }
    case 'coalesce': {
      const left = tryConvert(cx, value.left, to);
      const right = tryConvert(cx, value.right, to);
      return left === null || right === null ? null : { ...value, left, right, type: to };
    }
    case 'calllibrarystatic':
      if (!isDynamicQuery(value)) return null;
      return {
        kind: 'convert',
        conversion: 'List→SObject',
        value,
        type: to,
        line: value.line,
        col: value.col,
      };
    default:
      return null;
  }
}

function isDynamicQuery(value: Extract<BoundExpression, { kind: 'calllibrarystatic' }>): boolean {
  return value.member.type === 'Database' && /^query(WithBinds)?\(/.test(value.member.signature);
}

/** The record a query yields when a member of it is asked for: `[SELECT …].Name`; anything else as it is. */
export function recordOf(cx: BodyContext, value: BoundExpression): BoundExpression {
  if (value.type.kind !== 'list' || value.type.element.kind !== 'sobject') return value;
  return asOneRecord(cx, value, value.type.element) ?? value;
}

/** The left side of `?.` and `??`: a query for one record may have none there. */
export function orNull(value: BoundExpression): BoundExpression {
  return value.kind === 'soql' && value.result === 'one'
    ? { ...value, result: 'oneOrNull' }
    : value;
}

/** Any value as the String it prints as. */
export function asText(value: BoundExpression): BoundExpression {
  if (value.kind === 'concat') return value;
  if (value.kind === 'literal' && typeof value.value === 'string' && isText(value.type))
    return value;
  return {
    kind: 'convert',
    conversion: 'any→String',
    value,
    type: { kind: 'primitive', name: 'String' },
    line: value.line,
    col: value.col,
  };
}

function isText(type: ApexType): boolean {
  return type.kind === 'primitive' && type.name === 'String';
}

/** The type both operands of a numeric operator are promoted to; null when one is not a number. */
export function promoted(
  left: ApexType,
  right: ApexType,
): Extract<ApexType, { kind: 'primitive' }> | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  if (left.kind !== 'primitive' || right.kind !== 'primitive') return null;
  return ORDER.indexOf(left.name) >= ORDER.indexOf(right.name) ? left : right;
}

const ORDER: readonly string[] = ['Integer', 'Long', 'Double', 'Decimal'];

/** The value as `to` where it is known to fit (numeric promotion and the like). */
export function promote(cx: BodyContext, value: BoundExpression, to: ApexType): BoundExpression {
  return tryConvert(cx, value, to) ?? value;
}

/** A value going into a place of type Object keeps its type: Double and Id are boxed. */
export function boxed(cx: BodyContext, value: BoundExpression): BoundExpression {
  const object: ApexType = { kind: 'primitive', name: 'Object' };
  return isObject(value.type) ? value : promote(cx, value, object);
}
