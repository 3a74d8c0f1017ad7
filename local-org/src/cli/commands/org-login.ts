import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { textOf } from '../../platform/changes.ts';
import { openDoor } from '../open-door.ts';
import { ExitCode } from '../exit-codes.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
import type { Outcome } from '../run-command.ts';
import { runningServer } from '../running-server.ts';

interface Flags extends CommonFlags {
  readonly alias: string;
  readonly asUser?: string;
  readonly setDefault: boolean;
}

/** `org login`: hands an access token of the started org to the Salesforce CLI that is installed in the project. */
export async function orgLogin(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const server = runningServer(workspace.orgDir);
  if (server === null) throw raise(Diagnostics.NO_RUNNING_ORG, [workspace.orgDir]);
  const cli = salesforceCli(workspace.projectDir);
  const door = await openDoor(workspace);
  const { records } = await door.query('SELECT Id FROM Organization', null);
  const user = flags.asUser ?? (await door.administrator());
  await door.close();
  const url = `http://127.0.0.1:${String(server.port)}`;
  const args = [
    ...['org', 'login', 'access-token', '--no-prompt', '--instance-url', url],
    ...['--alias', flags.alias],
    ...(flags.setDefault ? ['--set-default'] : []),
  ];
  const token = `${textOf(records[0]?.['Id'])}!${user}`;
  try {
    await promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: workspace.projectDir,
      env: {
        ...process.env,
        SF_ACCESS_TOKEN: token,
        SF_DISABLE_TELEMETRY: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
      },
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw raise(Diagnostics.SALESFORCE_CLI, [(stderr ?? message).trim()]);
  }
  return {
    exitCode: ExitCode.good,
    result: { alias: flags.alias, instanceUrl: url, username: user },
    human: `The Salesforce CLI knows ${url} as ${flags.alias}: try \`sf org display --target-org ${flags.alias}\`\n`,
    warnings: [],
  };
}

/** Its start file, from the dependencies of the project or of a folder around it. */
function salesforceCli(projectDir: string): string {
  for (let folder = projectDir; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) throw raise(Diagnostics.NO_SALESFORCE_CLI, []);
  }
}
