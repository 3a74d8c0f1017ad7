import { basename } from 'node:path';
import type { Component, Project } from '../project/model.ts';
import type { XmlElement } from '../project/xml.ts';
import type { Schema } from '../schema/contract.ts';
import { checkFieldElements } from './check-fields.ts';
import { metadataFile } from './check-xml.ts';
import { SourceReport } from './report.ts';

/** How long texts may be (Metadata API Developer Guide, each under its field). */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CustomApplication: { label: 40, description: 255 },
  CustomField: { label: 40, inlineHelpText: 510, description: 1000 },
  CustomLabel: { value: 1000, shortDescription: 80, categories: 255 },
  CustomMetadata: { label: 40 },
  CustomObject: { label: 40, pluralLabel: 40, description: 1000 },
  CustomPermission: { label: 80, description: 255 },
  CustomTab: { label: 80, description: 255 },
  ListView: { label: 40 },
  PermissionSet: { label: 80, description: 255 },
  PermissionSetGroup: { label: 80, description: 255 },
  QuickAction: { label: 80 },
  RecordType: { label: 80, description: 255 },
  SharingSet: { description: 255 },
  StaticResource: { description: 255 },
  ValidationRule: { errorMessage: 255, description: 255 },
};

/** Parts in source format say their own name, which must be that of their file. */
const NAMED_PARTS = new Set([
  'BusinessProcess',
  'CompactLayout',
  'CustomField',
  'FieldSet',
  'ListView',
  'RecordType',
  'SharingReason',
  'ValidationRule',
]);

/** What new custom objects need (Metadata API Developer Guide, "CustomObject"). */
const OBJECT_NEEDS: Readonly<Record<string, readonly string[]>> = {
  __c: ['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'],
  __mdt: ['label', 'pluralLabel'],
  __e: ['label', 'pluralLabel', 'deploymentStatus'],
};

/** Objects, fields and custom metadata: what their type demands beyond its elements, and how long texts may be. */
export function checkObjects(project: Project, schema: Schema): SourceReport {
  const report = new SourceReport();
  const relationships = new Map<string, string>();
  for (const component of project.components) {
    const { xml, type } = component;
    if (xml === undefined) continue;
    const file = metadataFile(component);
    checkLengths(xml, type, file, report);
    if (type === 'CustomLabels')
      for (const label of xml.all('labels')) checkLengths(label, 'CustomLabel', file, report);
    checkDuplicates(xml, file, report);
    if (NAMED_PARTS.has(type)) checkName(xml, file, report);
    if (type === 'CustomObject') checkObject(component, xml, file, report);
    const fields =
      type === 'CustomField' ? [xml] : type === 'CustomObject' ? xml.all('fields') : [];
    const object = component.fullName.split('.')[0] ?? '';
    for (const field of fields) checkFieldElements(object, field, file, relationships, report);
  }
  checkRecords(project, schema, report);
  return report;
}

function checkLengths(xml: XmlElement, type: string, file: string, report: SourceReport): void {
  for (const [name, longest] of Object.entries(LONGEST[type] ?? {})) {
    const child = xml.child(name);
    const length = child?.rawText.trim().length ?? 0;
    if (child !== undefined && length > longest)
      report.problem(
        `${name}: data value too large: ${String(length)} characters (max length=${String(longest)})`,
        {
          file,
          line: child.line,
        },
      );
  }
}

