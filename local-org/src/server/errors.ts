import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { LocalOrgError } from '../diagnostics/index.ts';
import { PlatformFault } from './contract.ts';
import type { Json, PlatformFaultDetails } from './contract.ts';

/** Told about what is our own defect. */
export type DefectListener = (error: unknown, request: { method: string; url: string }) => void;

/** Turns whatever a route throws into status and JSON of the platform's shape. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onDefect: DefectListener,
): void {
  const details = detailsOf(error);
  if (details.status >= 500 && details.status !== 501)
    onDefect(error, { method: request.method, url: request.url });
  void reply.code(details.status).type('application/json').send(bodyOf(details, request.url));
}

function detailsOf(error: unknown): PlatformFaultDetails {
  if (error instanceof PlatformFault) return error.details;
  if (error instanceof LocalOrgError) {
    switch (error.kind) {
      case 'user':
        return { status: 400, errorCode: 'INVALID_OPERATION', message: error.toDisplay() };
      case 'unsupported':
        return { status: 501, errorCode: 'NOT_IMPLEMENTED', message: error.toDisplay() };
      case 'internal':
        return { status: 500, errorCode: 'UNKNOWN_EXCEPTION', message: error.message };
      default:
        return error.kind satisfies never;
    }
  }
  const { code, statusCode, message } = (
    error instanceof Error ? error : new Error(String(error))
  ) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      status: 413,
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
      message: 'The request body is too large',
    };
  }
  if (code === 'FST_ERR_BAD_URL') {
    return { status: 400, errorCode: 'MALFORMED_URL', message: 'The address cannot be read' };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return {
      status: 415,
      errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send JSON with Content-Type: application/json',
    };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return {
      status: statusCode,
      errorCode: 'JSON_PARSER_ERROR',
      message: message ?? 'Bad request',
    };
  }
  return {
    status: 500,
    errorCode: 'UNKNOWN_EXCEPTION',
    message: `Defect in the local org: ${message ?? ''}`,
  };
}

/** The REST API answers a list of errors, the UI API an object for refused saves. */
function bodyOf(details: PlatformFaultDetails, url: string): Json {
  const { rows } = details;
  if (rows !== undefined && url.includes('/ui-api/')) return uiSaveError(details, rows);
  if (rows !== undefined && rows.length > 0) {
    return rows.map(({ statusCode, message, fields }) => ({
      message,
      errorCode: statusCode,
      fields,
    }));
  }
  return [{ errorCode: details.errorCode, message: details.message }];
}

type Rows = NonNullable<PlatformFaultDetails['rows']>;

/** https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html */
function uiSaveError(details: PlatformFaultDetails, rows: Rows): Json {
  const toError = (row: Rows[number], field: string | null): Json => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode: row.statusCode,
    field,
    fieldLabel: field,
    message: row.message,
  });
  const fieldErrors: Record<string, Json[]> = {};
  for (const row of rows) {
    for (const field of row.fields) (fieldErrors[field] ??= []).push(toError(row, field));
  }
  return {
    message: 'An error occurred while trying to update the record. Please try again.',
    statusCode: details.status,
    enhancedErrorType: 'RecordError',
    output: {
      errors: rows.filter((row) => row.fields.length === 0).map((row) => toError(row, null)),
      fieldErrors,
    },
  };
}
