import { basename, dirname } from 'node:path';
import type { Component, Project } from '../project/model.ts';
import type { XmlElement } from '../project/xml.ts';
import type { Schema } from '../schema/contract.ts';
import { metadataFile } from './check-xml.ts';
import { checkFlexiPage } from './flexi-page-references.ts';
import {
  checkFilterValues,
  checkRecordTypeValues,
  checkTranslatedValues,
} from './picklist-references.ts';
import { Names } from './names.ts';
import type { NameKind } from './names.ts';
import { REFERENCE_PATHS } from './reference-paths.ts';
import { SourceReport } from './report.ts';

/** A component as the checks of its references see it. */
export interface Referrer {
  readonly type: string;
  readonly fullName: string;
  /** The object that it belongs to; empty where it belongs to none. */
  readonly object: string;
  readonly file: string;
  readonly xml: XmlElement;
}

/** Answers whether names exist, and reports those that do not in the platform's words. */
export class References {
  readonly names: Names;
  readonly report: SourceReport;
  readonly project: Project;

  constructor(project: Project, schema: Schema, report: SourceReport) {
    this.project = project;
    this.names = new Names(project, schema);
    this.report = report;
  }

  need(kind: NameKind, name: string, at: { readonly file: string; readonly line: number }): void {
    if (name !== '' && !this.names.has(kind, name))
      this.report.problem(`no ${kind} named ${name} found`, at);
  }
}

/** Parts of objects that stand inside their object's file in Metadata API format. */
const PARTS: Readonly<Record<string, string>> = {
  compactLayouts: 'CompactLayout',
  fields: 'CustomField',
  fieldSets: 'FieldSet',
  listViews: 'ListView',
  recordTypes: 'RecordType',
  validationRules: 'ValidationRule',
};

/** Checks that what metadata names exists: in the project, or in every org. */
export function checkReferences(project: Project, schema: Schema): SourceReport {
  const report = new SourceReport();
  const references = new References(project, schema, report);
  for (const component of project.components) {
    const { type, fullName, xml } = component;
    if (xml === undefined) continue;
    const file = metadataFile(component);
    checkOne({ type, fullName, object: objectOf(component), file, xml }, references);
    if (type !== 'CustomObject') continue;
    for (const child of xml.children) {
      const part = PARTS[child.name];
      if (part === undefined) continue;
      const name = `${fullName}.${child.text('fullName') ?? ''}`;
      checkOne({ type: part, fullName: name, object: fullName, file, xml: child }, references);
    }
  }
  return report;
}

function objectOf({ type, fullName, file }: Component): string {
  switch (type) {
    case 'SharingRules':
      return fullName;
    case 'Layout':
      return decodeURIComponent(fullName).split('-')[0] ?? '';
    case 'CustomFieldTranslation':
      return basename(dirname(file)).replace(/-\w+$/, '');
    case 'CustomObjectTranslation':
      return fullName.replace(/-\w+$/, '');
    case 'QuickAction':
      return fullName.includes('.') ? (fullName.split('.')[0] ?? '') : '';
    default:
      return fullName.split('.')[0] ?? '';
  }
}

function checkOne(referrer: Referrer, references: References): void {
  const { type, object, file, xml } = referrer;
  for (const { path, kind, ofObject } of REFERENCE_PATHS[type] ?? []) {
    for (const element of elementsAt(xml, path)) {
      const text = element.rawText.trim();
      // The name of a standard picklist's values is no field.
      const name = ofObject === true && text !== '' ? `${object}.${text}` : text;
      references.need(kind, name, { file, line: element.line });
    }
  }
  switch (type) {
    case 'CustomApplication':
      checkOverrides(referrer, references);
      break;
    case 'CustomField':
      // Files of standard fields adjust them.
      if (!/__c$/i.test(referrer.fullName))
        references.need('CustomField', referrer.fullName, { file, line: xml.line });
      break;
    case 'CustomTab':
      if (xml.flag('customObject'))
        references.need('CustomObject', referrer.fullName, { file, line: xml.line });
      break;
    case 'FlexiPage':
      checkFlexiPage(referrer, references);
      break;
    case 'Layout':
      checkLayout(referrer, references);
      break;
    case 'ListView':
      checkListView(referrer, references);
      break;
    case 'QuickAction':
      checkQuickAction(referrer, references);
      break;
    case 'Role':
      checkHierarchy(referrer, references);
      break;
    case 'SharingRules':
      for (const rule of xml.all('sharingCriteriaRules'))
        checkFilterValues(rule.all('criteriaItems'), referrer, references);
      break;
    case 'RecordType':
      checkRecordTypeValues(referrer, references);
      break;
    case 'CustomFieldTranslation':
    case 'CustomObjectTranslation':
      references.need('CustomObject', object, { file, line: xml.line });
      checkTranslatedValues(referrer, references);
      break;
    case 'SharingSet':
      for (const mapping of xml.all('accessMappings')) {
        const field = mapping.child('objectField');
        const path = `${mapping.text('object') ?? ''}.${field?.rawText.trim() ?? ''}`;
        if (field !== undefined) checkMappedField(path, { file, line: field.line }, references);
      }
      break;
    default:
      break;
  }
}

