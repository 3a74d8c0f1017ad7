import type { DeployProblem } from '../execution/deploy-failure.ts';
import { PlatformFault } from '../server/contract.ts';
import { folderOfType, metadataFolder, SITE_CONTENT } from './folders.ts';
import { failed, succeeded } from './deploy-result.ts';
import type { DeployMessage } from './deploy-result.ts';
import { componentOfSource } from './org-source.ts';
import type { FileChange, StagedSource } from './org-source.ts';
import { componentOfPath } from './package.ts';
import type { ComponentName, MetadataPackage, SourceFile } from './package.ts';

/** Which packaged component a file of the org's source came from, by its path below the project. */
export type Places = ReadonlyMap<string, SourceFile>;

export interface Applied {
  readonly successes: readonly DeployMessage[];
  readonly failures: readonly DeployMessage[];
  readonly places: Places;
}

const RANK: Readonly<Record<FileChange, number>> = { unchanged: 0, changed: 1, created: 2 };

/** Writes a package into staged source. `left`: components that are left out, as {@link nameOf} names them. */
export function applyPackage(
  staged: StagedSource,
  { files, components, deletions, problems }: MetadataPackage,
  left: ReadonlySet<string>,
  now: string,
): Applied {
  const isLeft = (one: ComponentName): boolean =>
    left.has(nameOf(one)) || left.has(nameOf(fileOf(one)));
  const taken = files.filter((file) => !isLeft(file));
  const before = new Map<string, Buffer | null>();
  const changes = new Map<string, FileChange>();
  const failures: DeployMessage[] = problems
    .filter((one) => !isLeft(one))
    .map((one) => failed(one, one.problem, { line: one.line, column: 1 }, now));
  const note = (file: ComponentName, change: FileChange): void => {
    const known = changes.get(nameOf(file)) ?? 'unchanged';
    changes.set(nameOf(file), RANK[change] > RANK[known] ? change : known);
  };
  const attempt = (one: ComponentName, body: () => void): void => {
    try {
      body();
    } catch (error) {
      if (!(error instanceof PlatformFault)) throw error;
      failures.push(failed(one, error.message, { line: 1, column: 1 }, now));
    }
  };
  for (const file of taken) attempt(file, () => void before.set(file.path, staged.read(file.path)));
  clearBundles(staged, taken);
  for (const file of taken) {
    attempt(file, () => {
      const old = before.get(file.path) ?? null;
      const change = staged.write(file);
      // A bundle was cleared first, so that what it had is compared here.
      note(
        file,
        old === null
          ? change
          : old.equals(staged.read(file.path) ?? Buffer.alloc(0))
            ? 'unchanged'
            : 'changed',
      );
    });
  }
  const deleted: DeployMessage[] = [];
  for (const one of deletions) {
    attempt(one, () => {
      if (staged.remove(one)) deleted.push(succeeded(one, 'deleted', now));
      else
        failures.push(
          failed(one, `No ${one.type} named: ${one.fullName} found`, { line: 1, column: 1 }, now),
        );
    });
  }
  const failedNames = new Set(failures.map((one) => `${one.componentType} ${one.fullName}`));
  return {
    successes: [
      ...components
        .filter((one) => !isLeft(one) && !failedNames.has(nameOf(one)))
        .map((one) => succeeded(one, changeOf(one, changes), now)),
      ...deleted,
    ],
    failures,
    places: new Map(taken.map((file) => [file.path, file])),
  };
}

/** Failures by component, with the place in the packaged file. */
export function failuresOf(
  problems: readonly DeployProblem[],
  places: Places,
  now: string,
): DeployMessage[] {
  return problems.map(({ file, line, column, message }) => {
    const path = file.replace(/\\/g, '/').replace(/^force-app\//, '');
    const packaged = places.get(path);
    const component = packaged ??
      componentOfSource(file) ?? { type: '', fullName: file, fileName: file };
    const offset = packaged?.lineOffset ?? 0;
    return failed(
      component,
      message,
      { line: line + (line > 1 ? offset : Math.max(offset, 0)), column },
      now,
    );
  });
}

/** Inferred: of a site's bundle, only the content that a package brings is replaced; the rest goes by destructive changes. */
function clearBundles(staged: StagedSource, files: readonly SourceFile[]): void {
  const bundles = new Set(
    files
      .filter(
        ({ type }) =>
          (folderOfType(type)?.kind === 'bundle' && type !== 'DigitalExperienceBundle') ||
          type === SITE_CONTENT,
      )
      .map(({ fileName }) => fileName),
  );
  for (const bundle of bundles) staged.clearBundle(bundle);
}

/** Elements of a file share what became of the file. */
function changeOf(component: ComponentName, changes: ReadonlyMap<string, FileChange>): FileChange {
  return changes.get(nameOf(component)) ?? changes.get(nameOf(fileOf(component))) ?? 'changed';
}

/** The component that is the whole file, for an element of one; parts of objects stand for themselves. */
function fileOf(component: ComponentName): ComponentName {
  const folder = metadataFolder(component.fileName.split('/')[0] ?? '');
  if (folder === undefined || folder.kind === 'object') return component;
  return componentOfPath(folder, component.fileName);
}

/** A component's key. */
export function nameOf({ type, fullName }: Pick<ComponentName, 'type' | 'fullName'>): string {
  return `${type} ${fullName}`;
}
