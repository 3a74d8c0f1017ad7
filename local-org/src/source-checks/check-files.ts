import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { bundleFiles, findSource } from '../project/source-files.ts';
import { readForceIgnore } from '../project/forceignore.ts';
import type { IgnoreTest } from '../project/forceignore.ts';
import type { Project } from '../project/model.ts';
import { claimsOf, isContentFolder } from './facts.ts';
import { checkSiteFiles } from './check-site-files.ts';
import { SourceReport } from './report.ts';

const META = '-meta.xml';

/** Types whose metadata stands beside a source of its own. */
const WITH_CONTENT = /\.(cls|trigger|page|component|email|asset|dwl|wdf|wdash|wlens)$/;

/** Files of a Lightning web component by what they end with (LWC Developer Guide, "Component Bundles"). */
const COMPONENT_FILE = /\.(js|ts|html|css|svg|json|d\.ts)$/;

/** Where something is missing, the first line stands for the file. */
const FIRST = 1;

/**
 * Files that no deploy takes, and metadata without what it describes: the platform's tools pass both over without a word. Which suffix
 * belongs to which type and folder is what those tools themselves go by.
 */
export function checkFiles(project: Project): SourceReport {
  const report = new SourceReport();
  const isIgnored = readForceIgnore(project.root);
  for (const folder of project.packageDirectories) {
    const { files, bundles } = findSource(folder, project.root, isIgnored);
    for (const file of files) checkFile(file, report);
    for (const bundle of bundles) {
      if (bundle.type === 'LightningComponentBundle')
        checkComponentFiles(project, bundle.folder, isIgnored, report);
      if (bundle.type === 'DigitalExperienceBundle') checkSiteFiles(bundle.folder, report);
    }
    checkResources(folder, project, isIgnored, report);
  }
  return report;
}

function checkFile(file: string, report: SourceReport): void {
  const name = basename(file);
  const at = { file, line: FIRST };
  const isMeta = name.endsWith(META);
  const plain = isMeta ? name.slice(0, -META.length) : name;
  const suffix = plain.slice(plain.lastIndexOf('.') + 1);
  if (isInside(file) || /^(package|destructiveChanges\w*)\.xml$/.test(name)) return;
  if (!isMeta) {
    if (WITH_CONTENT.test(name)) {
      if (!existsSync(file + META))
        report.problem(`${name} has no ${name}${META}: a deploy leaves it out`, at);
      return;
    }
    // Metadata API format has no -meta.xml.
    if (claimsOf(suffix).length > 0 && suffix !== 'md' && suffix !== 'xml') return;
    if (suffix === 'xml' && /\.(settings|flow)$/.test(name.slice(0, -4))) return;
    // Certificates, documents and the like are named by the metadata beside them.
    if (existsSync(file + META) || hasMetaBeside(file)) return;
    // Stand-ins for Jest, which Salesforce's sample projects keep beside their source.
    if (file.includes(`${sep}jest-mocks${sep}`)) return;
    if (/^(README|LICENSE)|^\.|^(jsconfig|tsconfig)[\w.]*\.json$/.test(name)) return;
    report.problem(`${name} belongs to no metadata type: a deploy leaves it out`, at);
    return;
  }
  if (WITH_CONTENT.test(plain) && !existsSync(file.slice(0, -META.length)))
    report.problem(`${plain} has metadata but no source`, at);
  const claims = claimsOf(suffix);
  const folder = basename(dirname(file));
  if (claims.length === 0) {
    if (!/Folder$/.test(suffix) && !dirname(file).split(sep).some(isContentFolder))
      report.problem(`${name}: no metadata type has files that end with .${suffix}${META}`, at);
    return;
  }
  const path = dirname(file).split(sep);
  // Sites of before digital experience bundles share their suffix with custom sites.
  if (suffix === 'site' && folder === 'experiences') return;
  const isHome = claims.some((claim) => !claim.strict || path.includes(claim.folder));
  if (!isHome)
    report.problem(
      `${name} stands in ${folder}: a deploy takes a ${claims[0]?.name ?? ''} from a folder ${claims.map((claim) => claim.folder).join(' or ')} only`,
      at,
    );
  checkPartOfObject(file, suffix, report);
}

