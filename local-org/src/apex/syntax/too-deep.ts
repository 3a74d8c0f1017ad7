/** What is said of a source whose nesting uses up the stack of a parser, checker or emitter (inferred: the platform's limit is not documented). */
export const TOO_DEEP = 'The source is nested too deeply for the local org';

/** Runs a step of the compiler over one file; answers `otherwise()` where the file's nesting uses up the stack. */
export function orTooDeep<T>(step: () => T, otherwise: () => T): T {
  try {
    return step();
  } catch (error) {
    if (isStackOverflow(error)) return otherwise();
    throw error;
  }
}

/** V8's `RangeError: Maximum call stack size exceeded`. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
