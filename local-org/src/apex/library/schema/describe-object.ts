import { currentTransaction } from '../../../execution/current.ts';
import type { Fact, ObjectInfo, RecordTypeInfo } from '../../../schema/contract.ts';
import {
  ApexList,
  ApexMap,
  fieldToken,
  LibraryObject,
  objectToken,
  Types,
} from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define } from '../define.ts';
import { enumConstant } from '../enums.ts';
import { notImplemented } from '../environment.ts';
import { describeMembers } from './describe-members.ts';
import { known } from './facts.ts';
import { DescribeMap, fieldMap } from './token-maps.ts';

/** `Schema.DescribeSObjectResult`. */
export class DescribeObject extends LibraryObject {
  readonly apexTypeName = 'Schema.DescribeSObjectResult';
  readonly object: ObjectInfo;

  constructor(object: ObjectInfo) {
    super();
    this.object = object;
  }

  override apexKey(): string {
    return this.object.name;
  }
}

/** `describe.fields` and `describe.fieldSets`: only `getMap()` and members by name. */
class ObjectPart extends LibraryObject {
  readonly apexTypeName: string;
  readonly object: ObjectInfo;

  constructor(apexTypeName: string, object: ObjectInfo) {
    super();
    this.apexTypeName = apexTypeName;
    this.object = object;
  }
}

type ObjectRight = keyof ReturnType<
  ReturnType<typeof currentTransaction>['services']['permissions']['objectAccess']
>;

/** What the object can do and the running user may. */
function allowed(
  fact: (object: ObjectInfo) => Fact<boolean>,
  name: string,
  right: ObjectRight,
): (d: DescribeObject) => boolean {
  return (d) =>
    known(fact(d.object), `${name} of ${d.object.name}`) &&
    currentTransaction().services.permissions.objectAccess(d.object.name)[right];
}

function childRelationships(d: DescribeObject): ApexList {
  const { schema } = currentTransaction();
  const relationships = [...d.object.children.values()].flatMap((child) => {
    const object = schema.object(child.childObject);
    const field = object?.fields.get(child.field.toLowerCase());
    if (object === undefined || field === undefined) return [];
    return new Bean(
      'Schema.ChildRelationship',
      {
        childSObject: objectToken(object),
        field: fieldToken(object, field),
        relationshipName: child.name,
        cascadeDelete: field.reference?.onDelete === 'cascade',
        restrictedDelete: field.reference?.onDelete === 'restrict',
        deprecatedAndHidden: false,
        junctionIdListNames: new ApexList(Types.String),
        junctionReferenceTo: new ApexList(Types.library('Schema.SObjectType')),
      },
      `${d.object.name}.${child.name}.${object.name}.${field.name}`,
    );
  });
  return new ApexList(Types.library('Schema.ChildRelationship'), relationships);
}

function recordType(object: ObjectInfo, info: RecordTypeInfo): Bean {
  const { available, isDefault } = currentTransaction().services.permissions.recordType(
    object,
    info,
  );
  return new Bean(
    'Schema.RecordTypeInfo',
    {
      active: info.active,
      available,
      defaultRecordTypeMapping: isDefault,
      developerName: info.developerName,
      master: info.isMaster,
      name: info.label,
      recordTypeId: info.id,
    },
    info.id,
  );
}

const RECORD_TYPE = Types.library('Schema.RecordTypeInfo');

function recordTypesBy(
  key: (info: RecordTypeInfo) => string,
  keyType = Types.String,
): (d: DescribeObject) => ApexMap {
  return (d) =>
    new ApexMap(
      keyType,
      RECORD_TYPE,
      d.object.recordTypes.map((info) => [key(info), recordType(d.object, info)] as const),
    );
}

const isSetting = (object: ObjectInfo): boolean =>
  object.kind === 'listCustomSetting' || object.kind === 'hierarchyCustomSetting';

/** Labels are in the running user's language (documented: DescribeSObjectResult, getLabel). */
const inUsersLanguage = ({ object }: DescribeObject): ObjectInfo => {
  const { schema, user } = currentTransaction();
  return schema.localized(object, user.language);
};

