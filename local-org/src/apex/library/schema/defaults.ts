import type { FieldInfo } from '../../../schema/contract.ts';
import type { SObjectValue } from '../../values/index.ts';
import { evaluateDefault } from '../formula/formula-eval.ts';

/** The value a new record's field starts with, in raw form: a picklist's default entry, a checkbox, or what the default formula gives. */
export function defaultValue(field: FieldInfo): unknown {
  if (field.displayType === 'boolean') {
    return field.defaultValue === undefined ? false : evaluateDefault(field) === true;
  }
  const picked = field.picklist?.find((value) => value.isDefault);
  if (picked !== undefined) return picked.value;
  return field.defaultValue === undefined ? null : evaluateDefault(field);
}

/** Puts the defaults into the fields that can be set and hold nothing. */
export function loadDefaults(record: SObjectValue): void {
  for (const field of record.object.fields.values()) {
    const isFixed =
      field.createable === false || field.formula !== undefined || field.rollup !== undefined;
    if (isFixed || record.values.has(field.name)) continue;
    const value = defaultValue(field);
    if (value !== null) record.load(field.name, value);
  }
}
