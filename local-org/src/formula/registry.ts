import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import type { SqlValue } from '../storage/database.ts';
import { compileFormula } from './compile.ts';
import { FormulaError } from './parse.ts';
import type { Formula, FormulaFrame, FormulaValue } from './types.ts';
import { round } from './values.ts';

const fieldFormulas = new WeakMap<FieldInfo, Formula>();

/** The compiled formula of a calculated field. Wrong ones throw with the field's name and the position. */
export function formulaOf(schema: Schema, object: ObjectInfo, field: FieldInfo): Formula {
  let formula = fieldFormulas.get(field);
  if (formula === undefined) {
    formula = compileNamed(`${object.name}.${field.name}`, field.formula ?? '', {
      schema,
      object,
      blankAsZero: field.formulaTreatBlanksAs !== 'BlankAsBlank',
    });
    fieldFormulas.set(field, formula);
  }
  return formula;
}

/** Compiles the formula of `what`; errors come from the catalogue and name it. */
export function compileNamed(
  what: string,
  source: string,
  scope: Parameters<typeof compileFormula>[1],
): Formula {
  try {
    return compileFormula(source, scope);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    if (error.unsupported) throw raise(Diagnostics.FORMULA_NOT_IMPLEMENTED, [what, error.message]);
    throw raise(Diagnostics.FORMULA_INVALID, [what, error.at + 1, error.message]);
  }
}

/** Evaluates a formula field into its stored form. */
export function evaluateField(formula: Formula, field: FieldInfo, frame: FormulaFrame): SqlValue {
  return toStored(formula.evaluate(frame), field);
}

/** Formula value → stored value of the field: numbers at the field's decimal places, percentages times hundred. */
export function toStored(value: FormulaValue, field: FieldInfo): SqlValue {
  if (field.displayType === 'boolean') return value === true ? 1 : 0;
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return null;
  const number = field.displayType === 'percent' ? round(value * 100) : value;
  if (field.apexType !== 'Decimal' && field.apexType !== 'Double') return number;
  if (field.scale === undefined) return round(number);
  const factor = 10 ** field.scale;
  const scaled = Math.floor(round(Math.abs(number) * factor) + 0.5) / factor;
  return round(Math.sign(number) * scaled);
}
