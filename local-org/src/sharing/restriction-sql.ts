import { toId18 } from '../apex/values/id.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { storedValueOf } from '../platform/setup/stored-values.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../schema/contract.ts';
import { encodeValue } from '../storage/columns.ts';
import { fold } from '../storage/fold.ts';
import type { SqlValue } from '../storage/database.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import { quote } from '../storage/tables.ts';
import type { Criterion, CriterionValue } from './restriction-criteria.ts';

/** A field of the record, or of a record that it looks up. */
export interface CriterionField {
  readonly lookup: FieldInfo | null;
  /** The object that has the field. */
  readonly object: ObjectInfo;
  readonly field: FieldInfo;
}

/** Documented data types: boolean, date, dateTime, double, int, reference, string, time, single picklist. */
const TYPES: Readonly<Record<string, 'text' | 'number' | 'id' | 'boolean' | 'date' | 'datetime'>> =
  {
    string: 'text',
    picklist: 'text',
    combobox: 'text',
    email: 'text',
    phone: 'text',
    url: 'text',
    boolean: 'boolean',
    int: 'number',
    long: 'number',
    double: 'number',
    currency: 'number',
    percent: 'number',
    date: 'date',
    datetime: 'datetime',
    reference: 'id',
    id: 'id',
  };

/**
 * The field that a path names. Documented: Restriction Rules Developer Guide, "Considerations": "only one 'dot' (one lookup level from the
 * targetEntity)"; a look-up to several objects says which one (`Owner:User`), and queues are not supported.
 */
export function criterionField(schema: Schema, object: ObjectInfo, path: string): CriterionField {
  const parts = path.split('.');
  const [first = '', second] = parts;
  if (parts.length > 2)
    throw invalid(`${path} goes further than one look-up from ${object.name}, which is the limit`);
  if (second === undefined) {
    const field = object.fields.get(first.toLowerCase());
    if (field === undefined) throw invalid(`${object.name} has no field ${first}`);
    return { lookup: null, object, field: comparable(object, field) };
  }
  const [step = '', type] = first.split(':');
  const lookup = lookupOf(object, step);
  if (lookup === undefined) throw invalid(`${object.name} has no look-up ${step}`);
  const targets = lookup.reference?.targets ?? [];
  const name = type ?? (targets.length === 1 ? targets[0] : undefined);
  if (name === undefined)
    throw invalid(`${step} of ${object.name} needs an object type, such as ${step}:User`);
  const target = targets.find((each) => each.toLowerCase() === name.toLowerCase());
  const info = target === undefined || target === 'Group' ? undefined : schema.object(target);
  if (info === undefined) throw invalid(`${step}:${name} is nothing that ${object.name} looks up`);
  const field = info.fields.get(second.toLowerCase());
  if (field === undefined) throw invalid(`${info.name} has no field ${second}`);
  return { lookup, object: info, field: comparable(info, field) };
}

function lookupOf(object: ObjectInfo, step: string): FieldInfo | undefined {
  const name = step.toLowerCase();
  return [...object.fields.values()].find(
    (field) =>
      field.reference !== undefined &&
      (field.reference.relationshipName?.toLowerCase() === name ||
        // The guide writes look-ups by their field, too: `Agent__c.Owner`.
        (name.endsWith('__c') && field.name.toLowerCase() === name)),
  );
}

function comparable(object: ObjectInfo, field: FieldInfo): FieldInfo {
  if (field.formula !== undefined)
    throw invalid(`the formula field ${object.name}.${field.name} is not supported`);
  if (field.displayType === 'time')
    throw raise(Diagnostics.METADATA_NOT_IMPLEMENTED, [
      `restriction rule on the time ${object.name}.${field.name}`,
    ]);
  if (TYPES[field.displayType] === undefined)
    throw invalid(`${object.name}.${field.name} is of type ${field.displayType}, not supported`);
  return field;
}

