import notFoundText from '@salesforce/label/c.Record_Not_Found';
import { reduceErrors } from 'c/reduceErrors';

/** What is known of a record that a page shows: nothing yet, the record, an error, or that there is none for this person. */
export interface RecordState<Kind> {
  readonly record?: Kind;
  readonly error?: unknown;
  readonly isMissing?: boolean;
}

/** An id of Salesforce, or what somebody typed into the address. */
export function looksLikeId(value: string | undefined): value is string {
  return value !== undefined && /^[a-z0-9]{15}(?:[a-z0-9]{3})?$/i.test(value);
}

/** Reads a record. The server answers the same for a record that is not there and for one that the person may not see. */
export async function readRecord<Kind>(
  recordId: string | undefined,
  read: (recordId: string) => Promise<Kind>,
): Promise<RecordState<Kind>> {
  if (!looksLikeId(recordId)) return { isMissing: true };
  try {
    return { record: await read(recordId) };
  } catch (error) {
    return isNotFound(error) ? { isMissing: true } : { error };
  }
}

function isNotFound(error: unknown): boolean {
  return reduceErrors(error).includes(notFoundText);
}
