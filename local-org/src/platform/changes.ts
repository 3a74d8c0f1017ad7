import type { RecordChange } from '../dml/hooks.ts';

/** The value a field will have once the record is saved: what the statement sets, else what is stored, else null. */
export function valueAfter(change: RecordChange, field: string): unknown {
  const values = change.after.values;
  return (values.has(field) ? values.get(field) : change.before?.[field]) ?? null;
}

/** The value as stored before the statement; null on insert. */
export function valueBefore(change: RecordChange, field: string): unknown {
  return change.before?.[field] ?? null;
}

/** The text of a stored value, empty when it holds none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** As {@link valueAfter}, for text and Ids. */
export function textAfter(change: RecordChange, field: string): string | null {
  const value = valueAfter(change, field);
  return typeof value === 'string' ? value : null;
}

/** A field goes from anything else to true (on insert too). */
export function turnedOn(change: RecordChange, field: string): boolean {
  return valueAfter(change, field) === true && valueBefore(change, field) !== true;
}

/** A field goes from true to anything else. */
export function turnedOff(change: RecordChange, field: string): boolean {
  return valueBefore(change, field) === true && valueAfter(change, field) !== true;
}
