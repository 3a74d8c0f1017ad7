/**
 * The resolved schema: generated platform facts + hand-kept facts + project metadata + org features.
 * Everyone who needs to know an object or a field asks here, and nowhere else.
 */
import type { Assumptions } from '../inferred/index.ts';

/** A fact that may be unknown to us. `undefined` means nobody wrote it down: describe answers built on it refuse by name. */
export type Fact<T> = T | undefined;

export type DisplayType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'email'
  | 'phone'
  | 'url'
  | 'encryptedstring'
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'base64'
  | 'address'
  | 'location'
  | 'anytype'
  | 'datacategorygroupreference'
  | 'json';

/** The Apex type a field's value has: what the type checker sees and what `SObjectValue` holds. */
export type ApexFieldType =
  | 'Id'
  | 'String'
  | 'Boolean'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Decimal'
  | 'Date'
  | 'Datetime'
  | 'Time'
  | 'Blob'
  | 'Address'
  | 'Location'
  | 'Object';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly isActive: boolean;
}

export interface FieldInfo {
  /** API name in canonical case, such as `OwnerId`, `Tier__c`. */
  readonly name: string;
  readonly label: Fact<string>;
  readonly displayType: DisplayType;
  readonly apexType: ApexFieldType;
  readonly custom: boolean;
  readonly length: Fact<number>;
  readonly precision: Fact<number>;
  readonly scale: Fact<number>;
  /** Must hold a value on insert (required or master-detail), not counting defaults. */
  readonly nillable: Fact<boolean>;
  readonly createable: Fact<boolean>;
  readonly updateable: Fact<boolean>;
  readonly defaultedOnCreate: Fact<boolean>;
  readonly filterable: Fact<boolean>;
  readonly groupable: Fact<boolean>;
  readonly sortable: Fact<boolean>;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly nameField: boolean;
  readonly autoNumber: boolean;
  readonly autoNumberFormat?: string;
  readonly picklist: Fact<readonly PicklistValue[]>;
  readonly restrictedPicklist: boolean;
  /** Formula source in Salesforce's formula language, for calculated fields. */
  readonly formula?: string;
  readonly formulaTreatBlanksAs?: 'BlankAsZero' | 'BlankAsBlank';
  readonly rollup?: RollupInfo;
  /** Default value as a formula expression (as metadata carries it). */
  readonly defaultValue?: string;
  readonly reference?: ReferenceInfo;
  /** The compound field this one is a part of: `BillingCity` → `BillingAddress`, `LastName` → `Name`. */
  readonly compoundField?: string;
  readonly description?: string;
  readonly helpText?: string;
}

export interface ReferenceInfo {
  /** API names of the targets; several for polymorphic lookups (`OwnerId` → User, Group). */
  readonly targets: readonly string[];
  /** Relationship name for parent paths: `Owner`, `Account`, `Partner__r`. Undefined when the field has none. */
  readonly relationshipName?: string;
  readonly polymorphic: boolean;
  readonly masterDetail: boolean;
  /** Master-detail: reading the master is enough to create, edit and delete details. */
  readonly writeRequiresMasterRead?: boolean;
  readonly reparentable: boolean;
  readonly onDelete: 'setNull' | 'cascade' | 'restrict';
  /** Custom metadata: the relationship to an object's definition that says whose field this one names. */
  readonly controllingField?: string;
}

export interface RollupInfo {
  readonly operation: 'COUNT' | 'SUM' | 'MIN' | 'MAX';
  readonly childObject: string;
  readonly foreignKey: string;
  readonly summarizedField?: string;
  readonly filters: readonly {
    readonly field: string;
    readonly operation: string;
    readonly value: string;
  }[];
}

export interface ChildRelationshipInfo {
  /** `Contacts`, `Deals__r`. */
  readonly name: string;
  readonly childObject: string;
  /** Empty where nobody wrote down which field carries it: a subquery on it refuses by name. */
  readonly field: string;
}

export interface RecordTypeInfo {
  readonly id: string;
  readonly developerName: string;
  readonly label: string;
  readonly active: boolean;
  readonly isMaster: boolean;
  /** The record type of person accounts. */
  readonly isPerson?: boolean;
  /** Values of those picklists that the record type limits, by lower-case field; their first default is preset. */
  readonly picklistValues?: ReadonlyMap<
    string,
    readonly { readonly value: string; readonly isDefault: boolean }[]
  >;
}

export interface FieldSetInfo {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  /** Paths such as `Account.Name`. */
  readonly fields: readonly { readonly path: string; readonly required: boolean }[];
}

export type ObjectKind =
  | 'standard'
  | 'custom'
  | 'customMetadata'
  | 'platformEvent'
  | 'listCustomSetting'
  | 'hierarchyCustomSetting'
  | 'share'
  | 'external'
  | 'bigObject'
  | 'virtual';

