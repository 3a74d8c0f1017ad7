import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { LabelMetadata, Project } from '../../project/model.ts';
import { baseComponents } from './module-sources.ts';

/** What of the project the `@salesforce/*` modules speak of. */
export type ProjectNames = Pick<
  Project,
  'namespace' | 'labels' | 'staticResources' | 'classes' | 'components'
>;

/** The content of a module: written here, or a file of the base components. */
export type ModuleContent = { readonly code: string } | { readonly file: string };

/**
 * The module behind an import of `@salesforce/…`.
 * https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html
 * What the project lacks is refused as a deployment would refuse it, everything unknown by name.
 */
export function salesforceModule(
  specifier: string,
  project: ProjectNames,
  fromPlatform: boolean,
): ModuleContent {
  const [kind = '', ...rest] = specifier.slice('@salesforce/'.length).split('/');
  const name = rest.join('/');
  if (fromPlatform || (kind === 'i18n' && !(`i18n/${name}` in SESSION_VALUES))) {
    const file = name === 'timeZone' ? undefined : baseComponents().scoped.get(specifier);
    if (file !== undefined) return { file };
  }
  switch (kind) {
    case 'apex':
      return name === ''
        ? { code: "export { refreshApex, getSObjectValue } from 'platform/apex';" }
        : apexMethod(name, project);
    case 'label':
      return labelModule(labelOf(name, project));
    case 'schema':
      return { code: schemaReference(name) };
    case 'resourceUrl':
      if (!project.staticResources.has(name.toLowerCase())) {
        throw raise(Diagnostics.COMPONENT_RESOURCE, ['static resource', name]);
      }
      return { code: exportDefault(`/resource/${name}`) };
    case 'messageChannel':
      requireComponent(
        project,
        'LightningMessageChannel',
        name.replace(/__c$/, ''),
        'message channel',
      );
      return { code: exportDefault(name) };
    case 'customPermission':
      return { code: fromSession(`granted('custom', ${JSON.stringify(name)})`) };
    case 'userPermission':
      return { code: fromSession(`granted('user', ${JSON.stringify(name)})`) };
    case 'user':
    case 'client':
    case 'community':
    case 'site':
    case 'i18n':
      return sessionValue(kind, name, specifier);
    default:
      throw raise(Diagnostics.MODULE_NOT_AVAILABLE, [specifier]);
  }
}

/** Values that depend on who is logged in, and where. */
const SESSION_VALUES: Readonly<Record<string, string>> = {
  'user/Id': 'session.user.Id',
  'user/isGuest': 'session.user.isGuest',
  'client/formFactor': 'formFactor()',
  'i18n/locale': "session.user.locale.replaceAll('_', '-')",
  'i18n/timeZone': 'session.user.timeZone',
  'community/Id': 'session.site.communityId',
  'community/basePath': 'session.site.basePath',
  'site/Id': 'session.site.Id',
  'site/activeLanguages': 'session.site.activeLanguages',
};

function sessionValue(kind: string, name: string, specifier: string): ModuleContent {
  const expression = SESSION_VALUES[`${kind}/${name}`];
  if (expression === undefined) throw raise(Diagnostics.MODULE_NOT_AVAILABLE, [specifier]);
  return { code: fromSession(expression) };
}

function fromSession(expression: string): string {
  return `import { session, granted, formFactor } from 'platform/session';\nexport default ${expression};`;
}

function exportDefault(value: string): string {
  return `export default ${JSON.stringify(value)};`;
}

/** `Class.method`, or `ns.Class.method` in the project's own namespace. The texts are those of a deployment. */
function apexMethod(name: string, project: ProjectNames): ModuleContent {
  const parts = name.split('.');
  const methodName = parts.pop() ?? '';
  if (parts.length > 1 && parts[0] === project.namespace) parts.shift();
  const className = parts.join('.');
  const source = project.classes.get(className.toLowerCase());
  if (source === undefined) {
    throw raise(Diagnostics.COMPONENT_COMPILE, [
      `Unable to find Apex action class referenced as '${className}'.`,
    ]);
  }
  // A look at the text only: whether it is @AuraEnabled, the compiler of Apex knows and the call will say.
  if (!new RegExp(`\\b${escapeForRegExp(methodName)}\\s*\\(`, 'i').test(source.source)) {
    throw raise(Diagnostics.COMPONENT_COMPILE, [
      `Unable to find Apex action method referenced as '${name}'.`,
    ]);
  }
  return {
    code: `import { apexMethod } from 'platform/apex';\nexport default apexMethod(${JSON.stringify(source.name)}, ${JSON.stringify(methodName)});`,
  };
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The text in the language of who is logged in; a bundle serves everybody, so it carries all languages. */
function labelModule({ value, translations }: LabelMetadata): ModuleContent {
  if (translations.size === 0) return { code: exportDefault(value) };
  const texts = JSON.stringify(Object.fromEntries(translations));
  return {
    code: `import { inLanguage } from 'platform/session';\nexport default inLanguage(${texts}, ${JSON.stringify(value)});`,
  };
}

function labelOf(name: string, project: ProjectNames): LabelMetadata {
  const [section, ...rest] = name.split('.');
  const key = rest.join('.');
  const label =
    section === 'c' || section === project.namespace
      ? project.labels.get(key.toLowerCase())
      : undefined;
  if (label === undefined) throw raise(Diagnostics.COMPONENT_LABEL, [name]);
  return label;
}

function schemaReference(name: string): string {
  const [objectApiName = '', ...path] = name.split('.');
  const reference =
    path.length === 0 ? { objectApiName } : { fieldApiName: path.join('.'), objectApiName };
  return `export default ${JSON.stringify(reference)};`;
}

function requireComponent(
  project: ProjectNames,
  type: string,
  fullName: string,
  kind: string,
): void {
  const known = project.components.some(
    (component) => component.type === type && component.fullName === fullName,
  );
  if (!known) throw raise(Diagnostics.COMPONENT_RESOURCE, [kind, fullName]);
}
