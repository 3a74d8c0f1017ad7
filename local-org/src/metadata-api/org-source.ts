import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Project } from '../project/model.ts';
import { OBJECT_PARTS, metadataFolder } from './folders.ts';
import type { MetadataFolder } from './folders.ts';
import { componentOfPath, storedPath } from './package.ts';
import type { ComponentName, SourceFile } from './package.ts';
import { refuseDeploy } from './refusal.ts';
import { SourceMembers } from './source-members.ts';
import { mergeXml, removeElements } from './xml-pieces.ts';

const FOLDER = 'source';
const POINTER = 'current.json';
const PACKAGE_DIRECTORY = 'force-app';

/** How a file came out of a deployment. */
export type FileChange = 'created' | 'changed' | 'unchanged';

/**
 * The source that an org has of its own, once something was deployed to it through the Metadata API: a project in source format below the org's folder. Each
 * deployment writes a new generation beside the one that is in force; a small file names the latter and is replaced in one step, so that a deployment that
 * fails, or a process that dies, leaves the org with what it had.
 */
export class OrgSource {
  readonly #folder: string;

  constructor(orgDir: string) {
    this.#folder = join(orgDir, FOLDER);
  }

  /** The project in force; null while the org has no source of its own. */
  current(): string | null {
    const generation = this.#generation();
    return generation === null ? null : this.#project(generation);
  }

  /** Gives the org an empty project, unless it has one. */
  startEmpty(sourceApiVersion: string): string {
    const current = this.current();
    if (current !== null) return current;
    const staged = this.#begin(1, sourceApiVersion);
    this.#point(1);
    return staged.root;
  }

