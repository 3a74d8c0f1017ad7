import type { SObjectValue } from '../apex/values/sobject.ts';
import { compileNamed, toStored } from '../formula/registry.ts';
import type { Formula } from '../formula/types.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { decodeValue } from '../storage/columns.ts';
import { presetRecordType } from './record-types.ts';
import type { SaveEnv } from './env.ts';
import { rowError } from './errors.ts';
import { sameValue } from './save-row.ts';
import type { SaveRow } from './save-row.ts';

/** Fields that the platform alone writes; a record that was read carries them along without harm. */
const SYSTEM_FIELDS = new Set([
  'Id',
  'IsDeleted',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'LastViewedDate',
  'LastReferencedDate',
  'LastActivityDate',
]);

/** Lays the statement's values over the record. Fields that cannot be written are errors when somebody set them, and left alone when a query did. */
export function layOverGiven(row: SaveRow, env: SaveEnv): void {
  const refused: string[] = [];
  for (const [name, value] of row.given.values) {
    const field = row.object.fields.get(name.toLowerCase());
    if (
      field === undefined ||
      name === 'Id' ||
      field.formula !== undefined ||
      field.rollup !== undefined
    )
      continue;
    const writable = row.operation === 'insert' ? field.createable : field.updateable;
    if (writable === false || SYSTEM_FIELDS.has(field.name)) {
      if (mayBeIgnored(row, field, value)) continue;
      refused.push(field.name);
      continue;
    }
    row.after.values.set(field.name, value === '' ? null : value);
  }
  if (refused.length > 0) {
    row.addError(
      rowError(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${refused.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
        refused,
      ),
    );
  }
  resolveParents(row, env);
}

function mayBeIgnored(row: SaveRow, field: FieldInfo, value: unknown): boolean {
  if (row.given.retrieved || row.given.isClone || value === null) return true;
  return row.before !== null && sameValue(value, row.before[field.name]);
}

/** `new Contact(Account = new Account(Code__c = 'X'))`: the parent is named by its external Id (documented: relating records by external Id). */
function resolveParents(row: SaveRow, env: SaveEnv): void {
  for (const [name, parent] of row.given.parents ?? []) {
    const lookup = row.object.parents.get(name.toLowerCase());
    if (
      parent === null ||
      lookup === undefined ||
      parent.retrieved ||
      row.given.values.get(lookup.name) !== undefined
    )
      continue;
    const keys = [...parent.values].filter(([key, value]) => value !== null && isKey(parent, key));
    const [key] = keys;
    if (key === undefined || parent.values.size !== 1) continue;
    const [field, value] = key;
    const found = env.store.rowsWhere(parent.object.name, field, [value]);
    const [only] = found;
    if (only === undefined) {
      row.addError(
        rowError(
          'INVALID_FIELD',
          `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${field} in entity ${parent.object.name}`,
        ),
      );
    } else row.after.values.set(lookup.name, only['Id']);
  }
}

function isKey(parent: SObjectValue, name: string): boolean {
  const field = parent.object.fields.get(name.toLowerCase());
  return field !== undefined && (field.externalId || field.idLookup) && name !== 'Id';
}

/** Defaults of a new record: owner, record type, default values of fields and picklists that the statement does not name. */
export function applyDefaults(row: SaveRow, env: SaveEnv): void {
  const { object, after } = row;
  for (const field of object.fields.values()) {
    if (field.formula !== undefined || after.values.has(field.name)) continue;
    if (field.rollup !== undefined) {
      const { operation } = field.rollup;
      if (operation === 'COUNT' || operation === 'SUM')
        after.values.set(field.name, decodeValue(0, field));
      continue;
    }
    if (field.name === 'OwnerId') after.values.set('OwnerId', env.user.id);
    else if (field.displayType === 'boolean')
      after.values.set(field.name, booleanDefault(field, object, env));
    else if (field.defaultValue !== undefined) setDefault(row, field, env);
    else if (field.displayType === 'picklist' || field.displayType === 'multipicklist') {
      const value = field.picklist?.find((entry) => entry.isDefault && entry.isActive)?.value;
      if (value !== undefined) after.values.set(field.name, value);
    }
  }
  if (!row.given.values.has('RecordTypeId')) presetRecordType(row, env);
  // The owner may be named as null: the running user owns it then.
  if (object.fields.has('ownerid') && (after.values.get('OwnerId') ?? null) === null)
    after.values.set('OwnerId', env.user.id);
}

const defaults = new WeakMap<FieldInfo, Formula>();

function defaultFormula(field: FieldInfo, object: ObjectInfo, env: SaveEnv): Formula {
  let formula = defaults.get(field);
  if (formula === undefined) {
    formula = compileNamed(
      `${object.name}.${field.name} (default value)`,
      field.defaultValue ?? '',
      { schema: env.store.schema, object: null, blankAsZero: false },
    );
    defaults.set(field, formula);
  }
  return formula;
}

function booleanDefault(field: FieldInfo, object: ObjectInfo, env: SaveEnv): boolean {
  if (field.defaultValue === undefined) return false;
  return (
    defaultFormula(field, object, env).evaluate({ env: env.formulas, value: () => null }) === true
  );
}

function setDefault(row: SaveRow, field: FieldInfo, env: SaveEnv): void {
  const value = defaultFormula(field, row.object, env).evaluate({
    env: env.formulas,
    value: () => null,
  });
  const stored = toStored(value, field);
  if (stored !== null) row.after.values.set(field.name, decodeValue(stored, field));
}
