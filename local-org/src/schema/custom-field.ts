import type { FieldMetadata, ValueMetadata } from '../project/model.ts';
import type {
  ApexFieldType,
  DisplayType,
  FieldInfo,
  PicklistValue,
  ReferenceInfo,
  RollupInfo,
} from './contract.ts';
import { apexTypeOf, fieldInfo } from './field-info.ts';

/** What a custom field's definition needs to be resolved beside itself. */
export interface CustomFieldContext {
  /** API name of the object that has the field. */
  readonly objectName: string;
  readonly globalValueSet: (name: string) => readonly ValueMetadata[] | undefined;
  /** The field a roll-up summarises, for its type. */
  readonly summarizedField: (object: string, field: string) => FieldMetadata | undefined;
}

/** A custom field of the project as the schema shows it; a geolocation yields its two parts as well. */
export function customFields(field: FieldMetadata, context: CustomFieldContext): FieldInfo[] {
  const displayType = displayTypeOf(field, context);
  const isCalculated = field.formula !== undefined || field.type === 'Summary';
  const isAutoNumber = field.type === 'AutoNumber';
  const isMaster = field.type === 'MasterDetail';
  const isWritable = !isCalculated && !isAutoNumber;
  const isBoolean = displayType === 'boolean';
  const reference = referenceOf(field);
  const rollup = rollupOf(field);
  const picklist = picklistOf(field, context);
  const info = fieldInfo({
    name: field.name,
    displayType,
    apexType: apexTypeOfField(field, displayType),
    custom: true,
    label: field.label ?? field.name,
    length: lengthOf(field, displayType),
    precision: field.precision ?? (isNumeric(displayType) ? 18 : undefined),
    scale: field.scale ?? summaryScale(field, context) ?? (isNumeric(displayType) ? 0 : undefined),
    nillable: !field.required && !isMaster && !isBoolean && !isAutoNumber,
    createable: isWritable,
    updateable: isWritable && (!isMaster || field.reparentableMasterDetail),
    defaultedOnCreate:
      isBoolean || isAutoNumber || field.defaultValue !== undefined || hasDefault(picklist),
    // Object Reference, "Field Properties"; long and encrypted text is neither filterable nor sortable.
    filterable:
      !isLongText(field) && displayType !== 'encryptedstring' && displayType !== 'location',
    groupable: isGroupable(field, displayType),
    sortable:
      !isLongText(field) && !['multipicklist', 'encryptedstring', 'location'].includes(displayType),
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.externalId || field.unique,
    autoNumber: isAutoNumber,
    picklist,
    restrictedPicklist: isRestricted(field),
    ...(isAutoNumber && { autoNumberFormat: field.displayFormat ?? '{0}' }),
    ...(field.formula !== undefined && {
      formula: field.formula,
      formulaTreatBlanksAs:
        field.formulaTreatBlanksAs === 'BlankAsBlank' ? 'BlankAsBlank' : 'BlankAsZero',
    }),
    ...(rollup && { rollup }),
    ...(field.defaultValue !== undefined && { defaultValue: field.defaultValue }),
    ...(reference && { reference }),
    ...(field.description !== undefined && { description: field.description }),
    ...(field.helpText !== undefined && { helpText: field.helpText }),
  });
  return field.type === 'Location' ? [info, ...coordinates(info, field)] : [info];
}

function displayTypeOf(field: FieldMetadata, context: CustomFieldContext): DisplayType {
  switch (field.type) {
    case 'AutoNumber':
    case 'Text':
      return 'string';
    case 'TextArea':
    case 'LongTextArea':
    case 'Html':
      return 'textarea';
    case 'Checkbox':
      return 'boolean';
    case 'Currency':
      return 'currency';
    case 'Percent':
      return 'percent';
    case 'Number':
      return 'double';
    case 'Date':
      return 'date';
    case 'DateTime':
      return 'datetime';
    case 'Time':
      return 'time';
    case 'Email':
      return 'email';
    case 'Phone':
      return 'phone';
    case 'Url':
      return 'url';
    case 'Picklist':
      return 'picklist';
    case 'MultiselectPicklist':
      return 'multipicklist';
    case 'EncryptedText':
      return 'encryptedstring';
    case 'Location':
      return 'location';
    case 'Address':
      return 'address';
    case 'Lookup':
    case 'MasterDetail':
    case 'Hierarchy':
    case 'MetadataRelationship':
    case 'ExternalLookup':
    case 'IndirectLookup':
      return 'reference';
    case 'Summary':
      return summaryType(field, context);
    default:
      return 'string';
  }
}

function summaryType(field: FieldMetadata, context: CustomFieldContext): DisplayType {
  const [object, name] = splitQualified(field.summarizedField);
  const summarized = object && name ? context.summarizedField(object, name) : undefined;
  return summarized === undefined ? 'double' : displayTypeOf(summarized, context);
}

/** A sum, minimum or maximum has the decimal places of what it summarises; of a standard field we take two, as currencies have. */
function summaryScale(field: FieldMetadata, context: CustomFieldContext): number | undefined {
  const [object, name] = splitQualified(field.summarizedField);
  if (field.type !== 'Summary' || field.summaryOperation === 'count' || !object || !name)
    return undefined;
  return context.summarizedField(object, name)?.scale ?? 2;
}

