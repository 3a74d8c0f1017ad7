import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Diagnostics, LocalOrgError, raise } from '../../diagnostics/index.ts';
import { itemsOf, memberOf, parseJsonTree, plainOf, textOf } from '../json-tree.ts';
import type { JsonNode } from '../json-tree.ts';
import type {
  CustomSiteMetadata,
  NetworkMetadata,
  SiteBundle,
  SiteComponent,
  SiteConfigMetadata,
  SiteItem,
  SiteRoute,
  SiteView,
} from '../model-sites.ts';
import { parseXml } from '../xml.ts';
import type { XmlElement } from '../xml.ts';

/** A network. */
export function readNetwork(xml: XmlElement, name: string, file: string): NetworkMetadata {
  const groups = xml.all('networkMemberGroups');
  return {
    name,
    description: xml.text('description'),
    status: xml.text('status') ?? '',
    picassoSite: xml.text('picassoSite'),
    site: xml.text('site'),
    urlPathPrefix: xml.text('urlPathPrefix') ?? '',
    allowInternalUserLogin: xml.flag('allowInternalUserLogin'),
    selfRegistration: xml.flag('selfRegistration'),
    selfRegProfile: xml.text('selfRegProfile'),
    memberProfiles: groups.flatMap((group) => group.texts('profile')),
    memberPermissionSets: groups.flatMap((group) => group.texts('permissionSet')),
    emailSenderName: xml.text('emailSenderName'),
    emailSenderAddress: xml.text('emailSenderAddress'),
    file,
    line: xml.line,
  };
}

/** A custom site. */
export function readCustomSite(xml: XmlElement, name: string, file: string): CustomSiteMetadata {
  return {
    name,
    label: xml.text('masterLabel') ?? name,
    active: xml.flag('active'),
    siteType: xml.text('siteType') ?? '',
    urlPathPrefix: xml.text('urlPathPrefix') ?? '',
    file,
    line: xml.line,
  };
}

/** The path of a site bundle. */
export function readSiteConfig(xml: XmlElement, name: string, file: string): SiteConfigMetadata {
  return {
    name,
    label: xml.text('label'),
    urlPathPrefix: xml.child('site')?.text('urlPathPrefix'),
    space: xml.text('space') ?? '',
    file,
    line: xml.line,
  };
}

/** An item of a bundle as it stands on disk: `sfdc_cms__route/Home/content.json`. */
interface RawItem extends SiteItem {
  readonly body: JsonNode | undefined;
}

/** Reads a bundle folder. What is wrong with its files goes to `problems`. */
export function readSiteBundle(folder: string, problems: LocalOrgError[]): SiteBundle {
  const name = basename(folder);
  const metaFile = join(folder, `${name}.digitalExperience-meta.xml`);
  const items = readItems(folder, problems);
  const site = items.find((item) => item.type === 'sfdc_cms__site');
  const languages = items.find((item) => item.type === 'sfdc_cms__languageSettings')?.body;
  const appPage = items.find((item) => item.type === 'sfdc_cms__appPage');
  return {
    name,
    folder,
    file: existsSync(metaFile) ? metaFile : folder,
    line: 1,
    label: readLabel(metaFile, problems) ?? name,
    title: site?.title ?? name,
    authenticationType: textOf(site?.body, 'authenticationType'),
    items,
    appPage: appPage && {
      ...itemOf(appPage),
      currentThemeId: textOf(appPage.body, 'currentThemeId') ?? '',
      templateName: textOf(appPage.body, 'templateName') ?? '',
      headMarkup: textOf(appPage.body, 'headMarkup') ?? '',
    },
    routes: byName(items, 'sfdc_cms__route', readRoute),
    views: byName(items, 'sfdc_cms__view', readView),
    themeLayouts: byName(items, 'sfdc_cms__themeLayout', (item) => ({
      ...itemOf(item),
      component: componentOf(memberOf(item.body, 'component')),
    })),
    themes: byName(items, 'sfdc_cms__theme', (item) => ({
      ...itemOf(item),
      activeBrandingSetId: textOf(item.body, 'activeBrandingSetId') ?? '',
      layouts: itemsOf(item.body, 'layouts').map((layout) => ({
        layoutId: textOf(layout, 'layoutId') ?? '',
        layoutType: textOf(layout, 'layoutType') ?? '',
        line: layout.line,
      })),
    })),
    brandingSets: byName(items, 'sfdc_cms__brandingSet', (item) => ({
      ...itemOf(item),
      values: brandingValues(memberOf(item.body, 'values')),
    })),
    languages: itemsOf(languages, 'languages')
      .filter((language) => plainOf(language) !== null && isActive(language))
      .map((language) => ({
        code: textOf(language, 'locale') ?? '',
        label: textOf(language, 'label') ?? '',
      })),
    defaultLanguage: textOf(languages, 'defaultLocale'),
  };
}

function isActive(language: JsonNode): boolean {
  const active = memberOf(language, 'isActive');
  return active?.kind === 'value' && active.value === true;
}

function readLabel(metaFile: string, problems: LocalOrgError[]): string | undefined {
  if (!existsSync(metaFile)) return undefined;
  const xml = parseXml(readFileSync(metaFile, 'utf8'), metaFile);
  if (!(xml instanceof LocalOrgError)) return xml.text('label');
  problems.push(xml);
  return undefined;
}

