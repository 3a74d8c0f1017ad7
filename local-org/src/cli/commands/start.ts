import { randomBytes } from 'node:crypto';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { DeployFailure } from '../../execution/deploy-failure.ts';
import type { DeployReport } from '../../execution/org-door.ts';
import { sourceOf } from '../../execution/options.ts';
import { OrgWorkerClient } from '../../execution/worker-client.ts';
import { workerGateway } from '../../execution/worker-gateway.ts';
import { readProject } from '../../project/index.ts';
import type { Project } from '../../project/index.ts';
import { prepareComponents, startServer } from '../../server/index.ts';
import type { LocalServer } from '../../server/index.ts';
import { componentCacheFolder } from '../../ui/build/build-cache.ts';
import { ExitCode } from '../exit-codes.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags, Workspace } from '../options.ts';
import { resetOrg } from '../reset-org.ts';
import type { Outcome } from '../run-command.ts';
import { announceServer, retractServer, runningServer } from '../running-server.ts';

const DEFAULT_PORT = 3333;

interface Flags extends CommonFlags {
  readonly port?: number;
  readonly reset: boolean;
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** `start`: deploys, loads the demo data once, serves; ends with the process. */
export async function start(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const other = runningServer(workspace.orgDir);
  if (other !== null) throw raise(Diagnostics.ORG_IN_USE, [workspace.orgDir, other.pid]);
  if (flags.reset) resetOrg(workspace.orgDir);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);

  say(`Deploying ${workspace.projectDir}`);
  const worker = new OrgWorkerClient({ ...workspace, storage: 'file', coverage: false });
  worker.onEvent((event, data) => {
    if (event !== 'progress') return;
    const { done, total, what } = data as Progress;
    say(`Loading demo data, step ${done + 1} of ${total}: ${what}`);
  });
  let server: LocalServer | null = null;
  try {
    const opened = worker.call('open') as Promise<DeployReport>;
    const project = await readAfter(opened, workspace);
    const components = prepareComponents(project, componentCacheFolder(workspace.orgDir), say);
    const report = await opened;
    for (const warning of report.warnings) say(`Warning: ${warning}`);
    await worker.call('loadDemoData');
    server = await serve(flags, workspace, worker, project, components, say);
    process.stdout.write(
      flags.json === true ? `${JSON.stringify({ url: server.url })}\n` : `\n  ${server.url}\n\n`,
    );
    say('Press Ctrl+C to stop. The data is kept; start with --reset to begin again.');
    await untilSignal();
    return { exitCode: ExitCode.good, result: { url: server.url }, human: '', warnings: [] };
  } finally {
    retractServer(workspace.orgDir);
    await server?.close();
    await worker.close();
  }
}

/** The project as the pages need it. What is wrong with the source comes from the deployment, which says it better. */
async function readAfter(opened: Promise<DeployReport>, workspace: Workspace): Promise<Project> {
  try {
    return readProject(sourceOf(workspace));
  } catch (error) {
    await opened;
    throw error;
  }
}

async function serve(
  flags: Flags,
  workspace: Workspace,
  worker: OrgWorkerClient,
  project: Project,
  components: ReturnType<typeof prepareComponents>,
  say: (line: string) => void,
): Promise<LocalServer> {
  const token = randomBytes(24).toString('base64url');
  let server: LocalServer | null = null;
  const redeploy = async (): Promise<unknown> => {
    const report = await worker.call('deploy', [false]);
    server?.replaceProject(readProject(sourceOf(workspace)));
    return report;
  };
  server = await startServer({
    gateway: workerGateway(worker),
    project,
    port: flags.port ?? DEFAULT_PORT,
    components,
    orgFolder: workspace.orgDir,
    readProject: () => readProject(sourceOf(workspace)),
    onSourceChange: (files) => {
      say(`Deploying again: ${files.length} changed ${files.length === 1 ? 'file' : 'files'}`);
      redeploy().then(
        () => say('Deployed'),
        (error: unknown) => say(error instanceof DeployFailure ? error.toDisplay() : String(error)),
      );
    },
    commands: {
      token,
      run: (method, args) =>
        method === 'deploy' && args[0] !== true ? redeploy() : worker.call(method, args),
    },
    log: say,
  });
  announceServer(workspace.orgDir, {
    pid: process.pid,
    port: Number(new URL(server.url).port),
    token,
  });
  return server;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
