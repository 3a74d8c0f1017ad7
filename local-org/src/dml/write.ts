import { ApexDatetime } from '../apex/values/datetime.ts';
import { Decimal } from '../apex/values/decimal.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { encodeValue } from '../storage/columns.ts';
import type { SqlValue } from '../storage/database.ts';
import type { OrgStore } from '../storage/store.ts';
import type { SaveEnv } from './env.ts';
import { sameValue } from './save-row.ts';
import type { SaveRow } from './save-row.ts';

/** Milliseconds are not stored (practitioner: a datetime read back has none). */
export function stampOf(now: number): number {
  return now - (now % 1000);
}

/** Writes new records: Id, auto numbers, system fields, compound names. */
export function writeInserts(rows: readonly SaveRow[], env: SaveEnv): void {
  const [first] = rows;
  if (first === undefined) return;
  const { object } = first;
  const table = env.store.tables.table(object);
  const stamp = new ApexDatetime(stampOf(env.now));
  for (const row of rows) {
    const { values } = row.after;
    values.set('Id', env.store.newId(object));
    const system: Readonly<Record<string, unknown>> = {
      CreatedDate: stamp,
      CreatedById: env.user.id,
      LastModifiedDate: stamp,
      LastModifiedById: env.user.id,
      SystemModstamp: stamp,
      IsDeleted: false,
    };
    for (const [name, value] of Object.entries(system))
      if (table.byName.has(name)) values.set(name, value);
    for (const field of autoNumbers(object)) {
      if (values.get(field.name) == null)
        values.set(
          field.name,
          autoNumber(field, env.store.nextNumber(`${object.name}.${field.name}`), env.now),
        );
    }
    composeName(row);
    nameAfterId(row);
    const names: string[] = [];
    const stored: SqlValue[] = [];
    for (const column of table.columns) {
      const value = values.get(column.name);
      if (value === undefined) continue;
      const encoded = toColumn(value, column.field);
      if (encoded === null) continue;
      names.push(column.name);
      stored.push(encoded);
    }
    env.store.insertRaw(table, names, stored);
  }
}

/** Writes changed fields of existing records. */
export function writeUpdates(rows: readonly SaveRow[], env: SaveEnv): void {
  const [first] = rows;
  if (first === undefined) return;
  const table = env.store.tables.table(first.object);
  const stamp = new ApexDatetime(stampOf(env.now));
  for (const row of rows) {
    const { values } = row.after;
    const system: Readonly<Record<string, unknown>> = {
      LastModifiedDate: stamp,
      LastModifiedById: env.user.id,
      SystemModstamp: stamp,
    };
    for (const [name, value] of Object.entries(system))
      if (table.byName.has(name)) values.set(name, value);
    composeName(row);
    const names: string[] = [];
    const stored: SqlValue[] = [];
    for (const column of table.columns) {
      if (!values.has(column.name) || sameValue(values.get(column.name), row.before?.[column.name]))
        continue;
      names.push(column.name);
      stored.push(toColumn(values.get(column.name), column.field));
    }
    env.store.updateRaw(table, String(row.before?.['Id']), names, stored);
  }
}

/** The stored form: numbers rounded to the field's decimal places, datetimes without milliseconds, blank text as nothing. */
function toColumn(value: unknown, field: FieldInfo): SqlValue {
  if (value instanceof Decimal) return savedNumber(value, field).toDouble();
  if (value instanceof ApexDatetime) return stampOf(value.millis);
  if (typeof value === 'string' && value.trim() === '') return null;
  return encodeValue(value, field);
}

/**
 * A number at its field's decimal places. Custom fields are rounded on save; standard ones keep more places than their scale
 * says (practitioner: fflib-apex-common saves 12345.67 in Account.AnnualRevenue, whose scale is 0, and reads it back).
 */
function savedNumber(value: Decimal, { scale, custom }: FieldInfo): Decimal {
  if (scale === undefined || value.scale === scale) return value;
  return value.scale < scale || custom ? value.setScale(scale, 'HALF_UP') : value;
}

/** `Name` of people is made of its parts (documented: Contact.Name: FirstName, MiddleName, LastName, Suffix). */
function composeName(row: SaveRow): void {
  const { object, after } = row;
  if (
    !object.fields.has('lastname') ||
    !object.fields.has('name') ||
    !object.fields.has('firstname')
  )
    return;
  const name = object.fields.get('name');
  if (name === undefined || name.createable === true) {
    if (name === undefined || after.values.get('LastName') == null) return;
  }
  const parts = ['FirstName', 'MiddleName', 'LastName', 'Suffix'].map((part) =>
    after.values.get(part),
  );
  const text = parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
  if (text !== '') after.values.set('Name', text);
}

/** A record of a custom object that nobody named is named after its Id (practitioner). */
function nameAfterId({ object, after }: SaveRow): void {
  const name = object.fields.get('name');
  if (object.kind !== 'custom' || name?.displayType !== 'string' || name.autoNumber) return;
  const value = after.values.get('Name');
  if (typeof value !== 'string' || value.trim() === '') after.values.set('Name', after.id);
}

const autoNumberCache = new WeakMap<ObjectInfo, readonly FieldInfo[]>();

function autoNumbers(object: ObjectInfo): readonly FieldInfo[] {
  let fields = autoNumberCache.get(object);
  if (fields === undefined) {
    fields = [...object.fields.values()].filter((field) => field.autoNumber);
    autoNumberCache.set(object, fields);
  }
  return fields;
}

/** `D-{0000}` and dates in the format (documented: auto-number formats). */
function autoNumber(field: FieldInfo, n: number, now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (field.autoNumberFormat ?? '{0}')
    .replace(/\{(0+)\}/, (_, zeros: string) => String(n).padStart(zeros.length, '0'))
    .replaceAll('{YYYY}', String(date.getUTCFullYear()))
    .replaceAll('{YY}', two(date.getUTCFullYear() % 100))
    .replaceAll('{MM}', two(date.getUTCMonth() + 1))
    .replaceAll('{DD}', two(date.getUTCDate()));
}

/** Keeps the decoded form in step with what was stored, for the after-triggers. */
export function normalise(rows: readonly SaveRow[], store: OrgStore): void {
  const [first] = rows;
  if (first === undefined) return;
  const table = store.tables.table(first.object);
  for (const row of rows) {
    for (const [name, value] of row.after.values) {
      const field = table.byName.get(name)?.field;
      if (field === undefined) continue;
      if (value instanceof Decimal) row.after.values.set(name, savedNumber(value, field));
      else if (value instanceof ApexDatetime && value.millis % 1000 !== 0)
        row.after.values.set(name, new ApexDatetime(stampOf(value.millis)));
      else if (typeof value === 'string' && value.trim() === '') row.after.values.set(name, null);
    }
  }
}
