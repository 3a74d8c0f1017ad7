import { randomBytes } from 'node:crypto';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { OrgOptions } from '../../execution/options.ts';
import type { DeployReport } from '../../execution/org-door.ts';
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
import { successEnvelope } from '../reports/envelope.ts';
import { resetOrg } from '../reset-org.ts';
import type { Outcome } from '../run-command.ts';
import { announceServer, retractServer, runningServer } from '../running-server.ts';

const DEFAULT_PORT = 4567;

interface Flags extends CommonFlags {
  readonly port?: number;
  readonly reset: boolean;
}

/** `start`: deploys, loads the demo data once, serves until it is told to stop. */
export async function start(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const running = runningServer(workspace.orgDir);
  if (running !== null) throw raise(Diagnostics.ORG_IN_USE, [workspace.orgDir, running.pid]);
  if (flags.reset) resetOrg(workspace.orgDir);

  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const readSource = (): Project =>
    readProject(
      workspace.sourceDirs.length > 0
        ? { sourceDirs: workspace.sourceDirs }
        : { projectDir: workspace.projectDir },
    );
  const worker = new OrgWorkerClient(orgOptions(workspace));
  worker.onEvent((event, data) => {
    if (event === 'progress') say(progressLine(data));
  });
  try {
    say('Deploying the project and compiling its components …');
    const opening = worker.call('open') as Promise<DeployReport>;
    // Both use a core of their own: Apex in the worker, components here.
    const components = prepareComponents(readSource(), componentCacheFolder(workspace.orgDir), say);
    const report = await opening;
    for (const warning of report.warnings) say(`Warning: ${warning}`);
    await worker.call('loadDemoData');
    const server = await serve(workspace, worker, components, readSource, flags.port, say);
    const port = Number(new URL(server.url).port);
    announceServer(workspace.orgDir, { pid: process.pid, port, token: server.token });
    if (flags.json === true) {
      const result = { url: server.url, port, orgDir: workspace.orgDir };
      process.stdout.write(`${JSON.stringify(successEnvelope(0, result, report.warnings))}\n`);
    } else {
      process.stdout.write(`\nThe local org is ready: ${server.url}\nStop it with Ctrl+C.\n`);
    }
    await stopSignal();
    await server.close();
  } finally {
    retractServer(workspace.orgDir);
    await worker.close();
  }
  // Everything was said when the server was ready.
  process.exit(ExitCode.good);
}

function orgOptions(workspace: Workspace): OrgOptions {
  return {
    projectDir: workspace.projectDir,
    sourceDirs: workspace.sourceDirs,
    orgDir: workspace.orgDir,
    storage: 'file',
    coverage: false,
  };
}

/** The server on the worker's org; source that changes is deployed again, and open pages follow. */
async function serve(
  workspace: Workspace,
  worker: OrgWorkerClient,
  components: ReturnType<typeof prepareComponents>,
  readSource: () => Project,
  port: number | undefined,
  say: (line: string) => void,
): Promise<LocalServer & { readonly token: string }> {
  const token = randomBytes(32).toString('base64url');
  const server = await startServer({
    gateway: workerGateway(worker),
    project: readSource(),
    port: port ?? DEFAULT_PORT,
    components,
    orgFolder: workspace.orgDir,
    readProject: readSource,
    onSourceChange: () => void redeploy(),
    commands: { token, run: (method, args) => worker.call(method, args) },
    log: say,
  });
  let deploying: Promise<void> = Promise.resolve();
  function redeploy(): Promise<void> {
    deploying = deploying.then(async () => {
      try {
        const { milliseconds } = (await worker.call('deploy', [false])) as DeployReport;
        say(`Deployed again in ${Math.round(milliseconds)} ms`);
        server.replaceProject(readSource());
      } catch (error) {
        // The org stays as it was; the next save tries again.
        say(error instanceof Error ? error.message : String(error));
      }
    });
    return deploying;
  }
  return { ...server, token };
}

function progressLine(data: unknown): string {
  const { done, total, what } = data as { done: number; total: number; what: string };
  return `Loading demo data ${done + 1}/${total}: ${what}`;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
}
