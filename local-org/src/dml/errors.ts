import type { DmlRowError } from '../execution/contract.ts';

/** Builds a row error; texts are the platform's, word for word. */
export function rowError(
  statusCode: string,
  message: string,
  fields: readonly string[] = [],
): DmlRowError {
  return { statusCode, message, fields };
}

/** The Id of a record that never existed, or that the user may not know of. */
export const invalidCrossReference = (fields: readonly string[] = []): DmlRowError =>
  rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);

export const entityIsDeleted = (): DmlRowError =>
  rowError('ENTITY_IS_DELETED', 'entity is deleted');

export const insufficientAccess = (): DmlRowError =>
  rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

/** The lookup points to a record that the user cannot see. */
export const insufficientAccessOnReference = (id: string): DmlRowError =>
  rowError(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
  );
