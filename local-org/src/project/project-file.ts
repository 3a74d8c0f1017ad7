import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { jsonErrorOffset } from './json-position.ts';

/** What `sfdx-project.json` says, or what plain source folders imply. */
export interface ProjectLayout {
  readonly root: string;
  readonly packageDirectories: readonly string[];
  readonly sourceApiVersion: string;
  readonly namespace: string;
}

/** API version of components in folders that no project file describes, and where it names none. */
export const DEFAULT_API_VERSION = '67.0';

/** Reads `sfdx-project.json` of a folder. Throws a user error where it is missing, malformed or names a missing folder. */
export function readProjectFile(projectDir: string): ProjectLayout {
  const root = resolve(projectDir);
  const file = join(root, 'sfdx-project.json');
  if (!existsSync(file)) throw raise(Diagnostics.PROJECT_MISSING, [root]);
  const text = readFileSync(file, 'utf8');
  const json = parseJson(text, file);
  if (!isRecord(json))
    throw raise(Diagnostics.PROJECT_JSON, ['expected an object'], { file, line: 1, column: 1 });
  const directories = Array.isArray(json['packageDirectories']) ? json['packageDirectories'] : [];
  const paths = directories.flatMap((directory: unknown) => {
    const path = isRecord(directory) ? directory['path'] : undefined;
    // Some projects were set up on Windows.
    return typeof path === 'string' ? [path.replaceAll('\\', '/')] : [];
  });
  if (paths.length === 0) {
    throw raise(Diagnostics.PROJECT_JSON, ['packageDirectories names no folder'], {
      file,
      line: 1,
      column: 1,
    });
  }
  for (const path of paths) {
    if (!isFolder(join(root, path))) {
      throw raise(Diagnostics.PROJECT_FOLDER, [path], {
        file,
        ...positionOf(text, JSON.stringify(path)),
      });
    }
  }
  const version = json['sourceApiVersion'];
  const namespace = json['namespace'];
  return {
    root,
    packageDirectories: paths.map((path) => resolve(root, path)),
    sourceApiVersion: typeof version === 'string' ? version : DEFAULT_API_VERSION,
    namespace: typeof namespace === 'string' ? namespace : '',
  };
}

/** Plain folders as a project of their own. */
export function sourceFolders(folders: readonly string[]): ProjectLayout {
  const packageDirectories = folders.map((folder) => resolve(folder));
  for (const folder of packageDirectories) {
    if (!isFolder(folder)) throw raise(Diagnostics.PROJECT_FOLDER, [folder]);
  }
  return {
    root: packageDirectories[0] ?? process.cwd(),
    packageDirectories,
    sourceApiVersion: DEFAULT_API_VERSION,
    namespace: '',
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The engine quotes the text and gives places for some mistakes only; we give our own.
    const reason = message.replace(/(, "|,? \.\.\."| in JSON at position).*$/s, '');
    const lines = text.slice(0, jsonErrorOffset(text)).split('\n');
    throw raise(Diagnostics.PROJECT_JSON, [reason], {
      file,
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
    });
  }
}

function positionOf(text: string, needle: string): { line: number; column: number } {
  const at = Math.max(0, text.indexOf(needle));
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
