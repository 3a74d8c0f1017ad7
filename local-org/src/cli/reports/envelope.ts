import { PlatformFault } from '../../server/contract.ts';
import { LocalOrgError } from '../../diagnostics/index.ts';

/** What `--json` prints: the Salesforce CLI's envelope. */
export interface Envelope {
  readonly status: number;
  readonly result?: unknown;
  readonly name?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly data?: unknown;
  readonly warnings: readonly string[];
}

/** Envelope of a command that did its work (which may still be: tests failed). */
export function successEnvelope(
  status: number,
  result: unknown,
  warnings: readonly string[],
): Envelope {
  return { status, result, warnings };
}

/** Envelope of a command that could not do its work; `data` carries every problem when there are several. */
export function errorEnvelope(
  status: number,
  error: unknown,
  warnings: readonly string[],
  data?: unknown,
): Envelope {
  const name =
    error instanceof LocalOrgError
      ? error.code
      : error instanceof PlatformFault
        ? error.details.errorCode
        : error instanceof Error
          ? error.name
          : 'Error';
  const message =
    error instanceof LocalOrgError
      ? error.toDisplay()
      : error instanceof Error
        ? error.message
        : String(error);
  return {
    status,
    name,
    message,
    exitCode: status,
    ...(data === undefined ? {} : { data }),
    warnings,
  };
}
