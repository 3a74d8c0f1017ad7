import type { RecordStore } from '../../dml/hooks.ts';

/**
 * Writes a setup row under its natural key: updates the row whose `key` fields match, else inserts. Only differing fields are written, so that
 * deploying an unchanged project writes nothing. Setup rows keep their Ids over deployments.
 * @returns the row's Id
 */
export function upsertSetupRow(
  store: RecordStore,
  object: string,
  key: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): string {
  const existing = findSetupRow(store, object, key);
  if (existing === undefined) return store.insertRow(object, { ...key, ...fields });
  const changed = Object.entries(fields).filter(
    ([name, value]) => (existing[name] ?? null) !== value,
  );
  const id = String(existing['Id']);
  if (changed.length > 0) store.updateRow(object, id, Object.fromEntries(changed));
  return id;
}

/** The row whose `key` fields all match, undefined when there is none. */
export function findSetupRow(
  store: RecordStore,
  object: string,
  key: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const [[field, value] = ['Id', null], ...rest] = Object.entries(key);
  return store
    .rowsWhere(object, field, [value])
    .find((row) => rest.every(([name, wanted]) => (row[name] ?? null) === wanted));
}
