import type { FlexiItem, FlexiPageMetadata, LwcBundle, Project } from '../../project/model.ts';
import { actionModel, recordActions } from './actions.ts';
import { chosenApp } from './app-model.ts';
import type { PageItem, PageTab, RelatedListModel } from './model.ts';
import { defaultHighlights, tabTitle } from './platform-names.ts';
import { relatedLists } from './related-lists.ts';
import type { UiObjectInfo } from '../contract.ts';
import { isShown } from './visibility.ts';
import type { VisibilityFacts } from './visibility.ts';

/** What a page is built from. */
export interface PageContext {
  readonly project: Project;
  /** The record's object; null on app pages. */
  readonly info: UiObjectInfo | null;
  readonly appName: string | undefined;
  readonly facts: VisibilityFacts;
}

/** The FlexiPage of an object's records: assigned by the app, by the object, or the only one there is. */
export function recordPageOf(
  project: Project,
  objectApiName: string,
  appName: string | undefined,
): FlexiPageMetadata | undefined {
  const byApp = chosenApp(project, appName)?.actionOverrides.find(
    (override) =>
      override.object === objectApiName &&
      override.action === 'View' &&
      override.formFactor !== 'Small' &&
      override.recordType === undefined,
  )?.content;
  const assigned = byApp ?? objectOverride(project, objectApiName);
  if (assigned !== undefined) return project.flexiPages.get(assigned.toLowerCase());
  const pages = [...project.flexiPages.values()].filter(
    (page) => page.type === 'RecordPage' && page.sobjectType === objectApiName,
  );
  return pages.length === 1 ? pages[0] : undefined;
}

function objectOverride(project: Project, objectApiName: string): string | undefined {
  const object = project.components.find(
    ({ type, fullName }) => type === 'CustomObject' && fullName === objectApiName,
  );
  return object?.xml
    ?.all('actionOverrides')
    .find(
      (one) =>
        one.text('actionName') === 'View' &&
        one.text('type') === 'Flexipage' &&
        one.text('formFactor') !== 'Small',
    )
    ?.text('content');
}

/** The three parts of a page as the shell lays it out. */
export interface PageRegions {
  readonly header: PageItem[];
  readonly main: PageItem[];
  readonly sidebar: PageItem[];
}

/** Regions that templates call by different names. */
const HEADER_REGIONS = ['header', 'subheader'];
const SIDEBAR_REGIONS = ['sidebar', 'leftsidebar', 'rightsidebar', 'leftcol', 'rightcol'];

/** Header, main and sidebar of a FlexiPage, or of the fallback where there is none. */
export function pageRegions(
  page: FlexiPageMetadata | undefined,
  context: PageContext,
): PageRegions {
  const { project, info } = context;
  if (page === undefined)
    return info === null ? { header: [], main: [], sidebar: [] } : fallbackPage(project, info);
  const builder = new PageBuilder(page, context);
  const regions = page.regions.filter((region) => region.type === 'Region');
  const items = (wanted: (name: string) => boolean): PageItem[] =>
    regions
      .filter((region) => wanted(region.name.toLowerCase()))
      .flatMap((region) => builder.items(region.name));
  return {
    header: items((name) => HEADER_REGIONS.includes(name)),
    main: items((name) => !HEADER_REGIONS.includes(name) && !SIDEBAR_REGIONS.includes(name)),
    sidebar: items((name) => SIDEBAR_REGIONS.includes(name)),
  };
}

function fallbackPage(project: Project, info: UiObjectInfo): PageRegions {
  const lists = relatedLists(project, info);
  const tabs: PageTab[] = [
    {
      key: 'details',
      label: 'Details',
      active: true,
      items: [{ kind: 'details', key: 'details' }],
    },
  ];
  if (lists.length > 0) {
    tabs.push({
      key: 'related',
      label: 'Related',
      active: false,
      items: [{ kind: 'relatedLists', key: 'related', lists }],
    });
  }
  return {
    header: [
      {
        kind: 'highlights',
        key: 'highlights',
        actions: recordActions(project, info),
        fields: highlightFields(project, info),
      },
    ],
    main: [{ kind: 'tabs', key: 'tabs', tabs }],
    sidebar: [],
  };
}

/** Fields in the header: the compact layout's, without the name, which is the title. */
function highlightFields(project: Project, info: UiObjectInfo): readonly string[] {
  const object = project.objects.get(info.apiName.toLowerCase());
  const layout = object?.compactLayouts.get((object.compactLayoutAssignment ?? '').toLowerCase());
  const fields = layout?.fields ?? defaultHighlights(info.apiName);
  return fields.filter((field) => !info.nameFields.includes(field));
}

/** Builds the items of one FlexiPage; facets are regions that a component refers to by name. */
class PageBuilder {
  readonly #page: FlexiPageMetadata;
  readonly #context: PageContext;
  #count = 0;

  constructor(page: FlexiPageMetadata, context: PageContext) {
    this.#page = page;
    this.#context = context;
  }

