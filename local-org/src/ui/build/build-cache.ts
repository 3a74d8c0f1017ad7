import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { Bundle } from './bundle-module.ts';
import { baseComponents } from './module-sources.ts';

const require = createRequire(import.meta.url);

/** Folders that belong to no other version and were not used for this long are deleted. */
const KEEP_UNUSED_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * Where compiled components are kept: beside what npm installed, because they depend on nothing else and all orgs can share
 * them; where that cannot be written, with the org.
 */
export function componentCacheFolder(orgFolder: string): string {
  const shared = fileURLToPath(
    new URL('../../../../node_modules/.cache/local-org', import.meta.url),
  );
  try {
    mkdirSync(shared, { recursive: true });
    accessSync(shared, constants.W_OK);
    return shared;
  } catch {
    return join(orgFolder, 'cache');
  }
}

/**
 * Compiled platform modules on disk. The folder's name is a hash of everything that decides the outcome (versions of LWC,
 * base components and esbuild, and our own sources), so nothing in it ever becomes wrong: it can be deleted at any time.
 */
export class BuildCache {
  readonly version: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.version = platformVersion();
    this.#folder = join(folder, `components-${this.version}`);
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw raise(Diagnostics.CACHE_FOLDER, [
        folder,
        error instanceof Error ? error.message : String(error),
      ]);
    }
    deleteUnused(folder, basename(this.#folder));
  }

  /** The compiled module; undefined when it was never compiled, or its file is damaged. */
  read(specifier: string): Bundle | undefined {
    try {
      const { code, imports } = JSON.parse(
        readFileSync(this.#file(specifier), 'utf8'),
      ) as Partial<Bundle>;
      return typeof code === 'string' && Array.isArray(imports) ? { code, imports } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a compiled module. Written beside and renamed: another process never reads half a file. */
  write(specifier: string, bundle: Bundle): void {
    const file = this.#file(specifier);
    const temporary = `${file}.${String(process.pid)}`;
    try {
      writeFileSync(temporary, JSON.stringify(bundle));
      renameSync(temporary, file);
    } catch {
      // A full disk costs speed, not the page.
      rmSync(temporary, { force: true });
    }
  }

  #file(specifier: string): string {
    return join(this.#folder, `${specifier.replaceAll('/', '__')}.json`);
  }
}

function platformVersion(): string {
  const hash = createHash('sha256');
  for (const name of ['lwc/package.json', 'esbuild/package.json'])
    hash.update(packageVersion(name));
  hash.update(baseComponents().version);
  hash.update(process.versions.node);
  const here = dirname(fileURLToPath(import.meta.url));
  for (const folder of ['../build', '../platform-modules', '../shell', '../site'])
    hashFolder(join(here, folder), hash);
  return hash.digest('hex').slice(0, 16);
}

function packageVersion(file: string): string {
  try {
    return (JSON.parse(readFileSync(require.resolve(file), 'utf8')) as { version: string }).version;
  } catch {
    // A package that exports only its entry points: the entry's own text tells versions apart as well.
    return String(statSync(require.resolve(dirname(file))).mtimeMs);
  }
}

function hashFolder(folder: string, hash: { update(text: string | Uint8Array): unknown }): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(file.slice(folder.length));
    hash.update(readFileSync(file));
  }
}

function deleteUnused(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('components-') || name === current) continue;
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > KEEP_UNUSED_MS)
      rmSync(path, { recursive: true, force: true });
  }
}
