import { join } from 'node:path';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { Project } from '../project/model.ts';
import { ComponentBuilder } from '../ui/build/component-builder.ts';
import { PlatformFault } from './contract.ts';
import type { OrgGateway } from './contract.ts';
import { lightningDoor, siteDoor } from './door.ts';
import type { Door } from './door.ts';
import { sendError } from './errors.ts';
import type { DefectListener } from './errors.ts';
import { addSecurityHeaders, guardRequest } from './guards.ts';
import { Routes } from './router.ts';
import type { RouteName } from './router.ts';
import { addApexRestRoutes } from './routes/apex-rest.ts';
import { addApexRoutes } from './routes/apex.ts';
import { addCommandRoute } from './routes/command.ts';
import type { CommandDoor } from './routes/command.ts';
import { LiveReload } from './routes/events.ts';
import { addModuleRoutes } from './routes/modules.ts';
import { addPageRoutes } from './routes/pages.ts';
import { addRestRoutes } from './routes/rest.ts';
import { addShellRoutes } from './routes/shell-api.ts';
import { addSiteDoorRoutes } from './routes/site-doors.ts';
import { addSiteRoutes } from './routes/site.ts';
import { addUiApiRoutes } from './routes/ui-api.ts';
import type { PlatformApi } from './platform-api/contract.ts';
import { addPlatformApiRoutes } from './platform-api/index.ts';
import { notFound, ServerContext } from './server-context.ts';
import { Sessions } from './sessions.ts';
import { SiteSessions } from './site/site-sessions.ts';
import { SourceWatch } from './source-watch.ts';

export * from './contract.ts';

const MAX_BODY_BYTES = 6 * 1024 * 1024;
/** The icons of the first page come by `import()`, so they are named. */
const FIRST_PAGE = [
  'shell/main',
  'site/main',
  'lightning/iconSvgTemplatesUtility',
  'lightning/iconSvgTemplatesStandard',
];

/** How to serve an org. */
export interface ServerOptions {
  readonly gateway: OrgGateway;
  readonly project: Project;
  /** 0 takes any free one. */
  readonly port: number;
  readonly components: PreparedComponents;
  /** Holds the key that signs session cookies; without it sessions end with the process. */
  readonly orgFolder?: string;
  /** Reads the project again after a change of its source; without it nothing is watched. */
  readonly readProject?: () => Project;
  /** Called with the changed files when source other than that of pages changed (Apex, objects …). */
  readonly onSourceChange?: (files: readonly string[]) => void;
  /** Commands of this machine's user that go to the started org instead of opening the database themselves. */
  readonly commands?: CommandDoor;
  /** The platform's own APIs for tools such as the Salesforce CLI; without it only reading is answered. */
  readonly platformApi?: PlatformApi;
  /** One line for the person at the terminal. */
  readonly log?: (line: string) => void;
}

/** A running server. */
export interface LocalServer {
  /** `http://127.0.0.1:4567` */
  readonly url: string;
  /** Every address that is answered. */
  readonly routes: readonly RouteName[];
  /** Takes over a project that was deployed again, and reloads open pages. */
  replaceProject(project: Project): void;
  close(): Promise<void>;
}

/** The component compiler, with what the first page needs under way. */
export interface PreparedComponents {
  readonly builder: ComponentBuilder;
  /** By component; empty for those that compile. */
  readonly problems: ReadonlyMap<string, readonly LocalOrgError[]>;
  readonly ready: Promise<void>;
}

/**
 * Starts to compile what the first page needs; the org can deploy meanwhile. `cacheFolder` is shared by all orgs on the
 * machine and may be deleted at any time.
 */
export function prepareComponents(
  project: Project,
  cacheFolder: string,
  log: (line: string) => void = () => undefined,
): PreparedComponents {
  const problems = new Map<string, readonly LocalOrgError[]>();
  const builder = new ComponentBuilder(project, {
    cacheFolder,
    onProblems: (specifier, found) => {
      if (found.length > 0) problems.set(specifier, found);
      else problems.delete(specifier);
      for (const problem of found) log(problem.toDisplay());
    },
  });
  const ready = builder.closure(FIRST_PAGE).then(() => undefined);
  // Whoever starts the server hears of a failure; until then it must not end the process.
  ready.catch(() => undefined);
  return { builder, problems, ready };
}

