import { ApexException } from '../apex/values/exception.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { decodeValue } from '../storage/columns.ts';
import { TriggerFailure } from './env.ts';
import type { SaveEnv, TriggerOperation } from './env.ts';
import { rowError } from './errors.ts';
import { formulaFields, loadFormulas } from './record-frame.ts';
import type { ParentCache } from './record-frame.ts';
import type { SaveRow } from './save-row.ts';

/** "maximum trigger depth exceeded": documented limit of recursive triggers. */
const MAX_DEPTH = 16;

/**
 * Runs the triggers of one event over the rows that have not failed. What a trigger throws becomes the error of every record of the chunk
 * (practitioner: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY with the trigger, the event and the exception).
 */
export function runTriggers(
  when: 'before' | 'after',
  operation: TriggerOperation,
  object: ObjectInfo,
  rows: readonly SaveRow[],
  env: SaveEnv,
  parents: ParentCache,
): void {
  const active = rows.filter((row) => !row.failed);
  if (active.length === 0 || !env.triggers.handles(object, when, operation)) return;
  if (formulaFields(object).length > 0) {
    for (const row of active) {
      if (operation !== 'delete')
        loadFormulas(row.after, row.before, env.formulas, env.store, parents, decodeValue);
      if (row.old !== null)
        loadFormulas(row.old, row.before, env.formulas, env.store, parents, decodeValue);
    }
  }
  const newRecords = operation === 'delete' ? null : active.map((row) => row.after);
  const oldRecords =
    operation === 'insert' || operation === 'undelete'
      ? null
      : active.map((row) => row.old ?? row.after);
  for (const row of active) row.after.readOnly = when === 'after';
  env.depth.value++;
  try {
    if (env.depth.value > MAX_DEPTH) {
      const event = eventName(when, operation);
      failAll(active, `maximum trigger depth exceeded\n${object.name} trigger event ${event}`);
      return;
    }
    env.triggers.run(object, when, operation, newRecords, oldRecords);
  } catch (error) {
    if (!(error instanceof TriggerFailure)) throw error;
    const { thrown } = error;
    if (!(thrown instanceof ApexException) || thrown.$uncatchable) throw thrown;
    const stack = thrown.$stack.text;
    failAll(
      active,
      `${error.trigger}: execution of ${error.event}\n\ncaused by: ${thrown.$typeName}: ${thrown.$getMessage()}\n\n${stack}`,
    );
    return;
  } finally {
    env.depth.value--;
    for (const row of active) row.after.readOnly = false;
  }
  for (const row of active) row.collectErrors();
}

function failAll(rows: readonly SaveRow[], message: string): void {
  for (const row of rows) row.addError(rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message));
}

/** As the debug log and error texts write it: `BeforeInsert`. */
export function eventName(when: string, operation: string): string {
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return capital(when) + capital(operation);
}
