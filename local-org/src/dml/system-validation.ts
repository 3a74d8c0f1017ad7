import { Decimal } from '../apex/values/decimal.ts';
import type { AccessContext } from '../execution/contract.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { reachableIds } from '../sharing/reachable.ts';
import { fold } from '../storage/fold.ts';
import type { OrgStore } from '../storage/store.ts';
import {
  entityIsDeleted,
  insufficientAccessOnReference,
  invalidCrossReference,
  rowError,
} from './errors.ts';
import { checkRecordTypes } from './record-types.ts';
import type { SaveRow } from './save-row.ts';

/** What the platform checks on every save by itself: required fields, lengths, picklists, lookups, unique values. */
export function validateSystem(
  rows: readonly SaveRow[],
  store: OrgStore,
  context: AccessContext,
  truncatesText: boolean,
): void {
  for (const row of rows) {
    checkRequired(row);
    for (const name of row.after.values.keys()) {
      const field = row.object.fields.get(name.toLowerCase());
      if (field !== undefined && (row.before === null || row.changed(field.name)))
        checkValue(row, field, truncatesText);
    }
  }
  checkRecordTypes(rows, store, context);
  checkReferences(rows, store, context);
  checkOwners(rows, store, context);
  checkQueues(rows, store);
  checkUnique(rows, store);
}

/** Before the triggers the platform checks only picklists and lookups (documented: order of execution, step 2, for Apex and API requests). */
export function validateBeforeTriggers(
  rows: readonly SaveRow[],
  store: OrgStore,
  context: AccessContext,
): void {
  checkRecordTypes(rows, store, context);
  checkReferences(rows, store, context);
}

const requiredCache = new WeakMap<ObjectInfo, readonly FieldInfo[]>();

function requiredFields(object: ObjectInfo): readonly FieldInfo[] {
  let fields = requiredCache.get(object);
  if (fields === undefined) {
    fields = [...object.fields.values()].filter(
      (field) =>
        field.nillable === false &&
        field.createable !== false &&
        field.defaultedOnCreate !== true &&
        !field.autoNumber &&
        field.displayType !== 'boolean' &&
        field.displayType !== 'id' &&
        field.formula === undefined &&
        field.name !== 'OwnerId',
    );
    requiredCache.set(object, fields);
  }
  return fields;
}

function checkRequired(row: SaveRow): void {
  const missing = requiredFields(row.object).filter((field) =>
    isEmpty(row.after.values.get(field.name)),
  );
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  row.addError(
    rowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names),
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
  );
}

const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\".]+$/;

/** Documented: values of String fields have no leading or trailing whitespace, which the database needs so; never empty, but null. */
function trimmed(row: SaveRow, field: FieldInfo, value: string): string {
  const text = value.replace(/^[\0- ]+|[\0- ]+$/g, '');
  if (text !== value) row.after.values.set(field.name, text === '' ? null : text);
  return text;
}

function checkValue(row: SaveRow, field: FieldInfo, truncatesText: boolean): void {
  const saved = row.after.values.get(field.name);
  if (saved === null || saved === undefined) return;
  if (typeof saved === 'string') {
    const isText =
      field.displayType !== 'picklist' &&
      field.displayType !== 'multipicklist' &&
      field.apexType === 'String';
    const value = isText ? trimmed(row, field, saved) : saved;
    if (value === '') return;
    if (isText && field.length !== undefined && field.length > 0 && value.length > field.length) {
      if (truncatesText) row.after.values.set(field.name, value.slice(0, field.length));
      else
        row.addError(
          rowError(
            'STRING_TOO_LONG',
            `${field.label ?? field.name}: data value too large: ${value} (max length=${field.length})`,
            [field.name],
          ),
        );
    }
    if (field.displayType === 'email' && !EMAIL.test(value)) {
      row.addError(
        rowError(
          'INVALID_EMAIL_ADDRESS',
          `${field.label ?? field.name}: invalid email address: ${value}`,
          [field.name],
        ),
      );
    }
    checkPicklist(row, field, value);
    return;
  }
  if (saved instanceof Decimal && field.precision !== undefined && field.precision > 0) {
    const whole = field.precision - (field.scale ?? 0);
    if (Math.abs(saved.toDouble()) >= 10 ** whole) {
      row.addError(
        rowError(
          'NUMBER_OUTSIDE_VALID_RANGE',
          `${field.label ?? field.name}: value outside of valid range on numeric field: ${saved.toPlainString()}`,
          [field.name],
        ),
      );
    }
  }
}

