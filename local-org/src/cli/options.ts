import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';

/** Flags that every command takes. */
export interface CommonFlags {
  readonly projectDir?: string;
  readonly sourceDir?: readonly string[];
  readonly org?: string;
  readonly json?: boolean;
}

/** Where the source is and where the data lives; all paths absolute. */
export interface Workspace {
  readonly projectDir: string;
  /** Empty: the project's package directories. */
  readonly sourceDirs: readonly string[];
  readonly orgDir: string;
}

/** Resolves the common flags against the current folder. Throws when a folder is missing or holds no project. */
export function workspaceOf(flags: CommonFlags, cwd: string = process.cwd()): Workspace {
  const projectDir = resolve(cwd, flags.projectDir ?? '.');
  const sourceDirs = (flags.sourceDir ?? []).map((dir) => resolve(cwd, dir));
  for (const dir of [projectDir, ...sourceDirs]) {
    if (!existsSync(dir)) throw raise(Diagnostics.FOLDER_MISSING, [dir]);
    if (!statSync(dir).isDirectory()) throw raise(Diagnostics.NOT_A_FOLDER, [dir]);
  }
  if (sourceDirs.length === 0 && !existsSync(join(projectDir, 'sfdx-project.json'))) {
    throw raise(Diagnostics.NO_PROJECT, [projectDir]);
  }
  const orgDir = resolve(cwd, flags.org ?? join(projectDir, '.local-org'));
  return { projectDir, sourceDirs, orgDir };
}
