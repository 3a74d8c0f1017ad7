import type { UiFieldInfo, UiFieldValue, UiObjectInfo, UiRecord } from '../contract.ts';
import type { FieldCell } from './model.ts';

/** A value as plain data for a page, with what a person reads and where it leads. */
export interface CellValue {
  readonly value: string | number | boolean | null;
  readonly display: string | null;
  readonly url: string | null;
}

const EMPTY: CellValue = { value: null, display: null, url: null };

/** Case-insensitive look-up of a field. */
export function fieldInfo(info: UiObjectInfo, name: string): UiFieldInfo | undefined {
  const lower = name.toLowerCase();
  return (
    info.fields[name] ??
    Object.values(info.fields).find((field) => field.apiName.toLowerCase() === lower)
  );
}

/** The reference field behind the first step of a path: `Owner.Name` → `OwnerId`. */
export function referenceField(info: UiObjectInfo, path: string): UiFieldInfo | undefined {
  const relationship = path.split('.')[0]?.toLowerCase();
  return Object.values(info.fields).find(
    (field) => field.relationshipName?.toLowerCase() === relationship,
  );
}

/** The fields to ask for so that a field can be shown: references bring the name of what they point to. */
export function fieldsToShow(info: UiObjectInfo, name: string): string[] {
  const field = fieldInfo(info, name);
  if (field === undefined) return [];
  const { relationshipName } = field;
  const names = nameFieldsOf(field);
  if (!field.reference || relationshipName === null) return [field.apiName];
  return [field.apiName, ...names.map((nameField) => `${relationshipName}.${nameField}`)];
}

/** What targets of a reference are called by; several for polymorphic ones, which share `Name`. */
function nameFieldsOf(field: UiFieldInfo): readonly string[] {
  const first = field.referenceToInfos[0]?.nameFields ?? ['Name'];
  return first.length === 0 ? ['Name'] : [first.includes('Name') ? 'Name' : (first[0] ?? 'Name')];
}

/** The value at a path of a record. */
export function valueAt(record: UiRecord, path: string): UiFieldValue | undefined {
  const [first = '', ...rest] = path.split('.');
  const value = record.fields[first];
  if (rest.length === 0 || value === undefined) return value;
  return isRecord(value.value) ? valueAt(value.value, rest.join('.')) : undefined;
}

function isRecord(value: unknown): value is UiRecord {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

/** One field of a record for the detail panel. */
export function fieldCell(record: UiRecord, info: UiObjectInfo, field: UiFieldInfo): FieldCell {
  const { apiName, label, dataType, inlineHelpText } = field;
  return {
    field: apiName,
    label: shownLabel(field),
    dataType,
    help: inlineHelpText,
    ...cellValue(record, info, field),
  };
  function shownLabel({ reference }: UiFieldInfo): string {
    // `Account ID` reads as `Account`: the cell shows the name.
    return reference ? label.replace(/ ID$/, '') : label;
  }
}

/** Value, display value and link of a field. */
export function cellValue(record: UiRecord, info: UiObjectInfo, field: UiFieldInfo): CellValue {
  const held = record.fields[field.apiName];
  if (held === undefined) return EMPTY;
  const plain = plainValue(held.value);
  if (!field.reference) {
    const isName = info.nameFields[0] === field.apiName || field.apiName === 'Name';
    return { value: plain, display: held.displayValue, url: isName ? null : null };
  }
  if (typeof plain !== 'string') return EMPTY;
  const { relationshipName } = field;
  const target = relationshipName === null ? undefined : record.fields[relationshipName]?.value;
  const name = isRecord(target)
    ? nameFieldsOf(field)
        .map((nameField) => target.fields[nameField]?.value)
        .find(isText)
    : undefined;
  const objectApiName = isRecord(target)
    ? target.apiName
    : (field.referenceToInfos[0]?.apiName ?? '');
  // Roles, profiles and the like have no page of their own in Lightning Experience.
  const hasPage =
    isRecord(target) &&
    !['Profile', 'UserRole', 'RecordType', 'Group', 'Organization', 'UserLicense'].includes(
      objectApiName,
    );
  return {
    value: plain,
    display: name ?? held.displayValue ?? plain,
    url: hasPage ? recordUrl(objectApiName, plain) : null,
  };
}

/** The page of a record. */
export function recordUrl(objectApiName: string, recordId: string): string {
  return `/lightning/r/${objectApiName}/${recordId}/view`;
}

/** Compound values (addresses, names, locations) become their parts, line by line. */
export function plainValue(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (isRecord(value)) return value.id;
  return null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