function checkPicklist(row: SaveRow, field: FieldInfo, value: string): void {
  if (!field.restrictedPicklist || field.picklist === undefined) return;
  const allowed = field.picklist;
  const parts = field.displayType === 'multipicklist' ? value.split(';') : [value];
  const known: string[] = [];
  for (const part of parts) {
    const entry =
      allowed.find((candidate) => candidate.value === part) ??
      allowed.find((candidate) => fold(candidate.value) === fold(part));
    if (entry === undefined || !entry.isActive) {
      row.addError(
        rowError(
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `bad value for restricted picklist field: ${part}`,
          [field.name],
        ),
      );
      return;
    }
    known.push(entry.value);
  }
  // A value that differs in case only is stored as the picklist has it (practitioner).
  row.after.values.set(field.name, known.join(';'));
}

// ---------------------------------------------------------------- lookups

const referenceCache = new WeakMap<ObjectInfo, readonly FieldInfo[]>();

/** The lookups of an object that a statement can write. */
export function referenceFields(object: ObjectInfo): readonly FieldInfo[] {
  let fields = referenceCache.get(object);
  if (fields === undefined) {
    fields = [...object.fields.values()].filter(
      (field) => field.reference !== undefined && field.displayType === 'reference',
    );
    referenceCache.set(object, fields);
  }
  return fields;
}

function checkReferences(rows: readonly SaveRow[], store: OrgStore, context: AccessContext): void {
  const [first] = rows;
  if (first === undefined) return;
  for (const field of referenceFields(first.object)) {
    const wanted = new Map<ObjectInfo, SaveRow[]>();
    for (const row of rows) {
      if (row.failed) continue;
      const id = row.after.values.get(field.name);
      if (typeof id !== 'string' || (row.before !== null && !row.changed(field.name))) continue;
      const target = targetOf(field, id, row, store);
      if (target === null) continue;
      const list = wanted.get(target) ?? [];
      wanted.set(target, list);
      list.push(row);
    }
    for (const [target, concerned] of wanted)
      checkTargets(field, target, concerned, store, context);
  }
}

function targetOf(field: FieldInfo, id: string, row: SaveRow, store: OrgStore): ObjectInfo | null {
  const targets = field.reference?.targets ?? [];
  const actual = store.schema.objectByPrefix(id.slice(0, 3));
  const known = targets.some((target) => store.schema.object(target)?.keyPrefix !== undefined);
  if (actual !== undefined && targets.includes(actual.name)) return actual;
  if (!known || targets.length === 0) return null;
  if (targets.length > 20) return null;
  row.addError(
    rowError(
      'FIELD_INTEGRITY_EXCEPTION',
      `${field.label ?? field.name}: id value of incorrect type: ${id}`,
      [field.name],
    ),
  );
  return null;
}

function checkTargets(
  field: FieldInfo,
  target: ObjectInfo,
  rows: readonly SaveRow[],
  store: OrgStore,
  context: AccessContext,
): void {
  const ids = [...new Set(rows.map((row) => String(row.after.values.get(field.name))))];
  const existing = store.existingIds(target, ids);
  const checksSharing =
    context.sharing &&
    !target.setupObject &&
    field.name !== 'OwnerId' &&
    field.name !== 'RecordTypeId';
  // Documented: Metadata API, CustomField.writeRequiresMasterRead: without it creating a detail takes Read/Write on its master.
  const { masterDetail = false, writeRequiresMasterRead = false } = field.reference ?? {};
  const level = masterDetail && !writeRequiresMasterRead ? 'edit' : 'read';
  const visible = checksSharing ? reachableIds(store, target, ids, context, level) : existing;
  for (const row of rows) {
    const id = String(row.after.values.get(field.name));
    if (!existing.has(id)) {
      const deleted = store.rowsByIdWithDeleted(target.name, [id]).has(id);
      row.addError(deleted ? entityIsDeleted() : invalidCrossReference([field.name]));
    } else if (!visible.has(id)) row.addError(insufficientAccessOnReference(id));
  }
}

/**
 * Groups own records only as queues, and those the objects only that they are made for. Documented: Object Reference, QueueSobject; status and text
 * practitioner-reported.
 */
