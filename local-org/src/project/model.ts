import type { LocalOrgError, SourcePosition } from '../diagnostics/index.ts';
import type { XmlElement } from './xml.ts';

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
  readonly flexiPages: ReadonlyMap<string, FlexiPageMetadata>;
  readonly quickActions: ReadonlyMap<string, QuickActionMetadata>;
  readonly layouts: ReadonlyMap<string, LayoutMetadata>;
  readonly applications: ReadonlyMap<string, ApplicationMetadata>;
  readonly tabs: ReadonlyMap<string, TabMetadata>;
  readonly emailTemplates: ReadonlyMap<string, EmailTemplateMetadata>;
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

/** A Lightning web component: its files and what its js-meta says. */
export interface LwcBundle {
  readonly name: string;
  readonly folder: string;
  /** Absolute paths, tests excluded. */
  readonly files: readonly string[];
  readonly apiVersion: number;
  readonly isExposed: boolean;
  readonly masterLabel: string | undefined;
  readonly description: string | undefined;
  readonly targets: readonly string[];
  readonly targetConfigs: readonly TargetConfig[];
  readonly metaFile: string | undefined;
}

/** A `targetConfig`: for which targets, which objects, which properties, which form factors. */
export interface TargetConfig {
  readonly targets: readonly string[];
  readonly objects: readonly string[];
  readonly formFactors: readonly string[];
  /** `ScreenAction` or `Action` for record actions. */
  readonly actionType: string | undefined;
  readonly properties: readonly TargetProperty[];
}

/** A design-time property of a component. */
export interface TargetProperty {
  readonly name: string;
  readonly type: string;
  readonly label: string | undefined;
  readonly default: string | undefined;
  readonly required: boolean;
  readonly datasource: string | undefined;
}

/** A static resource: one file, or a folder that Salesforce holds as a zip. */
export interface StaticResource {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** What a permission set, muting set or profile grants. */
export interface PermissionContainer {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly file: string;
  readonly line: number;
  /** Licence of a permission set; undefined means any. */
  readonly license: string | undefined;
  /** Profiles: the user licence and whether it is a custom profile. */
  readonly userLicense: string | undefined;
  readonly custom: boolean;
  readonly hasActivationRequired: boolean;
  readonly objectPermissions: readonly ObjectPermissionMetadata[];
  readonly fieldPermissions: readonly FieldPermissionMetadata[];
  readonly userPermissions: readonly NamedAccess[];
  readonly customPermissions: readonly NamedAccess[];
  readonly classAccesses: readonly NamedAccess[];
  readonly pageAccesses: readonly NamedAccess[];
  readonly flowAccesses: readonly NamedAccess[];
  readonly customMetadataTypeAccesses: readonly NamedAccess[];
  readonly customSettingAccesses: readonly NamedAccess[];
  readonly externalCredentialPrincipalAccesses: readonly NamedAccess[];
  readonly recordTypeVisibilities: readonly {
    readonly recordType: string;
    readonly visible: boolean;
    readonly isDefault: boolean;
  }[];
  readonly applicationVisibilities: readonly {
    readonly application: string;
    readonly visible: boolean;
    readonly isDefault: boolean;
  }[];
  readonly tabSettings: readonly { readonly tab: string; readonly visibility: string }[];
  readonly layoutAssignments: readonly {
    readonly layout: string;
    readonly recordType: string | undefined;
  }[];
}

/** A name and whether it is switched on. */
export interface NamedAccess {
  readonly name: string;
  readonly enabled: boolean;
  readonly line: number;
}

/** Object permissions. */
export interface ObjectPermissionMetadata {
  readonly object: string;
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
  readonly viewAllFields: boolean;
  readonly line: number;
}

/** Field permissions; `field` is `Object.Field`. */
export interface FieldPermissionMetadata {
  readonly field: string;
  readonly readable: boolean;
  readonly editable: boolean;
  readonly line: number;
}

/** A permission set group. */
export interface PermissionSetGroupMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly permissionSets: readonly string[];
  readonly mutingPermissionSets: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** A custom permission. */
export interface CustomPermissionMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly isLicensed: boolean;
  readonly requiredPermissions: readonly string[];
}

/** An internal role. */
export interface RoleMetadata {
  readonly name: string;
  readonly label: string;
  readonly parentRole: string | undefined;
  readonly caseAccessLevel: string | undefined;
  readonly contactAccessLevel: string | undefined;
  readonly opportunityAccessLevel: string | undefined;
  readonly mayForecastManagerShare: boolean;
  readonly file: string;
  readonly line: number;
}

