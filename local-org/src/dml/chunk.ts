import type { AccessContext } from '../execution/contract.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { SaveEnv } from './env.ts';
import { rowError } from './errors.ts';
import type { SaveHook } from './hooks.ts';
import { ParentCache, recordFrame } from './record-frame.ts';
import { recalculateParents } from './rollups.ts';
import type { SaveRow } from './save-row.ts';
import { validateBeforeTriggers, validateSystem } from './system-validation.ts';
import { runTriggers } from './triggers.ts';
import { normalise, writeInserts, writeUpdates } from './write.ts';

/**
 * Saves up to 200 new or changed records of one object in the documented order of execution: platform rules, before-triggers, system
 * validation, validation rules, write, after-triggers, roll-ups. Errors stay on the rows. With `allOrNone` nothing is written once a row
 * has failed.
 */
export function saveChunk(
  rows: readonly SaveRow[],
  env: SaveEnv,
  context: AccessContext,
  allOrNone: boolean,
): void {
  const [first] = rows;
  if (first === undefined) return;
  const { object, operation } = first;
  const parents = new ParentCache(env.store);
  const active = (): SaveRow[] => rows.filter((row) => !row.failed);
  callHooks(env, object, operation, 'prepare', active(), context);
  validateBeforeTriggers(active(), env.store, context);
  runTriggers('before', operation, object, rows, env, parents);
  validateSystem(active(), env.store, context, env.truncatesText === true);
  callHooks(env, object, operation, 'validate', active(), context);
  applyValidationRules(active(), object, env, parents);
  if (allOrNone && rows.some((row) => row.failed)) return;
  const good = active();
  if (good.length === 0) return;
  if (operation === 'insert') writeInserts(good, env);
  else writeUpdates(good, env);
  normalise(good, env.store);
  callHooks(env, object, operation, 'saved', good, context);
  runTriggers('after', operation, object, good, env, new ParentCache(env.store));
  callHooks(env, object, operation, 'triggered', active(), context);
  recalculateParents(
    good.filter((row) => !row.failed),
    env,
    context,
  );
}

/** Calls the platform services that take part in saving this object. */
export function callHooks(
  env: SaveEnv,
  object: ObjectInfo,
  operation: SaveRow['operation'],
  moment: 'prepare' | 'validate' | 'saved' | 'triggered',
  rows: readonly SaveRow[],
  context: AccessContext,
): void {
  if (rows.length === 0) return;
  for (const hook of hooksFor(env, object, operation)) hook[moment]?.(rows, env.store, context);
}

function hooksFor(
  env: SaveEnv,
  object: ObjectInfo,
  operation: SaveRow['operation'],
): readonly SaveHook[] {
  return env.hooks.filter(
    (hook) =>
      hook.operations.includes(operation) &&
      (hook.objects.includes(object.name) || hook.objects.includes('*')),
  );
}

function applyValidationRules(
  rows: readonly SaveRow[],
  object: ObjectInfo,
  env: SaveEnv,
  parents: ParentCache,
): void {
  const rules = env.validationRules(object);
  for (const row of rules.length === 0 ? [] : rows) {
    if (row.failed) continue;
    for (const rule of rules) {
      const frame = recordFrame(
        rule.condition,
        row.after,
        row.before,
        env.formulas,
        env.store,
        parents,
      );
      if (rule.condition.evaluate(frame) === true) {
        row.addError(
          rowError(
            'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            rule.message,
            rule.field === null ? [] : [rule.field],
          ),
        );
      }
    }
  }
}
