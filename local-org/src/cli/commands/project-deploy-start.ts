import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { OrgSource } from '../../metadata-api/org-source.ts';
import { ExitCode } from '../exit-codes.ts';
import { openDoor } from '../open-door.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import { table } from '../reports/table.ts';
import type { Outcome } from '../run-command.ts';

interface Flags extends CommonFlags {
  readonly dryRun: boolean;
}

/** `project deploy start`: compiles and validates all source and takes it into the org. */
export async function projectDeployStart(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  if (new OrgSource(workspace.orgDir).current() !== null) {
    throw raise(Diagnostics.OWN_SOURCE, [workspace.orgDir]);
  }
  const door = await openDoor(workspace, { deploy: false });
  try {
    const report = await door.deploy(flags.dryRun);
    const counts = new Map<string, number>();
    for (const { type } of report.files) counts.set(type, (counts.get(type) ?? 0) + 1);
    const rows = [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, count]) => [type, String(count)]);
    const left = report.unsupported.map(({ type, count }) => `${type} (${count})`).join(', ');
    return {
      exitCode: ExitCode.good,
      result: {
        status: 'Succeeded',
        success: true,
        checkOnly: flags.dryRun,
        numberComponentsTotal: report.files.length,
        numberComponentErrors: 0,
        files: report.files.map((file) => ({
          ...file,
          state: flags.dryRun ? 'Unchanged' : 'Changed',
        })),
        unsupported: report.unsupported,
      },
      human: [
        table(['TYPE', 'COMPONENTS'], rows),
        '',
        left === '' ? '' : `Without effect in the local org: ${left}\n`,
        `${flags.dryRun ? 'Validated' : 'Deployed'} ${report.files.length} components in ${Math.round(report.milliseconds)} ms\n`,
      ].join('\n'),
      warnings: report.warnings,
    };
  } finally {
    await door.close();
  }
}
