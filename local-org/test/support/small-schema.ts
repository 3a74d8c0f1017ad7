import type {
  ApexFieldType,
  ChildRelationshipInfo,
  DisplayType,
  FieldInfo,
  ObjectInfo,
  Schema,
} from '../../src/schema/contract.ts';

/** A hand-made schema for tests of the data rooms: small, but with every kind of field. */
export interface FieldSpec extends Partial<Omit<FieldInfo, 'name' | 'displayType'>> {
  readonly type: DisplayType;
  readonly to?: string | readonly string[];
  readonly relationship?: string;
  readonly childName?: string;
  readonly onDelete?: 'setNull' | 'cascade' | 'restrict';
  readonly masterDetail?: boolean;
  readonly required?: boolean;
}

const APEX_TYPES: Readonly<Record<DisplayType, ApexFieldType>> = {
  id: 'Id',
  string: 'String',
  textarea: 'String',
  picklist: 'String',
  multipicklist: 'String',
  combobox: 'String',
  email: 'String',
  phone: 'String',
  url: 'String',
  encryptedstring: 'String',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Decimal',
  currency: 'Decimal',
  percent: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  reference: 'Id',
  base64: 'Blob',
  address: 'Address',
  location: 'Location',
  anytype: 'Object',
  datacategorygroupreference: 'String',
  json: 'String',
};

export interface ObjectSpec extends Partial<
  Omit<ObjectInfo, 'name' | 'fields' | 'parents' | 'children'>
> {
  readonly prefix: string;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  readonly noOwner?: boolean;
}

/** Picklist values as the schema holds them. */
export function picklist(...values: readonly string[]): FieldInfo['picklist'] {
  return values.map((value) => ({ value, label: value, isDefault: false, isActive: true }));
}

function without<T extends object, K extends keyof T & string>(
  value: T,
  keys: readonly K[],
): Omit<T, K> {
  const entries = Object.entries(value).filter(
    ([key]) => !(keys as readonly string[]).includes(key),
  );
  return Object.fromEntries(entries) as Omit<T, K>;
}

function fieldInfo(name: string, spec: FieldSpec): FieldInfo {
  const { type, to, relationship, onDelete, masterDetail, required } = spec;
  const rest = without(spec, [
    'type',
    'to',
    'relationship',
    'childName',
    'onDelete',
    'masterDetail',
    'required',
  ]);
  const targets = typeof to === 'string' ? [to] : to;
  return {
    name,
    label: name.replace(/__c$/, '').replaceAll('_', ' '),
    displayType: type,
    apexType: APEX_TYPES[type],
    custom: name.endsWith('__c'),
    length: type === 'string' ? 255 : undefined,
    precision: undefined,
    scale: undefined,
    nillable: required !== true && type !== 'boolean',
    createable: true,
    updateable: true,
    defaultedOnCreate: type === 'boolean',
    filterable: true,
    groupable: undefined,
    sortable: true,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    nameField: false,
    autoNumber: false,
    picklist: undefined,
    restrictedPicklist: false,
    ...(targets === undefined
      ? {}
      : {
          reference: {
            targets,
            polymorphic: targets.length > 1,
            masterDetail: masterDetail === true,
            reparentable: true,
            onDelete: onDelete ?? (masterDetail === true ? 'cascade' : 'setNull'),
            relationshipName:
              relationship ??
              (name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '')),
          },
        }),
    ...rest,
  };
}

const SYSTEM: Readonly<Record<string, FieldSpec>> = {
  Id: { type: 'id', createable: false, updateable: false },
  IsDeleted: { type: 'boolean', createable: false, updateable: false },
  CreatedById: { type: 'reference', to: 'User', createable: false, updateable: false },
  CreatedDate: { type: 'datetime', createable: false, updateable: false },
  LastModifiedById: { type: 'reference', to: 'User', createable: false, updateable: false },
  LastModifiedDate: { type: 'datetime', createable: false, updateable: false },
  SystemModstamp: { type: 'datetime', createable: false, updateable: false },
};

