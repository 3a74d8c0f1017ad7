import { currentTransaction } from '../../../execution/current.ts';
import type { DisplayType, FieldInfo, ObjectInfo } from '../../../schema/contract.ts';
import {
  ApexList,
  boxFieldValue,
  fieldToken,
  LibraryObject,
  objectToken,
  Types,
} from '../../values/index.ts';
import { Bean } from '../bean.ts';
import { define } from '../define.ts';
import { enumConstant } from '../enums.ts';
import { defaultValue } from './defaults.ts';
import { describeMembers } from './describe-members.ts';
import { known } from './facts.ts';
import { userChoices } from './user-choices.ts';

/** `Schema.DescribeFieldResult`. */
export class DescribeField extends LibraryObject {
  readonly apexTypeName = 'Schema.DescribeFieldResult';
  readonly object: ObjectInfo;
  readonly field: FieldInfo;

  constructor(object: ObjectInfo, field: FieldInfo) {
    super();
    this.object = object;
    this.field = field;
  }

  /** `createable of Account.Name`, for refusals. */
  named(fact: string): string {
    return `${fact} of ${this.object.name}.${this.field.name}`;
  }

  override apexKey(): string {
    return `${this.object.name}.${this.field.name}`;
  }
}

const DISPLAY: Readonly<Partial<Record<DisplayType, string>>> = { int: 'INTEGER' };

const SOAP: Readonly<Record<DisplayType, string>> = {
  id: 'ID',
  reference: 'ID',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  long: 'LONG',
  double: 'DOUBLE',
  currency: 'DOUBLE',
  percent: 'DOUBLE',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'TIME',
  base64: 'BASE64BINARY',
  anytype: 'ANYTYPE',
  address: 'ADDRESS',
  location: 'LOCATION',
  string: 'STRING',
  textarea: 'STRING',
  picklist: 'STRING',
  multipicklist: 'STRING',
  combobox: 'STRING',
  email: 'STRING',
  phone: 'STRING',
  url: 'STRING',
  encryptedstring: 'STRING',
  datacategorygroupreference: 'STRING',
  json: 'STRING',
};

const TEXT: ReadonlySet<DisplayType> = new Set([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'email',
  'phone',
  'url',
  'encryptedstring',
  'id',
  'reference',
] as const);
const NUMERIC: ReadonlySet<DisplayType> = new Set(['double', 'currency', 'percent'] as const);

/** Field-level security within what the object's permissions allow: without them no field is accessible either. */
function access(d: DescribeField): {
  readonly read: boolean;
  readonly create: boolean;
  readonly update: boolean;
} {
  const { permissions } = currentTransaction().services;
  const object = permissions.objectAccess(d.object.name);
  const field = permissions.fieldAccess(d.object.name, d.field.name);
  return {
    read: object.read && field.read,
    create: object.create && field.edit,
    update: object.edit && field.edit,
  };
}

function length(d: DescribeField): number {
  if (d.field.displayType === 'id' || d.field.displayType === 'reference') return 18;
  return TEXT.has(d.field.displayType) ? known(d.field.length, d.named('length')) : 0;
}

/** Labels are in the running user's language (documented: DescribeFieldResult, getLabel; PicklistEntry, getLabel). */
function inUsersLanguage({ object, field }: DescribeField): FieldInfo {
  const { schema, user } = currentTransaction();
  return schema.localized(object, user.language).fields.get(field.name.toLowerCase()) ?? field;
}

function picklistValues(d: DescribeField): ApexList {
  const type = d.field.displayType;
  const isPicklist = type === 'picklist' || type === 'multipicklist' || type === 'combobox';
  const values = isPicklist
    ? (userChoices(d.object.name, d.field.name) ??
      known(inUsersLanguage(d).picklist, d.named('picklist values')))
    : [];
  const entries = values
    .filter((each) => each.isActive)
    .map(
      (each) =>
        new Bean('Schema.PicklistEntry', {
          label: each.label,
          value: each.value,
          active: each.isActive,
          defaultValue: each.isDefault,
        }),
    );
  return new ApexList(Types.library('Schema.PicklistEntry'), entries);
}

function referenceTo(d: DescribeField): ApexList {
  const targets = (d.field.reference?.targets ?? []).flatMap((name) => {
    const target = currentTransaction().schema.object(name);
    return target === undefined ? [] : [objectToken(target)];
  });
  return new ApexList(Types.library('Schema.SObjectType'), targets);
}

function defaultOf(d: DescribeField): unknown {
  const value = defaultValue(d.field);
  return value === null ? null : boxFieldValue(value, d.field.apexType);
}

