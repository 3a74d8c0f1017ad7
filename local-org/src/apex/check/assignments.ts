import type {
  AssignExpression,
  BinaryOperator,
  Expression,
  Node,
  PostfixExpression,
} from '../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundTarget } from './bound-tree.ts';
import { convertAssigned } from './convert.ts';
import { bindExpression } from './expressions.ts';
import { storeProblem } from './field-access.ts';
import { numericKind, operate } from './operators.ts';
import { bindPathValue, nameAt } from './paths.ts';
import { writeProblem } from './sobject-members.ts';
import { typeName } from '../types/type-names.ts';

/** `a = b`, `a += b` … */
export function bindAssign(cx: BodyContext, e: AssignExpression): BoundExpression {
  const target = bindTarget(cx, e.target);
  const value = bindExpression(cx, e.value);
  const at = { line: e.line, col: e.col };
  if (target === null) return cx.broken(e);
  if (e.op === '=') {
    const converted = convertAssigned(cx, value, target.type, e);
    return { kind: 'assign', target, value: converted, type: target.type, ...at };
  }
  if (value.type.kind === 'void') {
    return cx.failed(e, 'Arithmetic expressions are not allowed on void types');
  }
  const current = cx.temporary('current', target.type);
  const read: BoundExpression = { kind: 'localref', local: current, type: target.type, ...at };
  const op = COMPOUND[e.op];
  const result = operate(cx, e, op, read, value);
  return {
    kind: 'compound',
    target,
    current,
    value: convertAssigned(cx, result, target.type, e),
    type: target.type,
    ...at,
  };
}

const COMPOUND: Readonly<Record<Exclude<AssignExpression['op'], '='>, BinaryOperator>> = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '&=': '&',
  '|=': '|',
  '^=': '^',
  '<<=': '<<',
  '>>=': '>>',
  '>>>=': '>>>',
};

export function bindPostfix(cx: BodyContext, e: PostfixExpression): BoundExpression {
  return bindIncrement(cx, e, e.operand, e.op === '++' ? 1 : -1, false);
}

/** `++x`, `x--`. */
export function bindIncrement(
  cx: BodyContext,
  at: Node,
  operand: Expression,
  by: 1 | -1,
  prefix: boolean,
): BoundExpression {
  const target = bindTarget(cx, operand);
  if (target === null) return cx.broken(at);
  if (target.type.kind === 'unknown') return cx.broken(at);
  const on = numericKind(target.type);
  if (on === null) {
    const which = prefix
      ? `prefix ${by === 1 ? 'increment' : 'decrement'}`
      : 'postfix increment/decrement';
    return cx.failed(
      at,
      `Unary ${which} can only be applied to numeric expressions: ${typeName(target.type)}`,
    );
  }
  return {
    kind: 'increment',
    target,
    by,
    prefix,
    on,
    type: target.type,
    line: at.line,
    col: at.col,
  };
}

/** Something that can be assigned to; null after a problem was reported. */
function bindTarget(cx: BodyContext, e: Expression): BoundTarget | null {
  const target =
    e.kind === 'name' || e.kind === 'field' ? bindPathValue(cx, e, 'write') : bindExpression(cx, e);
  switch (target.kind) {
    case 'localref':
      warnFinal(cx, e, target.local.name);
      return target;
    case 'staticfield':
    case 'instancefield': {
      const problem = storeProblem(cx, target.field);
      if (problem === null) return target;
      cx.problem(e, problem);
      return null;
    }
    case 'librarystatic':
    case 'libraryfield':
    case 'index':
      return target;
    case 'sobjectfield':
      if (target.role !== 'children') {
        const { type } = target.object;
        const problem = type.kind === 'sobject' ? writeProblem(cx, type.name, target.name) : null;
        if (problem !== null) cx.problem(e.kind === 'field' ? nameAt(e) : e, problem);
        return target;
      }
      break;
    case 'dynamic':
    case 'literal':
      if (target.type.kind === 'unknown') return null;
      break;
    default:
      break;
  }
  cx.problem(e, 'Expression cannot be assigned');
  return null;
}

/** Apex documents that final locals are assigned once, but which message the platform gives is not known to us. */
function warnFinal(cx: BodyContext, e: Expression, name: string): void {
  const variable = cx.find(name);
  if (variable === undefined || !variable.isFinal) return;
  if (variable.isInitialised) cx.warning(e, `Final variable is assigned again: ${name}`);
  variable.isInitialised = true;
}
