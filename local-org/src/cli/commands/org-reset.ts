import { ExitCode } from '../exit-codes.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import { resetOrg } from '../reset-org.ts';
import type { Outcome } from '../run-command.ts';

/** `org reset`: forgets the data; caches stay. */
export function orgReset(flags: CommonFlags): Outcome {
  const { orgDir } = workspaceOf(flags);
  const removed = resetOrg(orgDir);
  return {
    exitCode: ExitCode.good,
    result: { orgDir, removed },
    human:
      removed.length === 0
        ? `There was no data in ${orgDir}\n`
        : `Removed the data of the org in ${orgDir}\n`,
    warnings: [],
  };
}
