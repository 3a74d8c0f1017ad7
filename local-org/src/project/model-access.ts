import type { FilterMetadata } from './model.ts';

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
    readonly isPersonDefault: boolean;
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
  readonly hasActivationRequired: boolean;
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
  /** A guest rule's `includeHVUOwnedRecords`: records of high-volume users, too. */
  readonly includeRecordsOwnedByAll: boolean;
  readonly sharedTo: readonly SharingTarget[];
  readonly sharedFrom: readonly SharingTarget[];
  readonly criteria: readonly FilterMetadata[];
  readonly booleanFilter: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** How a trigger receives platform events. */
export interface EventSubscriberMetadata {
  readonly name: string;
  /** The trigger. */
  readonly consumer: string;
  /** How many events it gets at once at most. */
  readonly batchSize: number;
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
