import type { ApexFieldType, FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { apexException } from './exception.ts';
import { ApexId, stringToId } from './id.ts';
import { ApexList } from './list.ts';
import { Types } from './runtime-type.ts';
import { ApexTime } from './time.ts';
import { runtimeTypeName } from './type-name.ts';

/** An error put on a record by `addError`. */
export interface SObjectError {
  readonly message: string;
  /** API names; empty for an error on the record itself. */
  readonly fields: readonly string[];
  /** Plain validation errors have FIELD_CUSTOM_VALIDATION_EXCEPTION. */
  readonly statusCode: string;
}

/**
 * A record in memory. Values are in the raw form of the field's type and keyed by canonical field name; a key that is present means
 * *populated*: read by a query or assigned.
 */
export class SObjectValue {
  readonly object: ObjectInfo;
  readonly values = new Map<string, unknown>();
  /** Parent records by relationship name (`Owner`, `Account__r`). */
  parents: Map<string, SObjectValue | null> | null = null;
  /** Child records by relationship name (`Contacts`). */
  children: Map<string, ApexList<SObjectValue>> | null = null;
  /** Read by a query: fields that were not selected must not be read (they throw). */
  retrieved = false;
  /** `Trigger.old`, and `Trigger.new` in after triggers. */
  readOnly = false;
  errors: SObjectError[] = [];
  isClone = false;
  cloneSourceId: string | null = null;
  /** Fields assigned in memory since the record was read: a null counts as populated only then. */
  #assigned: Set<string> | null = null;

  constructor(object: ObjectInfo) {
    this.object = object;
  }

  get id(): string | null {
    return (this.values.get('Id') as string | null | undefined) ?? null;
  }

  set id(id: string | null) {
    this.values.set('Id', id);
  }

  /** `record.Name`: canonical field name. Checkboxes that hold nothing read as false (practitioner). */
  read(name: string): unknown {
    const value = this.values.get(name);
    if (value !== undefined && value !== null) return value;
    if (value === undefined && this.retrieved && name !== 'Id') throw this.#notQueried(name);
    return this.#info(name)?.apexType === 'Boolean' ? false : null;
  }

  /** `record.Name = value`: canonical field name, value already of the field's type. */
  write(name: string, value: unknown): void {
    if (this.readOnly) throw apexException('System.FinalException', 'Record is read-only');
    if (name === 'Id') this.#checkId(value as string | null);
    this.values.set(name, value);
    if (this.retrieved) (this.#assigned ??= new Set()).add(name);
  }

  /** What a query or a save puts into the record: no checks, does not count as assigned in memory. */
  load(name: string, value: unknown): void {
    this.values.set(name, value);
  }

  /** `contact.Account`. */
  parent(name: string): SObjectValue | null {
    const parent = this.parents?.get(name);
    if (parent !== undefined) return parent;
    if (this.retrieved) throw this.#notQueried(name);
    return null;
  }

  /** `contact.Account = record`. */
  setParent(name: string, record: SObjectValue | null): void {
    if (this.readOnly) throw apexException('System.FinalException', 'Record is read-only');
    (this.parents ??= new Map()).set(name, record);
  }

  /** `account.Contacts`; an empty list for a record that no query read. */
  childList(name: string): ApexList<SObjectValue> {
    let list = this.children?.get(name);
    if (list === undefined) {
      if (this.retrieved) throw this.#notQueried(name);
      list = new ApexList<SObjectValue>(
        Types.sobject(this.object.children.get(name.toLowerCase())?.childObject ?? 'SObject'),
      );
      this.setChildren(name, list);
    }
    return list;
  }

  setChildren(name: string, list: ApexList<SObjectValue>): void {
    (this.children ??= new Map()).set(name, list);
  }

  /** The field by any-case name; `System.SObjectException: Invalid field x for Account` when there is none. */
  fieldInfo(name: string): FieldInfo {
    const field = this.object.fields.get(name.toLowerCase());
    if (field === undefined) throw this.invalidField(name);
    return field;
  }

  invalidField(name: string): Error {
    return apexException(
      'System.SObjectException',
      `Invalid field ${name} for ${this.object.name}`,
    );
  }

  /** `record.get('name')`: boxed as an `Object`. */
  get(name: string): unknown {
    if (this.object.name === 'AggregateResult') return this.#aggregate(name);
    const field = this.fieldInfo(name);
    return boxFieldValue(this.read(field.name), field.apexType);
  }

  /** `record.put('name', value)`: takes an `Object`, checks its type; answers the previous value. */
  put(name: string, value: unknown): unknown {
    const field = this.fieldInfo(name);
    const previous = this.values.get(field.name) ?? null;
    this.write(field.name, toFieldValue(value, field));
    return boxFieldValue(previous, field.apexType);
  }

  /** `record.isSet('name')`: assigned or queried; false for unknown fields. */
  isSet(name: string): boolean {
    const field = this.object.fields.get(name.toLowerCase());
    return field !== undefined && this.values.has(field.name);
  }

  /** Fields in the order they were set. A null that only a query brought does not count (practitioner). */
  populated(): [name: string, value: unknown][] {
    const entries: [string, unknown][] = [];
    for (const [name, value] of this.values) {
      if (value !== null || !this.retrieved || this.#assigned?.has(name) === true)
        entries.push([name, value]);
    }
    return entries;
  }

  /** `addError`: `fields` empty for the record itself. */
  addError(message: string, fields: readonly string[] = []): void {
    this.errors.push({ message, fields, statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
  }

  /** Removes all field values. */
  clear(): void {
    this.values.clear();
    this.parents = null;
    this.children = null;
    this.retrieved = false;
  }

  clone(
    preserveId = false,
    deep = false,
    preserveTimestamps = false,
    preserveAutonumber = false,
  ): SObjectValue {
    const copy = new SObjectValue(this.object);
    copy.retrieved = this.retrieved;
    copy.isClone = true;
    copy.cloneSourceId = this.id;
    if (this.#assigned !== null) copy.#assigned = new Set(this.#assigned);
    for (const [name, value] of this.values) {
      if (name === 'Id' && !preserveId) continue;
      if (TIMESTAMPS.has(name) && !preserveTimestamps) continue;
      if (this.#info(name)?.autoNumber === true && !preserveAutonumber) continue;
      copy.values.set(name, value);
    }
    if (this.parents !== null) {
      copy.parents = new Map();
      for (const [name, parent] of this.parents)
        copy.parents.set(
          name,
          deep && parent !== null ? parent.clone(true, true, true, true) : parent,
        );
    }
    if (this.children !== null) copy.children = new Map(this.children);
    return copy;
  }

  #info(name: string): FieldInfo | undefined {
    return this.object.fields.get(name.toLowerCase());
  }

  #aggregate(name: string): unknown {
    const lower = name.toLowerCase();
    for (const [alias, value] of this.values) {
      if (alias.toLowerCase() === lower) return value;
    }
    throw this.invalidField(name);
  }

  #checkId(id: string | null): void {
    const prefix = this.object.keyPrefix;
    if (id !== null && prefix !== undefined && !id.startsWith(prefix)) {
      throw apexException(
        'System.SObjectException',
        `Invalid id value for this SObject type: ${id}`,
      );
    }
  }

  #notQueried(name: string): Error {
    return apexException(
      'System.SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${this.object.name}.${name}`,
    );
  }
}

const TIMESTAMPS = new Set([
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
]);

/** Errors of `record.Name.addError('…')`: emitted code calls this for a field expression as the receiver. */
export function addFieldError(record: SObjectValue, field: string, message: string): void {
  record.addError(message, [field]);
}

/** Raw field value → the form it has inside an `Object`. */
export function boxFieldValue(value: unknown, type: ApexFieldType): unknown {
  if (type === 'Id' && typeof value === 'string') return new ApexId(value);
  if (type === 'Double' && typeof value === 'number') return new ApexDouble(value);
  return value;
}

/** `Object` → raw value of the field's type; `System.SObjectException: Illegal assignment from String to Decimal` when it does not fit. */
export function toFieldValue(value: unknown, field: FieldInfo): unknown {
  if (value === null) return null;
  const converted = convert(value, field.apexType);
  if (converted === undefined) {
    throw apexException(
      'System.SObjectException',
      `Illegal assignment from ${runtimeTypeName(value)} to ${field.apexType}`,
    );
  }
  return converted;
}

function convert(value: unknown, type: ApexFieldType): unknown {
  switch (type) {
    case 'Id':
      return value instanceof ApexId
        ? value.value
        : typeof value === 'string'
          ? stringToId(value)
          : undefined;
    case 'String':
      return value instanceof ApexId ? value.value : typeof value === 'string' ? value : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Integer':
      return typeof value === 'number' ? value : wholeNumber(value);
    case 'Long':
      return typeof value === 'bigint'
        ? value
        : typeof value === 'number'
          ? BigInt(value)
          : undefined;
    case 'Double':
      return toDouble(value);
    case 'Decimal':
      return toDecimal(value);
    case 'Date':
      return value instanceof ApexDate
        ? value
        : value instanceof ApexDatetime
          ? value.date('GMT')
          : undefined;
    case 'Datetime':
      return value instanceof ApexDatetime
        ? value
        : value instanceof ApexDate
          ? new ApexDatetime(value.days * 86_400_000)
          : undefined;
    case 'Time':
      return value instanceof ApexTime ? value : undefined;
    case 'Blob':
      return value instanceof ApexBlob ? value : undefined;
    case 'Address':
    case 'Location':
    case 'Object':
      return value;
    default:
      return type satisfies never;
  }
}

/** Integer fields take decimal numbers without a fraction. */
function wholeNumber(value: unknown): number | undefined {
  const decimal = toDecimal(value);
  return decimal?.equals(decimal.setScale(0)) === true ? decimal.toInteger() : undefined;
}

function toDouble(value: unknown): number | undefined {
  if (value instanceof ApexDouble) return value.value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Decimal ? value.toDouble() : undefined;
}

function toDecimal(value: unknown): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number') return Decimal.ofInteger(value);
  if (typeof value === 'bigint') return Decimal.ofLong(value);
  return value instanceof ApexDouble ? Decimal.ofDouble(value.value) : undefined;
}