export type SharingModel =
  | 'Private'
  | 'Read'
  | 'ReadWrite'
  | 'ReadWriteTransfer'
  | 'FullAccess'
  | 'ControlledByParent'
  | 'ControlledByCampaign'
  | 'ControlledByLeadOrContact';

export interface ObjectInfo {
  /** API name in canonical case. */
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly kind: ObjectKind;
  readonly custom: boolean;
  /** Three characters; every Id of the object starts with it. */
  readonly keyPrefix: Fact<string>;
  /** Known to have no key prefix, such as UserRecordAccess: describe answers null. */
  readonly noKeyPrefix?: boolean;
  /** Ids of the object begin so in this org: the platform's prefix, or one of our own where nobody wrote that down. */
  readonly localPrefix?: string;
  /** False when nobody wrote down this object's facts: structure is known, describe answers refuse. */
  readonly factsKnown: boolean;
  readonly createable: Fact<boolean>;
  readonly updateable: Fact<boolean>;
  readonly deletable: Fact<boolean>;
  readonly undeletable: Fact<boolean>;
  readonly mergeable: Fact<boolean>;
  readonly queryable: Fact<boolean>;
  readonly searchable: Fact<boolean>;
  /** Setup object in the sense of mixed DML (User, UserRole, GroupMember …). `User` has conditional rules of its own. */
  readonly setupObject: boolean;
  readonly internalSharing: Fact<SharingModel>;
  readonly externalSharing: Fact<SharingModel>;
  /** Custom objects: "Grant Access Using Hierarchies". Undefined means on; object metadata does not carry it. */
  readonly grantsByHierarchy?: boolean;
  /** Keyed by lower-case API name. Iteration order is the declaration order. */
  readonly fields: ReadonlyMap<string, FieldInfo>;
  /** Parent relationships keyed by lower-case relationship name → the reference field. */
  readonly parents: ReadonlyMap<string, FieldInfo>;
  /** Child relationships keyed by lower-case relationship name. */
  readonly children: ReadonlyMap<string, ChildRelationshipInfo>;
  readonly nameField: string | undefined;
  readonly recordTypes: readonly RecordTypeInfo[];
  readonly shareObject: string | undefined;
  /** Field sets of the project by lower-case name. */
  readonly fieldSets?: ReadonlyMap<string, FieldSetInfo>;
  readonly description?: string;
}

/** What the org's features and settings make exist. The named shapes of tests are values of this type. */
export interface OrgShape {
  readonly features: ReadonlySet<OrgFeature>;
  /** Default number of partner roles, 1 to 3 (an org setting no metadata carries). */
  readonly partnerRoles: 1 | 2 | 3;
  readonly accountRoleOptimization: boolean;
  /** What the org takes for true where documentation is silent, other than the strict answers; see `src/inferred`. */
  readonly assumptions?: Assumptions;
}

export type OrgFeature =
  | 'partnerPortal'
  | 'digitalExperiences'
  | 'personAccounts'
  | 'multiCurrency'
  | 'stateCountryPicklists'
  | 'chatter'
  | 'orders'
  | 'quotes'
  | 'individuals'
  | 'territories';

export interface Schema {
  readonly shape: OrgShape;
  /** Case-insensitive. Undefined when the org has no such object. */
  object(name: string): ObjectInfo | undefined;
  /** Case-insensitive; also resolves by key prefix of an Id. */
  objectByPrefix(prefix: string): ObjectInfo | undefined;
  /** All objects by canonical API name. Resolves each: thousands; ask `objectNames()` where names do. */
  objects(): Iterable<ObjectInfo>;
  /** Canonical API names of all objects of the org, without resolving them. */
  objectNames(): readonly string[];
  /** Case-insensitive field look-up. Undefined: known to be absent in this org. */
  field(object: string, field: string): FieldInfo | undefined;
  /** Custom labels of the project: lower-case name → value (in the default language). */
  readonly labels: ReadonlyMap<string, string>;
  /** The text of a custom label in a user's language; undefined when there is no such label. Case-insensitive. */
  label(name: string, language: string): string | undefined;
  /** Whether a custom label has a text of its own in exactly that language. */
  hasTranslation(label: string, language: string): boolean;
  /** The object as somebody of that language reads it: the same but for labels. */
  localized(object: ObjectInfo, language: string): ObjectInfo;
  /** Key prefixes of the project's objects, by lower-case name: kept with the data, so that Ids stay true. */
  readonly keyPrefixes: ReadonlyMap<string, string>;
  /** Changes whenever any answer could change; part of every cache key. */
  readonly hash: string;
}
