import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { IgnoreTest } from './forceignore.ts';

/** Folders whose sub-folders are one component each, with what Salesforce calls them. */
const BUNDLE_FOLDERS: Readonly<Record<string, string>> = {
  lwc: 'LightningComponentBundle',
  aura: 'AuraDefinitionBundle',
  experiences: 'ExperienceBundle',
  digitalExperiences: 'DigitalExperienceBundle',
  waveTemplates: 'WaveTemplateBundle',
  uiBundles: 'UIBundle',
};

/** What the local org never looks into, whatever `.forceignore` says (as Salesforce's own tools do). */
const NEVER = new Set(['node_modules', '__tests__', '__mocks__', '__utam__', '__examples__']);

/** A component that is a folder. */
export interface BundleFolder {
  readonly type: string;
  readonly name: string;
  readonly folder: string;
}

/** The files and bundles of a source folder, in the order of their names. */
export interface SourceFiles {
  readonly files: string[];
  readonly bundles: BundleFolder[];
  /** Folders that the file system refuses to list. */
  readonly unreadable: { readonly folder: string; readonly reason: string }[];
}

/** Walks a source folder; `root` is what ignore patterns are relative to. */
export function findSource(folder: string, root: string, isIgnored: IgnoreTest): SourceFiles {
  const found: SourceFiles = { files: [], bundles: [], unreadable: [] };
  walk(folder, root, isIgnored, found);
  return found;
}

function walk(folder: string, root: string, isIgnored: IgnoreTest, found: SourceFiles): void {
  const bundleType = BUNDLE_FOLDERS[basename(folder)];
  const entries = list(folder, found);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || NEVER.has(entry.name)) continue;
    if (isIgnored(relative(root, path).split(sep).join('/'), entry.isDirectory())) continue;
    if (entry.isFile()) {
      found.files.push(path);
    } else if (entry.isDirectory()) {
      // What is inside a static resource is content, whatever its name ends with.
      if (basename(folder) === 'staticresources') continue;
      if (bundleType === undefined) walk(path, root, isIgnored, found);
      else addBundles(bundleType, path, found);
    }
  }
}

function list(folder: string, found: SourceFiles): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    found.unreadable.push({
      folder,
      reason: error instanceof Error ? error.message : String(error),
    });
    return [];
  }
}

function addBundles(type: string, folder: string, found: SourceFiles): void {
  if (type !== 'DigitalExperienceBundle') {
    found.bundles.push({ type, name: basename(folder), folder });
    return;
  }
  // digitalExperiences/<kind>/<name>: `site/Partner_Portal1`.
  for (const entry of list(folder, found)) {
    if (!entry.isDirectory()) continue;
    const name = `${basename(folder)}/${entry.name}`;
    found.bundles.push({ type, name, folder: join(folder, entry.name) });
  }
}

/** All files of a bundle, tests left out. Ignore patterns do not apply: `.ts` beside its `.js` is kept from orgs, not from us. */
export function bundleFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(sep)
          .some((part) => NEVER.has(part) || part.startsWith('.')),
    )
    .sort();
}
