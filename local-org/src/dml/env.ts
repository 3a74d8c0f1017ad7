import type { SObjectValue } from '../apex/values/sobject.ts';
import type { LimitCounter, RunningUser } from '../execution/contract.ts';
import type { Formula, FormulaEnv } from '../formula/types.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import type { SaveHook } from './hooks.ts';

export type TriggerOperation = 'insert' | 'update' | 'delete' | 'undelete';

/** How the save calls Apex triggers. Errors that they add stand on the records. */
export interface TriggerRunner {
  handles(object: ObjectInfo, when: 'before' | 'after', operation: TriggerOperation): boolean;
  run(
    object: ObjectInfo,
    when: 'before' | 'after',
    operation: TriggerOperation,
    newRecords: readonly SObjectValue[] | null,
    oldRecords: readonly SObjectValue[] | null,
  ): void;
}

/** Thrown by a {@link TriggerRunner} around what a trigger threw, so that the save can name the trigger. */
export class TriggerFailure extends Error {
  override readonly name = 'TriggerFailure';
  readonly trigger: string;
  /** `BeforeInsert`. */
  readonly event: string;
  readonly thrown: unknown;
  constructor(trigger: string, event: string, thrown: unknown) {
    super(`${trigger}: execution of ${event}`);
    this.trigger = trigger;
    this.event = event;
    this.thrown = thrown;
  }
}

/** A validation rule with its formula compiled. */
export interface ValidationRule {
  readonly name: string;
  readonly condition: Formula;
  /** API name of the field the error stands at; null: top of the page. */
  readonly field: string | null;
  readonly message: string;
}

/** Which kind of object this transaction has written first: the other kind may not follow (mixed DML). */
export interface MixedDmlState {
  setup: string | null;
  ordinary: string | null;
}

/** What surrounds a DML statement. */
export interface SaveEnv {
  readonly store: OrgStore;
  readonly limits: LimitCounter;
  readonly user: RunningUser;
  readonly now: number;
  readonly triggers: TriggerRunner;
  readonly hooks: readonly SaveHook[];
  validationRules(object: ObjectInfo): readonly ValidationRule[];
  readonly formulas: FormulaEnv;
  /** Null where mixed DML is allowed: inside `System.runAs`. */
  readonly mixedDml: MixedDmlState | null;
  /** `Database.DMLOptions.allowFieldTruncation`: text that is too long is cut instead of refused. */
  readonly truncatesText?: boolean;
  /** How deep triggers are nested. */
  readonly depth: { value: number };
}
