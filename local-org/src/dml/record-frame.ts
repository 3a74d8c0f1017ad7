import type { SObjectValue } from '../apex/values/sobject.ts';
import { evaluateField, formulaOf } from '../formula/registry.ts';
import type { Formula, FormulaEnv, FormulaFrame, FormulaReference } from '../formula/types.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { encodeValue } from '../storage/columns.ts';
import type { OrgStore } from '../storage/store.ts';
import type { StoredRow } from './hooks.ts';

/** Reads parents of records being saved, each once per statement chunk. */
export class ParentCache {
  readonly #store: OrgStore;
  readonly #rows = new Map<string, StoredRow | null>();

  constructor(store: OrgStore) {
    this.#store = store;
  }

  row(object: ObjectInfo, id: string): StoredRow | null {
    let row = this.#rows.get(id);
    if (row === undefined) {
      row = this.#store.rowsById(object.name, [id]).get(id) ?? null;
      this.#rows.set(id, row);
    }
    return row;
  }
}

type Values = (field: FieldInfo) => unknown;

/** Stored value of a formula's reference, starting from a record in memory. */
function referenceValue(
  reference: FormulaReference,
  object: ObjectInfo,
  values: Values,
  env: FormulaEnv,
  store: OrgStore,
  parents: ParentCache,
): unknown {
  let current: Values = values;
  let owner = object;
  for (const step of reference.steps) {
    const lookup = owner.fields.get(step.field.name.toLowerCase()) ?? step.field;
    const id = encodeValue(current(lookup), lookup);
    const target = step.targets[0];
    if (typeof id !== 'string' || target === undefined) return null;
    const row = parents.row(target, id);
    if (row === null) return null;
    current = (field) => row[field.name] ?? null;
    owner = target;
  }
  const { field } = reference;
  if (field.formula === undefined) return encodeValue(current(field), field);
  const formula = formulaOf(store.schema, owner, field);
  const base = current;
  const on = owner;
  return evaluateField(formula, field, {
    env,
    value: (index) => {
      const inner = formula.references[index];
      return inner === undefined ? null : referenceValue(inner, on, base, env, store, parents);
    },
  });
}

/** The frame in which a formula sees a record being saved. */
export function recordFrame(
  formula: Formula,
  record: SObjectValue,
  before: StoredRow | null,
  env: FormulaEnv,
  store: OrgStore,
  parents: ParentCache,
): FormulaFrame {
  const read = (index: number, values: Values): unknown => {
    const reference = formula.references[index];
    return reference === undefined
      ? null
      : referenceValue(reference, record.object, values, env, store, parents);
  };
  return {
    env,
    isNew: before === null,
    value: (index) => read(index, (field) => record.values.get(field.name) ?? null),
    prior: (index) => read(index, (field) => before?.[field.name] ?? null),
  };
}

/** Puts the values of formula fields on a record that triggers will see. */
export function loadFormulas(
  record: SObjectValue,
  before: StoredRow | null,
  env: FormulaEnv,
  store: OrgStore,
  parents: ParentCache,
  decode: (value: unknown, field: FieldInfo) => unknown,
): void {
  for (const field of formulaFields(record.object)) {
    const formula = formulaOf(store.schema, record.object, field);
    const value = evaluateField(
      formula,
      field,
      recordFrame(formula, record, before, env, store, parents),
    );
    record.values.set(field.name, decode(value, field));
  }
}

const formulaFieldCache = new WeakMap<ObjectInfo, readonly FieldInfo[]>();

/** The calculated fields of an object. */
export function formulaFields(object: ObjectInfo): readonly FieldInfo[] {
  let fields = formulaFieldCache.get(object);
  if (fields === undefined) {
    fields = [...object.fields.values()].filter((field) => field.formula !== undefined);
    formulaFieldCache.set(object, fields);
  }
  return fields;
}