/** A public group. Metadata does not carry its members. */
export interface GroupMetadata {
  readonly name: string;
  readonly label: string;
  readonly doesIncludeBosses: boolean;
}

/** A queue with the objects it may own and its members. */
export interface QueueMetadata {
  readonly name: string;
  readonly label: string;
  readonly email: string | undefined;
  readonly doesSendEmailToMembers: boolean;
  readonly objects: readonly string[];
  readonly members: {
    readonly publicGroups: readonly string[];
    readonly roles: readonly string[];
    readonly roleAndSubordinates: readonly string[];
    readonly users: readonly string[];
  };
}

/** Whom a sharing rule names: the element of `sharedTo`/`sharedFrom` and its text. */
export interface SharingTarget {
  readonly kind: string;
  readonly name: string;
}

/** A sharing rule of any kind. */
export interface SharingRuleMetadata {
  readonly object: string;
  readonly kind: 'owner' | 'criteria' | 'guest' | 'territory';
  readonly name: string;
  readonly label: string;
  readonly accessLevel: string;
  readonly accountSettings:
    | {
        readonly caseAccessLevel: string;
        readonly contactAccessLevel: string;
        readonly opportunityAccessLevel: string;
      }
    | undefined;
  readonly includeRecordsOwnedByAll: boolean;
  readonly sharedTo: readonly SharingTarget[];
  readonly sharedFrom: readonly SharingTarget[];
  readonly criteria: readonly FilterMetadata[];
  readonly booleanFilter: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** A sharing set. */
export interface SharingSetMetadata {
  readonly name: string;
  readonly label: string;
  readonly profiles: readonly string[];
  readonly mappings: readonly {
    readonly object: string;
    readonly objectField: string;
    readonly userField: string;
    readonly accessLevel: string;
  }[];
  readonly file: string;
  readonly line: number;
}

/** A Lightning page. */
export interface FlexiPageMetadata {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly sobjectType: string | undefined;
  readonly template: string;
  readonly regions: readonly FlexiRegion[];
  readonly file: string;
  readonly line: number;
}

/** A region or facet. */
export interface FlexiRegion {
  readonly name: string;
  readonly type: string;
  readonly items: readonly FlexiItem[];
}

/** A component or a field on a Lightning page. */
export interface FlexiItem {
  readonly kind: 'component' | 'field';
  /** `force:detailPanel`, `c:partnerCard`; for fields `Record.Name`. */
  readonly name: string;
  readonly identifier: string | undefined;
  /** Text values; lists joined by the element order in `lists`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly visibility:
    | { readonly criteria: readonly FilterMetadata[]; readonly booleanFilter: string | undefined }
    | undefined;
  readonly line: number;
}

/** A quick action; `name` is `Account.Enable_as_Partner`, or without object for global ones. */
export interface QuickActionMetadata {
  readonly name: string;
  readonly object: string | undefined;
  readonly label: string;
  readonly type: string;
  readonly lightningWebComponent: string | undefined;
  readonly lightningComponent: string | undefined;
  readonly flowDefinition: string | undefined;
  readonly targetObject: string | undefined;
  readonly actionSubtype: string | undefined;
  readonly icon: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** A page layout; `object` is the part of the name before the dash. */
export interface LayoutMetadata {
  readonly name: string;
  readonly object: string;
  readonly sections: readonly {
    readonly label: string | undefined;
    readonly style: string;
    readonly detailHeading: boolean;
    readonly columns: readonly (readonly {
      readonly field: string | undefined;
      readonly behavior: string | undefined;
    }[])[];
  }[];
  readonly relatedLists: readonly {
    readonly relatedList: string;
    readonly fields: readonly string[];
  }[];
  readonly platformActions: readonly string[];
}

/** A Lightning app. */
export interface ApplicationMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly navType: string | undefined;
  readonly uiType: string | undefined;
  readonly headerColor: string | undefined;
  readonly tabs: readonly string[];
  readonly actionOverrides: readonly {
    readonly object: string;
    readonly action: string;
    readonly content: string;
    readonly formFactor: string | undefined;
    readonly recordType: string | undefined;
    readonly profile: string | undefined;
  }[];
}

/** A custom tab. */
export interface TabMetadata {
  readonly name: string;
  readonly label: string | undefined;
  readonly customObject: boolean;
  readonly lwcComponent: string | undefined;
  readonly flexiPage: string | undefined;
  readonly page: string | undefined;
  readonly url: string | undefined;
  readonly motif: string | undefined;
}

/** An e-mail template with its body. */
export interface EmailTemplateMetadata {
  /** `Folder/Name` */
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly available: boolean;
  readonly subject: string;
  readonly body: string;
  readonly textOnly: string | undefined;
}