/** `<content type>/<API name>/{_meta,content}.json`. Language variants are folders beside them, and are not read. */
function readItems(folder: string, problems: LocalOrgError[]): RawItem[] {
  const items: RawItem[] = [];
  for (const type of foldersIn(folder)) {
    for (const apiName of foldersIn(join(folder, type))) {
      const item = join(folder, type, apiName);
      checkMeta(item, type, apiName, problems);
      const file = join(item, 'content.json');
      const content = readJson(file, problems);
      if (content === undefined) {
        items.push({
          type,
          apiName,
          title: apiName,
          place: { file: item, line: 1 },
          body: undefined,
        });
        continue;
      }
      const stated = memberOf(content, 'type');
      if (textOf(content, 'type') !== type) {
        problems.push(
          raise(
            Diagnostics.METADATA_INVALID,
            [`The content ${type}/${apiName} must state the type ${type} of its folder`],
            { file, line: stated?.line ?? content.line, column: 1 },
          ),
        );
      }
      items.push({
        type,
        apiName,
        title: textOf(content, 'title') ?? apiName,
        place: { file, line: content.line },
        body: memberOf(content, 'contentBody'),
      });
    }
  }
  return items;
}

/** Documented: Metadata API Developer Guide, DigitalExperienceBundle: `_meta.json` names item and type as the folders do. */
function checkMeta(item: string, type: string, apiName: string, problems: LocalOrgError[]): void {
  const file = join(item, '_meta.json');
  const meta = readJson(file, problems);
  if (meta === undefined) return;
  for (const [member, expected] of [
    ['apiName', apiName],
    ['type', type],
  ] as const) {
    if (textOf(meta, member) === expected) continue;
    const line = memberOf(meta, member)?.line ?? meta.line;
    problems.push(
      raise(Diagnostics.METADATA_INVALID, [`${member} must be ${expected}, as the folder says`], {
        file,
        line,
        column: 1,
      }),
    );
  }
}

function readJson(file: string, problems: LocalOrgError[]): JsonNode | undefined {
  if (!existsSync(file)) {
    problems.push(
      raise(Diagnostics.METADATA_INVALID, [`${basename(file)} is missing`], {
        file,
        line: 1,
        column: 1,
      }),
    );
    return undefined;
  }
  const tree = parseJsonTree(readFileSync(file, 'utf8'), file);
  if (!(tree instanceof LocalOrgError)) return tree;
  problems.push(tree);
  return undefined;
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function byName<T>(
  items: readonly RawItem[],
  type: string,
  read: (item: RawItem) => T,
): Map<string, T> {
  return new Map(
    items
      .filter((item) => item.type === type && item.body !== undefined)
      .map((item) => [item.apiName.toLowerCase(), read(item)]),
  );
}

function itemOf({ type, apiName, title, place }: RawItem): SiteItem {
  return { type, apiName, title, place };
}

function lineOf(item: RawItem, member: string): number {
  return memberOf(item.body, member)?.line ?? item.body?.line ?? item.place.line;
}

function readRoute(item: RawItem): SiteRoute {
  return {
    ...itemOf(item),
    activeViewId: textOf(item.body, 'activeViewId') ?? '',
    activeViewLine: lineOf(item, 'activeViewId'),
    routeType: textOf(item.body, 'routeType') ?? '',
    urlPrefix: textOf(item.body, 'urlPrefix') ?? '',
    urlPrefixLine: lineOf(item, 'urlPrefix'),
    pageAccess: textOf(item.body, 'pageAccess') ?? 'UseParent',
  };
}

function readView(item: RawItem): SiteView {
  return {
    ...itemOf(item),
    viewType: textOf(item.body, 'viewType') ?? '',
    viewTypeLine: lineOf(item, 'viewType'),
    themeLayoutType: textOf(item.body, 'themeLayoutType') ?? '',
    themeLayoutLine: lineOf(item, 'themeLayoutType'),
    component: componentOf(memberOf(item.body, 'component')),
  };
}

function componentOf(node: JsonNode | undefined): SiteComponent | undefined {
  if (node?.kind !== 'object') return undefined;
  const isRegion = textOf(node, 'type') === 'region';
  const attributes = memberOf(node, 'attributes');
  return {
    kind: isRegion ? 'region' : 'component',
    id: textOf(node, 'id') ?? '',
    name: textOf(node, isRegion ? 'name' : 'definition') ?? '',
    attributes: new Map(
      attributes?.kind === 'object'
        ? [...attributes.members].map(([name, value]) => [
            name,
            { value: plainOf(value), line: value.line },
          ])
        : [],
    ),
    children: itemsOf(node, 'children').flatMap((child) => componentOf(child) ?? []),
    line: memberOf(node, isRegion ? 'name' : 'definition')?.line ?? node.line,
  };
}

function brandingValues(node: JsonNode | undefined): Map<string, string> {
  if (node?.kind !== 'object') return new Map();
  return new Map(
    [...node.members].flatMap(([name, value]) =>
      value.kind === 'value' && value.value !== null ? [[name, String(value.value)]] : [],
    ),
  );
}
