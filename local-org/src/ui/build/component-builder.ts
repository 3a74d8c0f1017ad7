import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Diagnostics, LocalOrgError, raise } from '../../diagnostics/index.ts';
import type { Project } from '../../project/model.ts';
import { BuildCache } from './build-cache.ts';
import type { Bundle } from './bundle-module.ts';
import { ModuleSources, platformModuleNames } from './module-sources.ts';
import { failureModule } from './failure-module.ts';
import type { ProjectNames } from './salesforce-modules.ts';

const require = createRequire(import.meta.url);

/** The compilers are heavy to load, and a start that finds everything in the cache does not need them. */
const compilers = () => import('./bundle-module.ts');

/** Modules that come straight from npm. */
const PACKAGES: Readonly<Record<string, string>> = {
  lwc: 'lwc/engine-dom',
  '@lwc/synthetic-shadow': 'lwc/synthetic-shadow',
};

/** Answered by the server for each session, not compiled. */
export const SESSION_MODULE = 'platform/sessionData';

/** What the project contributes to components. */
export type ComponentProject = ProjectNames & Pick<Project, 'lwcBundles'>;

/** A module as the server sends it. */
export interface BuiltModule extends Bundle {
  readonly etag: string;
  /** Why it is a stand-in that shows an error; empty when it compiled. */
  readonly problems: readonly LocalOrgError[];
}

/** Told about each component that does not compile, and when it does again (no problems). */
export type ProblemListener = (specifier: string, problems: readonly LocalOrgError[]) => void;

/** Where to cache, whom to tell. */
export interface BuilderOptions {
  readonly cacheFolder: string;
  readonly onProblems?: ProblemListener;
}

/**
 * Compiles components to ES modules on demand and keeps them: those of the platform on disk by version, those of the
 * project in memory until the project changes. Each module is compiled alone; a broken one becomes a component that says
 * what is wrong, so that the rest of the page goes on.
 */
export class ComponentBuilder {
  readonly #cache: BuildCache;
  readonly #onProblems: ProblemListener;
  readonly #platform = new Map<string, Promise<BuiltModule | undefined>>();
  #app = new Map<string, Promise<BuiltModule | undefined>>();
  #project: ComponentProject;
  #sources: ModuleSources;
  #disposed = false;

  constructor(project: ComponentProject, options: BuilderOptions) {
    this.#cache = new BuildCache(options.cacheFolder);
    this.#onProblems = options.onProblems ?? (() => undefined);
    this.#project = project;
    this.#sources = new ModuleSources(project.lwcBundles);
  }

  /** Changes whenever a platform module could: part of their URLs, so that browsers may keep them for good. */
  get version(): string {
    return this.#cache.version;
  }

  /** Where the browser finds a module. */
  url(specifier: string): string {
    if (specifier === SESSION_MODULE) return '/modules/session.js';
    return isPlatform(specifier)
      ? `/modules/~${this.version}/${specifier}.js`
      : `/modules/${specifier}.js`;
  }

  /** The compiled module; undefined when there is none of that name. */
  async module(specifier: string): Promise<BuiltModule | undefined> {
    const modules = isPlatform(specifier) ? this.#platform : this.#app;
    let building = modules.get(specifier);
    if (building === undefined) {
      building = this.#build(specifier);
      modules.set(specifier, building);
      building.catch(() => modules.delete(specifier));
    }
    return building;
  }

  /** The modules and everything they import at load, directly or not. Unknown names are left out. */
  async closure(entries: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    const visit = async (specifier: string): Promise<void> => {
      if (found.has(specifier) || specifier === SESSION_MODULE) return;
      found.add(specifier);
      const built = await this.module(specifier);
      if (built === undefined) found.delete(specifier);
      else await Promise.all(built.imports.map(visit));
    };
    await Promise.all(entries.map(visit));
    return [...found];
  }

  /**
   * Compiles what pages will ask for next (the given modules with all they import), then what is left of the
   * platform; yields to requests between modules. Stops when disposed.
   */
  async warmUp(first: readonly string[]): Promise<void> {
    const next = await this.closure(first);
    const names = new Set([...next, ...platformModuleNames()]);
    for (const specifier of names) {
      if (this.#disposed) return;
      await this.module(specifier);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Takes over a changed project and forgets what was compiled from the old one. */
  replaceProject(project: ComponentProject): void {
    this.#project = project;
    this.#sources = new ModuleSources(project.lwcBundles);
    this.#app = new Map();
  }

  /** Compiles all components of the project; the problems of those that do not compile. */
  async check(): Promise<LocalOrgError[]> {
    const problems: LocalOrgError[] = [];
    for (const { name } of this.#project.lwcBundles.values()) {
      problems.push(...((await this.module(`c/${name}`))?.problems ?? []));
    }
    return problems;
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #build(specifier: string): Promise<BuiltModule | undefined> {
    const platform = isPlatform(specifier);
    const cached = platform ? this.#cache.read(specifier) : undefined;
    if (cached !== undefined) return { ...cached, etag: this.version, problems: [] };
    const npmEntry = Object.hasOwn(PACKAGES, specifier) ? PACKAGES[specifier] : undefined;
    if (npmEntry !== undefined)
      return this.#keep(
        specifier,
        await (await compilers()).bundlePackage(require.resolve(npmEntry)),
      );
    const source = this.#sources.bundle(specifier);
    if (source === undefined) return undefined;
    try {
      const { bundleModule } = await compilers();
      const bundle = await bundleModule(source, this.#project, (imported) =>
        this.#external(imported),
      );
      if (platform) return this.#keep(specifier, bundle);
      this.#onProblems(specifier, []);
      return { ...bundle, etag: digest(bundle.code), problems: [] };
    } catch (error) {
      const problems = asProblems(error);
      if (problems === undefined) throw error;
      // A few base components need modules that npm lacks; who uses one sees it in the page.
      if (!platform) this.#onProblems(specifier, problems);
      const failureUrl = this.url('platform/componentFailure');
      const code = failureModule(
        specifier,
        problems,
        readFileSync(source.entry, 'utf8'),
        failureUrl,
        this.#project,
      );
      return { code, imports: ['platform/componentFailure'], etag: digest(code), problems };
    }
  }

  #keep(specifier: string, bundle: Bundle): BuiltModule {
    this.#cache.write(specifier, bundle);
    return { ...bundle, etag: this.version, problems: [] };
  }

  #external(specifier: string): string {
    const known =
      specifier === SESSION_MODULE ||
      Object.hasOwn(PACKAGES, specifier) ||
      this.#sources.bundle(specifier) !== undefined;
    if (known) return this.url(specifier);
    const entry = specifier.startsWith('c/')
      ? Diagnostics.COMPONENT_UNKNOWN
      : Diagnostics.MODULE_NOT_AVAILABLE;
    throw raise(entry, [specifier]);
  }
}

function isPlatform(specifier: string): boolean {
  return !specifier.startsWith('c/');
}

function asProblems(error: unknown): LocalOrgError[] | undefined {
  if (error instanceof LocalOrgError) return [error];
  if (Array.isArray(error) && error.every((one) => one instanceof LocalOrgError)) return error;
  return undefined;
}

function digest(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}
