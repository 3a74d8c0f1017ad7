import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../testing/suite.ts';
import { captured } from './captured.ts';

/** A command of the Salesforce CLI that failed, with what it said. */
export class SalesforceCliError extends Error {
  override readonly name: string;
  /** The whole JSON answer, when there was one. */
  readonly answer: unknown;

  constructor(name: string, message: string, answer: unknown) {
    super(message);
    this.name = name;
    this.answer = answer;
  }
}

/** Runs the Salesforce CLI. */
export interface SalesforceCli {
  /** Answers `result` of the command's JSON. @throws SalesforceCliError */
  json<Result>(args: readonly string[]): Promise<Result>;
  /** Lets the person see what the command prints. @returns whether it succeeded */
  show(args: readonly string[]): Promise<boolean>;
}

const RUN = join(projectDir, 'node_modules/@salesforce/cli/bin/run.js');

/** The CLI that this project depends on, run in a folder with a Salesforce DX project. */
export function salesforceCli(cwd: string = projectDir): SalesforceCli {
  if (!existsSync(RUN)) {
    throw new SalesforceCliError(
      'NotInstalled',
      'The Salesforce CLI is not installed: run npm install',
      null,
    );
  }
  const env = { ...process.env, SF_SKIP_NEW_VERSION_CHECK: 'true', SF_AUTOUPDATE_DISABLE: 'true' };
  return {
    json: async <Result>(args: readonly string[]): Promise<Result> => {
      const { stdout, stderr } = await captured([RUN, ...args, '--json'], { cwd, env });
      const answer = parse(stdout);
      if (answer === null)
        throw new SalesforceCliError('NoAnswer', (stderr || stdout).trim(), null);
      if (answer.status !== 0) {
        throw new SalesforceCliError(answer.name ?? 'Failed', messageOf(answer), answer);
      }
      return answer.result as Result;
    },
    show: (args) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [RUN, ...args], {
          cwd,
          env,
          stdio: 'inherit',
        });
        child.on('error', reject);
        child.on('close', (code) => resolve(code === 0));
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly name?: string;
  readonly message?: string;
  readonly result?: unknown;
}

/** Commands put what went wrong in several places. */
function messageOf({ message, result }: Answer): string {
  if (message !== undefined) return message;
  const { body, exceptionMessage, compileProblem } = (result ?? {}) as {
    readonly body?: readonly { readonly message?: string }[];
    readonly exceptionMessage?: string;
    readonly compileProblem?: string;
  };
  const first = Array.isArray(body)
    ? (body as readonly { readonly message?: string }[])[0]
    : undefined;
  return first?.message ?? (exceptionMessage || compileProblem) ?? 'The command failed';
}

/** Some commands answer without the envelope. */
function parse(stdout: string): Answer | null {
  try {
    const value = JSON.parse(stdout) as Partial<Answer> | readonly unknown[];
    if (typeof value === 'object' && 'status' in value && typeof value.status === 'number') {
      return value as Answer;
    }
    return { status: 0, result: value };
  } catch {
    return null;
  }
}