/** Parts of objects stand in `objects/<Object>/<folder>`. */
function checkPartOfObject(file: string, suffix: string, report: SourceReport): void {
  const folders: Readonly<Record<string, string>> = {
    field: 'fields',
    listView: 'listViews',
    validationRule: 'validationRules',
    recordType: 'recordTypes',
    compactLayout: 'compactLayouts',
    fieldSet: 'fieldSets',
    businessProcess: 'businessProcesses',
    webLink: 'webLinks',
    sharingReason: 'sharingReasons',
    index: 'indexes',
  };
  const expected = folders[suffix];
  if (expected === undefined) return;
  const folder = basename(dirname(file));
  if (folder !== expected)
    report.problem(`${basename(file)} stands in ${folder} and belongs in ${expected}`, {
      file,
      line: FIRST,
    });
}

/** Whether a file belongs to a component that is a folder. */
function isInside(file: string): boolean {
  return dirname(file)
    .split(sep)
    .some((name) => isContentFolder(name) && name !== 'experiences');
}

function hasMetaBeside(file: string): boolean {
  const stem = basename(file).replace(/\.[^.]+$/, '');
  return readdirSync(dirname(file)).some(
    (name) => name.startsWith(`${stem}.`) && name.endsWith(META),
  );
}

function checkComponentFiles(
  project: Project,
  folder: string,
  isIgnored: IgnoreTest,
  report: SourceReport,
): void {
  const name = basename(folder);
  const files = bundleFiles(folder).filter((file) => !/\.d\.ts$/.test(file));
  if (files.length === 0) return;
  const main = files.find((file) => basename(file) === `${name}.js${META}`);
  const first = main ?? files[0] ?? folder;
  if (main === undefined)
    report.problem(`The component ${name} has no ${name}.js${META}: a deploy leaves it out`, {
      file:
        files.find((file) => new RegExp(`^${name}\\.(ts|js|html)$`).test(basename(file))) ?? first,
      line: FIRST,
    });
  const has = (file: string): boolean => existsSync(join(folder, file));
  if (!has(`${name}.js`) && !has(`${name}.ts`) && !has(`${name}.html`) && !has(`${name}.css`))
    report.problem(`${name}.js${META} describes a component without ${name}.js`, {
      file: first,
      line: FIRST,
    });
  for (const file of files) {
    const path = relative(folder, file).split(sep).join('/');
    const isIgnoredFile = isIgnored(relative(project.root, file).split(sep).join('/'), false);
    if (path === `${name}.js${META}` || (isIgnoredFile && !path.endsWith('.ts'))) continue;
    if (!COMPONENT_FILE.test(path) || /\.xml$/.test(path))
      report.problem(`${path} is no file of a Lightning web component`, { file, line: FIRST });
    // Orgs take what the build writes beside TypeScript.
    if (path.endsWith('.ts') && isIgnoredFile) {
      const script = file.replace(/\.ts$/, '.js');
      if (!existsSync(script))
        report.problem(
          `${path} has no ${basename(script)} beside it, which is what a deploy takes: run the build`,
          { file, line: FIRST },
        );
    }
  }
}

/** Static resources: a file or a folder beside each metadata, and metadata for each file. */
function checkResources(
  folder: string,
  project: Project,
  isIgnored: IgnoreTest,
  report: SourceReport,
): void {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of found) {
    if (basename(entry.parentPath) !== 'staticresources' || entry.name.startsWith('.')) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(project.root, file).split(sep).join('/');
    if (path.includes('node_modules/') || isIgnored(path, entry.isDirectory())) continue;
    const stem = entry.name.split('.')[0] ?? '';
    const siblings = readdirSync(entry.parentPath);
    const at = { file, line: FIRST };
    if (entry.name.endsWith(`.resource${META}`)) {
      const name = entry.name.slice(0, -`.resource${META}`.length);
      const hasContent = siblings.some(
        (one) => one !== entry.name && (one === name || one.startsWith(`${name}.`)),
      );
      if (!hasContent)
        report.problem(`The static resource ${name} has metadata but no content`, at);
    } else if (!siblings.includes(`${stem}.resource${META}`)) {
      const longer = entry.name.replace(/\.[^.]+$/, '');
      if (!siblings.includes(`${longer}.resource${META}`))
        report.problem(`${entry.name} has no ${longer}.resource${META}`, at);
    }
  }
}
