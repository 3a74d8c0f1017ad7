import { randomBytes } from 'node:crypto';
import { Diagnostics, LocalOrgError, raise } from '../../diagnostics/index.ts';
import { DeployFailure } from '../../execution/deploy-failure.ts';
import type { DeployReport } from '../../execution/org-door.ts';
import { sourceOf } from '../../execution/options.ts';
import { OrgWorkerClient } from '../../execution/worker-client.ts';
import { workerGateway } from '../../execution/worker-gateway.ts';
import type { SiteGuide } from '../../platform/networks/site-guide.ts';
import { assumptionText, readAssumptions } from '../../inferred/index.ts';
import { readProject } from '../../project/index.ts';
import type { Project } from '../../project/index.ts';
import { OrgSource } from '../../metadata-api/org-source.ts';
import { API_VERSION } from '../../platform/ui-api/rest.ts';
import { createPlatformApi } from '../platform-api.ts';
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
  readonly empty: boolean;
  /** `NAME=ANSWER` */
  readonly assume?: readonly string[];
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

type Guides = { readonly password: string | null; readonly sites: readonly SiteGuide[] };

/** The sites with those who can log in to them. */
function sitesText(url: string, guides: Guides): string {
  const lines = guides.sites.flatMap(({ name, path, members }) => [
    `  ${url}${path}  ${name}`,
    ...members.map(({ username, role }) => `    ${username}  ${role}`),
    ...(members.length > 0 ? [`    password of these demo users: ${guides.password ?? ''}`] : []),
  ]);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** `start`: deploys, loads the demo data once, serves; ends with the process. */
export async function start(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const assumptions = readAssumptions(flags.assume ?? []);
  const other = runningServer(workspace.orgDir);
  if (other !== null) throw raise(Diagnostics.ORG_IN_USE, [workspace.orgDir, other.pid]);
  if (flags.reset) resetOrg(workspace.orgDir);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);

  const source = new OrgSource(workspace.orgDir);
  if (flags.empty) source.startEmpty(API_VERSION);
  const sourceRoot = source.current();
  say(
    sourceRoot === null
      ? `Deploying ${workspace.projectDir}`
      : 'This org runs what was deployed to it; start with --reset to run the project again',
  );
  if (flags.assume !== undefined) say(`Assuming ${assumptionText(assumptions)}`);
  const worker = new OrgWorkerClient({
    ...workspace,
    ...(sourceRoot === null ? {} : { sourceRoot }),
    storage: 'file',
    coverage: false,
    assumptions,
  });
  worker.onEvent((event, data) => {
    if (event !== 'progress') return;
    const { done, total, what } = data as Progress;
    say(`Loading demo data, step ${done + 1} of ${total}: ${what}`);
  });
  let server: LocalServer | null = null;
  try {
    const opened = worker.call('open') as Promise<DeployReport>;
    const project = await readAfter(opened, () => projectOf(workspace, source));
    const components = prepareComponents(project, componentCacheFolder(workspace.orgDir), say);
    const report = await opened;
    for (const warning of report.warnings) say(`Warning: ${warning}`);
    // Who deploys to an org of its own also brings its data.
    if (sourceRoot === null) await worker.call('loadDemoData');
    server = await serve(flags, workspace, source, worker, project, components, say);
    const guides = (await worker.call('siteGuides')) as Guides;
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ url: server.url })}\n`
        : `\n  ${server.url}\n${sitesText(server.url, guides)}\n`,
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
async function readAfter(opened: Promise<DeployReport>, read: () => Project): Promise<Project> {
  try {
    return read();
  } catch (error) {
    await opened;
    throw error;
  }
}

/** What the org runs: what was deployed to it, else the project on disk. */
function projectOf(workspace: Workspace, source: OrgSource): Project {
  const sourceRoot = source.current();
  return readProject(sourceOf(sourceRoot === null ? workspace : { ...workspace, sourceRoot }));
}

async function serve(
  flags: Flags,
  workspace: Workspace,
  source: OrgSource,
  worker: OrgWorkerClient,
  project: Project,
  components: ReturnType<typeof prepareComponents>,
  say: (line: string) => void,
): Promise<LocalServer> {
  const token = randomBytes(24).toString('base64url');
  let server: LocalServer | null = null;
  const redeploy = async (): Promise<unknown> => {
    const report = await worker.call('deploy', [false]);
    take(projectOf(workspace, source));
    return report;
  };
  let running = project;
  const take = (next: Project): void => {
    running = next;
    server?.replaceProject(next);
  };
  server = await startServer({
    gateway: workerGateway(worker),
    project,
    port: flags.port ?? DEFAULT_PORT,
    components,
    orgFolder: workspace.orgDir,
    readProject: () => projectOf(workspace, source),
    onSourceChange: (files) => {
      if (source.current() !== null) return;
      say(`Deploying again: ${files.length} changed ${files.length === 1 ? 'file' : 'files'}`);
      redeploy().then(
        () => say('Deployed'),
        (error: unknown) => say(displayOf(error)),
      );
    },
    commands: {
      token,
      run: (method, args) =>
        method === 'deploy' && args[0] !== true ? redeploy() : worker.call(method, args),
    },
    platformApi: createPlatformApi({
      workspace,
      worker,
      source,
      project: () => running,
      activated: () => {
        take(projectOf(workspace, source));
        say('Deployed');
      },
    }),
    log: say,
  });
  announceServer(workspace.orgDir, {
    pid: process.pid,
    port: Number(new URL(server.url).port),
    token,
  });
  return server;
}

function displayOf(error: unknown): string {
  const isOurs = error instanceof DeployFailure || error instanceof LocalOrgError;
  return isOurs ? error.toDisplay() : String(error);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
