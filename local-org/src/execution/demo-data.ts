import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';

/** One step of loading demo data, in a transaction of its own. */
export type DemoStep =
  | { readonly kind: 'tree'; readonly file: string; readonly records: readonly TreeFile[] }
  | { readonly kind: 'apex'; readonly file: string; readonly source: string };

/** Records in the Salesforce CLI's tree format. */
export interface TreeFile {
  readonly file: string;
  readonly records: readonly TreeRecord[];
}

/** `attributes` names type and reference; other members are fields, or children as `{records: […]}`. */
export interface TreeRecord {
  readonly attributes: { readonly type: string; readonly referenceId?: string };
  readonly [field: string]: unknown;
}

/** Where a project keeps its demo data. */
export const DEMO_MANIFEST = join('config', 'demo', 'demo.json');

/** The steps of a project's demo data in order; empty when it has none. Throws when the manifest or a file it names cannot be read. */
export function demoSteps(projectDir: string): DemoStep[] {
  const manifest = join(projectDir, DEMO_MANIFEST);
  if (!existsSync(manifest)) return [];
  const { steps } = readJson(manifest) as {
    steps?: readonly { readonly tree?: string; readonly apex?: string }[];
  };
  if (!Array.isArray(steps))
    throw raise(Diagnostics.DEMO_DATA, ['"steps" must be a list'], { file: manifest });
  return (steps as readonly { readonly tree?: string; readonly apex?: string }[]).map((step) => {
    if (step.apex !== undefined) {
      const file = resolve(dirname(manifest), step.apex);
      return { kind: 'apex', file, source: readText(file) };
    }
    if (step.tree === undefined)
      throw raise(Diagnostics.DEMO_DATA, ['a step names neither "tree" nor "apex"'], {
        file: manifest,
      });
    const file = resolve(dirname(manifest), step.tree);
    return { kind: 'tree', file, records: treeFiles(file) };
  });
}

/**
 * `"sitePassword"`: what demo users of sites log in with, in the local org only. It stands in no step, because those also run in
 * orgs that anybody can reach. Null when the project gives none.
 */
export function demoSitePassword(projectDir: string): string | null {
  const manifest = join(projectDir, DEMO_MANIFEST);
  if (!existsSync(manifest)) return null;
  const { sitePassword } = readJson(manifest) as { sitePassword?: unknown };
  return typeof sitePassword === 'string' ? sitePassword : null;
}

/** A plan names its files; a tree file holds its records itself. */
function treeFiles(file: string): TreeFile[] {
  const content = readJson(file);
  if (!Array.isArray(content)) return [{ file, records: recordsOf(content, file) }];
  return (content as { readonly files?: readonly string[] }[]).flatMap((entry) =>
    (entry.files ?? []).map((name) => {
      const path = resolve(dirname(file), name);
      return { file: path, records: recordsOf(readJson(path), path) };
    }),
  );
}

function recordsOf(content: unknown, file: string): readonly TreeRecord[] {
  const { records } = content as { records?: readonly TreeRecord[] };
  if (!Array.isArray(records))
    throw raise(Diagnostics.DEMO_DATA, ['"records" must be a list'], { file });
  return records as readonly TreeRecord[];
}

function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw raise(Diagnostics.DEMO_DATA, [error instanceof Error ? error.message : error], { file });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw raise(Diagnostics.FILE_UNREADABLE, [
      file,
      error instanceof Error ? error.message : error,
    ]);
  }
}
