import { ApexException } from '../apex/values/exception.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import { TriggerFailure } from '../dml/env.ts';
import type { TriggerOperation, TriggerRunner } from '../dml/env.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgTransaction } from './org-transaction.ts';

/** Runs the project's triggers inside a transaction, in order of name (the platform promises none). */
export class ProgramTriggers implements TriggerRunner {
  readonly #transaction: OrgTransaction;

  constructor(transaction: OrgTransaction) {
    this.#transaction = transaction;
  }

  handles(object: ObjectInfo, when: 'before' | 'after', operation: TriggerOperation): boolean {
    return (
      this.#transaction.host.program.triggersFor(object.name, `${when} ${operation}`).length > 0
    );
  }

  run(
    object: ObjectInfo,
    when: 'before' | 'after',
    operation: TriggerOperation,
    newRecords: readonly SObjectValue[] | null,
    oldRecords: readonly SObjectValue[] | null,
  ): void {
    const transaction = this.#transaction;
    const event = eventName(when, operation);
    const outer = transaction.trigger;
    transaction.trigger = { object, when, operation, newRecords, oldRecords };
    try {
      for (const trigger of transaction.host.program.triggersFor(
        object.name,
        `${when} ${operation}`,
      )) {
        const unit = `${trigger.name} on ${object.name} trigger event ${event}`;
        transaction.log('CODE_UNIT_STARTED', 0, `[EXTERNAL]|${unit}`);
        try {
          trigger.run();
        } catch (error) {
          // Limits, time-outs and defects are nobody's to handle.
          if (!(error instanceof ApexException) || error.$uncatchable) throw error;
          throw new TriggerFailure(trigger.name, event, error);
        } finally {
          transaction.log('CODE_UNIT_FINISHED', 0, unit);
        }
      }
    } finally {
      transaction.trigger = outer;
    }
  }
}

/** As the debug log and error texts write it: `BeforeInsert`. */
function eventName(when: string, operation: string): string {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return capital(when) + capital(operation);
}
