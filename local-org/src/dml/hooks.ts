import type { AccessContext, DmlOperation, DmlRowError } from '../execution/contract.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import type { Schema } from '../schema/contract.ts';

/**
 * How platform services take part in a save: rules of Salesforce itself that metadata does not carry (what `IsPartner` means, how portal roles are
 * built, what a user insert checks). Each service registers hooks per object; the save pipeline calls them at the named moments, with all records
 * of a chunk at once. Registered in `src/platform/registry.ts`.
 */

/** Rows as stored: canonical field name → stored Apex value (raw forms of `values/README.md`). */
export type StoredRow = Readonly<Record<string, unknown>>;

export interface RecordChange {
  readonly operation: Exclude<DmlOperation, 'upsert' | 'merge'>;
  /** The record as stored before the statement; null on insert. */
  readonly before: StoredRow | null;
  /** The record being saved (complete on insert; on update: changed fields laid over `before`). Hooks may put fields. */
  readonly after: SObjectValue;
  /** Refuses this record. The text is the platform's. */
  addError(error: DmlRowError): void;
  /** Whether a field was named in the statement and differs from `before`. */
  changed(field: string): boolean;
}

/** Data below triggers and validation, in the same database transaction. All reads and writes are system mode and count against no limit. */
export interface RecordStore {
  readonly schema: Schema;
  /** All rows of `object` whose `field` is one of `values`. */
  rowsWhere(object: string, field: string, values: readonly unknown[]): StoredRow[];
  rowsById(object: string, ids: readonly string[]): Map<string, StoredRow>;
  /** Inserts with generated Id and system fields; returns the Id. */
  insertRow(object: string, fields: Readonly<Record<string, unknown>>): string;
  updateRow(object: string, id: string, fields: Readonly<Record<string, unknown>>): void;
  /** Removes for good (no recycle bin). */
  deleteRow(object: string, id: string): void;
  readonly now: number;
}

export interface SaveHook {
  /** Canonical object names, or `*`. */
  readonly objects: readonly string[];
  readonly operations: readonly RecordChange['operation'][];
  /** Before before-triggers: set system-maintained fields, refuse by the platform's own rules that come first. */
  prepare?(changes: readonly RecordChange[], store: RecordStore, context: AccessContext): void;
  /** With system validation, after before-triggers. */
  validate?(changes: readonly RecordChange[], store: RecordStore, context: AccessContext): void;
  /** After the rows are written and before after-triggers. */
  saved?(changes: readonly RecordChange[], store: RecordStore, context: AccessContext): void;
  /** After the after-triggers, of records that are inserted or updated. */
  triggered?(changes: readonly RecordChange[], store: RecordStore, context: AccessContext): void;
}
