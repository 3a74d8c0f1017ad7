import { basename, dirname } from 'node:path';
import type {
  FieldMetadata,
  FilterMetadata,
  ObjectMetadata,
  ValidationRuleMetadata,
  ValueMetadata,
} from '../model.ts';
import type { XmlElement } from '../xml.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An object while its pieces are being collected from several files. */
export type ObjectDraft = Writable<ObjectMetadata> & {
  readonly fields: Map<string, FieldMetadata>;
  readonly validationRules: Map<string, ValidationRuleMetadata>;
  readonly recordTypes: Map<string, RecordTypeOf>;
  readonly businessProcesses: Map<string, Of<ObjectMetadata['businessProcesses']>>;
  readonly compactLayouts: Map<string, Of<ObjectMetadata['compactLayouts']>>;
  readonly listViews: Map<string, Of<ObjectMetadata['listViews']>>;
  readonly fieldSets: Map<string, Of<ObjectMetadata['fieldSets']>>;
  readonly sharingReasons: Map<string, Of<ObjectMetadata['sharingReasons']>>;
};
type Of<M> = M extends ReadonlyMap<string, infer V> ? V : never;
type RecordTypeOf = Of<ObjectMetadata['recordTypes']>;

/** An object of which nothing is known yet. */
export function newObject(name: string, file: string): ObjectDraft {
  return {
    name,
    file,
    line: 1,
    defined: false,
    label: undefined,
    pluralLabel: undefined,
    description: undefined,
    nameField: undefined,
    sharingModel: undefined,
    externalSharingModel: undefined,
    deploymentStatus: undefined,
    customSettingsType: undefined,
    visibility: undefined,
    eventType: undefined,
    publishBehavior: undefined,
    enableActivities: false,
    enableHistory: false,
    enableSearch: false,
    compactLayoutAssignment: undefined,
    fields: new Map(),
    validationRules: new Map(),
    recordTypes: new Map(),
    businessProcesses: new Map(),
    compactLayouts: new Map(),
    listViews: new Map(),
    fieldSets: new Map(),
    sharingReasons: new Map(),
  };
}

/** Name of the object that a decomposed part belongs to: `objects/Account/fields/Tier__c.field-meta.xml`. */
export function objectOfPart(file: string): string {
  return basename(dirname(dirname(file)));
}

/** Takes an object file, with the parts that stand inline in it (Metadata API layout). */
export function readObject(xml: XmlElement, object: ObjectDraft, file: string): void {
  object.defined = true;
  object.file = file;
  object.line = xml.line;
  object.label = xml.text('label');
  object.pluralLabel = xml.text('pluralLabel');
  object.description = xml.text('description');
  object.sharingModel = xml.text('sharingModel');
  object.externalSharingModel = xml.text('externalSharingModel');
  object.deploymentStatus = xml.text('deploymentStatus');
  const settings = xml.text('customSettingsType');
  object.customSettingsType =
    settings === 'List' || settings === 'Hierarchy' ? settings : undefined;
  object.visibility = xml.text('visibility');
  object.eventType = xml.text('eventType');
  object.publishBehavior = xml.text('publishBehavior');
  object.enableActivities = xml.flag('enableActivities');
  object.enableHistory = xml.flag('enableHistory');
  object.enableSearch = xml.flag('enableSearch');
  object.compactLayoutAssignment = xml.text('compactLayoutAssignment');
  const name = xml.child('nameField');
  if (name !== undefined) object.nameField = { ...readField(name, file), name: 'Name' };
  for (const part of xml.children) readPart(part, part.name, object, file);
}

/** The inline element that each kind of decomposed file corresponds to. */
const PART_ELEMENTS: Readonly<Record<string, string>> = {
  CustomField: 'fields',
  ValidationRule: 'validationRules',
  RecordType: 'recordTypes',
  BusinessProcess: 'businessProcesses',
  CompactLayout: 'compactLayouts',
  ListView: 'listViews',
  FieldSet: 'fieldSets',
  SharingReason: 'sharingReasons',
};

/** Takes a file of a decomposed object. */
export function readObjectPart(
  xml: XmlElement,
  type: string,
  object: ObjectDraft,
  file: string,
): void {
  readPart(xml, PART_ELEMENTS[type] ?? '', object, file);
}

function readPart(xml: XmlElement, element: string, object: ObjectDraft, file: string): void {
  const name = xml.text('fullName') ?? '';
  const key = name.toLowerCase();
  switch (element) {
    case 'fields':
      object.fields.set(key, readField(xml, file));
      break;
    case 'validationRules':
      object.validationRules.set(key, {
        name,
        file,
        line: xml.line,
        active: xml.flag('active'),
        errorConditionFormula: xml.text('errorConditionFormula') ?? '',
        errorDisplayField: xml.text('errorDisplayField'),
        errorMessage: xml.text('errorMessage') ?? '',
      });
      break;
    case 'recordTypes':
      object.recordTypes.set(key, readRecordType(xml, name));
      break;
    case 'businessProcesses':
      object.businessProcesses.set(key, {
        name,
        active: xml.flag('isActive'),
        values: choices(xml),
      });
      break;
    case 'compactLayouts':
      object.compactLayouts.set(key, {
        name,
        label: xml.text('label') ?? name,
        fields: xml.texts('fields'),
      });
      break;
    case 'listViews':
      object.listViews.set(key, {
        name,
        label: xml.text('label') ?? name,
        columns: xml.texts('columns'),
        filterScope: xml.text('filterScope') ?? 'Everything',
        filters: readFilters(xml.all('filters')),
        booleanFilter: xml.text('booleanFilter'),
      });
      break;
    case 'fieldSets':
      object.fieldSets.set(key, {
        name,
        label: xml.text('label') ?? name,
        fields: xml.all('displayedFields').map((field) => ({
          field: field.text('field') ?? '',
          required: field.flag('isRequired'),
        })),
      });
      break;
    case 'sharingReasons':
      object.sharingReasons.set(key, { name, label: xml.text('label') ?? name });
      break;
    default:
      break;
  }
}

