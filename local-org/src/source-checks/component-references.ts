import type { Project } from '../project/model.ts';
import { isForeign } from './names.ts';
import type { Names, NameKind } from './names.ts';
import type { SourceReport } from './report.ts';

const IMPORT = /(?:from\s+|import\s+|import\(\s*)(['"])([^'"\n]+)\1/g;

/** What components may import beside their own files (LWC Developer Guide, "Reference Salesforce Modules"). */
const MODULE =
  /^(lwc|@lwc\/\w+|lightning\/\w+|lightningsnapin\/\w+|experience\/\w+|commerce\/\w+|@salesforce\/(user|community|site|i18n|client|featureFlag|accessCheck|internal|site|loader|gate|messageChannel|contentAssetUrl|userPermission|cssVars|sfdc\w*)\/?.*|@salesforce\/sfdc-lwc-jest|@app\/\w+.*|@tableau\/\w+|o11y\/\w+|analytics\/\w+|ui\/\w+|omnistudio\/\w+|vlocity_\w+\/\w+|@[a-z]\w*\/\w+.*)$/;

/** Checks what the script of a component imports. */
export function checkComponentScript(
  source: string,
  file: string,
  project: Project,
  names: Names,
  report: SourceReport,
): void {
  const code = withoutComments(source);
  for (const match of code.matchAll(IMPORT)) {
    const specifier = match[2] ?? '';
    const line = code.slice(0, match.index).split('\n').length + match[0].split('\n').length - 1;
    const message = problemOf(specifier, project, names);
    if (message !== undefined) report.problem(message, { file, line });
  }
}

function problemOf(specifier: string, project: Project, names: Names): string | undefined {
  const missing = (kind: NameKind, name: string): string | undefined =>
    names.has(kind, name) ? undefined : `no ${kind} named ${name} found`;
  const [, kind = '', name = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(specifier) ?? [];
  switch (kind) {
    case 'apex':
      return apexProblem(name, project, names);
    case 'label':
      return missing('CustomLabel', name.replace(/^c\./, '').replace('.', '__'));
    case 'schema':
      return missing(name.includes('.') ? 'CustomField' : 'CustomObject', name);
    case 'resourceUrl':
      return missing('StaticResource', name.split('.')[0] ?? '');
    case 'customPermission':
      return missing('CustomPermission', name);
    default:
      break;
  }
  if (specifier.startsWith('c/')) {
    const bundle = specifier.slice(2);
    return missing('LightningComponentBundle', bundle);
  }
  if (specifier.startsWith('.') || specifier.startsWith('/') || MODULE.test(specifier))
    return undefined;
  return `components cannot import ${specifier}`;
}

function apexProblem(name: string, project: Project, names: Names): string | undefined {
  // `refreshApex` and `getSObjectValue` are functions of the module @salesforce/apex itself.
  const [className = '', method] = name.split('.').slice(-2);
  if (name.split('.').length > 2 || isForeign('ApexClass', className)) return undefined;
  if (method === undefined || !names.has('ApexClass', className))
    return `no ApexClass named ${className} found`;
  const source = project.classes.get(className.toLowerCase())?.source ?? '';
  const isThere = new RegExp(
    `@AuraEnabled\\b[^;{}]*?\\bstatic\\b[^;{}()]*\\b${method}\\s*\\(`,
    'is',
  ).test(withoutComments(source));
  return isThere ? undefined : `the class ${className} has no method ${method} with @AuraEnabled`;
}

/** Checks the components that a template shows. */
export function checkComponentTemplate(
  source: string,
  file: string,
  project: Project,
  report: SourceReport,
): void {
  const html = source.replace(/<!--.*?-->/gs, blank);
  for (const match of html.matchAll(/<c-([a-z0-9_-]+)/g)) {
    const name = (match[1] ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (project.lwcBundles.get(name.toLowerCase())?.name === name) continue;
    const line = html.slice(0, match.index).split('\n').length;
    report.problem(`no LightningComponentBundle named ${name} found`, { file, line });
  }
}

/** Code whose comments are spaces, so that lines stay where they are. */
export function withoutComments(source: string): string {
  return source.replace(/\/\*.*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/gs, blank);
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
