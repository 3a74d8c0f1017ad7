/** apex-ls, an independent checker of Apex that needs Java. Its jars come inside @salesforce/code-analyzer-pmd-engine. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const MAIN_CLASS = 'io.github.apexdevtools.apexls.CheckForIssues';

/** Exit code of the checker when it found issues; anything else but 0 means that it broke. */
const EXIT_ISSUES = 4;

/** One thing that apex-ls says. */
export interface ApexLsIssue {
  /** Absolute. */
  readonly path: string;
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `Syntax`, `Error`, `Missing`, `Warning`, `Unused` … */
  readonly category: string;
  readonly message: string;
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly messages: readonly {
      readonly start: { readonly line: number; readonly offset: number };
      readonly category: string;
      readonly message: string;
    }[];
  }[];
}

/**
 * Checks a Salesforce DX project.
 *
 * @param workspace folder of its `sfdx-project.json`; absolute
 * @throws Error when there is no Java or the checker breaks, with what to do
 */
export function runApexLs(workspace: string): ApexLsIssue[] {
  const { error, status, stdout, stderr } = spawnSync(
    'java',
    // The flags that suit a program of two seconds: half the time and memory of the defaults.
    [
      ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jarFolder(), '*'), MAIN_CLASS],
      ...['--workspace', workspace, '--nocache', '--detail', 'warnings', '--format', 'json'],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error !== undefined) {
    throw new Error(
      'code' in error && error.code === 'ENOENT'
        ? 'apex-ls needs Java 11 or newer on the PATH (on Debian: apt-get install default-jre-headless). ' +
            '.ci/run installs it.'
        : `Java did not start: ${error.message}`,
    );
  }
  if ((status !== 0 && status !== EXIT_ISSUES) || !stdout.trimStart().startsWith('{'))
    throw new Error(`apex-ls ended with ${String(status)}\n${stdout}${stderr}`);
  const { files } = JSON.parse(stdout) as Report;
  return files.flatMap(({ path, messages }) =>
    messages.map(({ start, category, message }) => ({
      path,
      line: start.line,
      column: start.offset + 1,
      category,
      message,
    })),
  );
}

function jarFolder(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@salesforce/code-analyzer-pmd-engine');
  return join(dirname(entry), 'java-lib');
}