function readRecordType(xml: XmlElement, name: string): RecordTypeOf {
  return {
    name,
    label: xml.text('label') ?? name,
    active: xml.flag('active'),
    description: xml.text('description'),
    businessProcess: xml.text('businessProcess'),
    picklistValues: new Map(
      xml
        .all('picklistValues')
        .map((picklist) => [(picklist.text('picklist') ?? '').toLowerCase(), choices(picklist)]),
    ),
  };
}

function choices(xml: XmlElement): { value: string; isDefault: boolean }[] {
  return xml.all('values').map((value) => ({
    // Record types percent-encode special characters: `Proposal%2FPrice Quote`.
    value: decode(value.text('fullName') ?? ''),
    isDefault: value.flag('default'),
  }));
}

function decode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Criteria of list views, roll-ups and sharing rules. */
export function readFilters(elements: readonly XmlElement[]): FilterMetadata[] {
  return elements.map((filter) => ({
    field: filter.text('field') ?? '',
    operation: filter.text('operation') ?? '',
    value: filter.text('value') ?? filter.text('valueField') ?? '',
  }));
}

/** A field, from its own file or inline. */
export function readField(xml: XmlElement, file: string): FieldMetadata {
  return {
    name: xml.text('fullName') ?? '',
    file,
    line: xml.line,
    type: xml.text('type'),
    label: xml.text('label'),
    description: xml.text('description'),
    helpText: xml.text('inlineHelpText'),
    length: xml.number('length'),
    precision: xml.number('precision'),
    scale: xml.number('scale'),
    required: xml.flag('required'),
    unique: xml.flag('unique'),
    caseSensitive: xml.flag('caseSensitive'),
    externalId: xml.flag('externalId'),
    defaultValue: xml.text('defaultValue'),
    formula: xml.child('formula')?.rawText,
    formulaTreatBlanksAs: xml.text('formulaTreatBlanksAs'),
    displayFormat: xml.text('displayFormat'),
    startingNumber: xml.number('startingNumber'),
    referenceTo: xml.text('referenceTo'),
    metadataRelationshipControllingField: xml.text('metadataRelationshipControllingField'),
    relationshipName: xml.text('relationshipName'),
    relationshipLabel: xml.text('relationshipLabel'),
    relationshipOrder: xml.number('relationshipOrder'),
    deleteConstraint: xml.text('deleteConstraint'),
    reparentableMasterDetail: xml.flag('reparentableMasterDetail'),
    writeRequiresMasterRead: xml.flag('writeRequiresMasterRead'),
    summaryOperation: xml.text('summaryOperation'),
    summarizedField: xml.text('summarizedField'),
    summaryForeignKey: xml.text('summaryForeignKey'),
    summaryFilters: readFilters(xml.all('summaryFilterItems')),
    valueSet: readValueSet(xml),
    trackHistory: xml.flag('trackHistory'),
    visibleLines: xml.number('visibleLines'),
  };
}

function readValueSet(xml: XmlElement): FieldMetadata['valueSet'] {
  const valueSet = xml.child('valueSet');
  if (valueSet !== undefined) {
    const definition = valueSet.child('valueSetDefinition');
    return {
      restricted: valueSet.flag('restricted'),
      valueSetName: valueSet.text('valueSetName'),
      controllingField: valueSet.text('controllingField'),
      values: readValues(definition?.all('value') ?? []),
    };
  }
  // Until API 37 the values stood in <picklist>.
  const old = xml.child('picklist');
  if (old === undefined) return undefined;
  return {
    restricted: old.flag('restrictedPicklist'),
    valueSetName: undefined,
    controllingField: old.text('controllingField'),
    values: readValues(old.all('picklistValues')),
  };
}

const PLAIN_VALUE_ELEMENTS = new Set([
  'fullName',
  'label',
  'default',
  'isActive',
  'description',
  'color',
]);

/** Values of a picklist or value set. */
export function readValues(elements: readonly XmlElement[]): ValueMetadata[] {
  return elements.map((value) => {
    const fullName = value.text('fullName') ?? '';
    return {
      fullName: decode(fullName),
      label: value.text('label') ?? decode(fullName),
      isDefault: value.flag('default'),
      isActive: value.text('isActive') !== 'false',
      attributes: new Map(
        value.children
          .filter((child) => !PLAIN_VALUE_ELEMENTS.has(child.name))
          .map((child) => [child.name, child.rawText.trim()]),
      ),
    };
  });
}
