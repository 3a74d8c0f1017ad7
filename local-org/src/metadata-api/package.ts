import { LocalOrgError } from '../diagnostics/index.ts';
import { parseXml } from '../project/xml.ts';
import type { XmlElement } from '../project/xml.ts';
import {
  ELEMENT_TYPES,
  folderOfType,
  knownTypes,
  metadataFolder,
  OBJECT_PARTS,
  SITE_CONTENT,
} from './folders.ts';
import type { MetadataFolder } from './folders.ts';
import { refuseDeploy } from './refusal.ts';
import { cutXml, pieceAsFile, withoutPieces } from './xml-pieces.ts';
import type { ZipEntry } from './zip.ts';

/** A component as it is reported to whoever deploys. */
export interface ComponentName {
  readonly type: string;
  readonly fullName: string;
  /** In the package; for what is not in it, where it would be. */
  readonly fileName: string;
}

/** A file in the org's own source, with what it is a part of. */
export interface SourceFile extends ComponentName {
  /** Below the source folder: `objects/Account/fields/Tier__c.field-meta.xml`. */
  readonly path: string;
  readonly data: Buffer;
  /** Lines that the file's first one stands below the top of the packaged file. */
  readonly lineOffset: number;
  /** Elements are added to what is there. */
  readonly merges: boolean;
}

/** What somebody deploys. */
export interface MetadataPackage {
  readonly files: readonly SourceFile[];
  /** Every component in it, parts of objects and elements of files too, in the order of the files. */
  readonly components: readonly ComponentName[];
  readonly deletions: readonly ComponentName[];
  /** What is wrong with the package itself. */
  readonly problems: readonly (ComponentName & {
    readonly problem: string;
    readonly line: number;
  })[];
}

type Problem = MetadataPackage['problems'][number];
const MANIFEST: ComponentName = { type: '', fullName: 'package.xml', fileName: 'package.xml' };
const DESTRUCTIVE = [
  'destructiveChangesPre.xml',
  'destructiveChanges.xml',
  'destructiveChangesPost.xml',
];
const META = '-meta.xml';

/** Reads a package in the Metadata API's layout. `newest`: the newest API version that it may ask for. */
export function readPackage(entries: readonly ZipEntry[], newest: number): MetadataPackage {
  const top = topFolder(entries);
  const inside = entries
    .filter(({ path }) => path.startsWith(top))
    .map(({ path, data }) => ({ path: path.slice(top.length), data }));
  const manifest = manifestOf(inside.find(({ path }) => path === MANIFEST.fileName));
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  const components: ComponentName[] = [];
  for (const entry of inside) {
    if (!entry.path.includes('/')) continue;
    const read = readEntry(entry, problems);
    files.push(...read.files);
    components.push(...read.components);
  }
  const found = unique(components);
  problems.push(...manifestProblems(manifest, found, newest));
  const deletions = inside
    .filter(({ path }) => DESTRUCTIVE.includes(path))
    .flatMap(({ path, data }) => deletionsOf(path, data, problems));
  return { files, components: found, deletions, problems };
}

interface Manifest {
  readonly types: readonly {
    readonly name: string;
    readonly members: readonly string[];
    readonly line: number;
  }[];
  readonly version: number;
}

/** Packages may lie in a folder, which is `unpackaged` by habit. */
function topFolder(entries: readonly ZipEntry[]): string {
  const manifest = entries.find(({ path }) => /^(?:[^/]+\/)?package\.xml$/.test(path));
  if (manifest === undefined) throw refuseDeploy('INVALID_ZIP', 'No package.xml found');
  return manifest.path.slice(0, -MANIFEST.fileName.length);
}

function manifestOf(entry: ZipEntry | undefined): Manifest {
  const root = parseXml(entry?.data.toString('utf8') ?? '', 'package.xml');
  if (root instanceof LocalOrgError) {
    throw refuseDeploy(
      'INVALID_ZIP',
      `package.xml (line ${root.position.line ?? 1}): ${root.message}`,
    );
  }
  return { types: typesOf(root), version: root.number('version') ?? Number.NaN };
}

function typesOf(root: XmlElement): Manifest['types'] {
  return root.all('types').map((types) => ({
    name: types.text('name') ?? '',
    members: types.texts('members'),
    line: types.line,
  }));
}

