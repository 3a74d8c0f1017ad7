import type { FieldMetadata, ObjectMetadata } from '../project/model.ts';
import type { FieldInfo, ObjectKind, OrgFeature, SharingModel } from './contract.ts';
import { commonFieldFacts } from './facts.ts';
import { fieldInfo } from './field-info.ts';

/** What kind of object the project declares, from its name and settings. */
export function customKind(object: ObjectMetadata): ObjectKind {
  const name = object.name.toLowerCase();
  if (name.endsWith('__mdt')) return 'customMetadata';
  if (name.endsWith('__e')) return 'platformEvent';
  if (name.endsWith('__x')) return 'external';
  if (name.endsWith('__b')) return 'bigObject';
  if (object.customSettingsType === 'Hierarchy') return 'hierarchyCustomSetting';
  if (object.customSettingsType === 'List') return 'listCustomSetting';
  return 'custom';
}

/** Whether the object is the detail of a master: then it has no owner and no sharing of its own. */
export function isDetail(object: ObjectMetadata): boolean {
  return [...object.fields.values()].some((field) => field.type === 'MasterDetail');
}

/** The fields that Salesforce gives an object of the project, before the project's own. */
export function systemFields(
  object: ObjectMetadata,
  kind: ObjectKind,
  features: ReadonlySet<OrgFeature>,
): FieldInfo[] {
  switch (kind) {
    case 'customMetadata':
      return customMetadataFields();
    case 'platformEvent':
      return platformEventFields();
    case 'external':
      return [
        common('Id'),
        text('ExternalId', 255, 'External ID'),
        url('DisplayUrl', 'Display URL'),
      ];
    case 'bigObject':
      return [common('Id'), common('CreatedDate'), audit('CreatedById', 'CreatedBy')];
    case 'listCustomSetting':
    case 'hierarchyCustomSetting':
    case 'custom':
    case 'standard':
    case 'share':
    case 'virtual':
      return recordFields(object, kind, features);
    default:
      return kind satisfies never;
  }
}

function recordFields(
  object: ObjectMetadata,
  kind: ObjectKind,
  features: ReadonlySet<OrgFeature>,
): FieldInfo[] {
  const isSetting = kind === 'listCustomSetting' || kind === 'hierarchyCustomSetting';
  const fields = [common('Id')];
  if (kind === 'custom' && !isDetail(object)) fields.push(owner());
  fields.push(common('IsDeleted'));
  fields.push(isSetting ? settingName(kind) : nameField(object.nameField));
  if (kind === 'custom' && object.recordTypes.size > 0) fields.push(recordType());
  if (features.has('multiCurrency')) fields.push(common('CurrencyIsoCode'));
  fields.push(
    common('CreatedDate'),
    audit('CreatedById', 'CreatedBy'),
    common('LastModifiedDate'),
    audit('LastModifiedById', 'LastModifiedBy'),
    common('SystemModstamp'),
  );
  if (kind === 'hierarchyCustomSetting') fields.push(setupOwner());
  if (kind === 'custom') {
    // Exist once the object has a tab or is searched; harmless elsewhere.
    fields.push(common('LastViewedDate'), common('LastReferencedDate'));
    if (object.enableActivities) fields.push(common('LastActivityDate'));
  }
  return fields;
}

/** Object Reference, "Custom Metadata Type__mdt". */
function customMetadataFields(): FieldInfo[] {
  return [
    common('Id'),
    { ...text('DeveloperName', 40, 'Custom Metadata Record Name'), nillable: false },
    { ...text('MasterLabel', 40, 'Label'), nillable: false, nameField: true },
    fieldInfo({
      ...readable,
      name: 'Language',
      displayType: 'picklist',
      label: 'Master Language',
      length: 40,
      nillable: false,
      groupable: true,
    }),
    text('NamespacePrefix', 15, 'Namespace Prefix'),
    text('Label', 40, 'Label'),
    text('QualifiedApiName', 70, 'Qualified API Name'),
    common('SystemModstamp'),
  ];
}

/** Platform Events Developer Guide, "Platform Event Fields". */
function platformEventFields(): FieldInfo[] {
  return [
    { ...common('Id'), nillable: true },
    text('ReplayId', 1000, 'Replay ID'),
    text('EventUuid', 36, 'Event UUID'),
    common('CreatedDate'),
    audit('CreatedById', 'CreatedBy'),
  ];
}

const readable = {
  createable: false,
  updateable: false,
  defaultedOnCreate: false,
  filterable: true,
  sortable: true,
} as const;

function text(name: string, length: number, label: string): FieldInfo {
  return fieldInfo({
    ...readable,
    name,
    displayType: 'string',
    label,
    length,
    nillable: true,
    groupable: true,
  });
}

function url(name: string, label: string): FieldInfo {
  return { ...text(name, 1000, label), displayType: 'url' };
}