/** What identifies the entries of lists: two of the same name are one too many. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  applicationVisibilities: ['application'],
  classAccesses: ['apexClass'],
  customLabels: ['name'],
  customMetadataTypeAccesses: ['name'],
  customPermissions: ['name'],
  customTabs: ['name'],
  fieldPermissions: ['field'],
  flowAccesses: ['flow'],
  flexiPageRegions: ['name'],
  labels: ['fullName'],
  objectPermissions: ['object'],
  pageAccesses: ['apexPage'],
  picklistValues: ['picklist', 'masterLabel'],
  quickActions: ['name'],
  recordTypeVisibilities: ['recordType'],
  sharingCriteriaRules: ['fullName'],
  sharingOwnerRules: ['fullName'],
  tabSettings: ['tab'],
  userPermissions: ['name'],
  value: ['fullName'],
};

function checkDuplicates(xml: XmlElement, file: string, report: SourceReport): void {
  const seen = new Set<string>();
  for (const child of xml.children) {
    const key = KEYS[child.name]?.flatMap((name) => child.text(name) ?? [])[0];
    if (key !== undefined) {
      const entry = `${child.name}:${key}`.toLowerCase();
      if (seen.has(entry))
        report.problem(`Duplicate ${child.name} of ${key}`, { file, line: child.line });
      seen.add(entry);
    }
    if (child.children.length > 0) checkDuplicates(child, file, report);
  }
}

function checkName(xml: XmlElement, file: string, report: SourceReport): void {
  const named = xml.child('fullName');
  const expected = decodeURIComponent(basename(file).split('.')[0] ?? '');
  if (!file.endsWith('-meta.xml')) return;
  if (named === undefined)
    report.problem(`Required field is missing: fullName in type ${xml.name}`, {
      file,
      line: xml.line,
    });
  else if (decodeURIComponent(named.rawText.trim()) !== expected)
    report.problem(`fullName ${named.rawText.trim()} is not the name of its file, ${expected}`, {
      file,
      line: named.line,
    });
}

function checkObject(
  { fullName }: Component,
  xml: XmlElement,
  file: string,
  report: SourceReport,
): void {
  const suffix = /__[a-z]+$/.exec(fullName)?.[0] ?? '';
  const isSetting = xml.child('customSettingsType') !== undefined;
  for (const name of isSetting ? ['label'] : (OBJECT_NEEDS[suffix] ?? [])) {
    if (xml.child(name) === undefined)
      report.problem(`Required field is missing: ${name} of custom object ${fullName}`, {
        file,
        line: xml.line,
      });
  }
}

/** Values of custom metadata records are of their field's type. */
function checkRecords(project: Project, schema: Schema, report: SourceReport): void {
  const records = new Set(
    project.customMetadata.map(({ typeName, developerName }) =>
      `${typeName}.${developerName}`.toLowerCase(),
    ),
  );
  for (const { typeName, developerName, values, file } of project.customMetadata) {
    const declared = project.objects.get(typeName.toLowerCase());
    for (const [name, { text, type, line }] of values) {
      const field = declared?.fields.get(name.toLowerCase());
      if (field === undefined || text === null || text === '') continue;
      const problem = (what: string): void =>
        report.problem(`${developerName}.${name}: ${what}`, { file, line });
      const expected = XSD_TYPES[field.type ?? ''];
      const actual = type.replace(/^\w+:/, '');
      if (expected !== undefined && actual !== '' && !expected.includes(actual))
        problem(`xsi:type ${type} is not that of a ${field.type ?? ''} field`);
      if (field.type === 'Checkbox' && !/^(true|false)$/.test(text))
        problem(`'${text}' is not true or false`);
      if (field.type === 'Number' && Number.isNaN(Number(text)))
        problem(`'${text}' is not a number`);
      if (field.length !== undefined && text.length > field.length)
        problem(`data value too large (max length=${String(field.length)})`);
      const set = field.valueSet;
      if (
        set?.restricted === true &&
        set.valueSetName === undefined &&
        !set.values.some((one) => one.fullName === text)
      )
        problem(`'${text}' is no value of the restricted picklist`);
      const target = field.referenceTo ?? '';
      if (
        field.type === 'MetadataRelationship' &&
        /__mdt$/.test(target) &&
        !records.has(`${target}.${text}`.toLowerCase())
      )
        problem(`there is no record ${text} of ${target}`);
      if (
        field.type === 'MetadataRelationship' &&
        target === 'EntityDefinition' &&
        schema.object(text) === undefined
      )
        problem(`no CustomObject named ${text} found`);
    }
    for (const field of declared?.fields.values() ?? []) {
      const value = [...values].find(
        ([name]) => name.toLowerCase() === field.name.toLowerCase(),
      )?.[1];
      if (field.required && field.defaultValue === undefined && (value?.text ?? '') === '')
        report.problem(`${developerName}: Required fields are missing: [${field.name}]`, {
          file,
          line: value?.line ?? 1,
        });
    }
  }
}

/** XSD types that the platform writes for values of fields (Metadata API Developer Guide, "CustomMetadata"). */
const XSD_TYPES: Readonly<Record<string, readonly string[]>> = {
  Checkbox: ['boolean'],
  Date: ['date'],
  DateTime: ['dateTime'],
  Email: ['string'],
  LongTextArea: ['string'],
  MetadataRelationship: ['string'],
  Number: ['double', 'int', 'integer', 'decimal'],
  Percent: ['double', 'int', 'integer', 'decimal'],
  Phone: ['string'],
  Picklist: ['string'],
  Text: ['string'],
  TextArea: ['string'],
  Url: ['string'],
};