/** A criterion about records of an object as a condition on the alias; `userId` is whose fields `$User` means. */
export function criterionSql(
  schema: Schema,
  object: ObjectInfo,
  alias: string,
  criterion: Criterion,
  userId: string,
): Fragment {
  const found = criterionField(schema, object, criterion.path);
  const { lookup } = found;
  if (lookup === null) return equals(schema, found, alias, criterion.value, userId);
  const start = raw(`${alias}.${quote(lookup.name)}`);
  // Record types are facts of the schema; what is asked of one is asked of them.
  if (found.object.name === 'RecordType') {
    const ids = recordTypeIds(object, found.field, literals(criterion.value));
    return sql`${start} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  }
  const inner = equals(schema, found, 'rl', criterion.value, userId);
  // A record without the other one is not granted (documented: "if the related record doesn't exist, access isn't granted").
  return sql`${start} IN (SELECT rl."Id" FROM ${raw(quote(found.object.name))} rl WHERE ${inner})`;
}

function equals(
  schema: Schema,
  { object, field }: CriterionField,
  alias: string,
  value: CriterionValue,
  userId: string,
): Fragment {
  const column = raw(`${alias}.${quote(field.name)}`);
  const kind = TYPES[field.displayType];
  const left = kind === 'text' ? sql`fold(${column})` : column;
  if (value.kind === 'user') {
    const own = userField(schema, value.field);
    if (TYPES[own.displayType] !== kind)
      throw invalid(`${object.name}.${field.name} and $User.${own.name} are of different types`);
    const read = raw(kind === 'text' ? `fold(${quote(own.name)})` : quote(own.name));
    return sql`${left} = (SELECT ${read} FROM "User" WHERE "Id" = ${userId})`;
  }
  const values = value.texts.map((text) => sql`${literal(object, field, text)}`);
  return sql`${left} IN (${join(values, ', ')})`;
}

/** A field of the running user. */
export function userField(schema: Schema, name: string): FieldInfo {
  const user = schema.object('User');
  const field = user?.fields.get(name.toLowerCase());
  if (user === undefined || field === undefined) throw invalid(`User has no field ${name}`);
  return comparable(user, field);
}

/** Ids that a criterion names, with the objects that may have them. */
export function idsNamed(
  schema: Schema,
  object: ObjectInfo,
  criterion: Criterion,
): { readonly id: string; readonly targets: readonly string[] }[] {
  const { field } = criterionField(schema, object, criterion.path);
  if (TYPES[field.displayType] !== 'id' || field.name === 'RecordTypeId') return [];
  const targets = field.reference?.targets ?? [object.name];
  return literals(criterion.value).map((text) => ({ id: toId18(text) ?? text, targets }));
}

function literals(value: CriterionValue): readonly string[] {
  if (value.kind === 'user') throw invalid(`$User.${value.field} is no value of a record type`);
  return value.texts;
}

function recordTypeIds(object: ObjectInfo, field: FieldInfo, names: readonly string[]): string[] {
  const wanted = names.map(fold);
  const named = object.recordTypes.filter(({ developerName, label }) =>
    wanted.includes(fold(field.name === 'Name' ? label : developerName)),
  );
  if (!['Name', 'DeveloperName'].includes(field.name) || named.length === 0)
    throw invalid(`${object.name} has no record type ${names.join(', ')}`);
  return named.map(({ id }) => id);
}

function literal(object: ObjectInfo, field: FieldInfo, text: string): SqlValue {
  const wrong = (): Error =>
    raise(Diagnostics.METADATA_VALUE, [text, `${object.name}.${field.name}`, field.displayType]);
  switch (TYPES[field.displayType]) {
    case 'text':
      return fold(text);
    case 'id': {
      const id = toId18(text);
      if (id === null) throw wrong();
      if (
        field.name === 'RecordTypeId' &&
        !object.recordTypes.some((type) => toId18(type.id) === id)
      )
        throw invalid(`${object.name} has no record type ${text}`);
      return id;
    }
    case 'boolean':
      if (!/^(?:true|false)$/i.test(text)) throw wrong();
      break;
    case 'date':
      if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw wrong();
      break;
    case 'datetime': {
      // Documented form: yyyy-MM-dd HH:mm:ss. That it means GMT is inferred.
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) throw wrong();
      return encodeValue(storedValueOf(field, `${text.replace(' ', 'T')}Z`), field);
    }
    case 'number':
    case undefined:
      break;
  }
  return encodeValue(storedValueOf(field, text), field);
}

function invalid(text: string): Error {
  return raise(Diagnostics.METADATA_INVALID, [`Restriction rule: ${text}`]);
}
