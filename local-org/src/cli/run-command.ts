import { PlatformFault } from '../server/contract.ts';
import { LocalOrgError } from '../diagnostics/index.ts';
import { DeployFailure } from '../execution/deploy-failure.ts';
import { ExitCode } from './exit-codes.ts';
import { errorEnvelope, successEnvelope } from './reports/envelope.ts';

/** What a command has to say when it did its work. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** `result` of the JSON envelope. */
  readonly result: unknown;
  /** What a person reads on standard output, line break at the end included; empty for nothing. */
  readonly human: string;
  readonly warnings: readonly string[];
}

/** Where a command prints; tests give their own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** Runs a command, prints its outcome or its error in the form asked for, and answers with the exit code. */
export async function runCommand(
  terminal: Terminal,
  json: boolean,
  command: () => Outcome | Promise<Outcome>,
): Promise<ExitCode> {
  try {
    const outcome = await command();
    if (json)
      terminal.out(
        `${JSON.stringify(successEnvelope(outcome.exitCode, outcome.result, outcome.warnings), null, 2)}\n`,
      );
    else {
      for (const warning of outcome.warnings) terminal.err(`Warning: ${warning}\n`);
      terminal.out(outcome.human);
    }
    return outcome.exitCode;
  } catch (error) {
    const exitCode = exitCodeOf(error);
    const problems = error instanceof DeployFailure ? error.problems : undefined;
    if (json)
      terminal.out(`${JSON.stringify(errorEnvelope(exitCode, error, [], problems), null, 2)}\n`);
    else terminal.err(`${describe(error)}\n`);
    return exitCode;
  }
}

/** 1 for the user's mistakes and what is not supported, 70 for our own defects. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof DeployFailure) return ExitCode.wrongSource;
  if (error instanceof LocalOrgError)
    return error.kind === 'internal' ? ExitCode.defect : ExitCode.wrongSource;
  if (error instanceof PlatformFault) {
    return error.details.status < 500 || error.details.status === 501
      ? ExitCode.wrongSource
      : ExitCode.defect;
  }
  return ExitCode.defect;
}

function describe(error: unknown): string {
  if (error instanceof DeployFailure || error instanceof LocalOrgError)
    return `Error: ${error.toDisplay()}`;
  if (error instanceof PlatformFault) return `Error: ${error.details.errorCode}: ${error.message}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Defect in the local org. Please report it with these lines:\n${stack}`;
}