/** Elements at a path of element names. */
export function elementsAt(xml: XmlElement, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce<XmlElement[]>((at, name) => at.flatMap((element) => element.all(name)), [xml]);
}

/** A sharing set's field may be a relationship (`Account`), or a path that ends with one (`Account.Parent`). */
function checkMappedField(
  path: string,
  at: { readonly file: string; readonly line: number },
  { names, report }: References,
): void {
  const isKnown = [path, `${path}Id`, path.replace(/__r$/, '__c')].some((name) =>
    names.has('CustomField', name),
  );
  if (!isKnown) report.problem(`no CustomField named ${path} found`, at);
}

function checkOverrides({ xml, file }: Referrer, references: References): void {
  for (const override of [...xml.all('actionOverrides'), ...xml.all('profileActionOverrides')]) {
    const content = override.child('content');
    if (content === undefined || override.text('type')?.toLowerCase() !== 'flexipage') continue;
    references.need('FlexiPage', content.rawText.trim(), { file, line: content.line });
  }
}

function checkLayout({ object, xml, file }: Referrer, references: References): void {
  references.need('CustomObject', object, { file, line: xml.line });
  for (const list of xml.all('relatedLists')) {
    const name = list.child('relatedList');
    const text = name?.rawText.trim() ?? '';
    // `Deal_Registration__c.Partner_Account__c`; those of the platform are called RelatedContactList and the like.
    if (name !== undefined && /^\w+\.\w+__c$/.test(text))
      references.need('CustomField', text, { file, line: name.line });
    const child = text.split('.')[0] ?? '';
    for (const field of list.all('fields')) {
      const column = field.rawText.trim();
      if (/__c$/.test(column) && /\./.test(text))
        references.need('CustomField', `${child}.${column}`, { file, line: field.line });
    }
  }
  for (const item of elementsAt(xml, 'platformActionList/platformActionListItems')) {
    const name = item.child('actionName');
    if (name !== undefined && item.text('actionType') === 'QuickAction')
      references.need('QuickAction', name.rawText.trim(), { file, line: name.line });
  }
}

/** Roles report to each other in no circle. */
function checkHierarchy({ fullName, xml, file }: Referrer, { project, report }: References): void {
  const seen = new Set<string>();
  let above = project.roles.get(fullName.toLowerCase())?.parentRole?.toLowerCase();
  while (above !== undefined && !seen.has(above)) {
    seen.add(above);
    above = project.roles.get(above)?.parentRole?.toLowerCase();
  }
  if (!seen.has(fullName.toLowerCase())) return;
  const line = xml.child('parentRole')?.line ?? xml.line;
  report.problem(`The role ${fullName} is above itself`, { file, line });
}

/** Columns of standard fields have names of their own (`ACCOUNT.NAME`, `OWNER.ALIAS`); custom ones are fields. */
function checkListView({ object, xml, file }: Referrer, references: References): void {
  for (const element of [...xml.all('columns'), ...elementsAt(xml, 'filters/field')]) {
    const text = element.rawText.trim();
    const at = { file, line: element.line };
    if (/__c$/i.test(text))
      references.need('CustomField', text.includes('.') ? text : `${object}.${text}`, at);
    else if (!/^[A-Z0-9_.]+$/.test(text)) references.need('CustomField', `${object}.${text}`, at);
  }
  checkFilterValues(xml.all('filters'), { object, file }, references);
}

function checkQuickAction(referrer: Referrer, references: References): void {
  const { object, xml, file } = referrer;
  if (object !== '') references.need('CustomObject', object, { file, line: xml.line });
  const target = xml.text('targetObject') ?? object;
  const fields = [
    ...elementsAt(xml, 'quickActionLayout/quickActionLayoutColumns/quickActionLayoutItems/field'),
    ...elementsAt(xml, 'fieldOverrides/field'),
  ];
  for (const field of fields) {
    if (target !== '')
      references.need('CustomField', `${target}.${field.rawText.trim()}`, {
        file,
        line: field.line,
      });
  }
  const type = xml.text('type');
  if (type !== 'LightningWebComponent') return;
  const named = xml.child('lightningWebComponent');
  if (named === undefined) {
    references.report.problem('Required field is missing: lightningWebComponent', {
      file,
      line: xml.line,
    });
    return;
  }
  const bundle = references.project.lwcBundles.get(named.rawText.trim().toLowerCase());
  const at = { file, line: named.line };
  if (bundle === undefined) return;
  if (!bundle.targets.includes('lightning__RecordAction'))
    references.report.problem(
      `The component ${bundle.name} cannot be a quick action: its js-meta.xml does not name the target lightning__RecordAction`,
      at,
    );
  const config = bundle.targetConfigs.find(({ targets }) =>
    targets.includes('lightning__RecordAction'),
  );
  const subtype = xml.child('actionSubtype');
  // Documented: LWC Developer Guide, "Configure a Component for Quick Actions": ScreenAction where nothing is said.
  const expected = config?.actionType ?? 'ScreenAction';
  if (subtype !== undefined && subtype.rawText.trim() !== expected)
    references.report.problem(
      `The actionSubtype ${subtype.rawText.trim()} differs from the actionType ${expected} of the component ${bundle.name}`,
      { file, line: subtype.line },
    );
}