  items(regionName: string | undefined): PageItem[] {
    const region = this.#page.regions.find(({ name }) => name === regionName);
    return (region?.items ?? []).flatMap((item) => {
      this.#count += 1;
      const key = `${item.identifier ?? item.name}-${String(this.#count)}`;
      const shown = isShown(item.visibility, this.#context.facts);
      if (shown === false) return [];
      if (typeof shown === 'string') return [unsupported(key, item.name, shown)];
      return this.#item(item, key);
    });
  }

  #item(item: FlexiItem, key: string): PageItem[] {
    const { info } = this.#context;
    const ofRecord = info === null ? undefined : this.#recordItem(item, key, info);
    if (ofRecord !== undefined) return [ofRecord];
    switch (item.name) {
      case 'flexipage:tabset':
      case 'flexipage:tabset2':
        return [{ kind: 'tabs', key, tabs: this.#tabs(item.properties.get('tabs')) }];
      case 'flexipage:richText':
        return [{ kind: 'richText', key, html: item.properties.get('richTextValue') ?? '' }];
      default:
        return [this.#component(item, key)];
    }
  }

  /** What shows the page's record; undefined when it is none of these. */
  #recordItem(item: FlexiItem, key: string, info: UiObjectInfo): PageItem | undefined {
    if (item.kind === 'field')
      return { kind: 'fields', key, label: null, columns: [[recordField(item.name)]] };
    const { project } = this.#context;
    switch (item.name) {
      case 'force:highlightsPanel':
        return {
          kind: 'highlights',
          key,
          actions: this.#actions(item, info),
          fields: highlightFields(project, info),
        };
      case 'force:detailPanel':
        return { kind: 'details', key };
      case 'force:relatedListContainer':
        return { kind: 'relatedLists', key, lists: relatedLists(project, info) };
      case 'force:relatedListSingleContainer':
      case 'lst:dynamicRelatedList':
        return this.#singleRelatedList(item, key, info);
      case 'flexipage:fieldSection':
        return {
          kind: 'fields',
          key,
          label: this.#label(item.properties.get('label')),
          columns: this.#columns(item.properties.get('columns')),
        };
      default:
        return undefined;
    }
  }

  #actions(item: FlexiItem, info: UiObjectInfo): ReturnType<typeof recordActions> {
    const { project } = this.#context;
    const names = item.lists.get('actionNames');
    return names !== undefined && item.properties.get('enableActionsConfiguration') === 'true'
      ? names.map((name) => actionModel(project, name))
      : recordActions(project, info);
  }

  #singleRelatedList(item: FlexiItem, key: string, info: UiObjectInfo): PageItem {
    const wanted = item.properties.get('relatedListApiName') ?? '';
    const lists: RelatedListModel[] = relatedLists(this.#context.project, info, wanted);
    return lists.length === 0
      ? unsupported(key, item.name, `${info.apiName} has no related list ${wanted}`)
      : { kind: 'relatedLists', key, lists };
  }

  #tabs(facet: string | undefined): PageTab[] {
    const region = this.#page.regions.find(({ name }) => name === facet);
    const tabs = (region?.items ?? []).filter(
      (item) =>
        item.name === 'flexipage:tab' && isShown(item.visibility, this.#context.facts) !== false,
    );
    const anyActive = tabs.some((tab) => tab.properties.get('active') === 'true');
    return tabs.map((tab, index) => ({
      key: tab.identifier ?? `tab-${String(index)}`,
      label: this.#label(tab.properties.get('title')) ?? 'Tab',
      active: anyActive ? tab.properties.get('active') === 'true' : index === 0,
      items: this.items(tab.properties.get('body')),
    }));
  }

  #columns(facet: string | undefined): string[][] {
    const region = this.#page.regions.find(({ name }) => name === facet);
    return (region?.items ?? [])
      .map((column) =>
        this.#page.regions.find(({ name }) => name === column.properties.get('body')),
      )
      .map((body) =>
        (body?.items ?? [])
          .filter(({ kind }) => kind === 'field')
          .map(({ name }) => recordField(name)),
      );
  }

  #component(item: FlexiItem, key: string): PageItem {
    // A component of the project stands there as `c:name`, or plainly as `name`.
    const name = /^(?:c:)?(\w+)$/.exec(item.name)?.[1];
    const bundle =
      name === undefined ? undefined : this.#context.project.lwcBundles.get(name.toLowerCase());
    if (bundle === undefined)
      return unsupported(
        key,
        item.name,
        `Component ${item.name} is not available in the local org`,
      );
    return {
      kind: 'component',
      key,
      specifier: `c/${bundle.name}`,
      properties: designProperties(item, bundle, this.#page.type),
    };
  }

  /** `{!$Label.Name}`, the name of a standard tab, or the text itself. */
  #label(text: string | undefined): string | null {
    if (text === undefined) return null;
    const label = /^\{!\$Label\.(?:c\.)?(\w+)\}$/.exec(text)?.[1];
    if (label === undefined) return tabTitle(text);
    return this.#context.project.labels.get(label.toLowerCase())?.value ?? text;
  }
}

/** `Record.Name` → `Name` */
function recordField(name: string): string {
  return name.replace(/^Record\./, '');
}

function unsupported(key: string, name: string, reason: string): PageItem {
  return { kind: 'unsupported', key, name, reason };
}

const PAGE_TARGETS: Readonly<Record<string, string>> = {
  RecordPage: 'lightning__RecordPage',
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
};

/** Values of the component's design-time properties: the page's, else the default of its js-meta, in the declared type. */
function designProperties(
  item: FlexiItem,
  bundle: LwcBundle,
  pageType: string,
): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  const target = PAGE_TARGETS[pageType] ?? '';
  for (const config of bundle.targetConfigs.filter(({ targets }) => targets.includes(target))) {
    for (const property of config.properties) {
      const text = item.properties.get(property.name) ?? property.default;
      if (text === undefined) continue;
      if (property.type === 'Boolean') values[property.name] = text === 'true';
      else values[property.name] = property.type === 'Integer' ? Number(text) : text;
    }
  }
  return values;
}
