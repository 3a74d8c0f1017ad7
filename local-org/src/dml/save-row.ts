import { SObjectValue } from '../apex/values/sobject.ts';
import type { DmlRowError } from '../execution/contract.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { encodeAny } from '../storage/columns.ts';
import type { RecordChange, StoredRow } from './hooks.ts';
import type { TriggerOperation } from './env.ts';

/** One record on its way through the save. */
export class SaveRow implements RecordChange {
  readonly operation: TriggerOperation;
  readonly object: ObjectInfo;
  /** Position in the statement. */
  readonly index: number;
  /** The caller's record: gets the Id, nothing else. */
  readonly given: SObjectValue;
  readonly before: StoredRow | null;
  /** What is saved: `Trigger.new`. */
  readonly after: SObjectValue;
  /** `Trigger.old`; null on insert. */
  readonly old: SObjectValue | null;
  readonly errors: DmlRowError[] = [];

  constructor(
    operation: TriggerOperation,
    object: ObjectInfo,
    index: number,
    given: SObjectValue,
    before: StoredRow | null,
  ) {
    this.operation = operation;
    this.object = object;
    this.index = index;
    this.given = given;
    this.before = before;
    this.after = fromStored(object, before);
    this.old = before === null ? null : fromStored(object, before);
    if (this.old !== null) this.old.readOnly = true;
  }

  get failed(): boolean {
    return this.errors.length > 0;
  }

  addError(error: DmlRowError): void {
    this.errors.push(error);
  }

  changed(field: string): boolean {
    const name = this.object.fields.get(field.toLowerCase())?.name ?? field;
    if (!this.after.values.has(name)) return false;
    return !sameValue(this.after.values.get(name), this.before?.[name]);
  }

  /** Moves what triggers added with `addError` into the row's errors. */
  collectErrors(): void {
    for (const record of [this.after, this.old]) {
      if (record === null) continue;
      for (const error of record.errors) this.errors.push(error);
      record.errors = [];
    }
  }
}

/** A record in memory with every stored value. */
export function fromStored(object: ObjectInfo, row: StoredRow | null): SObjectValue {
  const record = new SObjectValue(object);
  if (row !== null) for (const [name, value] of Object.entries(row)) record.values.set(name, value);
  return record;
}

/** Equality of stored values; empty text is nothing, a checkbox without a value is false. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'boolean' || typeof right === 'boolean')
    return (left ?? false) === (right ?? false);
  return encodeAny(left ?? null) === encodeAny(right ?? null);
}
