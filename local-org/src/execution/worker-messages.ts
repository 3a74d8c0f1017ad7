import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { PlatformFault } from '../server/contract.ts';
import type { PlatformFaultDetails } from '../server/contract.ts';
import { DeployFailure } from './deploy-failure.ts';
import type { DeployProblem } from './deploy-failure.ts';

/** What crosses between the main thread and the org worker: plain data that survives `structuredClone`. */
export interface WorkerRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type WorkerReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: PortableError }
  /** Not an answer: something to show, such as progress. */
  | { readonly id: null; readonly event: string; readonly data: unknown };

/** An error as plain data. */
export type PortableError =
  | { readonly kind: 'fault'; readonly details: PlatformFaultDetails }
  | { readonly kind: 'deploy'; readonly problems: readonly DeployProblem[] }
  | {
      readonly kind: 'localOrg';
      readonly code: string;
      readonly errorKind: LocalOrgError['kind'];
      readonly message: string;
      readonly position: LocalOrgError['position'];
    }
  | {
      readonly kind: 'other';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };

/** Makes any thrown value cross. */
export function toPortable(error: unknown): PortableError {
  if (error instanceof PlatformFault) return { kind: 'fault', details: error.details };
  if (error instanceof DeployFailure) return { kind: 'deploy', problems: error.problems };
  if (error instanceof LocalOrgError) {
    const { code, kind: errorKind, message, position } = error;
    return { kind: 'localOrg', code, errorKind, message, position };
  }
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'other', name, message, stack };
}

/** The error again, of the class it had. */
export function fromPortable(error: PortableError): Error {
  switch (error.kind) {
    case 'fault':
      return new PlatformFault(error.details);
    case 'deploy':
      return new DeployFailure(error.problems);
    case 'localOrg': {
      const diagnostic: Diagnostic = {
        code: error.code as Diagnostic['code'],
        kind: error.errorKind,
        text: '{0}',
      };
      return new LocalOrgError(diagnostic, [error.message], error.position);
    }
    case 'other': {
      const restored = raise(Diagnostics.INTERNAL, [`${error.name}: ${error.message}`]);
      restored.stack = error.stack;
      return restored;
    }
    default:
      return error satisfies never;
  }
}
