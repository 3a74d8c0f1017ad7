import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from './suite.ts';
import type { Suite } from './suite.ts';

interface LockEntry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package-lock.json, as far as these checks read it. */
export type LockPackages = Readonly<Record<string, LockEntry>>;

/** Whether Node's rule, nearest node_modules first, finds `name` from the package at `path`. */
function isLocked(packages: LockPackages, path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const inside = folder.endsWith('node_modules') ? folder : `${folder}/node_modules`;
    if (packages[`${inside.replace(/^\//, '')}/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

/**
 * What is wrong with a lock file: a host in it, which ties every installation to one registry, and names
 * without an entry. npm leaves an optional package that its registry lacks out of the lock without a word,
 * and then `npm ci` fails on every machine.
 */
export function lockProblems(packages: LockPackages): readonly string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const host =
      entry.resolved !== undefined && entry.link !== true
        ? [`${path} names a host: ${entry.resolved}`]
        : [];
    const names = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
    const missing = names
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${name} of ${path || 'the root'} has no entry`);
    return [...host, ...missing];
  });
}

/** The lock file as one check of `npm test`. */
export const lock: Suite = {
  name: 'lock',
  title: 'package-lock.json',
  run: () => {
    const file = readFileSync(join(projectDir, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(file) as { packages: LockPackages };
    const problems = lockProblems(packages);
    return Promise.resolve({
      passed: problems.length === 0 ? 1 : 0,
      failed: problems.length === 0 ? 0 : 1,
      skipped: 0,
      exitCode: 0,
      what: `${String(Object.keys(packages).length)} entries`,
      output: problems.join('\n'),
    });
  },
};