function manifestProblems(
  manifest: Manifest,
  found: readonly ComponentName[],
  newest: number,
): Problem[] {
  const problems: Problem[] = [];
  const add = (line: number, problem: string): void =>
    void problems.push({ ...MANIFEST, line, problem });
  if (Number.isNaN(manifest.version)) add(1, 'No version specified in package.xml');
  else if (manifest.version > newest)
    add(1, `Invalid version specified: ${manifest.version.toFixed(1)}`);
  const known = new Set(knownTypes());
  const named = new Map<string, Set<string>>();
  for (const { name, members, line } of manifest.types) {
    if (!known.has(name)) {
      add(line, `Unknown type name '${name}' specified in package.xml`);
      continue;
    }
    const of = named.get(name) ?? new Set<string>();
    for (const member of members) of.add(member.toLowerCase());
    named.set(name, of);
  }
  const names = new Set(found.map(({ type, fullName }) => key(type, fullName)));
  for (const { name, members, line } of manifest.types) {
    for (const member of members) {
      if (member === '*' || !known.has(name) || names.has(key(name, member))) continue;
      // An object that is only named as the parent of parts, or labels as a whole.
      if (name === 'CustomLabels') continue;
      add(
        line,
        `An object '${member}' of type ${name} was named in package.xml, but was not found in zipped directory`,
      );
    }
  }
  for (const component of found) {
    if (!isNamed(component, named))
      problems.push({ ...component, line: 1, problem: 'Not in package.xml' });
  }
  return problems;
}

/** Parts and elements go with what they are in. */
function isNamed(
  { type, fullName, fileName }: ComponentName,
  named: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const has = (of: string, name: string): boolean => {
    const members = named.get(of);
    return members !== undefined && (members.has('*') || members.has(name.toLowerCase()));
  };
  if (has(type, fullName)) return true;
  const folder = metadataFolder(fileName.split('/')[0] ?? '');
  if (folder === undefined) return false;
  if (folder.kind === 'object') {
    const object = fullName.split('.')[0] ?? '';
    const hasPart = Object.values(OBJECT_PARTS).some(({ type: part }) =>
      [...(named.get(part) ?? [])].some((name) => name.startsWith(`${object.toLowerCase()}.`)),
    );
    return has('CustomObject', object) || (type === 'CustomObject' && hasPart);
  }
  if (type === SITE_CONTENT) return has(folder.type, fullName.split('.')[0] ?? '');
  const hasContent = [...(named.get(SITE_CONTENT) ?? [])].some((name) =>
    name.startsWith(`${fullName.toLowerCase()}.`),
  );
  if (folder.kind === 'bundle' && hasContent) return true;
  const elements = ELEMENT_TYPES[folder.type];
  if (elements === undefined) return false;
  const file = fileName.slice(fileName.lastIndexOf('/') + 1).split('.')[0] ?? '';
  if (has(folder.type, file) || named.has(folder.type)) return true;
  return type === folder.type && Object.values(elements).some((element) => named.has(element));
}

interface ReadEntry {
  readonly files: SourceFile[];
  readonly components: ComponentName[];
}

function readEntry({ path, data }: ZipEntry, problems: Problem[]): ReadEntry {
  const folder = metadataFolder(path.split('/')[0] ?? '');
  if (folder === undefined) {
    problems.push({
      type: '',
      fullName: path,
      fileName: path,
      line: 1,
      problem: `The folder ${path.split('/')[0] ?? ''} of a package is not implemented in the local org`,
    });
    return { files: [], components: [] };
  }
  const component = componentOfPath(folder, path);
  const whole = { ...component, data, lineOffset: 0, merges: folder.merges };
  switch (folder.kind) {
    case 'bundle':
    case 'content':
      return { files: [{ ...whole, path, merges: false }], components: [component] };
    case 'xml':
      return {
        files: [{ ...whole, path: sourcePath(path) }],
        components: [component, ...elementsOf(folder, component, data)],
      };
    case 'object':
      return takeApart(component, data);
    default:
      return folder.kind satisfies never;
  }
}

/** Source format writes `-meta.xml` behind the name. */
function sourcePath(path: string): string {
  return path.endsWith(META) ? path : `${path}${META}`;
}

