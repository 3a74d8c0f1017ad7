import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LwcBundle } from '../../project/model.ts';

const require = createRequire(import.meta.url);

/** Folders of this package that hold components of their own, by namespace. */
const OWN_FOLDERS: Readonly<Record<string, string>> = {
  lightning: fileURLToPath(new URL('../platform-modules/lightning', import.meta.url)),
  platform: fileURLToPath(new URL('../platform-modules/platform', import.meta.url)),
  shell: fileURLToPath(new URL('../shell', import.meta.url)),
  site: fileURLToPath(new URL('../site', import.meta.url)),
};

/** A folder that is compiled to one ES module. */
export interface BundleSource {
  readonly namespace: string;
  readonly name: string;
  /** The file whose exports the module has. */
  readonly entry: string;
  readonly apiVersion: number;
  /** Part of the platform: compiled once per version, may do what the platform's own modules may. */
  readonly platform: boolean;
}

/** Finds where the source of a module stands: the project's components, our stand-ins, the base components. */
export class ModuleSources {
  readonly #bundles: ReadonlyMap<string, LwcBundle>;

  constructor(bundles: ReadonlyMap<string, LwcBundle>) {
    this.#bundles = bundles;
  }

  /** Undefined when there is no such module. */
  bundle(specifier: string): BundleSource | undefined {
    const [namespace = '', name = '', ...rest] = specifier.split('/');
    // A name is a name, never a path: it comes from the browser as well.
    if (rest.length > 0 || !/^[A-Za-z]\w*$/.test(name)) return undefined;
    if (namespace === 'c') return this.#projectBundle(name);
    const own = Object.hasOwn(OWN_FOLDERS, namespace) ? OWN_FOLDERS[namespace] : undefined;
    const entry =
      (own === undefined ? undefined : entryOf(join(own, name), name)) ??
      (namespace === 'lightning'
        ? entryOf(join(baseComponents().folder, 'src/lightning', name), name)
        : undefined);
    if (entry === undefined) return undefined;
    return { namespace, name, entry, apiVersion: 66, platform: true };
  }

  #projectBundle(name: string): BundleSource | undefined {
    const bundle = this.#bundles.get(name.toLowerCase());
    if (bundle?.name !== name) return undefined;
    const entry = entryOf(bundle.folder, name);
    if (entry === undefined) return undefined;
    return { namespace: 'c', name, entry, apiVersion: bundle.apiVersion, platform: false };
  }
}

/** TypeScript first: `tsc` writes the JavaScript for the org beside it. A bundle may also be only styles or a template. */
function entryOf(folder: string, name: string): string | undefined {
  return ['.ts', '.js', '.css', '.html']
    .map((suffix) => join(folder, name + suffix))
    .find((file) => existsSync(file));
}

interface BaseComponents {
  readonly folder: string;
  readonly version: string;
  /** Names that lightning-base-components gives values to: labels, gates, locale. */
  readonly scoped: ReadonlyMap<string, string>;
}

let found: BaseComponents | undefined;

/** The installed lightning-base-components. */
export function baseComponents(): BaseComponents {
  if (found !== undefined) return found;
  const file = require.resolve('lightning-base-components/package.json');
  const description = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string;
    lwc: { modules: { name?: string; path?: string }[] };
  };
  const scoped = new Map<string, string>();
  for (const { name, path } of description.lwc.modules) {
    if (name !== undefined && path !== undefined) scoped.set(name, join(dirname(file), path));
  }
  found = { folder: dirname(file), version: description.version, scoped };
  return found;
}

/** Names of all modules in the namespaces `lightning`, `platform`, `shell` and `site`, for compiling ahead. */
export function platformModuleNames(): string[] {
  const names = new Set<string>();
  const folders = [
    ...Object.entries(OWN_FOLDERS),
    ['lightning', join(baseComponents().folder, 'src/lightning')] as const,
  ];
  for (const [namespace, folder] of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && entryOf(join(folder, entry.name), entry.name) !== undefined) {
        names.add(`${namespace}/${entry.name}`);
      }
    }
  }
  return [...names].sort();
}
