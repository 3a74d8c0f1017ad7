import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import type { PathStep } from '../soql/resolved.ts';

/** Static type of a formula expression. Picklists are text that only certain functions accept. */
export type FormulaType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'null';

/** Dates are day numbers, datetimes milliseconds since 1970, times milliseconds of the day. */
export type FormulaValue = string | number | boolean | null;

/** A field that a formula reads, from the record or along a parent path. */
export interface FormulaReference {
  readonly steps: readonly PathStep[];
  readonly object: ObjectInfo;
  readonly field: FieldInfo;
}

/** What surrounds an evaluation: user, time, and in validation rules the record before the save. */
export interface FormulaEnv {
  readonly now: number;
  readonly zone: string;
  /** `$User.X`, `$Profile.X`, `$UserRole.X`, `$Organization.X`: stored value. */
  global(object: string, field: string): unknown;
  /** `$Permission.X`. */
  permission(name: string): boolean;
  /** `$CustomMetadata.Type__mdt.Record.Field__c`: stored value. */
  customMetadata(type: string, record: string, field: string): unknown;
  /** `$Setup.Object__c.Field__c`: stored value of the hierarchy custom setting for the running user. */
  setup(object: string, field: string): unknown;
}

/** One evaluation. `value` answers the stored value of a reference by its index. */
export interface FormulaFrame {
  readonly env: FormulaEnv;
  value(index: number): unknown;
  /** The stored value before the save; undefined where there is no save. */
  prior?(index: number): unknown;
  readonly isNew?: boolean;
}

/** A compiled expression. */
export interface Compiled {
  readonly type: FormulaType;
  run(frame: FormulaFrame): FormulaValue;
  /** Index of the reference when the expression is a plain field. */
  readonly reference?: number;
}

/** A checked formula ready to evaluate. */
export interface Formula {
  readonly type: FormulaType;
  readonly references: readonly FormulaReference[];
  evaluate(frame: FormulaFrame): FormulaValue;
}