/** The component that a file of a package or of the org's source belongs to. */
export function componentOfPath(folder: MetadataFolder, path: string): ComponentName {
  const parts = path.split('/').slice(1);
  const { type } = folder;
  if (folder.kind === 'bundle') {
    const names = parts.slice(0, folder.inFolders ? 2 : 1);
    const [space = '', site = '', contentType = '', name = '', file] = parts;
    if (folder.type === 'DigitalExperienceBundle' && file !== undefined) {
      return {
        type: SITE_CONTENT,
        fullName: `${space}/${site}.${contentType}/${name}`,
        fileName: [folder.folder, space, site, contentType, name].join('/'),
      };
    }
    return { type, fullName: names.join('/'), fileName: [folder.folder, ...names].join('/') };
  }
  const plain = (folder.inFolders ? parts.join('/') : (parts.at(-1) ?? '')).replace(
    /-meta\.xml$/,
    '',
  );
  const name =
    folder.suffix !== '' && plain.endsWith(`.${folder.suffix}`)
      ? plain.slice(0, -folder.suffix.length - 1)
      : plain;
  return { type, fullName: decoded(name), fileName: path.replace(/-meta\.xml$/, '') };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function elementsOf(
  folder: MetadataFolder,
  { fullName, fileName }: ComponentName,
  data: Buffer,
): ComponentName[] {
  const elements = ELEMENT_TYPES[folder.type];
  if (elements === undefined) return [];
  return (cutXml(data.toString('utf8'))?.pieces ?? []).flatMap(({ element }) => {
    const type = elements[element.name];
    const name = element.text('fullName');
    if (type === undefined || name === undefined) return [];
    return { type, fullName: type === 'CustomLabel' ? name : `${fullName}.${name}`, fileName };
  });
}

/** An object becomes the files that source format keeps it in. */
function takeApart(component: ComponentName, data: Buffer): ReadEntry {
  const object = component.fullName;
  const folder = `objects/${object}`;
  const text = data.toString('utf8');
  const rest = (content: string): SourceFile => ({
    ...component,
    path: `${folder}/${object}.object${META}`,
    data: Buffer.from(content),
    lineOffset: 0,
    merges: true,
  });
  const cut = cutXml(text);
  if (cut === null) return { files: [{ ...rest(text), merges: false }], components: [component] };
  const files: SourceFile[] = [];
  const components: ComponentName[] = [];
  const parts = cut.pieces.filter(({ element }) => element.name in OBJECT_PARTS);
  for (const piece of parts) {
    const part = OBJECT_PARTS[piece.element.name];
    const name = piece.element.text('fullName');
    if (part === undefined) continue;
    const named = {
      type: part.type,
      fullName: `${object}.${name ?? ''}`,
      fileName: component.fileName,
    };
    components.push(named);
    files.push({
      ...named,
      path: `${folder}/${piece.element.name}/${name ?? 'unnamed'}.${part.suffix}${META}`,
      data: Buffer.from(pieceAsFile(part.type, piece)),
      lineOffset: piece.element.line - 2,
      merges: false,
    });
  }
  if (parts.length < cut.pieces.length || parts.length === 0) {
    files.unshift(rest(withoutPieces(text, parts)));
    components.unshift(component);
  }
  return { files, components };
}

function deletionsOf(path: string, data: Buffer, problems: Problem[]): ComponentName[] {
  const root = parseXml(data.toString('utf8'), path);
  if (root instanceof LocalOrgError) {
    problems.push({
      type: '',
      fullName: path,
      fileName: path,
      line: root.position.line ?? 1,
      problem: root.message,
    });
    return [];
  }
  return typesOf(root).flatMap(({ name, members }) =>
    members.map((fullName) => ({ type: name, fullName, fileName: path })),
  );
}

function unique(components: readonly ComponentName[]): ComponentName[] {
  return [...new Map(components.map((one) => [key(one.type, one.fullName), one])).values()];
}

function key(type: string, fullName: string): string {
  return `${type} ${fullName}`.toLowerCase();
}

/** Where the org's source keeps a component: a file, or the folder of a bundle; null for elements of a file. */
export function storedPath({
  type,
  fullName,
}: Pick<ComponentName, 'type' | 'fullName'>): string | null {
  const [object = '', ...rest] = fullName.split('.');
  for (const [element, part] of Object.entries(OBJECT_PARTS)) {
    if (part.type === type)
      return `objects/${object}/${element}/${rest.join('.')}.${part.suffix}${META}`;
  }
  if (type === SITE_CONTENT) return `digitalExperiences/${fullName.replace('.', '/')}`;
  const folder = folderOfType(type);
  if (folder === undefined) return null;
  switch (folder.kind) {
    case 'bundle':
      return `${folder.folder}/${fullName}`;
    case 'object':
      return `objects/${fullName}`;
    case 'content':
      return `${folder.folder}/${fullName}.${folder.suffix}`;
    case 'xml':
      return `${folder.folder}/${fullName}.${folder.suffix}${META}`;
    default:
      return folder.kind satisfies never;
  }
}
