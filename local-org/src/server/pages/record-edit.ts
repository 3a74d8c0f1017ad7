import type { Project } from '../../project/model.ts';
import type { OrgGateway, Session, UiFieldInfo, UiObjectInfo } from '../contract.ts';
import { fieldInfo, plainValue } from './cells.ts';
import type { EditField, EditModel } from './model.ts';
import { addressFields, isAddress, layoutSections } from './record-detail.ts';

/** References have no picker here; the owner has an action of its own. */
const WITHOUT_INPUT = ['Reference', 'Base64', 'Address', 'Location', 'EncryptedString'];

/** The form of a record: what of its layout the user may change. */
export async function recordEdit(
  project: Project,
  gateway: OrgGateway,
  session: Session,
  info: UiObjectInfo,
  recordId: string,
): Promise<EditModel> {
  const sections = layoutSections(project, info).map(({ label, columns }) => ({
    label,
    fields: columns.flat().flatMap((name) => editableFields(info, name)),
  }));
  const names = sections.flatMap(({ fields }) => fields.map(({ apiName }) => apiName));
  const nameField = info.nameFields.includes('Name') ? 'Name' : (info.nameFields[0] ?? 'Id');
  const record = await gateway.getRecord(session, {
    recordId,
    fields: [`${info.apiName}.${nameField}`],
    optionalFields: names.map((name) => `${info.apiName}.${name}`),
  });
  const type = record.recordTypeId ?? info.defaultRecordTypeId;
  const limited = type === null ? [] : await gateway.picklistFields(session, info.apiName, type);
  const shown = sections.map(({ label, fields }, index) => ({
    key: `section-${String(index)}`,
    label,
    fields: fields
      .filter(({ apiName }) => record.fields[apiName] !== undefined)
      .map((field) =>
        toEditField(
          limited.find(({ apiName }) => apiName === field.apiName) ?? field,
          plainValue(record.fields[field.apiName]?.value),
        ),
      ),
  }));
  return {
    recordId: record.id,
    objectApiName: info.apiName,
    objectLabel: info.label,
    recordName: String(plainValue(record.fields[nameField]?.value) ?? record.id),
    sections: shown.filter(({ fields }) => fields.length > 0),
  };
}

/** A compound field stands for its parts: an address, or the name of a person. */
function editableFields(info: UiObjectInfo, name: string): UiFieldInfo[] {
  const names = isAddress(info, name)
    ? addressFields(info, name)
    : isPersonName(info, name)
      ? personName(info)
      : [name];
  return names
    .map((one) => fieldInfo(info, one))
    .filter(
      (field): field is UiFieldInfo =>
        field?.updateable === true && !WITHOUT_INPUT.includes(field.dataType),
    );
}

function isPersonName(info: UiObjectInfo, name: string): boolean {
  return name === 'Name' && info.fields['LastName'] !== undefined;
}

function personName(info: UiObjectInfo): string[] {
  return ['FirstName', 'LastName'].filter((name) => info.fields[name] !== undefined);
}

function toEditField(field: UiFieldInfo, value: EditField['value']): EditField {
  const { apiName, label, dataType, required, length, scale, inlineHelpText } = field;
  const options = field.picklistValues.map((one) => ({ label: one.label, value: one.value }));
  // A value stays choosable on the record that has it, also where its record type has it no more.
  if (dataType === 'Picklist' && typeof value === 'string' && value !== '')
    if (!options.some((one) => one.value === value)) options.push({ label: value, value });
  return {
    field: apiName,
    label,
    dataType,
    required,
    length,
    scale,
    value,
    options,
    help: inlineHelpText,
  };
}