/** Builds a schema from specs; child relationships come from the lookups' `childName`. */
export function buildSchema(
  specs: Readonly<Record<string, ObjectSpec>>,
  labels: ReadonlyMap<string, string> = new Map(),
): Schema {
  const children = new Map<string, Map<string, ChildRelationshipInfo>>();
  const objects = new Map<string, ObjectInfo>();
  for (const [name, spec] of Object.entries(specs)) {
    const all: Record<string, FieldSpec> = { ...SYSTEM };
    if (spec.noOwner !== true)
      all['OwnerId'] = {
        type: 'reference',
        to: name.endsWith('__c') ? ['User', 'Group'] : 'User',
        relationship: 'Owner',
        defaultedOnCreate: true,
      };
    Object.assign(all, spec.fields);
    const fields = new Map<string, FieldInfo>();
    const parents = new Map<string, FieldInfo>();
    for (const [fieldName, fieldSpec] of Object.entries(all)) {
      const info = fieldInfo(fieldName, fieldSpec);
      fields.set(fieldName.toLowerCase(), info);
      if (info.reference?.relationshipName !== undefined)
        parents.set(info.reference.relationshipName.toLowerCase(), info);
      if (fieldSpec.childName !== undefined) {
        for (const target of info.reference?.targets ?? []) {
          const map = children.get(target) ?? new Map<string, ChildRelationshipInfo>();
          map.set(fieldSpec.childName.toLowerCase(), {
            name: fieldSpec.childName,
            childObject: name,
            field: fieldName,
          });
          children.set(target, map);
        }
      }
    }
    const rest = without(spec, ['prefix', 'fields', 'noOwner']);
    const own = children.get(name) ?? new Map<string, ChildRelationshipInfo>();
    children.set(name, own);
    objects.set(name.toLowerCase(), {
      name,
      label: name.replace(/__c$/, ''),
      pluralLabel: `${name}s`,
      kind: name.endsWith('__c') ? 'custom' : 'standard',
      custom: name.endsWith('__c'),
      keyPrefix: spec.prefix,
      factsKnown: true,
      createable: true,
      updateable: true,
      deletable: true,
      undeletable: true,
      mergeable: name === 'Account' || name === 'Contact' || name === 'Lead',
      queryable: true,
      searchable: true,
      setupObject: false,
      internalSharing: 'Private',
      externalSharing: 'Private',
      fields,
      parents,
      children: own,
      nameField: [...fields.values()].find((field) => field.nameField)?.name,
      recordTypes: [],
      shareObject: undefined,
      ...rest,
    });
  }
  const byPrefix = new Map([...objects.values()].map((object) => [object.keyPrefix, object]));
  return {
    shape: { features: new Set(), partnerRoles: 1, accountRoleOptimization: false },
    object: (name) => objects.get(name.toLowerCase()),
    objectByPrefix: (prefix) => byPrefix.get(prefix.slice(0, 3)),
    objects: () => objects.values(),
    field: (object, field) => objects.get(object.toLowerCase())?.fields.get(field.toLowerCase()),
    labels,
    label: () => undefined,
    hasTranslation: () => false,
    localized: (object) => object,
    objectNames: () => [...objects.values()].map((object) => object.name),
    keyPrefixes: new Map(),
    hash: JSON.stringify(Object.keys(specs)),
  };
}

const NAME: FieldSpec = { type: 'string', nameField: true, required: true, idLookup: true };

