import type { LayoutMetadata, Project } from '../../project/model.ts';
import type { OrgGateway, Session, UiFieldInfo, UiObjectInfo, UiRecord } from '../contract.ts';
import { fieldCell, fieldInfo, fieldsToShow } from './cells.ts';
import type { FieldCell, RecordDetailModel } from './model.ts';
import { defaultDetails } from './platform-names.ts';

/** A section before its values are known. */
export interface Section {
  readonly label: string | null;
  readonly columns: readonly (readonly string[])[];
}

/** Compound fields and the fields that they are made of, by the prefix they share. */
const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

/** Values for the detail panel, or for the given fields only (header, field sections). */
export async function recordDetail(
  project: Project,
  gateway: OrgGateway,
  session: Session,
  info: UiObjectInfo,
  recordId: string,
  only: readonly string[] | null,
): Promise<RecordDetailModel> {
  const sections =
    only === null ? layoutSections(project, info) : [{ label: null, columns: [only] }];
  const wanted = sections.flatMap(({ columns }) => columns.flat());
  const unknownFields = wanted.filter(
    (name) => fieldInfo(info, name) === undefined && !isAddress(info, name),
  );
  const fields = new Set(
    wanted.flatMap((name) =>
      isAddress(info, name) ? addressFields(info, name) : fieldsToShow(info, name),
    ),
  );
  const optionalFields = [...fields].map((field) => `${info.apiName}.${field}`);
  const record = await gateway.getRecord(session, {
    recordId,
    fields: [`${info.apiName}.Id`],
    optionalFields,
  });
  return {
    sections: sections.map((section, index) => ({
      key: `section-${String(index)}`,
      label: section.label,
      columns: section.columns.map((column) => column.flatMap((name) => cells(record, info, name))),
    })),
    unknownFields,
  };
}

function cells(record: UiRecord, info: UiObjectInfo, name: string): FieldCell[] {
  if (isAddress(info, name)) return [addressCell(record, info, name)];
  const field = fieldInfo(info, name);
  // A field that the record does not hold is one that the user may not see.
  return field === undefined || record.fields[field.apiName] === undefined
    ? []
    : [fieldCell(record, info, field)];
}

/** The sections of the object's layout, else one with the fields that matter. */
export function layoutSections(project: Project, info: UiObjectInfo): Section[] {
  const layout = [...project.layouts.values()].find(({ object }) => object === info.apiName);
  if (layout !== undefined) return fromLayout(layout);
  const fields = defaultDetails(info.apiName) ?? fallbackFields(info);
  const half = Math.ceil(fields.length / 2);
  return [{ label: null, columns: [fields.slice(0, half), fields.slice(half)] }];
}

function fromLayout(layout: LayoutMetadata): Section[] {
  return layout.sections
    .filter(({ style }) => style !== 'CustomLinks')
    .map(({ label, detailHeading, columns }) => ({
      label: detailHeading ? (label ?? null) : null,
      columns: columns.map((column) =>
        column.flatMap(({ field }) => (field === undefined ? [] : [field])),
      ),
    }));
}

function fallbackFields(info: UiObjectInfo): string[] {
  const shown = (field: UiFieldInfo): boolean =>
    field.custom ||
    field.nameField ||
    ['OwnerId', 'RecordTypeId', 'CreatedDate', 'LastModifiedDate'].includes(field.apiName);
  return Object.values(info.fields)
    .filter(shown)
    .map(({ apiName }) => apiName);
}

export function isAddress(info: UiObjectInfo, name: string): boolean {
  return (
    name.endsWith('Address') && fieldInfo(info, name.replace(/Address$/, 'City')) !== undefined
  );
}

export function addressFields(info: UiObjectInfo, name: string): string[] {
  const prefix = name.replace(/Address$/, '');
  return ADDRESS_PARTS.map((part) => prefix + part).filter(
    (field) => fieldInfo(info, field) !== undefined,
  );
}

/** Street; postal code and city; state; country: one line each. */
function addressCell(record: UiRecord, info: UiObjectInfo, name: string): FieldCell {
  const prefix = name.replace(/Address$/, '');
  const part = (suffix: string): string => {
    const value = record.fields[prefix + suffix]?.value;
    return typeof value === 'string' ? value : '';
  };
  const lines = [
    part('Street'),
    `${part('PostalCode')} ${part('City')}`.trim(),
    part('State'),
    part('Country'),
  ];
  const text = lines.filter((line) => line !== '').join('\n');
  const label = fieldInfo(info, name)?.label ?? `${prefix} Address`;
  return {
    field: name,
    label,
    dataType: 'Address',
    value: text === '' ? null : text,
    display: null,
    url: null,
    help: null,
  };
}
