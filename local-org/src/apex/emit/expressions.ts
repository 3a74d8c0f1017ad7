import type { BoundExpression } from '../check/bound-tree.ts';
import type { FieldSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import { callText, creationText } from './calls.ts';
import type { FunctionContext } from './function-context.ts';
import { localName } from './function-context.ts';
import { fieldName, getterName, markerName } from './names.ts';
import {
  arithmeticText,
  bitwiseText,
  compareText,
  convertText,
  equalsText,
  logicalText,
  negateText,
} from './operators.ts';
import { assignText, compoundText, incrementText } from './places.ts';
import { soqlText, soslText } from './queries.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

/** JavaScript text of an expression: one line, safe to stand as an operand. */
export function expression(f: FunctionContext, expr: BoundExpression): string {
  const m = f.module;
  switch (expr.kind) {
    case 'literal':
      return literalText(f, expr);
    case 'localref':
      return f.local(expr.local);
    case 'this':
      return 'this';
    case 'staticfield':
      return staticFieldText(f, expr.field, expr.viaAccessor);
    case 'instancefield':
      return instanceFieldText(f, expr);
    case 'enumconstant':
      return m.linked(`${m.handle(expr.symbol)}.constant(${JSON.stringify(expr.name)})`);
    case 'librarystatic':
      return `${m.library(expr.member)}()`;
    case 'libraryfield':
      return `${m.library(expr.member)}(${guarded(f, expr.object)})`;
    case 'sobjectfield': {
      const method = { field: 'read', parent: 'parent', children: 'childList' }[expr.role];
      // A path over a lookup that holds nothing is null, not an error (practitioner; published Apex relies on it).
      if (isParent(expr.object) && expr.role !== 'children')
        return `(${expression(f, expr.object)}?.${method}(${JSON.stringify(expr.name)})??null)`;
      return `${guarded(f, expr.object)}.${method}(${JSON.stringify(expr.name)})`;
    }
    case 'sobjecttype':
      return `${m.helper(expr.describe ? 'objectDescribe' : 'objectToken')}(${JSON.stringify(expr.object)})`;
    case 'fieldtoken':
      return `${m.helper(expr.describe ? 'fieldDescribe' : 'fieldToken')}(${JSON.stringify(expr.object)},${JSON.stringify(expr.field)})`;
    case 'fieldset':
      return `${m.helper('fieldSet')}(${JSON.stringify(expr.object)},${JSON.stringify(expr.name)})`;
    case 'label':
      return `${m.helper('label')}(${JSON.stringify(expr.name)})`;
    case 'index':
      return `${guarded(f, expr.list)}.get(${guarded(f, expr.index)})`;
    case 'callstatic':
    case 'callinstance':
    case 'calllibrarystatic':
    case 'calllibrary':
      return callText(f, expr);
    case 'newuser':
    case 'newlibrary':
    case 'newsobject':
    case 'newcollection':
      return creationText(f, expr);
    case 'not':
      return `!${guarded(f, expr.operand)}`;
    case 'negate':
      return negateText(expr.on, guarded(f, expr.operand));
    case 'bitnot':
      return expr.on === 'Integer'
        ? `(~${guarded(f, expr.operand)})`
        : `BigInt.asIntN(64,~${guarded(f, expr.operand)})`;
    case 'arithmetic':
      return arithmeticText(f, expr.op, expr.on, guarded(f, expr.left), guarded(f, expr.right));
    case 'datearithmetic':
      return `${m.helper(`add${expr.on}`)}(${guarded(f, expr.left)},${guarded(f, expr.right)},${expr.op === '+' ? 1 : -1})`;
    case 'concat':
      return `(${expression(f, expr.left)}+${expression(f, expr.right)})`;
    case 'bitwise':
      return bitwiseText(f, expr);
    case 'logical':
      return logicalText(f, expr);
    case 'compare':
      return compareText(f, expr);
    case 'equals':
      return equalsText(f, expr);
    case 'ternary':
      return `(${guarded(f, expr.test)}?${expression(f, expr.then)}:${expression(f, expr.otherwise)})`;
    case 'coalesce':
      return `(${expression(f, expr.left)}??${expression(f, expr.right)})`;
    case 'safe': {
      const name = localName(expr.local);
      f.declare(name);
      return `((${name}=${expression(f, expr.object)})===null?null:${expression(f, expr.access)})`;
    }
    case 'assign':
      return assignText(f, expr, true);
    case 'compound':
      return compoundText(f, expr, true);
    case 'increment':
      return incrementText(f, expr, true);
    case 'convert':
      return convertText(f, expr);
    case 'cast':
      return castText(f, expr);
    case 'instanceof':
      return instanceOfText(f, expr.value, expr.test);
    case 'soql':
      return soqlText(f, expr);
    case 'sosl':
      return soslText(f, expr);
    case 'classliteral':
      return m.constant(`$rt.typeValue(${m.type(expr.of)})`);
    case 'dynamic':
      return dynamicText(f, expr);
    default:
      return expr satisfies never;
  }
}

/** An expression whose value is used: null throws `Attempt to de-reference a null object`. */
export function guarded(f: FunctionContext, expr: BoundExpression): string {
  const text = expression(f, expr);
  return f.nonNull(expr) ? text : `(${text}??$npe())`;
}

function isParent(expr: BoundExpression): boolean {
  return expr.kind === 'sobjectfield' && expr.role === 'parent';
}

/** Text of an expression whose value nobody uses. */
export function effectText(f: FunctionContext, expr: BoundExpression): string {
  switch (expr.kind) {
    case 'assign':
      return assignText(f, expr, false);
    case 'compound':
      return compoundText(f, expr, false);
    case 'increment':
      return incrementText(f, expr, false);
    default:
      return expression(f, expr);
  }
}

function literalText(f: FunctionContext, expr: Of<'literal'>): string {
  const { value, type } = expr;
  if (value === null) return 'null';
  if (type.kind === 'primitive') {
    if (type.name === 'Long')
      return String(value).startsWith('-') ? `(${String(value)}n)` : `${String(value)}n`;
    if (type.name === 'Decimal')
      return f.module.constant(`$rt.decimal(${JSON.stringify(String(value))})`);
    if (type.name === 'Double') return String(Number(value));
  }
  // String(-0) is '0': an Integer has no negative zero.
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The object that holds a class's static fields; runs the class's static initialisation when it is needed. */
export function staticsText(f: FunctionContext, field: FieldSymbol): string {
  const handle = f.module.handle(field.owner);
  return `(${handle}.s??${handle}.i())`;
}

function staticFieldText(f: FunctionContext, field: FieldSymbol, viaAccessor: boolean): string {
  const constant = f.module.facts.constants.get(field);
  if (constant !== undefined) return literalText(f, { ...constant, type: field.type });
  if (viaAccessor && field.getter === 'code') return `${accessorFunction(f, field, 'get')}()`;
  return `${staticsText(f, field)}.${fieldName(field)}`;
}

/** The function of a static property's accessor. */
export function accessorFunction(
  f: FunctionContext,
  field: FieldSymbol,
  which: 'get' | 'set',
): string {
  const handle = f.module.handle(field.owner);
  return f.module.linked(`${handle}.f.${which}${fieldName(field)}`);
}

function instanceFieldText(f: FunctionContext, expr: Of<'instancefield'>): string {
  const { field } = expr;
  const object = guarded(f, expr.object);
  if (!usesAccessor(field, 'get', expr.viaAccessor)) return `${object}.${fieldName(field)}`;
  if (expr.isSuper) return `${f.module.handle(field.owner)}.p.${getterName(field)}.call(this)`;
  return `${object}.${getterName(field)}()`;
}

/** Automatic accessors of properties that nobody can override are plain fields. */
export function usesAccessor(
  field: FieldSymbol,
  which: 'get' | 'set',
  viaAccessor: boolean,
): boolean {
  if (!viaAccessor || field.kind === 'field') return false;
  return (
    field.isVirtual ||
    field.owner.kind === 'interface' ||
    (which === 'get' ? field.getter : field.setter) === 'code'
  );
}

function castText(f: FunctionContext, expr: Of<'cast'>): string {
  const value = expression(f, expr.value);
  const { type } = expr;
  if (
    type.kind === 'unknown' ||
    type.kind === 'typevar' ||
    type.kind === 'null' ||
    (type.kind === 'primitive' && type.name === 'Object')
  )
    return value;
  if (type.kind === 'user' && type.symbol.kind !== 'enum') {
    return `${f.module.helper('castUser')}(${value},${JSON.stringify(markerName(type.symbol.name))},${f.module.type(type)})`;
  }
  return `${f.module.helper('cast')}(${value},${f.module.type(type)})`;
}

/** `value instanceof T`. */
export function instanceOfText(f: FunctionContext, value: BoundExpression, type: ApexType): string {
  const text = expression(f, value);
  if (type.kind === 'user' && type.symbol.kind !== 'enum')
    return `(${text}?.${markerName(type.symbol.name)}===true)`;
  return `${f.module.helper('isInstance')}(${text},${f.module.type(type)})`;
}

function dynamicText(f: FunctionContext, expr: Of<'dynamic'>): string {
  // Nothing to look the member up on: an unknown type is constructed or a static member of one is named.
  if (expr.object === null) return `${f.module.helper('refuse')}(${JSON.stringify(expr.name)})`;
  const object = guarded(f, expr.object);
  const name = JSON.stringify(expr.name);
  if (expr.op === 'get') return `${f.module.helper('dynamicGet')}(${object},${name})`;
  return `${f.module.helper('dynamicCall')}(${object},${name},[${expr.args.map((arg) => expression(f, arg)).join(',')}])`;
}