const answers: Readonly<Record<string, (d: DescribeObject) => unknown>> = {
  Accessible: (d) => currentTransaction().services.permissions.objectAccess(d.object.name).read,
  AssociateEntityType: () => null,
  AssociateParentEntity: () => null,
  ChildRelationships: childRelationships,
  Createable: allowed((object) => object.createable, 'createable', 'create'),
  Custom: (d) => d.object.custom,
  CustomSetting: (d) => isSetting(d.object),
  DataTranslationEnabled: () => false,
  DefaultImplementation: () => null,
  Deletable: allowed((object) => object.deletable, 'deletable', 'delete'),
  DeprecatedAndHidden: () => false,
  Fields: (d) => new ObjectPart('Schema.SObjectTypeFields', d.object),
  FieldSets: (d) => new ObjectPart('Schema.SObjectTypeFieldSets', d.object),
  HasSubtypes: () => false,
  ImplementedBy: () => null,
  ImplementsInterfaces: () => null,
  IsInterface: () => false,
  IsSubtype: () => false,
  // Where nobody wrote down the platform's prefix, the one that Ids of this org begin with is the true answer: published Apex walks over all objects.
  KeyPrefix: (d) =>
    d.object.noKeyPrefix ? null : (d.object.keyPrefix ?? d.object.localPrefix ?? null),
  Label: (d) => inUsersLanguage(d).label,
  LabelPlural: (d) => inUsersLanguage(d).pluralLabel,
  LocalName: (d) => d.object.name,
  Mergeable: (d) => known(d.object.mergeable, `mergeable of ${d.object.name}`),
  Name: (d) => d.object.name,
  Queryable: (d) => known(d.object.queryable, `queryable of ${d.object.name}`),
  RecordTypeInfos: (d) =>
    new ApexList(
      RECORD_TYPE,
      d.object.recordTypes.map((info) => recordType(d.object, info)),
    ),
  RecordTypeInfosByDeveloperName: recordTypesBy((info) => info.developerName),
  RecordTypeInfosById: recordTypesBy((info) => info.id, Types.Id),
  RecordTypeInfosByName: recordTypesBy((info) => info.label),
  Searchable: (d) => known(d.object.searchable, `searchable of ${d.object.name}`),
  SObjectDescribeOption: () => enumConstant('Schema.SObjectDescribeOptions', 'FULL'),
  SObjectType: (d) => objectToken(d.object),
  Undeletable: allowed((object) => object.undeletable, 'undeletable', 'delete'),
  Updateable: allowed((object) => object.updateable, 'updateable', 'edit'),
};

/** A field set of the project as `Schema.FieldSet`. */
export function fieldSet(object: ObjectInfo, name: string): Bean {
  const found = object.fieldSets?.get(name.toLowerCase());
  if (found === undefined)
    throw notImplemented(`Schema.SObjectType.${object.name}.fieldSets.${name}`);
  const members = found.fields.map((member) => fieldSetMember(object, member));
  return new Bean('Schema.FieldSet', {
    name: found.name,
    label: found.label,
    description: found.description ?? null,
    nameSpace: null,
    sObjectType: objectToken(object),
    fields: new ApexList(Types.library('Schema.FieldSetMember'), members),
  });
}

/** Follows `Account.Name` from the object of the field set to the field itself. */
function fieldSetMember(
  object: ObjectInfo,
  member: { readonly path: string; readonly required: boolean },
): Bean {
  const steps = member.path.split('.');
  let owner = object;
  for (const step of steps.slice(0, -1)) {
    const target = owner.parents.get(step.toLowerCase())?.reference?.targets[0];
    const next = target === undefined ? undefined : currentTransaction().schema.object(target);
    if (next === undefined)
      throw notImplemented(`The field set member ${member.path} of ${object.name}`);
    owner = next;
  }
  const field = owner.fields.get((steps.at(-1) ?? '').toLowerCase());
  if (field === undefined)
    throw notImplemented(`The field set member ${member.path} of ${object.name}`);
  return new Bean('Schema.FieldSetMember', {
    fieldPath: member.path,
    label: field.label ?? field.name,
    required: member.required,
    dbRequired: field.nillable === false && field.defaultedOnCreate !== true,
    type: enumConstant(
      'Schema.DisplayType',
      field.displayType === 'int' ? 'INTEGER' : field.displayType,
    ),
    sObjectField: fieldToken(owner, field),
  });
}

function fieldSetMap(part: ObjectPart): ApexMap {
  const sets = part.object.fieldSets;
  return new DescribeMap<Bean>(
    'Schema.FieldSet',
    (name) => (sets?.has(name.toLowerCase()) === true ? fieldSet(part.object, name) : undefined),
    () =>
      [...(sets?.values() ?? [])].map(
        (set) => [set.name, fieldSet(part.object, set.name)] as const,
      ),
  );
}

/** Describe results of objects and what hangs on them. */
export const describeObjectTypes = [
  define(
    'Schema.DescribeSObjectResult',
    {
      ...describeMembers('Schema.DescribeSObjectResult', answers),
      // The compiler's names for `Schema.SObjectType.Account.fields` and `fieldSets`.
      fields: (d: DescribeObject) => new ObjectPart('Schema.SObjectTypeFields', d.object),
      fieldSets: (d: DescribeObject) => new ObjectPart('Schema.SObjectTypeFieldSets', d.object),
    },
    {
      instanceClass: DescribeObject,
    },
  ),
  define('Schema.SObjectTypeFields', { 'getMap()': (part: ObjectPart) => fieldMap(part.object) }),
  define('Schema.SObjectTypeFieldSets', { 'getMap()': fieldSetMap }),
  defineBean('Schema.ChildRelationship'),
  defineBean('Schema.RecordTypeInfo'),
  defineBean('Schema.PicklistEntry'),
  defineBean('Schema.FieldSet'),
  defineBean('Schema.FieldSetMember'),
];
