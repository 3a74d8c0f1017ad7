import { maySendOn } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import type { AccessContext } from '../execution/contract.ts';
import type { StoredRow } from './hooks.ts';
import type { SaveEnv, TriggerOperation } from './env.ts';
import { entityIsDeleted, insufficientAccess, invalidCrossReference, rowError } from './errors.ts';
import { applyDefaults, layOverGiven } from './prepare.ts';
import type { Numbered } from './save.ts';
import { SaveRow } from './save-row.ts';
import { reachableIds } from '../sharing/reachable.ts';

/** Reads the stored records of a chunk and lays the statement over them (order of execution, steps 1 and 2). Errors stay on the rows. */
export function loadRows(
  operation: TriggerOperation,
  chunk: readonly Numbered[],
  env: SaveEnv,
  context: AccessContext,
): SaveRow[] {
  const [first] = chunk;
  if (first === undefined) return [];
  const { object } = first.record;
  if (operation === 'insert') {
    return chunk.map(({ record, index }) => {
      const row = new SaveRow('insert', object, index, record, null);
      if (record.id !== null)
        row.addError(
          rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', [
            'Id',
          ]),
        );
      layOverGiven(row, env);
      applyDefaults(row, env);
      return row;
    });
  }
  const ids = chunk.flatMap(({ record }) => record.id ?? []);
  const stored = env.store.rowsByIdWithDeleted(object.name, ids);
  const level = operation === 'update' ? 'edit' : 'delete';
  const reachable = context.sharing ? reachableIds(env.store, object, ids, context, level) : null;
  const rows = chunk.map(({ record, index }) => {
    const before = record.id === null ? null : (stored.get(record.id) ?? null);
    const row = new SaveRow(operation, object, index, record, before);
    const error = refusal(operation, record.id, before);
    if (error !== null) row.addError(error);
    else if (reachable !== null && record.id !== null && !reachable.has(record.id))
      row.addError(insufficientAccess());
    else if (operation === 'update') layOverGiven(row, env);
    return row;
  });
  if (operation === 'update' && context.sharing) refuseTransfers(rows, env, context);
  return rows;
}

/**
 * Giving a record another owner takes more than editing it: its owner, those above, full access, a default with transfer, or the permission
 * to transfer what one may edit (documented: Help, "Transfer Records" and the user permissions).
 */
function refuseTransfers(rows: readonly SaveRow[], env: SaveEnv, context: AccessContext): void {
  const moved = rows.filter((row) => !row.failed && row.before !== null && row.changed('OwnerId'));
  const [first] = moved;
  if (first === undefined || first.object.setupObject) return;
  const viewer = viewerOf(env.store, context.userId);
  if (maySendOn(viewer, first.object)) return;
  const ids = moved.flatMap((row) => row.after.id ?? []);
  const allowed = reachableIds(env.store, first.object, ids, context, 'transfer');
  for (const row of moved) if (!allowed.has(row.after.id ?? '')) row.addError(insufficientAccess());
}

function refusal(
  operation: TriggerOperation,
  id: string | null,
  before: StoredRow | null,
): ReturnType<typeof rowError> | null {
  if (id === null) return rowError('MISSING_ARGUMENT', `Id not specified in an ${operation} call`);
  if (before === null) return invalidCrossReference();
  const deleted = before['IsDeleted'] === true;
  if (operation === 'undelete')
    return deleted ? null : rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  return deleted ? entityIsDeleted() : null;
}
