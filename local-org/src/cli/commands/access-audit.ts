import { differenceText } from '../../sharing/audit/difference.ts';
import { ExitCode } from '../exit-codes.ts';
import { openDoor } from '../open-door.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import type { Outcome } from '../run-command.ts';

/**
 * `access audit`: whether what the org keeps about sharing is what follows from its records, roles, groups and rules. A started org is asked as it stands; one
 * that is not started as it is stored, before it takes source or rules into force.
 */
export async function accessAudit(flags: CommonFlags): Promise<Outcome> {
  const door = await openDoor(workspaceOf(flags), { deploy: false });
  try {
    const differences = await door.auditSharing();
    return {
      exitCode: differences.length === 0 ? ExitCode.good : ExitCode.wrongSource,
      result: differences,
      human:
        differences.length === 0
          ? 'no difference\n'
          : `${differences.map(differenceText).join('\n')}\n`,
      warnings: [],
    };
  } finally {
    await door.close();
  }
}