/** A field of `_common.txt`. */
export function common(name: string): FieldInfo {
  const facts = commonFieldFacts(name);
  if (facts === undefined) throw new Error(`schema-data/facts/_common.txt has no ${name}`);
  const has = (flag: string): boolean => facts.flags.has(flag);
  return fieldInfo({
    name: facts.name,
    displayType: facts.displayType,
    label: facts.label,
    length: facts.displayType === 'id' || facts.displayType === 'reference' ? 18 : facts.length,
    nillable: has('N'),
    createable: has('C'),
    updateable: has('U'),
    defaultedOnCreate: has('D'),
    filterable: has('F'),
    groupable: has('G'),
    sortable: has('S'),
    idLookup: has('I'),
    restrictedPicklist: has('R'),
  });
}

function lookup(name: string, relationshipName: string, targets: readonly string[]): FieldInfo {
  return {
    ...common(name),
    reference: {
      targets,
      relationshipName,
      polymorphic: targets.length > 1,
      masterDetail: false,
      reparentable: true,
      onDelete: 'setNull',
    },
  };
}

function audit(name: string, relationshipName: string): FieldInfo {
  return lookup(name, relationshipName, ['User']);
}

/** Custom objects may belong to a queue, so the owner is a User or a Group. */
function owner(): FieldInfo {
  return lookup('OwnerId', 'Owner', ['Group', 'User']);
}

function recordType(): FieldInfo {
  return lookup('RecordTypeId', 'RecordType', ['RecordType']);
}

function setupOwner(): FieldInfo {
  return {
    ...lookup('OwnerId', 'SetupOwner', ['Organization', 'Profile', 'User']),
    name: 'SetupOwnerId',
    label: 'Location',
  };
}

function settingName(kind: ObjectKind): FieldInfo {
  return fieldInfo({
    name: 'Name',
    displayType: 'string',
    label: 'Name',
    length: 38,
    nillable: kind === 'hierarchyCustomSetting',
    createable: true,
    updateable: true,
    defaultedOnCreate: kind === 'hierarchyCustomSetting',
    filterable: true,
    groupable: true,
    sortable: true,
    nameField: true,
    idLookup: true,
  });
}

/** The Name of a custom object: text up to 80 characters, by default the Id, or an auto-number. */
function nameField(metadata: FieldMetadata | undefined): FieldInfo {
  const isAutoNumber = metadata?.type === 'AutoNumber';
  return fieldInfo({
    name: 'Name',
    displayType: 'string',
    label: metadata?.label ?? 'Name',
    length: 80,
    nillable: !isAutoNumber,
    createable: !isAutoNumber,
    updateable: !isAutoNumber,
    defaultedOnCreate: true,
    filterable: true,
    groupable: true,
    sortable: true,
    nameField: true,
    idLookup: true,
    autoNumber: isAutoNumber,
    ...(isAutoNumber && { autoNumberFormat: metadata.displayFormat ?? '{0}' }),
  });
}

/** Fields of `X__Share` (Object Reference, "StandardObjectNameShare" and "CustomObject__Share"). */
export function shareFields(parent: string): FieldInfo[] {
  const writable = { ...readable, createable: true, nillable: false, groupable: true } as const;
  return [
    common('Id'),
    {
      ...lookup('OwnerId', 'Parent', [parent]),
      name: 'ParentId',
      label: 'Parent ID',
      updateable: false,
      defaultedOnCreate: false,
      reference: {
        targets: [parent],
        relationshipName: 'Parent',
        polymorphic: false,
        masterDetail: false,
        reparentable: false,
        onDelete: 'cascade',
      },
    },
    fieldInfo({
      ...writable,
      name: 'AccessLevel',
      displayType: 'picklist',
      label: 'Access Level',
      length: 40,
      updateable: true,
      picklist: ['Read', 'Edit', 'All'].map((value) => ({
        value,
        label: value,
        isDefault: false,
        isActive: true,
      })),
      restrictedPicklist: true,
    }),
    fieldInfo({
      ...writable,
      name: 'RowCause',
      displayType: 'picklist',
      label: 'Row Cause',
      length: 40,
      nillable: true,
      defaultedOnCreate: true,
    }),
    {
      ...lookup('OwnerId', 'UserOrGroup', ['User', 'Group']),
      name: 'UserOrGroupId',
      label: 'User/Group ID',
      updateable: false,
      defaultedOnCreate: false,
    },
    common('LastModifiedDate'),
    audit('LastModifiedById', 'LastModifiedBy'),
    common('IsDeleted'),
  ];
}

/** Organisation-wide default of an object of the project. */
export function customSharing(object: ObjectMetadata, kind: ObjectKind): SharingModel | undefined {
  if (kind !== 'custom') return undefined;
  if (isDetail(object)) return 'ControlledByParent';
  // Metadata API: without the element a new custom object is public read/write.
  return (object.sharingModel as SharingModel | undefined) ?? 'ReadWrite';
}
