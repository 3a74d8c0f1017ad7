import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { AccessContext, AccessMode, CodeSite } from '../../execution/contract.ts';
import { currentTransaction, currentTransactionOrNull } from '../../execution/current.ts';
import { systemRandom } from '../../execution/random-source.ts';
import type { RandomSource } from '../../execution/random-source.ts';
import { program } from '../values/index.ts';

/** Time zone of the running user; GMT outside of a transaction (tests of the library). */
export function userZone(): string {
  return currentTransactionOrNull()?.user.timeZone ?? 'GMT';
}

/** Locale of the running user as a BCP 47 tag. */
export function userLocale(): string {
  return (currentTransactionOrNull()?.user.locale ?? 'en_US').replaceAll('_', '-');
}

/** Milliseconds since 1970 as the transaction sees them. */
export function nowMillis(): number {
  return currentTransactionOrNull()?.now() ?? Date.now();
}

/** Random bytes as the transaction draws them. */
export const randomBytesOf: RandomSource = (size) =>
  (currentTransactionOrNull()?.random ?? systemRandom)(size);

/** Refuses by name what is known but not built. */
export function notImplemented(what: string): Error {
  return raise(Diagnostics.APEX_NOT_IMPLEMENTED, [what]);
}

/** The Apex code that called into the library; code of no class runs in system mode with its entry's sharing. */
export function callSite(): CodeSite & { readonly line: number } {
  return (
    program().callSite?.() ?? {
      className: 'AnonymousBlock',
      apiVersion: 67,
      sharing: 'omitted',
      line: 1,
    }
  );
}

/** Who asks for a query or DML that a library function was called for; `mode` when the call names one. */
export function accessContext(mode: AccessMode | null): AccessContext {
  return currentTransaction().accessFor(callSite(), mode);
}
