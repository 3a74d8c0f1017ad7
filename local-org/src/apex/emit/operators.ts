import type { BoundExpression, CompareKind, Conversion, NumericKind } from '../check/bound-tree.ts';
import type { FunctionContext } from './function-context.ts';
import { expression, guarded } from './expressions.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

/** Texts that may be written twice: names, `this._x`, literals. */
export function isSimple(text: string): boolean {
  return /^(?:this\.)?[\w$]+$/.test(text) || /^"[^"\\]*"$/.test(text);
}

/** `[pre, text]`: evaluates once, then can be repeated. `pre` is empty or `$t0=…`. */
export function once(f: FunctionContext, text: string): readonly [string, string] {
  if (isSimple(text)) return ['', text];
  const name = f.temporary();
  return [`${name}=${text}`, name];
}

/** `a op b` on numbers of one kind; null operands throw. */
export function arithmeticText(
  f: FunctionContext,
  op: '+' | '-' | '*' | '/',
  on: NumericKind,
  left: string,
  right: string,
): string {
  const m = f.module;
  switch (on) {
    case 'Integer':
      if (op === '*') return `Math.imul(${left},${right})`;
      if (op === '/')
        return /^[1-9]\d*$/.test(right)
          ? `((${left}/${right})|0)`
          : `${m.helper('divideInteger')}(${left},${right})`;
      return `((${left}${op}${spaced(right)})|0)`;
    case 'Long':
      if (op === '/') return `${m.helper('divideLong')}(${left},${right})`;
      return `BigInt.asIntN(64,${left}${op}${spaced(right)})`;
    case 'Double':
      if (op === '/') return `${m.helper('divideDouble')}(${left},${right})`;
      return `(${left}${op}${spaced(right)})`;
    case 'Decimal': {
      const method = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' }[op];
      return `${left}.${method}(${right})`;
    }
    default:
      return on satisfies never;
  }
}

/** `a- -1` must not become `a--1`. */
function spaced(text: string): string {
  return text.startsWith('-') || text.startsWith('+') ? ` ${text}` : text;
}

export function negateText(on: NumericKind, operand: string): string {
  switch (on) {
    case 'Integer':
      return `((-${spaced(operand)})|0)`;
    case 'Long':
      return `BigInt.asIntN(64,-${spaced(operand)})`;
    case 'Double':
      return `(-${spaced(operand)})`;
    case 'Decimal':
      return `${operand}.negate()`;
    default:
      return on satisfies never;
  }
}

export function bitwiseText(f: FunctionContext, expr: Of<'bitwise'>): string {
  const left = guarded(f, expr.left);
  const right = guarded(f, expr.right);
  switch (expr.on) {
    case 'Boolean':
      return expr.op === '^' ? `(${left}!==${right})` : `!!(${left}${expr.op}${right})`;
    case 'Integer':
      return expr.op === '>>>'
        ? `((${left}>>>${spaced(right)})|0)`
        : `(${left}${expr.op}${spaced(right)})`;
    case 'Long':
      if (expr.op === '>>>') return `BigInt.asIntN(64,BigInt.asUintN(64,${left})>>(${right}&63n))`;
      if (expr.op === '<<' || expr.op === '>>')
        return `BigInt.asIntN(64,${left}${expr.op}(${right}&63n))`;
      return `(${left}${expr.op}${spaced(right)})`;
    default:
      return expr.on satisfies never;
  }
}

/**
 * `<` and friends. "If x or y equal null and are Integers, Doubles, Dates, or Datetimes, the expression is false"; "a non-null
 * String or ID value is always greater than a null value" (documented: Apex Developer Guide, "Expression Operators").
 */
export function compareText(f: FunctionContext, expr: Of<'compare'>): string {
  if (expr.on === 'String' || expr.on === 'Id') {
    const compare = f.module.helper(expr.on === 'String' ? 'compareStrings' : 'compareIds');
    return `(${compare}(${expression(f, expr.left)},${expression(f, expr.right)})${expr.op}0)`;
  }
  const left = expression(f, expr.left);
  const right = expression(f, expr.right);
  const leftKnown = f.nonNull(expr.left);
  const rightKnown = f.nonNull(expr.right);
  if (leftKnown && rightKnown) return `(${compared(expr.on, expr.op, left, right)})`;
  // Both sides are evaluated before either is looked at: the right one may throw, or change what the left one reads.
  const before: string[] = [];
  const hoist = (text: string): string => {
    const name = f.temporary();
    before.push(`${name}=${text}`);
    return name;
  };
  const a = isSimple(right) && isSimple(left) ? left : hoist(left);
  const b = isSimple(right) ? right : hoist(right);
  const checks = [...(leftKnown ? [] : [`${a}!==null`]), ...(rightKnown ? [] : [`${b}!==null`])];
  const result = [...checks, compared(expr.on, expr.op, a, b)].join('&&');
  return before.length === 0 ? `(${result})` : `(${before.join(',')},${result})`;
}

function compared(on: CompareKind, op: string, left: string, right: string): string {
  switch (on) {
    case 'Decimal':
      return `${left}.compareTo(${right})${op}0`;
    case 'Date':
      return `${left}.days${op}${right}.days`;
    case 'Datetime':
    case 'Time':
      return `${left}.millis${op}${right}.millis`;
    default:
      return `${left}${op}${spaced(right)}`;
  }
}

