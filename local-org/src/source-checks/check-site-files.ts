import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { LocalOrgError } from '../diagnostics/index.ts';
import { memberOf, parseJsonTree, textOf } from '../project/json-tree.ts';
import { bundleFiles } from '../project/source-files.ts';
import type { SourceReport } from './report.ts';

const META = '-meta.xml';
/** Where something is missing, the first line stands for the file. */
const FIRST = 1;

/** Where items of a site say that they stand (generator of the Salesforce CLI). */
const SITE_PATHS: Readonly<Record<string, string>> = {
  sfdc_cms__appPage: '',
  sfdc_cms__brandingSet: 'brandingSets',
  sfdc_cms__languageSettings: '_settings',
  sfdc_cms__mobilePublisherConfig: '_settings',
  sfdc_cms__route: 'routes',
  sfdc_cms__site: '',
  sfdc_cms__theme: 'themes',
  sfdc_cms__themeLayout: 'themeLayouts',
  sfdc_cms__view: 'views',
};

/** Each item of a site is a folder with two files that say its name and type again. */
export function checkSiteFiles(folder: string, report: SourceReport): void {
  const name = basename(folder);
  const meta = `${name}.digitalExperience${META}`;
  if (!existsSync(join(folder, meta)))
    report.problem(`The site ${name} has no ${meta}`, { file: folder, line: FIRST });
  for (const file of bundleFiles(folder)) {
    const [type = '', item = '', path, ...rest] = relative(folder, file).split(sep);
    const last = rest.at(-1) ?? path ?? '';
    const at = { file, line: FIRST };
    if (path === undefined) {
      if (type !== meta) report.problem(`${type} is no file of a site`, at);
    } else if (!/^(_meta|content)\.json$/.test(last) && !/^(styles|print)\.css$/.test(last)) {
      report.problem(`${path} is no file of the ${type} ${item}`, at);
    }
    if (path === 'content.json') checkContent(file, report);
    if (path !== '_meta.json') continue;
    checkSiteMeta(file, type, item, report);
    if (!existsSync(join(dirname(file), 'content.json')))
      report.problem(`The ${type} ${item} has no content.json`, at);
  }
}

function checkSiteMeta(file: string, type: string, item: string, report: SourceReport): void {
  const tree = parseJsonTree(readFileSync(file, 'utf8'), file);
  if (tree instanceof LocalOrgError) {
    report.problem(tree.message, { file, line: tree.position.line ?? FIRST });
    return;
  }
  const lineOf = (key: string): number =>
    tree.kind === 'object' ? (tree.members.get(key)?.line ?? FIRST) : FIRST;
  const expected: Readonly<Record<string, string | undefined>> = {
    apiName: item,
    type,
    path: SITE_PATHS[type],
  };
  for (const [key, value] of Object.entries(expected)) {
    const actual = textOf(tree, key);
    if (value !== undefined && actual !== value)
      report.problem(`${key} must be '${value}', not '${actual ?? ''}'`, {
        file,
        line: lineOf(key),
      });
  }
}

const ACCESS = ['UseParent', 'Public', 'RequiresLogin'];

/** What the content of every item says; malformed JSON is reported where the site is read. */
function checkContent(file: string, report: SourceReport): void {
  const tree = parseJsonTree(readFileSync(file, 'utf8'), file);
  if (tree instanceof LocalOrgError) return;
  for (const name of ['title', 'contentBody']) {
    if (memberOf(tree, name) === undefined)
      report.problem(`Required field is missing: ${name}`, { file, line: FIRST });
  }
  const access = memberOf(memberOf(tree, 'contentBody'), 'pageAccess');
  if (access?.kind === 'value' && !ACCESS.includes(String(access.value)))
    report.problem(`'${String(access.value)}' is no pageAccess: it is ${ACCESS.join(', ')}`, {
      file,
      line: access.line,
    });
}
