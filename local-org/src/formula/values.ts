import type { FormulaValue } from './types.ts';

/** Fifteen significant digits: decimal arithmetic as far as users can tell (0.1 + 0.2 is 0.3). */
export function round(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value))
    return Number.isFinite(value) ? value : Number.NaN;
  return Number(value.toPrecision(15));
}

/** A value that the type check said is a number. */
export function asNumber(value: FormulaValue | undefined): number {
  return typeof value === 'number' ? value : Number(value);
}

/** A value that the type check said is text; blank text is empty. */
export function asText(value: FormulaValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Text functions answer null for empty text: there is no empty text in the database. */
export function textOrNull(value: string): FormulaValue {
  return value === '' ? null : value;
}

export function isBlank(value: FormulaValue | undefined): boolean {
  return value === null || value === undefined || value === '';
}

/** Comparison of two values of one type. Text compares with regard to case in formulas (documented for =). */
export function compareValues(
  operator: '=' | '<>' | '<' | '<=' | '>' | '>=',
  left: FormulaValue,
  right: FormulaValue,
): boolean {
  const a = left === '' ? null : left;
  const b = right === '' ? null : right;
  if (operator === '=') return a === b;
  if (operator === '<>') return a !== b;
  if (a === null || b === null) return false;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      throw operator satisfies never;
  }
}
