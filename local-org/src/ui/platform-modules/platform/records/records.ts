/** Called with the ids of records that have changed. */
export type RecordsChanged = (recordIds: readonly string[]) => unknown;

const listeners = new Set<RecordsChanged>();

/** Whoever shows records listens here. Returns the way to stop. */
export function onRecordsChanged(listener: RecordsChanged): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells everybody who shows one of these records to ask for it again; resolves when they have. */
export async function recordsChanged(recordIds: readonly string[]): Promise<void> {
  await Promise.all([...listeners].map((listener) => listener(recordIds)));
}

/** Whether two Ids name the same record; one may have 15 characters, the other 18. */
export function sameId(a: unknown, b: unknown): boolean {
  return (
    typeof a === 'string' &&
    typeof b === 'string' &&
    a.length >= 15 &&
    a.slice(0, 15) === b.slice(0, 15)
  );
}