const isCalculated = (d: DescribeField): boolean =>
  d.field.formula !== undefined || d.field.rollup !== undefined;

const answers: Readonly<Record<string, (d: DescribeField) => unknown>> = {
  Accessible: (d) => access(d).read,
  Aggregatable: (d) => known(d.field.groupable, d.named('aggregatable')),
  AiPredictionField: () => false,
  AutoNumber: (d) => d.field.autoNumber,
  ByteLength: (d) =>
    length(d) * (d.field.displayType === 'id' || d.field.displayType === 'reference' ? 1 : 3),
  Calculated: isCalculated,
  CalculatedFormula: (d) => d.field.formula ?? null,
  CascadeDelete: (d) => d.field.reference?.onDelete === 'cascade',
  CaseSensitive: (d) => d.field.caseSensitive,
  CompoundFieldName: () => null,
  Controller: () => null,
  Createable: (d) => known(d.field.createable, d.named('createable')) && access(d).create,
  Custom: (d) => d.field.custom,
  DefaultedOnCreate: (d) => known(d.field.defaultedOnCreate, d.named('defaultedOnCreate')),
  DefaultValue: defaultOf,
  DefaultValueFormula: (d) => d.field.defaultValue ?? null,
  DependentPicklist: () => false,
  DeprecatedAndHidden: () => false,
  Digits: (d) => (d.field.displayType === 'int' ? known(d.field.precision, d.named('digits')) : 0),
  DisplayLocationInDecimal: () => false,
  Encrypted: (d) => d.field.displayType === 'encryptedstring',
  ExternalId: (d) => d.field.externalId,
  Filterable: (d) => known(d.field.filterable, d.named('filterable')),
  FilteredLookupInfo: () => null,
  FormulaTreatNullNumberAsZero: (d) => d.field.formulaTreatBlanksAs === 'BlankAsZero',
  Groupable: (d) => known(d.field.groupable, d.named('groupable')),
  HighScaleNumber: () => false,
  HtmlFormatted: (d) =>
    d.field.displayType === 'textarea' &&
    (d.field.length ?? 0) > 32_000 &&
    /richtext/i.test(d.field.description ?? ''),
  IdLookup: (d) => d.field.idLookup,
  InlineHelpText: (d) => inUsersLanguage(d).helpText ?? null,
  Label: (d) => known(inUsersLanguage(d).label, d.named('label')),
  Length: length,
  LocalName: (d) => d.field.name,
  Mask: () => null,
  MaskType: () => null,
  Name: (d) => d.field.name,
  NameField: (d) => d.field.nameField,
  NamePointing: (d) => d.field.reference?.polymorphic ?? false,
  Nillable: (d) => known(d.field.nillable, d.named('nillable')),
  Permissionable: (d) =>
    d.field.custom
      ? d.field.reference?.masterDetail !== true
      : known(d.field.nillable, d.named('permissionable')) && !d.field.nameField,
  PicklistValues: picklistValues,
  Precision: (d) =>
    NUMERIC.has(d.field.displayType) ? known(d.field.precision, d.named('precision')) : 0,
  QueryByDistance: (d) => d.field.displayType === 'location' || d.field.displayType === 'address',
  ReferenceTargetField: () => null,
  ReferenceTo: referenceTo,
  RelationshipName: (d) => d.field.reference?.relationshipName ?? null,
  RelationshipOrder: (d) => (d.field.reference?.masterDetail === true ? 0 : null),
  RestrictedDelete: (d) => d.field.reference?.onDelete === 'restrict',
  RestrictedPicklist: (d) => d.field.restrictedPicklist,
  Scale: (d) => (NUMERIC.has(d.field.displayType) ? known(d.field.scale, d.named('scale')) : 0),
  SearchPrefilterable: () => false,
  SoapType: (d) => enumConstant('Schema.SoapType', SOAP[d.field.displayType]),
  SobjectField: (d) => fieldToken(d.object, d.field),
  SObjectType: (d) => objectToken(d.object),
  Sortable: (d) => known(d.field.sortable, d.named('sortable')),
  Type: (d) =>
    enumConstant('Schema.DisplayType', DISPLAY[d.field.displayType] ?? d.field.displayType),
  Unique: (d) => d.field.unique,
  Updateable: (d) => known(d.field.updateable, d.named('updateable')) && access(d).update,
  WriteRequiresMasterRead: () => false,
};

export const describeFieldType = define(
  'Schema.DescribeFieldResult',
  describeMembers('Schema.DescribeFieldResult', answers),
  {
    instanceClass: DescribeField,
  },
);