/** Account, Contact, Case, Opportunity, User, Group, UserRole, Profile and two custom objects. */
export function smallSchema(extra: Readonly<Record<string, ObjectSpec>> = {}): Schema {
  return buildSchema({
    User: {
      prefix: '005',
      noOwner: true,
      setupObject: true,
      fields: {
        Username: { type: 'string', unique: true, required: true, length: 80 },
        FirstName: { type: 'string', length: 40 },
        LastName: { type: 'string', length: 80, required: true },
        Name: { ...NAME, createable: false, updateable: false },
        Email: { type: 'email' },
        IsActive: { type: 'boolean' },
        Alias: { type: 'string', length: 8 },
        ProfileId: { type: 'reference', to: 'Profile' },
        UserRoleId: { type: 'reference', to: 'UserRole' },
        ManagerId: { type: 'reference', to: 'User' },
        ContactId: { type: 'reference', to: 'Contact' },
        AccountId: { type: 'reference', to: 'Account' },
        UserType: { type: 'picklist', createable: false, updateable: false },
        PortalRole: { type: 'picklist' },
      },
    },
    Group: {
      prefix: '00G',
      noOwner: true,
      setupObject: true,
      fields: {
        Name: NAME,
        DeveloperName: { type: 'string' },
        Type: { type: 'picklist' },
        RelatedId: { type: 'reference', to: ['User', 'UserRole'], relationship: 'Related' },
      },
    },
    GroupMember: {
      prefix: '011',
      noOwner: true,
      setupObject: true,
      fields: {
        GroupId: { type: 'reference', to: 'Group' },
        UserOrGroupId: { type: 'reference', to: ['User', 'Group'], relationship: 'UserOrGroup' },
      },
    },
    UserRole: {
      prefix: '00E',
      noOwner: true,
      setupObject: true,
      fields: {
        Name: NAME,
        ParentRoleId: { type: 'reference', to: 'UserRole', relationship: 'ParentRole' },
        PortalType: { type: 'picklist' },
      },
    },
    Profile: {
      prefix: '00e',
      noOwner: true,
      setupObject: true,
      fields: { Name: NAME, UserType: { type: 'picklist' } },
    },
    Account: {
      prefix: '001',
      shareObject: 'AccountShare',
      fields: {
        Name: NAME,
        ParentId: { type: 'reference', to: 'Account', childName: 'ChildAccounts' },
        Industry: { type: 'picklist', picklist: picklist('Agriculture', 'Banking', 'Technology') },
        AnnualRevenue: { type: 'currency', precision: 18, scale: 0 },
        NumberOfEmployees: { type: 'int' },
        Phone: { type: 'phone', length: 40 },
        Website: { type: 'url', length: 255 },
        Description: {
          type: 'textarea',
          length: 32000,
          filterable: false,
          sortable: false,
          groupable: false,
        },
        Rating__c: {
          type: 'picklist',
          picklist: picklist('Hot', 'Cold'),
          restrictedPicklist: true,
        },
        Code__c: { type: 'string', length: 10, unique: true, externalId: true, idLookup: true },
        Tags__c: { type: 'multipicklist', picklist: picklist('Red', 'Green', 'Blue') },
        Active__c: { type: 'boolean' },
        MasterRecordId: { type: 'reference', to: 'Account', createable: false, updateable: false },
        Deal_Count__c: {
          type: 'double',
          createable: false,
          updateable: false,
          scale: 0,
          rollup: {
            operation: 'COUNT',
            childObject: 'Deal__c',
            foreignKey: 'Account__c',
            filters: [],
          },
        },
        Deal_Total__c: {
          type: 'currency',
          createable: false,
          updateable: false,
          scale: 2,
          rollup: {
            operation: 'SUM',
            childObject: 'Deal__c',
            foreignKey: 'Account__c',
            summarizedField: 'Amount__c',
            filters: [],
          },
        },
      },
    },
    Contact: {
      prefix: '003',
      fields: {
        FirstName: { type: 'string', length: 40 },
        LastName: { type: 'string', length: 80, required: true },
        Name: { ...NAME, required: false, createable: false, updateable: false },
        Email: { type: 'email' },
        AccountId: { type: 'reference', to: 'Account', childName: 'Contacts', onDelete: 'cascade' },
        Birthdate: { type: 'date' },
        ReportsToId: { type: 'reference', to: 'Contact', relationship: 'ReportsTo' },
        MasterRecordId: { type: 'reference', to: 'Contact', createable: false, updateable: false },
      },
    },
    Opportunity: {
      prefix: '006',
      fields: {
        Name: NAME,
        AccountId: {
          type: 'reference',
          to: 'Account',
          childName: 'Opportunities',
          onDelete: 'cascade',
        },
        StageName: {
          type: 'picklist',
          required: true,
          picklist: picklist('Prospecting', 'Closed Won'),
        },
        Amount: { type: 'currency', precision: 18, scale: 2 },
        CloseDate: { type: 'date', required: true },
      },
    },
    Case: {
      prefix: '500',
      fields: {
        CaseNumber: {
          type: 'string',
          nameField: true,
          autoNumber: true,
          autoNumberFormat: '{00000000}',
          createable: false,
          updateable: false,
        },
        Subject: { type: 'string' },
        AccountId: { type: 'reference', to: 'Account', childName: 'Cases' },
        OwnerId: {
          type: 'reference',
          to: ['User', 'Group'],
          relationship: 'Owner',
          defaultedOnCreate: true,
        },
      },
    },
    Task: {
      prefix: '00T',
      fields: {
        Subject: { type: 'combobox' },
        WhatId: {
          type: 'reference',
          to: ['Account', 'Opportunity', 'Case'],
          relationship: 'What',
          childName: 'Tasks',
        },
        WhoId: { type: 'reference', to: ['Contact'], relationship: 'Who' },
      },
    },
    Deal__c: {
      prefix: 'a00',
      noOwner: true,
      fields: {
        Name: {
          ...NAME,
          required: false,
          autoNumber: true,
          autoNumberFormat: 'D-{0000}',
          createable: false,
          updateable: false,
        },
        Account__c: {
          type: 'reference',
          to: 'Account',
          childName: 'Deals__r',
          masterDetail: true,
          required: true,
        },
        Amount__c: { type: 'currency', precision: 18, scale: 2 },
        Double__c: {
          type: 'currency',
          scale: 2,
          createable: false,
          updateable: false,
          formula: 'Amount__c * 2',
        },
        Account_Name__c: {
          type: 'string',
          createable: false,
          updateable: false,
          formula: 'Account__r.Name & "!"',
        },
        At__c: { type: 'datetime' },
        Start__c: { type: 'date' },
        Status__c: {
          type: 'picklist',
          picklist: picklist('New', 'Open', 'Done'),
          restrictedPicklist: true,
          defaultValue: '"New"',
        },
      },
    },
    ...extra,
  });
}