function checkQueues(rows: readonly SaveRow[], store: OrgStore): void {
  const given = rows.filter(
    (row) =>
      !row.failed &&
      String(row.after.values.get('OwnerId')).startsWith('00G') &&
      row.changed('OwnerId'),
  );
  const [first] = given;
  if (first === undefined || store.schema.object('QueueSobject') === undefined) return;
  const ids = [...new Set(given.map((row) => String(row.after.values.get('OwnerId'))))];
  const suited = new Set(
    store
      .rowsWhere('QueueSobject', 'QueueId', ids)
      .filter((queue) => queue['SobjectType'] === first.object.name)
      .map((queue) => queue['QueueId']),
  );
  for (const row of given)
    if (!suited.has(String(row.after.values.get('OwnerId'))))
      row.addError(
        rowError('INVALID_OPERATION', 'Queue not associated with this SObject type', ['OwnerId']),
      );
}

/** Records cannot be given to users who are not active (documented status code; text practitioner-reported). */
function checkOwners(rows: readonly SaveRow[], store: OrgStore, context: AccessContext): void {
  const given = rows.filter(
    (row) =>
      !row.failed && row.changed('OwnerId') && row.after.values.get('OwnerId') !== context.userId,
  );
  const ids = new Set(
    given.flatMap((row) => {
      const owner = row.after.values.get('OwnerId');
      return typeof owner === 'string' && owner.startsWith('005') ? [owner] : [];
    }),
  );
  if (ids.size === 0) return;
  const query =
    'SELECT "Id" FROM "User" WHERE "IsActive" = 0 AND "Id" IN (SELECT value FROM json_each(?))';
  const inactive = new Set(
    store.db.all(query, [JSON.stringify([...ids])]).map(([id]) => String(id)),
  );
  for (const row of inactive.size === 0 ? [] : given) {
    const owner = row.after.values.get('OwnerId');
    if (typeof owner !== 'string' || !inactive.has(owner)) continue;
    const message = `operation performed with inactive user [${owner.slice(0, 15)}] as owner of ${row.object.label.toLowerCase()}`;
    row.addError(rowError('INACTIVE_OWNER_OR_USER', message, ['OwnerId']));
  }
}

// ---------------------------------------------------------------- unique values

const uniqueCache = new WeakMap<ObjectInfo, readonly FieldInfo[]>();

function uniqueFields(object: ObjectInfo): readonly FieldInfo[] {
  let fields = uniqueCache.get(object);
  if (fields === undefined) {
    fields = [...object.fields.values()].filter(
      (field) => field.unique && field.displayType !== 'id',
    );
    uniqueCache.set(object, fields);
  }
  return fields;
}

function checkUnique(rows: readonly SaveRow[], store: OrgStore): void {
  const [first] = rows;
  if (first === undefined) return;
  for (const field of uniqueFields(first.object)) {
    const key = (value: unknown): unknown =>
      field.caseSensitive || typeof value !== 'string' ? comparable(value) : fold(value);
    const changed = rows.filter(
      (row) =>
        !row.failed &&
        !isEmpty(row.after.values.get(field.name)) &&
        (row.before === null || row.changed(field.name)),
    );
    if (changed.length === 0) continue;
    const holders = new Map<unknown, string>();
    for (const row of store.rowsWhere(
      first.object.name,
      field.name,
      changed.map((row) => row.after.values.get(field.name)),
    )) {
      holders.set(key(row[field.name]), String(row['Id']));
    }
    // Records of this statement that give the value up.
    for (const row of rows) {
      if (
        row.before !== null &&
        row.changed(field.name) &&
        holders.get(key(row.before[field.name])) === row.before['Id']
      ) {
        holders.delete(key(row.before[field.name]));
      }
    }
    for (const row of changed) {
      const value = key(row.after.values.get(field.name));
      const holder = holders.get(value);
      if (holder !== undefined && holder !== row.before?.['Id']) {
        const id = holder === '' ? '<unknown>' : holder.slice(0, 15);
        const what = holder === '' ? '<unknown>' : field.name;
        row.addError(
          rowError(
            'DUPLICATE_VALUE',
            `duplicate value found: ${what} duplicates value on record with id: ${id}`,
          ),
        );
      } else holders.set(value, row.before === null ? '' : String(row.before['Id']));
    }
  }
}

function comparable(value: unknown): unknown {
  return value instanceof Decimal ? value.toDouble() : value;
}
