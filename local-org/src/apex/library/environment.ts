import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { currentTransactionOrNull } from '../../execution/current.ts';

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

/** Refuses by name what is known but not built. */
export function notImplemented(what: string): Error {
  return raise(Diagnostics.APEX_NOT_IMPLEMENTED, [what]);
}