/** Serves the org on 127.0.0.1. Refuses with a clear message when the port is taken. */
export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const { gateway, components } = options;
  const log = options.log ?? ((): void => undefined);
  const bound = { port: options.port };
  const sessions = new Sessions(
    gateway,
    options.orgFolder && join(options.orgFolder, 'session.key'),
    () => bound.port,
  );
  const context = new ServerContext({
    gateway,
    components,
    sessions,
    siteSessions: new SiteSessions(gateway, sessions.signer('site'), () => bound.port),
    project: options.project,
  });
  const liveReload = new LiveReload();
  const { app, routes } = await createApp(context, liveReload, options, () => bound.port, log);
  await components.ready;
  bound.port = await listen(app, options.port);
  const warmingUp = components.builder.warmUp(context.projectComponents());
  warmingUp.catch((error: unknown) => log(error instanceof Error ? error.message : String(error)));

  function replaceProject(project: Project): void {
    context.project = project;
    components.builder.replaceProject(project);
    liveReload.reload();
  }
  /** A checkout of another branch may take the project away for a moment; what runs goes on. */
  function readAgain(read: () => Project): void {
    try {
      replaceProject(read());
    } catch (error) {
      // Files also vanish while they are read: then it is the system that says so.
      const reason = error instanceof LocalOrgError ? error.toDisplay() : String(error);
      log(`The project cannot be read, the pages stay as they were: ${reason}`);
    }
  }

  const { readProject } = options;
  const watch = readProject && watchSource(options, () => readAgain(readProject));

  return {
    url: `http://127.0.0.1:${String(bound.port)}`,
    routes,
    replaceProject,
    async close() {
      watch?.close();
      liveReload.close();
      components.builder.dispose();
      await app.close();
      await warmingUp.catch(() => undefined);
    },
  };
}

async function createApp(
  context: ServerContext,
  liveReload: LiveReload,
  { commands, platformApi }: Pick<ServerOptions, 'commands' | 'platformApi'>,
  port: () => number,
  log: (line: string) => void,
): Promise<{ app: FastifyInstance; routes: readonly RouteName[] }> {
  const onDefect: DefectListener = (error, { method, url }) => {
    log(
      `${method} ${url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };
  const app = Fastify({
    // A malformed address never reaches a route or a hook.
    frameworkErrors: (error, request, reply) => {
      addSecurityHeaders(reply);
      sendError(error, request, reply, onDefect);
    },
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    // The Salesforce CLI stores instance URLs with a slash at the end and asks for //services.
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: 300 },
  });
  app.addHook('onRequest', (request, reply, done) => {
    addSecurityHeaders(reply);
    guardRequest(request, port());
    done();
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, onDefect));
  app.setNotFoundHandler((request, reply) =>
    sendError(unknownAddress(request), request, reply, onDefect),
  );

  const routes = new Routes(app);
  addPageRoutes(routes, context);
  addModuleRoutes(routes, context);
  const doors: readonly Door[] = [lightningDoor(context), siteDoor(context)];
  for (const door of doors) {
    addApexRoutes(routes, context, door);
    addUiApiRoutes(routes, context, door);
    liveReload.addRoutes(routes, door);
  }
  addShellRoutes(routes, context);
  addRestRoutes(routes, context);
  if (commands !== undefined) addCommandRoute(routes, commands);
  if (platformApi !== undefined) await addPlatformApiRoutes(app, routes, context, platformApi);
  addSiteDoorRoutes(routes, context);
  addSiteRoutes(routes, context);
  routes.refuseOtherMethods();
  const apexRest: RouteName[] = [];
  await app.register((raw, _options, done) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    const rawRoutes = new Routes(raw);
    addApexRestRoutes(rawRoutes, context);
    apexRest.push(...rawRoutes.table);
    done();
  });
  return { app, routes: [...routes.table, ...apexRest] };
}

/** The platform's answer, with the name of what was asked for. Tools look for the first sentence. */
function unknownAddress({ method, url }: { method: string; url: string }): PlatformFault {
  const { message } = notFound();
  const path = (url.split('?')[0] ?? url).replace(/^\/+/, '/');
  return new PlatformFault({
    status: 404,
    errorCode: 'NOT_FOUND',
    message: path.startsWith('/services/')
      ? `${message}: ${method} ${path} is not implemented in the local org`
      : message,
  });
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await app.close();
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EADDRINUSE'
      ? raise(Diagnostics.SERVER_PORT, [port])
      : raise(Diagnostics.SERVER_LISTEN, [port, message]);
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Source that only pages are made of: read again here, without a deployment. */
const PAGE_SOURCE =
  /[/\\](lwc|labels|staticresources|flexipages|quickActions|layouts|applications|tabs)[/\\]/;

function watchSource(options: ServerOptions, onPageSource: () => void): SourceWatch {
  return new SourceWatch(options.project.packageDirectories, (files) => {
    if (files.some((file) => PAGE_SOURCE.test(file))) onPageSource();
    const others = files.filter((file) => !PAGE_SOURCE.test(file));
    if (others.length > 0) options.onSourceChange?.(others);
  });
}
