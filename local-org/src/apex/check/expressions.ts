import type {
  ClassLiteral,
  Expression,
  InstanceOfExpression,
  IndexExpression,
  LiteralExpression,
  Node,
  TernaryExpression,
} from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { bindAssign, bindPostfix } from './assignments.ts';
import { bindCall } from './calls.ts';
import { bindCast, checkInstanceOf } from './casts.ts';
import { bindNew } from './construct.ts';
import { promote, recordOf, tryConvert } from './convert.ts';
import { bindBinary, bindUnary } from './operators.ts';
import { bindPathValue, through } from './paths.ts';
import { bindSoql, bindSosl } from './queries.ts';
import { resolveType } from './resolve-type.ts';
import { commonType } from './common-type.ts';
import { typeName } from '../types/type-names.ts';
import {
  BOOLEAN,
  DECIMAL,
  DOUBLE,
  INTEGER,
  LONG,
  NULL,
  STRING,
  isNumeric,
  isObject,
  isPrimitive,
  libraryNamed,
  userType,
} from '../types/well-known.ts';

/** Binds an expression that has to have a value; problems are reported and leave a value of unknown type. */
export function bindExpression(cx: BodyContext, e: Expression): BoundExpression {
  switch (e.kind) {
    case 'literal':
      return literal(cx, e);
    case 'name':
    case 'field':
      return bindPathValue(cx, e);
    case 'this':
      return bindThis(cx, e);
    case 'super':
      return cx.failed(e, 'Variable does not exist: super');
    case 'call':
      return bindCall(cx, e);
    case 'new':
      return bindNew(cx, e);
    case 'index':
      return bindIndex(cx, e);
    case 'unary':
      return bindUnary(cx, e);
    case 'postfix':
      return bindPostfix(cx, e);
    case 'binary':
      return bindBinary(cx, e);
    case 'assign':
      return bindAssign(cx, e);
    case 'ternary':
      return bindTernary(cx, e);
    case 'cast':
      return bindCast(cx, e);
    case 'instanceof':
      return bindInstanceOf(cx, e);
    case 'soql':
      return bindSoql(cx, e);
    case 'sosl':
      return bindSosl(cx, e);
    case 'classliteral':
      return bindClassLiteral(cx, e);
    default:
      return e satisfies never;
  }
}

/** As `bindExpression`, but a void call is refused: its value is used. */
export function bindValue(cx: BodyContext, e: Expression): BoundExpression {
  const value = bindExpression(cx, e);
  if (value.type.kind !== 'void') return value;
  return cx.failed(e, 'Arithmetic expressions are not allowed on void types');
}

function literal(cx: BodyContext, e: LiteralExpression): BoundExpression {
  const at = { line: e.line, col: e.col };
  switch (e.type) {
    case 'null':
      return { kind: 'literal', value: null, type: NULL, ...at };
    case 'boolean':
      return { kind: 'literal', value: e.text.toLowerCase() === 'true', type: BOOLEAN, ...at };
    case 'string':
      return { kind: 'literal', value: e.text, type: STRING, ...at };
    case 'integer':
      // The smallest number is written as the negation of one too large by one.
      if (BigInt(e.text) > 0x80000000n) return cx.failed(e, 'Illegal integer');
      return { kind: 'literal', value: Number(e.text), type: INTEGER, ...at };
    case 'long':
      if (BigInt(e.text.replace(/l$/i, '')) > 0x8000000000000000n)
        return cx.failed(e, 'Illegal long');
      return { kind: 'literal', value: e.text.replace(/l$/i, ''), type: LONG, ...at };
    case 'double':
      return { kind: 'literal', value: Number(e.text.replace(/d$/i, '')), type: DOUBLE, ...at };
    case 'decimal':
      return { kind: 'literal', value: e.text, type: DECIMAL, ...at };
    default:
      return e.type satisfies never;
  }
}

function bindThis(cx: BodyContext, e: Node): BoundExpression {
  if (cx.info.isStatic) return cx.failed(e, 'This cannot be referenced in a static context');
  return { kind: 'this', type: userType(cx.type), line: e.line, col: e.col };
}

function bindIndex(cx: BodyContext, e: IndexExpression): BoundExpression {
  const object = bindValue(cx, e.object);
  const index = bindValue(cx, e.index);
  return through(object, (list) => {
    if (list.type.kind === 'unknown') return cx.dynamic(e, 'call', list, 'get', [index]);
    if (list.type.kind !== 'list')
      return cx.failed(e, `Expression must be a list type: ${typeName(list.type)}`);
    if (
      index.type.kind !== 'unknown' &&
      !isPrimitive(index.type, 'Integer') &&
      index.type.kind !== 'null'
    ) {
      return cx.failed(e.index, `List index must be of type Integer: ${typeName(index.type)}`);
    }
    return { kind: 'index', list, index, type: list.type.element, line: e.line, col: e.col };
  });
}

/** A condition: Boolean, or refused. */
export function bindCondition(cx: BodyContext, e: Expression): BoundExpression {
  const test = bindExpression(cx, e);
  if (
    isPrimitive(test.type, 'Boolean') ||
    test.type.kind === 'unknown' ||
    test.type.kind === 'null'
  )
    return test;
  return cx.failed(e, `Condition expression must be of type Boolean: ${typeName(test.type)}`);
}

function bindTernary(cx: BodyContext, e: TernaryExpression): BoundExpression {
  const test = bindCondition(cx, e.test);
  const then = bindValue(cx, e.then);
  const otherwise = bindValue(cx, e.otherwise);
  const type = commonType(cx, then, otherwise);
  if (type === null) {
    const types = `${typeName(then.type)}, ${typeName(otherwise.type)}`;
    return cx.failed(e, `Incompatible types in ternary operator: ${types}`);
  }
  return {
    kind: 'ternary',
    test,
    then: asCommon(cx, then, type),
    otherwise: asCommon(cx, otherwise, type),
    type,
    line: e.line,
    col: e.col,
  };
}

/** A branch of `?:` or `??` as the type both have in common. */
export function asCommon(cx: BodyContext, value: BoundExpression, type: ApexType): BoundExpression {
  if (isNumeric(type) || isObject(type)) return promote(cx, value, type);
  return tryConvert(cx, value, type) ?? value;
}

function bindInstanceOf(cx: BodyContext, e: InstanceOfExpression): BoundExpression {
  const test = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    e.type,
  );
  const tested = bindValue(cx, e.value);
  const value = test.kind === 'sobject' ? recordOf(cx, tested) : tested;
  const refused = checkInstanceOf(cx, value.type, test);
  if (refused !== null) cx.problem(e, refused);
  return { kind: 'instanceof', value, test, type: BOOLEAN, line: e.line, col: e.col };
}

function bindClassLiteral(cx: BodyContext, e: ClassLiteral): BoundExpression {
  const of = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    e.type,
  );
  return { kind: 'classliteral', of, type: libraryNamed('Type'), line: e.line, col: e.col };
}
