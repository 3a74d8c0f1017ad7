import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { ExitCode } from '../exit-codes.ts';
import { openDoor } from '../open-door.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import type { Outcome } from '../run-command.ts';

interface Flags extends CommonFlags {
  readonly file?: string;
  readonly asUser?: string;
}

/** `apex run`: anonymous Apex from a file or standard input, with its debug log. */
export async function apexRun(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const source = flags.file === undefined ? await text(process.stdin) : readSource(flags.file);
  const door = await openDoor(workspace);
  try {
    const result = await door.executeAnonymous(source, flags.asUser ?? null);
    const where =
      result.line > 0 ? ` (line ${result.line}, column ${Math.max(result.column, 1)})` : '';
    const head = !result.compiled
      ? `Error: ${result.compileProblem}${where}\n`
      : result.success
        ? 'Compiled successfully.\nExecuted successfully.\n'
        : `Compiled successfully.\nError: ${result.exceptionMessage}\n${result.exceptionStackTrace}\n`;
    return {
      exitCode: result.success ? ExitCode.good : ExitCode.wrongSource,
      result,
      human: result.logs === '' ? head : `${head}\n${result.logs}`,
      warnings: [],
    };
  } finally {
    await door.close();
  }
}

function readSource(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8');
  } catch (error) {
    throw raise(Diagnostics.FILE_UNREADABLE, [
      file,
      error instanceof Error ? error.message : error,
    ]);
  }
}
