import { basename, dirname } from 'node:path';
import type {
  ApplicationMetadata,
  FlexiItem,
  FlexiPageMetadata,
  LayoutMetadata,
  LwcBundle,
  QuickActionMetadata,
  TabMetadata,
} from '../model.ts';
import type { XmlElement } from '../xml.ts';

/** A Lightning page. */
export function readFlexiPage(xml: XmlElement, name: string, file: string): FlexiPageMetadata {
  return {
    name,
    label: xml.text('masterLabel') ?? name,
    type: xml.text('type') ?? '',
    sobjectType: xml.text('sobjectType'),
    template: xml.child('template')?.text('name') ?? '',
    regions: xml.all('flexiPageRegions').map((region) => ({
      name: region.text('name') ?? '',
      type: region.text('type') ?? 'Region',
      items: [
        // Until API 48 components stood in the region itself.
        ...region.all('componentInstances').map(readComponent),
        ...region
          .all('itemInstances')
          .flatMap((item) => [
            ...item.all('componentInstance').map(readComponent),
            ...item.all('fieldInstance').map(readFieldItem),
          ]),
      ],
    })),
    file,
    line: xml.line,
  };
}

function readComponent(xml: XmlElement): FlexiItem {
  return readItem(xml, 'component', xml.text('componentName') ?? '', 'componentInstanceProperties');
}

function readFieldItem(xml: XmlElement): FlexiItem {
  return readItem(xml, 'field', xml.text('fieldItem') ?? '', 'fieldInstanceProperties');
}

function readItem(
  xml: XmlElement,
  kind: FlexiItem['kind'],
  name: string,
  element: string,
): FlexiItem {
  const properties = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const property of xml.all(element)) {
    const key = property.text('name') ?? '';
    const list = property.child('valueList');
    if (list === undefined) properties.set(key, property.text('value') ?? '');
    else
      lists.set(
        key,
        list.all('valueListItems').map((item) => item.text('value') ?? ''),
      );
  }
  const rule = xml.child('visibilityRule');
  return {
    kind,
    name,
    identifier: xml.text('identifier'),
    properties,
    lists,
    visibility: rule && {
      criteria: rule.all('criteria').map((criterion) => ({
        field: criterion.text('leftValue') ?? '',
        operation: criterion.text('operator') ?? '',
        value: criterion.text('rightValue') ?? '',
      })),
      booleanFilter: rule.text('booleanFilter'),
    },
    line: xml.line,
  };
}

/** A quick action; the object is the part of its name before the dot. */
export function readQuickAction(xml: XmlElement, name: string, file: string): QuickActionMetadata {
  const dot = name.indexOf('.');
  return {
    name,
    object: dot < 0 ? undefined : name.slice(0, dot),
    label:
      xml.text('label') ?? xml.text('standardLabel') ?? name.slice(dot + 1).replaceAll('_', ' '),
    type: xml.text('type') ?? '',
    lightningWebComponent: xml.text('lightningWebComponent'),
    lightningComponent: xml.text('lightningComponent'),
    flowDefinition: xml.text('flowDefinition'),
    targetObject: xml.text('targetObject'),
    actionSubtype: xml.text('actionSubtype'),
    icon: xml.text('icon'),
    file,
    line: xml.line,
  };
}

/** A page layout. */
export function readLayout(xml: XmlElement, name: string): LayoutMetadata {
  return {
    name,
    object: name.slice(0, name.indexOf('-')),
    sections: xml.all('layoutSections').map((section) => ({
      label: section.text('label'),
      style: section.text('style') ?? '',
      detailHeading: section.flag('detailHeading'),
      columns: section.all('layoutColumns').map((column) =>
        column.all('layoutItems').map((item) => ({
          field: item.text('field'),
          behavior: item.text('behavior'),
        })),
      ),
    })),
    relatedLists: xml.all('relatedLists').map((list) => ({
      relatedList: list.text('relatedList') ?? '',
      fields: list.texts('fields'),
    })),
    platformActions:
      xml
        .child('platformActionList')
        ?.all('platformActionListItems')
        .map((item) => item.text('actionName') ?? '') ?? [],
  };
}

/** A Lightning app. */
export function readApplication(xml: XmlElement, name: string): ApplicationMetadata {
  const overrides = [
    ...xml.all('actionOverrides').map((override) => ({ override, isProfile: false })),
    ...xml.all('profileActionOverrides').map((override) => ({ override, isProfile: true })),
  ];
  return {
    name,
    label: xml.text('label') ?? name,
    description: xml.text('description'),
    navType: xml.text('navType'),
    uiType: xml.text('uiType'),
    headerColor: xml.child('brand')?.text('headerColor'),
    tabs: xml.texts('tabs'),
    actionOverrides: overrides.map(({ override }) => ({
      object: override.text('pageOrSobjectType') ?? '',
      action: override.text('actionName') ?? '',
      content: override.text('content') ?? '',
      formFactor: override.text('formFactor'),
      recordType: override.text('recordType'),
      profile: override.text('profile'),
    })),
  };
}

/** A tab. */
export function readTab(xml: XmlElement, name: string): TabMetadata {
  return {
    name,
    label: xml.text('label'),
    customObject: xml.flag('customObject'),
    lwcComponent: xml.text('lwcComponent'),
    flexiPage: xml.text('flexiPage'),
    page: xml.text('page'),
    url: xml.text('url'),
    motif: xml.text('motif'),
  };
}

/** A Lightning web component from its folder and the js-meta file, if it has one. */
export function readLwcBundle(
  folder: string,
  files: readonly string[],
  meta: { readonly xml: XmlElement; readonly file: string } | undefined,
  defaultApiVersion: number,
): LwcBundle {
  const xml = meta?.xml;
  return {
    name: basename(folder),
    folder,
    files,
    apiVersion: xml?.number('apiVersion') ?? defaultApiVersion,
    isExposed: xml?.flag('isExposed') ?? false,
    masterLabel: xml?.text('masterLabel'),
    description: xml?.text('description'),
    targets: xml?.child('targets')?.texts('target') ?? [],
    targetConfigs: (xml?.child('targetConfigs')?.all('targetConfig') ?? []).map((config) => ({
      targets: (config.attributes.get('targets') ?? '')
        .split(',')
        .map((target) => target.trim())
        .filter((target) => target !== ''),
      objects: config.child('objects')?.texts('object') ?? [],
      formFactors: (config.child('supportedFormFactors')?.all('supportedFormFactor') ?? []).map(
        (factor) => factor.attributes.get('type') ?? '',
      ),
      actionType: config.text('actionType'),
      properties: config.all('property').map((property) => ({
        name: property.attributes.get('name') ?? '',
        type: property.attributes.get('type') ?? 'String',
        label: property.attributes.get('label'),
        default: property.attributes.get('default'),
        required: property.attributes.get('required') === 'true',
        datasource: property.attributes.get('datasource'),
      })),
    })),
    metaFile: meta?.file,
  };
}

/** The name of an e-mail template or other foldered component: `Folder/Name`. */
export function folderedName(file: string, name: string): string {
  return `${basename(dirname(file))}/${name}`;
}
