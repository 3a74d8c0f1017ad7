import type { LocalOrgError, SourcePosition } from '../diagnostics/index.ts';
import type {
  PermissionContainer,
  PermissionSetGroupMetadata,
  CustomPermissionMetadata,
  RoleMetadata,
  GroupMetadata,
  QueueMetadata,
  SharingRuleMetadata,
  SharingSetMetadata,
  EventSubscriberMetadata,
} from './model-access.ts';
import type {
  LwcBundle,
  StaticResource,
  FlexiPageMetadata,
  QuickActionMetadata,
  LayoutMetadata,
  ApplicationMetadata,
  TabMetadata,
  EmailTemplateMetadata,
} from './model-pages.ts';
import type {
  CustomSiteMetadata,
  NetworkMetadata,
  SiteBundle,
  SiteConfigMetadata,
} from './model-sites.ts';
import type { XmlElement } from './xml.ts';

export type * from './model-access.ts';
export type * from './model-pages.ts';
export type * from './model-sites.ts';

/** SFDX source on disk as a typed metadata model. Nothing in it knows Salesforce's behaviour; it says what the files say. */
export interface Project {
  /** Absolute folder of `sfdx-project.json`, or the first source folder. */
  readonly root: string;
  /** `67.0`; of components that state no version of their own. */
  readonly sourceApiVersion: string;
  readonly namespace: string;
  /** Absolute package directories in deploy order. */
  readonly packageDirectories: readonly string[];
  /** Every component found, understood or not. */
  readonly components: readonly Component[];
  /** What is wrong with the source, in file order. Reading never throws for the user's source. */
  readonly problems: readonly LocalOrgError[];
  readonly warnings: readonly ProjectWarning[];
  /** Keyed by lower-case name, as are all maps here. */
  readonly classes: ReadonlyMap<string, ApexSource>;
  readonly triggers: ReadonlyMap<string, ApexSource>;
  readonly objects: ReadonlyMap<string, ObjectMetadata>;
  readonly globalValueSets: ReadonlyMap<string, readonly ValueMetadata[]>;
  readonly standardValueSets: ReadonlyMap<string, readonly ValueMetadata[]>;
  readonly customMetadata: readonly CustomMetadataRecord[];
  readonly labels: ReadonlyMap<string, LabelMetadata>;
  readonly lwcBundles: ReadonlyMap<string, LwcBundle>;
  /** What the project says in other languages, by language code. */
  readonly translations: ReadonlyMap<string, LanguageTranslation>;
  readonly staticResources: ReadonlyMap<string, StaticResource>;
  readonly permissionSets: ReadonlyMap<string, PermissionContainer>;
  readonly mutingPermissionSets: ReadonlyMap<string, PermissionContainer>;
  readonly profiles: ReadonlyMap<string, PermissionContainer>;
  readonly permissionSetGroups: ReadonlyMap<string, PermissionSetGroupMetadata>;
  readonly customPermissions: ReadonlyMap<string, CustomPermissionMetadata>;
  readonly roles: ReadonlyMap<string, RoleMetadata>;
  readonly groups: ReadonlyMap<string, GroupMetadata>;
  readonly queues: ReadonlyMap<string, QueueMetadata>;
  readonly sharingRules: readonly SharingRuleMetadata[];
  readonly sharingSets: ReadonlyMap<string, SharingSetMetadata>;
  readonly eventSubscribers: ReadonlyMap<string, EventSubscriberMetadata>;
  readonly flexiPages: ReadonlyMap<string, FlexiPageMetadata>;
  readonly quickActions: ReadonlyMap<string, QuickActionMetadata>;
  readonly layouts: ReadonlyMap<string, LayoutMetadata>;
  readonly applications: ReadonlyMap<string, ApplicationMetadata>;
  readonly tabs: ReadonlyMap<string, TabMetadata>;
  readonly emailTemplates: ReadonlyMap<string, EmailTemplateMetadata>;
  readonly networks: ReadonlyMap<string, NetworkMetadata>;
  readonly customSites: ReadonlyMap<string, CustomSiteMetadata>;
  readonly siteConfigs: ReadonlyMap<string, SiteConfigMetadata>;
  readonly siteBundles: ReadonlyMap<string, SiteBundle>;
  /** Settings by lower-case name (`communities`, `sharing`): element name → text, nested names dotted. */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** One metadata component. */
export interface Component {
  /** Metadata API type, such as `CustomField`; for an unknown suffix the suffix itself. */
  readonly type: string;
  /** `Account.Tier__c` */
  readonly fullName: string;
  /** Absolute path of the file that defines it. */
  readonly file: string;
  readonly line: number;
  /** False when the local org does nothing with it: listed by name at deploy. */
  readonly supported: boolean;
  /** Parsed definition, for those who need more than the model says; undefined for components without XML. */
  readonly xml: XmlElement | undefined;
}

/** Something to tell the person without stopping. */
export interface ProjectWarning {
  readonly message: string;
  readonly position: SourcePosition;
}

/** A class or trigger. */
export interface ApexSource {
  readonly name: string;
  readonly file: string;
  readonly source: string;
  /** `67` */
  readonly apiVersion: number;
  readonly status: 'Active' | 'Inactive' | 'Deleted';
}

/** An object as metadata declares or extends it. */
export interface ObjectMetadata {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** False when only parts (fields, record types …) were found and no object definition. */
  readonly defined: boolean;
  readonly label: string | undefined;
  readonly pluralLabel: string | undefined;
  readonly description: string | undefined;
  readonly nameField: FieldMetadata | undefined;
  readonly sharingModel: string | undefined;
  readonly externalSharingModel: string | undefined;
  readonly deploymentStatus: string | undefined;
  readonly customSettingsType: 'List' | 'Hierarchy' | undefined;
  readonly visibility: string | undefined;
  readonly eventType: string | undefined;
  readonly publishBehavior: string | undefined;
  readonly enableActivities: boolean;
  readonly enableHistory: boolean;
  readonly enableSearch: boolean;
  readonly compactLayoutAssignment: string | undefined;
  readonly fields: ReadonlyMap<string, FieldMetadata>;
  readonly validationRules: ReadonlyMap<string, ValidationRuleMetadata>;
  readonly recordTypes: ReadonlyMap<string, RecordTypeMetadata>;
  readonly businessProcesses: ReadonlyMap<string, BusinessProcessMetadata>;
  readonly compactLayouts: ReadonlyMap<string, CompactLayoutMetadata>;
  readonly listViews: ReadonlyMap<string, ListViewMetadata>;
  readonly fieldSets: ReadonlyMap<string, FieldSetMetadata>;
  readonly sharingReasons: ReadonlyMap<string, { readonly name: string; readonly label: string }>;
}

/** A field. Texts are as the metadata has them; what is absent is undefined. */
export interface FieldMetadata {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Metadata API field type: `Text`, `MasterDetail` … Undefined where metadata only adjusts a standard field. */
  readonly type: string | undefined;
  readonly label: string | undefined;
  readonly description: string | undefined;
  readonly helpText: string | undefined;
  readonly length: number | undefined;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly defaultValue: string | undefined;
  readonly formula: string | undefined;
  readonly formulaTreatBlanksAs: string | undefined;
  readonly displayFormat: string | undefined;
  readonly startingNumber: number | undefined;
  readonly referenceTo: string | undefined;
  /** Relationships to field definitions: `Rule__mdt.Object__c`, the field that says of which object. */
  readonly metadataRelationshipControllingField: string | undefined;
  readonly relationshipName: string | undefined;
  readonly relationshipLabel: string | undefined;
  readonly relationshipOrder: number | undefined;
  readonly deleteConstraint: string | undefined;
  readonly reparentableMasterDetail: boolean;
  readonly writeRequiresMasterRead: boolean;
  readonly summaryOperation: string | undefined;
  readonly summarizedField: string | undefined;
  readonly summaryForeignKey: string | undefined;
  readonly summaryFilters: readonly FilterMetadata[];
  readonly valueSet: ValueSetMetadata | undefined;
  readonly trackHistory: boolean;
  readonly visibleLines: number | undefined;
}

/** A criterion of a roll-up filter, list view or sharing rule. */
export interface FilterMetadata {
  readonly field: string;
  readonly operation: string;
  readonly value: string;
}

/** Values of a picklist: its own, or those of a global value set. */
export interface ValueSetMetadata {
  readonly restricted: boolean;
  readonly valueSetName: string | undefined;
  readonly controllingField: string | undefined;
  readonly values: readonly ValueMetadata[];
}

/** A picklist value. */
export interface ValueMetadata {
  readonly fullName: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly isActive: boolean;
  /** Attributes of standard value sets: `closed`, `won`, `probability`, `converted` … */
  readonly attributes: ReadonlyMap<string, string>;
}

/** A validation rule. */
export interface ValidationRuleMetadata {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly active: boolean;
  readonly errorConditionFormula: string;
  readonly errorDisplayField: string | undefined;
  readonly errorMessage: string;
}

/** A record type; `picklistValues` by lower-case field name. */
export interface RecordTypeMetadata {
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  readonly description: string | undefined;
  readonly businessProcess: string | undefined;
  readonly picklistValues: ReadonlyMap<
    string,
    readonly { readonly value: string; readonly isDefault: boolean }[]
  >;
}

/** A sales, lead or support process. */
export interface BusinessProcessMetadata {
  readonly name: string;
  readonly active: boolean;
  readonly values: readonly { readonly value: string; readonly isDefault: boolean }[];
}

/** A compact layout. */
export interface CompactLayoutMetadata {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly string[];
}

/** A list view. */
export interface ListViewMetadata {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly string[];
  readonly filterScope: string;
  readonly filters: readonly FilterMetadata[];
  readonly booleanFilter: string | undefined;
}

/** A field set. */
export interface FieldSetMetadata {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly { readonly field: string; readonly required: boolean }[];
}

/** A record of a custom metadata type: `Check__mdt.OwnerHasRole`. */
export interface CustomMetadataRecord {
  /** `Check__mdt` */
  readonly typeName: string;
  readonly developerName: string;
  readonly label: string;
  readonly isProtected: boolean;
  /** Field API name → value as text with its XSD type; null where the file says `xsi:nil`. */
  readonly values: ReadonlyMap<
    string,
    { readonly text: string | null; readonly type: string; readonly line: number }
  >;
  readonly file: string;
  readonly line: number;
}

/** A custom label with its translations by language code. */
export interface LabelMetadata {
  readonly name: string;
  readonly value: string;
  readonly language: string;
  readonly description: string | undefined;
  readonly categories: string | undefined;
  readonly isProtected: boolean;
  readonly translations: ReadonlyMap<string, string>;
  readonly file: string;
  readonly line: number;
}

/** Names of components in one language, by lower-case API name. Labels carry their translations themselves. */
export interface LanguageTranslation {
  readonly language: string;
  readonly tabs: ReadonlyMap<string, string>;
  readonly applications: ReadonlyMap<string, string>;
  /** `account.enable_as_partner`; global actions without an object. */
  readonly quickActions: ReadonlyMap<string, string>;
  readonly objects: ReadonlyMap<string, ObjectTranslation>;
}

/** An object in another language. */
export interface ObjectTranslation {
  readonly label: string | undefined;
  readonly pluralLabel: string | undefined;
  readonly nameFieldLabel: string | undefined;
  readonly fields: ReadonlyMap<string, FieldTranslation>;
}

/** A field in another language; picklist values by their label in the project's. */
export interface FieldTranslation {
  readonly label: string | undefined;
  readonly helpText: string | undefined;
  readonly values: ReadonlyMap<string, string>;
}
