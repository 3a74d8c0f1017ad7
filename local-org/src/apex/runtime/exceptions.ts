import { LocalOrgError } from '../../diagnostics/index.ts';
import { ApexException, apexException, exceptionClass as classOf } from '../values/index.ts';
import type { ExceptionClass } from '../values/index.ts';
import type { TypeHandle } from './type-handle.ts';

const STACK_DEPTH = 'Maximum stack depth reached: 1001';

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith('Maximum call stack');
}

/**
 * First thing in every emitted `catch`: answers the Apex exception, or throws on what Apex must not see: limits (documented: cannot be
 * caught), running out of stack (the platform's own limit error), refusals and defects of the local org.
 */
export function caught(error: unknown): ApexException {
  if (error instanceof ApexException) {
    if (error.$uncatchable) throw error;
    return error;
  }
  throw escaped(error);
}

/** Whether `finally` must not run: nothing of Apex runs any more after these. */
export function isFatal(error: unknown): boolean {
  return !(error instanceof ApexException) || error.$uncatchable;
}

/** A string or a list that JavaScript cannot hold: far beyond any heap limit of the platform. */
function isOutOfSpace(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /^(?:Invalid string length|Invalid array length|Maximum BigInt size exceeded)/.test(
      error.message,
    )
  );
}

/** The platform's limit for what JavaScript refuses; undefined for anything else. */
function asLimit(error: unknown): ApexException | undefined {
  if (isStackOverflow(error)) return limit(error as Error, STACK_DEPTH);
  return isOutOfSpace(error)
    ? limit(error as Error, 'Apex heap size too large: 536870912')
    : undefined;
}

function limit(error: Error, text: string): ApexException {
  const exception = apexException('System.LimitException', text);
  if (error.stack !== undefined) exception.stack = error.stack;
  return exception;
}

/** What leaves Apex: what JavaScript has no room for as the platform's limit, everything else as it is. */
export function escaped(error: unknown): unknown {
  return asLimit(error) ?? error;
}

/** The JavaScript class of a library exception by its name in signatures (without `System.`). */
export function exceptionClass(name: string): ExceptionClass {
  return classOf(name.includes('.') ? name : `System.${name}`);
}

/**
 * The constructors that every exception class has: `()`, `(String)`, `(Exception)`, `(String, Exception)` (documented). A cause alone
 * gives its message to nobody: the text is empty then.
 */
export function initException(
  exception: ApexException,
  signature: string,
  ...args: readonly unknown[]
): void {
  switch (signature) {
    case '<init>()':
      return;
    case '<init>(String)':
      exception.$setMessage(args[0] as string | null);
      return;
    case '<init>(Exception)':
      exception.$cause = args[0] as ApexException | null;
      return;
    case '<init>(String,Exception)':
      exception.$setMessage(args[0] as string | null);
      exception.$cause = args[1] as ApexException | null;
      return;
    default:
      // Other library classes have no state that their subclasses could set up.
      return;
  }
}

/** `new MyException('text')` where the class declares no constructor. */
export function newException(
  handle: TypeHandle,
  signature: string,
  ...args: readonly unknown[]
): object {
  const exception = handle.allocate() as ApexException;
  initException(exception, signature, ...args);
  return exception;
}

/** True for errors that say something about the local org and not about the user's Apex. */
export function isOwnError(error: unknown): error is LocalOrgError {
  return error instanceof LocalOrgError;
}