function apexTypeOfField(field: FieldMetadata, displayType: DisplayType): ApexFieldType {
  // Entity and field definitions are named, not identified: `Account`, `Account.Name`.
  if (field.type === 'MetadataRelationship' && !field.referenceTo?.endsWith('__mdt'))
    return 'String';
  // External lookups hold the external system's key.
  if (field.type === 'ExternalLookup' || field.type === 'IndirectLookup') return 'String';
  return apexTypeOf(displayType);
}

function lengthOf(field: FieldMetadata, displayType: DisplayType): number | undefined {
  if (field.length !== undefined) return field.length;
  switch (displayType) {
    case 'reference':
      return 18;
    case 'email':
      return 80;
    case 'phone':
      return 40;
    case 'url':
    case 'picklist':
    case 'textarea':
      return 255;
    case 'multipicklist':
      return 4099;
    case 'string':
      // Formulas return up to 1,300 characters; auto-numbers 30.
      return field.formula !== undefined ? 1300 : field.type === 'AutoNumber' ? 30 : undefined;
    default:
      return undefined;
  }
}

function isNumeric(displayType: DisplayType): boolean {
  return displayType === 'double' || displayType === 'currency' || displayType === 'percent';
}

function isLongText(field: FieldMetadata): boolean {
  return field.type === 'LongTextArea' || field.type === 'Html';
}

function isGroupable(field: FieldMetadata, displayType: DisplayType): boolean {
  if (isLongText(field)) return false;
  switch (displayType) {
    case 'string':
    case 'picklist':
    case 'email':
    case 'phone':
    case 'url':
    case 'boolean':
    case 'date':
    case 'reference':
    case 'textarea':
      return field.formula === undefined;
    default:
      return false;
  }
}

function isRestricted(field: FieldMetadata): boolean {
  // A picklist on a global value set is always restricted.
  return (
    field.valueSet !== undefined &&
    (field.valueSet.restricted || field.valueSet.valueSetName !== undefined)
  );
}

function picklistOf(
  field: FieldMetadata,
  context: CustomFieldContext,
): readonly PicklistValue[] | undefined {
  if (field.valueSet === undefined) return undefined;
  const { valueSetName, values } = field.valueSet;
  const source = valueSetName === undefined ? values : context.globalValueSet(valueSetName);
  return source && picklistValues(source);
}

/** Picklist values of metadata as the schema shows them. */
export function picklistValues(values: readonly ValueMetadata[]): PicklistValue[] {
  return values.map(({ fullName, label, isDefault, isActive }) => ({
    value: fullName,
    label,
    isDefault,
    isActive,
  }));
}

function hasDefault(picklist: readonly PicklistValue[] | undefined): boolean {
  return picklist?.some((value) => value.isDefault) ?? false;
}

function referenceOf(field: FieldMetadata): ReferenceInfo | undefined {
  const isReference = ['Lookup', 'MasterDetail', 'Hierarchy', 'MetadataRelationship'].includes(
    field.type ?? '',
  );
  if (!isReference && field.type !== 'ExternalLookup' && field.type !== 'IndirectLookup')
    return undefined;
  const target = field.type === 'Hierarchy' ? 'User' : field.referenceTo;
  const isMaster = field.type === 'MasterDetail';
  const [, controllingField] = splitQualified(field.metadataRelationshipControllingField);
  return {
    targets: target === undefined ? [] : [target],
    relationshipName: field.name.replace(/__c$/i, '__r'),
    polymorphic: false,
    masterDetail: isMaster,
    ...(isMaster && field.writeRequiresMasterRead ? { writeRequiresMasterRead: true } : {}),
    reparentable: !isMaster || field.reparentableMasterDetail,
    onDelete: isMaster ? 'cascade' : deleteBehaviour(field.deleteConstraint),
    ...(controllingField ? { controllingField } : {}),
  };
}

function deleteBehaviour(constraint: string | undefined): ReferenceInfo['onDelete'] {
  switch (constraint) {
    case 'Cascade':
      return 'cascade';
    case 'Restrict':
      return 'restrict';
    default:
      return 'setNull';
  }
}

function rollupOf(field: FieldMetadata): RollupInfo | undefined {
  if (field.type !== 'Summary') return undefined;
  const [childObject = '', foreignKey = ''] = splitQualified(field.summaryForeignKey);
  const [, summarizedField] = splitQualified(field.summarizedField);
  return {
    operation: (field.summaryOperation ?? 'count').toUpperCase() as RollupInfo['operation'],
    childObject,
    foreignKey,
    ...(summarizedField !== undefined && { summarizedField }),
    filters: field.summaryFilters.map(({ field: name, operation, value }) => ({
      field: splitQualified(name)[1] ?? name,
      operation,
      value,
    })),
  };
}

function splitQualified(name: string | undefined): [string | undefined, string | undefined] {
  if (name === undefined) return [undefined, undefined];
  const dot = name.indexOf('.');
  return dot < 0 ? [undefined, name] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** `Place__c` is read through its parts `Place__Latitude__s` and `Place__Longitude__s`. */
function coordinates(compound: FieldInfo, field: FieldMetadata): FieldInfo[] {
  const stem = field.name.replace(/__c$/i, '');
  return ['Latitude', 'Longitude'].map((part) => ({
    ...compound,
    name: `${stem}__${part}__s`,
    label: `${compound.label ?? stem} (${part})`,
    displayType: 'double' as const,
    apexType: 'Decimal' as const,
    precision: 18,
    scale: field.scale ?? 15,
    filterable: true,
    sortable: true,
    compoundField: field.name,
  }));
}
