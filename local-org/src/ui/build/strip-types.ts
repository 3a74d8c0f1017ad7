import { stripTypeScriptTypes } from 'node:module';
import { Diagnostics, raise } from '../../diagnostics/index.ts';

/**
 * Replaces the types of a TypeScript component by blanks, so that lines and columns stay where they are and the LWC
 * compiler's errors point into the source. The deployed JavaScript comes from `tsc`; with `verbatimModuleSyntax` and
 * `erasableSyntaxOnly`, which our tsconfig demands, both leave the same program.
 */
export function stripTypes(source: string, file: string): string {
  try {
    return withoutExperimentalWarning(() => stripTypeScriptTypes(source, { sourceUrl: file }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw raise(Diagnostics.COMPONENT_COMPILE, [error.message], { file, ...position(error) });
  }
}

/** Node puts `file:line`, the source line and a caret in front of the stack. */
function position(error: Error): { line?: number; column?: number } {
  const lines = (error.stack ?? '').split('\n');
  const line = /:(\d+)$/.exec(lines[0] ?? '')?.[1];
  const caret = lines.find((text) => /^\s*\^+\s*$/.test(text));
  return {
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(caret === undefined ? {} : { column: caret.indexOf('^') + 1 }),
  };
}

/** Type stripping of source text is marked experimental in Node 24, and says so once on stderr: not our user's business. */
function withoutExperimentalWarning<T>(body: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, never called from here
  const emitWarning = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return body();
  } finally {
    process.emitWarning = emitWarning;
  }
}