  /** A copy of what the org has, to be changed and then put in force or thrown away. `linked`: the project that an org without own source runs. */
  stage(linked: Project): StagedSource {
    const generation = this.#generation();
    const next = (generation ?? 0) + 1;
    const staged = this.#begin(next, linked.sourceApiVersion);
    if (generation === null) staged.takeProject(linked);
    else {
      cpSync(
        join(this.#project(generation), PACKAGE_DIRECTORY),
        join(staged.root, PACKAGE_DIRECTORY),
        {
          recursive: true,
        },
      );
    }
    return staged;
  }

  /** Puts a staged generation in force. The one before stays until the next, since pages may be reading it; older ones go. */
  activate(staged: StagedSource): void {
    const before = this.#generation();
    this.#point(staged.generation);
    for (const name of readdirSync(this.#folder)) {
      const isOld = /^\d+$/.test(name) && ![before, staged.generation].includes(Number(name));
      if (isOld) rmSync(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  /** Throws a staged generation away. */
  discard(staged: StagedSource): void {
    if (staged.generation !== this.#generation())
      rmSync(staged.root, { recursive: true, force: true });
  }

  /** What was deployed when. */
  get members(): SourceMembers {
    return new SourceMembers(join(this.#folder, 'members.json'));
  }

  /** Forgets the org's own source. @returns whether there was any */
  clear(): boolean {
    const had = existsSync(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
    return had;
  }

  #generation(): number | null {
    try {
      const { generation } = JSON.parse(readFileSync(join(this.#folder, POINTER), 'utf8')) as {
        generation?: unknown;
      };
      return typeof generation === 'number' && existsSync(this.#project(generation))
        ? generation
        : null;
    } catch {
      return null;
    }
  }

  #project(generation: number): string {
    return join(this.#folder, String(generation));
  }

  #begin(generation: number, sourceApiVersion: string): StagedSource {
    const root = this.#project(generation);
    rmSync(root, { recursive: true, force: true });
    mkdirSync(join(root, PACKAGE_DIRECTORY), { recursive: true });
    writeFileSync(
      join(root, 'sfdx-project.json'),
      `${JSON.stringify({ packageDirectories: [{ path: PACKAGE_DIRECTORY, default: true }], sourceApiVersion })}\n`,
    );
    return new StagedSource(root, generation);
  }

  #point(generation: number): void {
    const file = join(this.#folder, POINTER);
    writeFileSync(`${file}.new`, `${JSON.stringify({ generation })}\n`);
    renameSync(`${file}.new`, file);
  }
}

/** A generation that is being made. */
export class StagedSource {
  readonly root: string;
  readonly generation: number;

  constructor(root: string, generation: number) {
    this.root = root;
    this.generation = generation;
  }

  /** Bundles are replaced whole: what the package leaves out of one is gone. */
  clearBundle(path: string): void {
    rmSync(this.#file(path), { recursive: true, force: true });
  }

  write(file: SourceFile): FileChange {
    const target = this.#file(file.path);
    const before = existsSync(target) ? readFileSync(target) : null;
    const data =
      before !== null && file.merges
        ? Buffer.from(mergeXml(before.toString('utf8'), file.data.toString('utf8')))
        : file.data;
    if (before?.equals(data) === true) return 'unchanged';
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data);
    return before === null ? 'created' : 'changed';
  }

  /** Deletes a component. @returns whether it was there */
  remove(component: ComponentName): boolean {
    const path = storedPath(component);
    if (path === null) return this.#removeElement(component);
    const target = this.#file(path);
    if (!existsSync(target)) return false;
    rmSync(target, { recursive: true });
    rmSync(`${target}-meta.xml`, { force: true });
    return true;
  }

  /** A file as it is now. */
  read(path: string): Buffer | null {
    const target = this.#file(path);
    return existsSync(target) ? readFileSync(target) : null;
  }

  /** Takes over a project as it lies on disk, every component at the place where a deployment would put it. */
  takeProject(project: Project): void {
    for (const { file } of project.components) {
      const parts = file.split(sep);
      const at = parts.findLastIndex((part) => metadataFolder(part) !== undefined);
      const folder = metadataFolder(parts[at] ?? '');
      if (folder === undefined) continue;
      const inside = parts.slice(at + 1);
      if (folder.kind === 'bundle') this.#takeBundle(file, folder, inside);
      else this.#takeFile(file, folder, inside);
    }
  }

  #takeBundle(file: string, folder: MetadataFolder, inside: readonly string[]): void {
    const depth = folder.inFolders ? 2 : 1;
    const up = Array.from({ length: inside.length - depth }, () => '..');
    const from = join(file, ...up);
    cpSync(from, this.#file([folder.folder, ...inside.slice(0, depth)].join('/')), {
      recursive: true,
      filter: (path) => !/[/\\]__(tests|mocks)__([/\\]|$)/.test(path),
    });
  }

  #takeFile(file: string, folder: MetadataFolder, inside: readonly string[]): void {
    const keepsPath = folder.inFolders || folder.kind === 'object';
    const path = [folder.folder, ...(keepsPath ? inside : inside.slice(-1))].join('/');
    const stored =
      /-meta\.xml$/.test(path) || folder.kind === 'content' ? path : `${path}-meta.xml`;
    const named = componentOfPath(folder, path);
    this.write({
      ...named,
      path: stored,
      data: readFileSync(file),
      lineOffset: 0,
      merges: folder.merges,
    });
    if (folder.kind !== 'content') return;
    // Source and metadata of one component lie beside each other.
    const name = basename(file).split('.')[0] ?? '';
    for (const sibling of readdirSync(dirname(file))) {
      if (sibling.split('.')[0] !== name || sibling === basename(file)) continue;
      cpSync(join(dirname(file), sibling), this.#file(join(dirname(path), sibling)), {
        recursive: true,
      });
    }
  }

  #removeElement({ type, fullName }: ComponentName): boolean {
    if (type !== 'CustomLabel') {
      throw refuseDeploy(
        'INVALID_OPERATION',
        `Deleting ${type} ${fullName} is not implemented in the local org`,
      );
    }
    const target = this.#file('labels/CustomLabels.labels-meta.xml');
    if (!existsSync(target)) return false;
    const rest = removeElements(readFileSync(target, 'utf8'), new Set([fullName]));
    if (rest !== null) writeFileSync(target, rest);
    return rest !== null;
  }

  /** What comes from outside names files, so it is looked at once more before anything is written. */
  #file(path: string): string {
    const parts = path.split(/[/\\]/);
    if (
      path.includes('\0') ||
      parts.some((part) => part === '..' || part === '' || /^[a-z]:/i.test(part))
    ) {
      throw refuseDeploy('INVALID_ZIP', `${JSON.stringify(path)} is no name of a component`);
    }
    return join(this.root, PACKAGE_DIRECTORY, ...parts);
  }
}

/** The component that a file of the org's source belongs to, for reports; `path` starts at the project's folder. */
export function componentOfSource(path: string): ComponentName | null {
  const inside = path.split(sep).join('/').replace(`${PACKAGE_DIRECTORY}/`, '');
  const [name = '', object = '', element = '', file = ''] = inside.split('/');
  const folder = metadataFolder(name);
  if (folder === undefined) return null;
  if (folder.kind !== 'object') return componentOfPath(folder, inside);
  const fileName = `objects/${object}.object`;
  const part = OBJECT_PARTS[element];
  if (part === undefined || file === '') return { type: folder.type, fullName: object, fileName };
  return {
    type: part.type,
    fullName: `${object}.${file.replace(/\.[^.]*-meta\.xml$/, '')}`,
    fileName,
  };
}
