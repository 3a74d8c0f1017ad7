/**
 * `node scripts/node.mjs scripts/site-differences.ts`: what our partner site differs in from a new site as Salesforce's own
 * generator writes it, one line each. docs/site-differences.md lists and explains them; a test compares the two.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['digitalExperiences', 'digitalExperienceConfigs', 'networks', 'sites'] as const;
const SPACE = 'digitalExperiences/site/Partner_Portal1/';
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Path in a file → value there. */
type Leaves = ReadonlyMap<string, string>;

/** Every difference between a site in `ours` and a new one in `generated`, one line each, sorted. */
export async function siteDifferences(generated: string, ours: string): Promise<string[]> {
  const theirs = await filesOf(generated);
  const mine = await filesOf(ours);
  const lines: string[] = [];
  for (const [path, text] of mine) {
    const before = theirs.get(path);
    if (before === undefined) lines.push(`added ${shown(path)}`);
    else lines.push(...changes(path, before, text));
  }
  for (const path of theirs.keys()) if (!mine.has(path)) lines.push(`removed ${shown(path)}`);
  return [...new Set(lines)].sort();
}

/** Has Salesforce's generator write a new site of our name; no org is needed. */
export async function generateSite(folder: string): Promise<string> {
  const project = {
    packageDirectories: [{ path: 'app', default: true }],
    sourceApiVersion: '67.0',
  };
  const output = join(folder, 'app');
  await mkdir(output, { recursive: true });
  await writeFile(join(folder, 'sfdx-project.json'), JSON.stringify(project));
  const words = ['template', 'generate', 'digital-experience', 'site'];
  const options = ['--name', 'Partner_Portal', '--url-path-prefix', 'partners'];
  const more = ['--template-name', 'Build Your Own (LWR)', '--output-dir', output];
  const mail = ['--admin-email', 'noreply@example.com'];
  const cli = join(root, 'node_modules/@salesforce/cli/bin/run.js');
  const all = [cli, ...words, ...options, ...more, ...mail];
  await promisify(execFile)(process.execPath, all, {
    cwd: folder,
    env: { ...process.env, SF_DISABLE_TELEMETRY: 'true', SF_AUTOUPDATE_DISABLE: 'true' },
  });
  return output;
}

async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const part of FOLDERS) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(relative(folder, file).split(sep).join('/'), await readFile(file, 'utf8'));
    }
  }
  return files;
}

/** Both files of an item are told as one. */
function shown(path: string): string {
  return path.replace(SPACE, '').replace(/\/(_meta|content)\.json$/, '');
}

function changes(path: string, before: string, after: string): string[] {
  const old = leavesOf(path, before);
  const now = leavesOf(path, after);
  const lines: string[] = [];
  for (const [leaf, value] of now) {
    const was = old.get(leaf);
    if (was === undefined) lines.push(`${shown(path)} ${leaf}: + ${value}`);
    else if (was !== value) lines.push(`${shown(path)} ${leaf}: ${was} → ${value}`);
  }
  for (const [leaf, value] of old) {
    if (!now.has(leaf)) lines.push(`${shown(path)} ${leaf}: - ${value}`);
  }
  return lines;
}

function leavesOf(path: string, text: string): Leaves {
  return path.endsWith('.json') ? jsonLeaves(JSON.parse(text)) : xmlLeaves(text);
}

/** Each definition of a component tree counts by what it is, not by its ids, which every run of the generator makes anew. */
function jsonLeaves(content: unknown): Leaves {
  const leaves = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, position) => walk(item, `${path}[${String(position)}]`));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value))
        walk(item, path === '' ? key : `${path}.${key}`);
    } else if (!path.endsWith('.id')) {
      leaves.set(short(path), shorten(JSON.stringify(value).replace(UUID, 'id')));
    }
  };
  walk(content, '');
  return leaves;
}

function short(path: string): string {
  return path.replace(/^contentBody\./, '').replaceAll('.children[', '[');
}

/** Long texts are told by their beginning and a digest of the whole. */
function shorten(text: string): string {
  if (text.length <= 100) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${text.slice(0, 40)}…" (${digest})`;
}

/** Elements without nesting deeper than the generator writes: `networkMemberGroups.profile`. Repeated ones are joined. */
function xmlLeaves(text: string): Leaves {
  const leaves = new Map<string, string>();
  const open: string[] = [];
  for (const [, close, name = '', empty, value] of text.matchAll(
    /<(\/?)([A-Za-z]\w*)[^<>]*?(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      open.pop();
      continue;
    }
    const path = [...open.slice(1), name].join('.');
    const content = (value ?? '').trim();
    if (content !== '') {
      const before = leaves.get(path);
      leaves.set(path, before === undefined ? content : `${before}, ${content}`);
    }
    if (empty !== '/') open.push(name);
  }
  return leaves;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  try {
    const generated = await generateSite(folder);
    const ours = join(root, 'force-app/licensed/portal');
    console.log((await siteDifferences(generated, ours)).join('\n'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
