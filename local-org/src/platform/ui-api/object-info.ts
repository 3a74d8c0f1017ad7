import type { Transaction } from '../../execution/contract.ts';
import type { FieldInfo, ObjectInfo, RecordTypeInfo } from '../../schema/contract.ts';
import type { JsonObject, UiFieldInfo, UiObjectInfo } from '../../server/contract.ts';
import { notFound } from './core.ts';

/** The UI API's names of the display types. Documented: UI API Developer Guide, "Field". */
const DATA_TYPES: Readonly<Record<FieldInfo['displayType'], string>> = {
  id: 'String',
  string: 'String',
  textarea: 'TextArea',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  encryptedstring: 'EncryptedString',
  boolean: 'Boolean',
  int: 'Int',
  long: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  reference: 'Reference',
  base64: 'Base64',
  address: 'Address',
  location: 'Location',
  anytype: 'String',
  datacategorygroupreference: 'String',
  json: 'String',
};

/** The object as this user sees it: only readable fields, with what the user may do. 404 without read access. */
export function objectInfo(transaction: Transaction, asDeclared: ObjectInfo): UiObjectInfo {
  const object = transaction.schema.localized(asDeclared, transaction.user.language);
  const permissions = transaction.services.permissions;
  const access = permissions.objectAccess(object.name);
  if (!access.read) throw notFound();
  const fields: Record<string, UiFieldInfo> = {};
  for (const field of object.fields.values()) {
    const allowed = permissions.fieldAccess(object.name, field.name);
    if (allowed.read) fields[field.name] = fieldInfo(transaction, field, allowed.edit);
  }
  const defaultType = object.recordTypes.find(
    (type) => permissions.recordType(object, type).isDefault,
  );
  return {
    apiName: object.name,
    label: object.label,
    labelPlural: object.pluralLabel,
    keyPrefix: object.keyPrefix ?? null,
    custom: object.custom,
    queryable: object.queryable ?? true,
    searchable: object.searchable ?? false,
    createable: access.create && (object.createable ?? false),
    updateable: access.edit && (object.updateable ?? false),
    deletable: access.delete && (object.deletable ?? false),
    nameFields: object.nameField === undefined ? [] : [object.nameField],
    defaultRecordTypeId: defaultType?.id ?? null,
    recordTypeInfos: Object.fromEntries(
      object.recordTypes.map((type) => [type.id, uiRecordType(transaction, object, type)]),
    ),
    fields,
    childRelationships: [...object.children.values()].map((child) => ({
      relationshipName: child.name,
      childObjectApiName: child.childObject,
      fieldName: child.field,
    })),
  };
}

/**
 * Picklists that the user reads, with the values that a record type leaves. Whether the user may choose that record type does not matter: records of it are
 * read and edited all the same (documented: Object Reference, RecordType).
 */
export function picklistFields(
  transaction: Transaction,
  asDeclared: ObjectInfo,
  recordTypeId: string,
): UiFieldInfo[] {
  const type = asDeclared.recordTypes.find(
    ({ id }) => id.slice(0, 15) === recordTypeId.slice(0, 15),
  );
  if (type === undefined) throw notFound();
  return Object.values(objectInfo(transaction, asDeclared).fields)
    .filter((field) => field.picklistValues.length > 0)
    .map((field) => {
      const left = type.picklistValues?.get(field.apiName.toLowerCase());
      if (left === undefined) return field;
      const kept = new Map(left.map(({ value, isDefault }) => [value.toLowerCase(), isDefault]));
      const picklistValues = field.picklistValues
        .filter(({ value }) => kept.has(value.toLowerCase()))
        .map((entry) => ({ ...entry, default: kept.get(entry.value.toLowerCase()) === true }));
      return { ...field, picklistValues };
    });
}

/** A record type as this user has it. Documented: UI API Developer Guide, "Record Type Info". */
export function uiRecordType(
  transaction: Transaction,
  object: ObjectInfo,
  type: RecordTypeInfo,
): JsonObject {
  const { available, isDefault } = transaction.services.permissions.recordType(object, type);
  return {
    available,
    defaultRecordTypeMapping: isDefault,
    master: type.isMaster,
    name: type.label,
    recordTypeId: type.id,
  };
}

function fieldInfo(transaction: Transaction, field: FieldInfo, editable: boolean): UiFieldInfo {
  return {
    apiName: field.name,
    label: field.label ?? field.name,
    dataType: DATA_TYPES[field.displayType],
    length: field.length ?? 0,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    required: field.nillable === false && field.defaultedOnCreate !== true,
    createable: editable && (field.createable ?? false),
    updateable: editable && (field.updateable ?? false),
    sortable: field.sortable ?? false,
    filterable: field.filterable ?? false,
    calculated: field.formula !== undefined || field.rollup !== undefined,
    custom: field.custom,
    nameField: field.nameField,
    unique: field.unique,
    htmlFormatted: false,
    inlineHelpText: field.helpText ?? null,
    reference: field.reference !== undefined,
    referenceToInfos: (field.reference?.targets ?? []).map((target) => {
      const nameField = transaction.schema.object(target)?.nameField;
      return { apiName: target, nameFields: nameField === undefined ? [] : [nameField] };
    }),
    relationshipName: field.reference?.relationshipName ?? null,
    picklistValues: (field.picklist ?? [])
      .filter((entry) => entry.isActive)
      .map((entry) => ({ value: entry.value, label: entry.label, default: entry.isDefault })),
  };
}