/** `==`, `!=`, `===`, `!==`. */
export function equalsText(f: FunctionContext, expr: Of<'equals'>): string {
  const left = expression(f, expr.left);
  const right = expression(f, expr.right);
  const same = expr.negated ? '!==' : '===';
  if (isNull(expr.left) || isNull(expr.right) || comparesByIdentity(expr))
    return `(${left}${same}${spaced(right)})`;
  const not = expr.negated ? '!' : '';
  return `${not}${f.module.helper(equalsHelper(expr.on))}(${left},${right})`;
}

function isNull(expr: BoundExpression): boolean {
  return expr.kind === 'literal' && expr.value === null;
}

function comparesByIdentity(expr: Of<'equals'>): boolean {
  switch (expr.on) {
    case 'Integer':
    case 'Long':
    case 'Double':
    case 'Boolean':
    case 'Id':
      return true;
    case 'String':
      // Without letters there is no case to fold.
      return [expr.left, expr.right].some(
        (side) => side.kind === 'literal' && !/\p{L}/u.test(String(side.value)),
      );
    case 'reference':
      return expr.left.type.kind !== 'primitive' || expr.left.type.name === 'Object';
    case 'Object':
      return expr.left.kind === 'enumconstant' || expr.right.kind === 'enumconstant';
    default:
      return false;
  }
}

function equalsHelper(on: Of<'equals'>['on']): string {
  switch (on) {
    case 'String':
      return 'equalStrings';
    case 'Decimal':
      return 'equalDecimals';
    case 'Date':
      return 'equalDates';
    case 'Datetime':
    case 'Time':
      return 'equalTimes';
    default:
      return 'equalObjects';
  }
}

/** `&&`, `||`, `!`: a null operand that is reached throws. */
export function logicalText(f: FunctionContext, expr: Of<'logical'>): string {
  return `(${guarded(f, expr.left)}${expr.op}${guarded(f, expr.right)})`;
}

const CONVERSION_HELPERS: Readonly<
  Record<Exclude<Conversion, 'any→String' | 'Integer→Double' | 'Id→String'>, string>
> = {
  'Integer→Long': 'integerToLong',
  'Integer→Decimal': 'integerToDecimal',
  'Long→Double': 'longToDouble',
  'Long→Decimal': 'longToDecimal',
  'Double→Decimal': 'doubleToDecimal',
  'Decimal→Double': 'decimalToDouble',
  'Long→Integer': 'longToInteger',
  'Double→Integer': 'doubleToInteger',
  'Double→Long': 'doubleToLong',
  'Decimal→Integer': 'decimalToInteger',
  'Decimal→Long': 'decimalToLong',
  'String→Id': 'stringToId',
  'Date→Datetime': 'dateToDatetime',
  'Datetime→Date': 'datetimeToDate',
  'Double→Object': 'boxDouble',
  'Id→Object': 'boxId',
  'List→SObject': 'onlyRow',
};

/** A conversion of a value; null stays null (and becomes 'null' in a concatenation). */
export function convertText(f: FunctionContext, expr: Of<'convert'>): string {
  const { conversion, value } = expr;
  const m = f.module;
  const constant = value.kind === 'literal' && typeof value.value === 'number' ? value.value : null;
  switch (conversion) {
    case 'Integer→Double':
    case 'Id→String':
      return expression(f, value);
    case 'any→String':
      return asText(f, value);
    case 'Integer→Long':
      if (constant !== null) return constant < 0 ? `(${constant}n)` : `${constant}n`;
      return f.nonNull(value)
        ? `BigInt(${expression(f, value)})`
        : `${m.helper('integerToLong')}(${expression(f, value)})`;
    case 'Integer→Decimal':
    case 'Double→Decimal':
      if (constant !== null)
        return m.constant(`$rt.${CONVERSION_HELPERS[conversion]}(${constant})`);
      return `${m.helper(CONVERSION_HELPERS[conversion])}(${expression(f, value)})`;
    default:
      return `${m.helper(CONVERSION_HELPERS[conversion])}(${expression(f, value)})`;
  }
}

function asText(f: FunctionContext, value: BoundExpression): string {
  const text = expression(f, value);
  if (value.kind === 'literal') {
    if (value.value === null) return '"null"';
    if (
      value.type.kind === 'primitive' &&
      value.type.name !== 'Double' &&
      value.type.name !== 'Decimal'
    )
      return JSON.stringify(
        value.type.name === 'Long' ? BigInt(value.value).toString() : String(value.value),
      );
  }
  if (value.type.kind === 'primitive') {
    switch (value.type.name) {
      case 'String':
      case 'Id':
        return f.nonNull(value) ? text : `(${text}??"null")`;
      case 'Integer':
      case 'Long':
      case 'Boolean':
        return `(""+${spaced(text)})`;
      case 'Double':
        return `${f.module.helper('text')}(${text},${f.module.type(value.type)})`;
      default:
        break;
    }
  }
  return `${f.module.helper('text')}(${text})`;
}
