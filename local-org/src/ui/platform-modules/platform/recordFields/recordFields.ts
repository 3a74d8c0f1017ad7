import { request } from 'platform/http';
import type { UiFieldInfo, UiObjectInfo } from '../../../../server/contract.ts';

export type Value = string | number | boolean | null;
export type FieldInfo = UiFieldInfo;
export type ObjectInfo = UiObjectInfo;

/** A record as the User Interface API answers it. */
export interface ShownRecord {
  readonly id: string;
  readonly recordTypeId?: string | null;
  readonly fields: Readonly<
    Record<string, { readonly value: unknown; readonly displayValue: string | null } | undefined>
  >;
}

/** What a form tells its fields. */
export interface FieldContext {
  readonly object: ObjectInfo;
  /** Null while nothing has been saved. */
  readonly record: ShownRecord | null;
}

/** A field inside a form: it says who it is, and is told about the record. */
export interface RegisteredField {
  readonly fieldName: string;
  receive(context: FieldContext): void;
  /** What is to be saved, by field. A view answers nothing. */
  changes?(): Readonly<Record<string, Value>>;
  reportValidity?(): boolean;
  showErrors?(messages: readonly string[]): void;
}

/** A place for messages inside a form. */
export interface RegisteredMessages {
  show(messages: readonly string[]): void;
}

/** Fields and messages announce themselves by events that reach the form which they stand in. */
export const FIELD_EVENT = 'platformfield';
export const MESSAGES_EVENT = 'platformmessages';

/** An object or field by name, or by an import from @salesforce/schema. */
export function objectName(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  return (reference as { objectApiName?: string } | null | undefined)?.objectApiName ?? '';
}

/** The name of a field without its object. */
export function fieldName(reference: unknown): string {
  const name =
    typeof reference === 'string'
      ? reference
      : ((reference as { fieldApiName?: string } | null | undefined)?.fieldApiName ?? '');
  return name;
}

/** Asks for an object's fields, as far as the user may see them. */
export async function objectInfo(name: string): Promise<ObjectInfo> {
  return (await request(
    'GET',
    `/services/data/v67.0/ui-api/object-info/${encodeURIComponent(name)}`,
  )) as ObjectInfo;
}

/** The object with what a record type leaves of its picklists. Objects without record types leave everything. */
export async function withRecordType(
  object: ObjectInfo,
  recordTypeId: string | null | undefined,
): Promise<ObjectInfo> {
  const type = recordTypeId ?? object.defaultRecordTypeId;
  if (!type || Object.keys(object.recordTypeInfos).length < 2) return object;
  const name = encodeURIComponent(object.apiName);
  const { picklistFieldValues: left } = (await request(
    'GET',
    `/services/data/v67.0/ui-api/object-info/${name}/picklist-values/${encodeURIComponent(type)}`,
  )) as {
    readonly picklistFieldValues: Readonly<
      Record<
        string,
        | {
            readonly values: readonly { readonly label: string; readonly value: string }[];
            readonly defaultValue: { readonly value: string } | null;
          }
        | undefined
      >
    >;
  };
  const fields = Object.entries(object.fields).map(([key, field]) => {
    const limited = left[key];
    if (limited === undefined) return [key, field] as const;
    const picklistValues = limited.values.map(({ label, value }) => ({
      label,
      value,
      default: limited.defaultValue?.value === value,
    }));
    return [key, { ...field, picklistValues }] as const;
  });
  return { ...object, fields: Object.fromEntries(fields) };
}

/** Asks for a record with these fields, and the fields that they are made of. */
export async function shownRecord(
  recordId: string,
  object: ObjectInfo,
  names: readonly string[],
): Promise<ShownRecord> {
  const wanted = names.flatMap((name) => [
    name,
    ...partsOf(object, name),
    ...nameOfTarget(object, name),
  ]);
  const query = new URLSearchParams({
    optionalFields: [...new Set(wanted)].map((name) => `${object.apiName}.${name}`).join(','),
  });
  return (await request(
    'GET',
    `/services/data/v67.0/ui-api/records/${encodeURIComponent(recordId)}?${query.toString()}`,
  )) as ShownRecord;
}

/** Without regard to case, as the platform does. */
export function findField(object: ObjectInfo, name: string): FieldInfo | undefined {
  const found = Object.values(object.fields).find(
    ({ apiName }) => apiName.toLowerCase() === name.toLowerCase(),
  );
  return found;
}

const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

/** The fields that are written for a compound one: the name of a person, an address, a place; none for other fields. */
export function partsOf(object: ObjectInfo, name: string): string[] {
  if (name === 'Name' && findField(object, 'LastName') !== undefined)
    return ['FirstName', 'LastName'].filter((part) => findField(object, part) !== undefined);
  const parts =
    name === 'Address'
      ? ADDRESS_PARTS
      : /^\w+Address$/.test(name)
        ? ADDRESS_PARTS.map((part) => name.replace(/Address$/, part))
        : /__c$/.test(name)
          ? ['Latitude', 'Longitude'].map((part) => name.replace(/__c$/, `__${part}__s`))
          : [];
  const found = parts.filter((part) => findField(object, part) !== undefined);
  return found.length > 1 ? found : [];
}

/** A reference is shown by the name of the record that it leads to. */
export function nameOfTarget(object: ObjectInfo, name: string): string[] {
  const field = findField(object, name);
  if (field?.relationshipName === undefined || field.relationshipName === null) return [];
  const nameField = field.referenceToInfos[0]?.nameFields.includes('Name')
    ? 'Name'
    : field.referenceToInfos[0]?.nameFields[0];
  return nameField === undefined || !field.reference
    ? []
    : [`${field.relationshipName}.${nameField}`];
}

/** What a person reads for the target of a reference. */
export function targetName(
  object: ObjectInfo,
  record: ShownRecord | null,
  name: string,
): string | null {
  const [path] = nameOfTarget(object, name);
  if (path === undefined || record === null) return null;
  const [relationship = '', target = ''] = path.split('.');
  const parent = record.fields[relationship]?.value as ShownRecord | null | undefined;
  const value = parent?.fields[target]?.value;
  return typeof value === 'string' ? value : null;
}
