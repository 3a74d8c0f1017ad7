import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const projectDir: string = fileURLToPath(new URL('../../', import.meta.url));

/** What a suite says after it ran. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The exit code of the tool itself, whatever the counts say. */
  readonly exitCode: number;
  /** What ran, for the table: "61 suites", "2 projects, 310 files". */
  readonly what: string;
  /** What to read when it failed. */
  readonly output: string;
}

/** One of the things that `npm test` runs. */
export interface Suite {
  /** How it is called on the command line: `npm test -- lwc apex`. */
  readonly name: string;
  readonly title: string;
  readonly run: () => Promise<SuiteResult>;
}

/** What a finished process left behind. */
export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Long enough for the slowest suite on a slow machine: what takes longer hangs. */
const TIMEOUT_MS = 15 * 60_000;

/** Runs Node (this very one) with `args` in the project folder, keeping what it prints. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectDir,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== null) stderr += `\nended by ${signal}\n`;
      resolve({ exitCode: code ?? 1, stdout, stderr });
    });
  });
}

const require = createRequire(import.meta.url);

/** The file behind a command of an installed package, without the shell and the PATH in between. */
export function commandOf(packageName: string, command: string = packageName): string {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(manifest), path);
}

/** The result of a check that is either good or not: one check, whatever number of files it read. */
export function oneCheck(
  finished: Finished,
  filesRead: number | undefined,
  output: string,
): SuiteResult {
  const good = finished.exitCode === 0 && filesRead !== 0;
  return {
    passed: good ? 1 : 0,
    failed: good ? 0 : 1,
    skipped: 0,
    exitCode: finished.exitCode,
    what: filesRead === undefined ? 'all files' : `${String(filesRead)} files`,
    output: filesRead === 0 ? `It read no file at all.\n${output}` : output,
  };
}
