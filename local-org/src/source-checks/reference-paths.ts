import type { NameKind } from './names.ts';

/** An element whose text names something. */
export interface ReferencePath {
  /** Element names from the root down. */
  readonly path: string;
  readonly kind: NameKind;
  /** The name is one of the component's object: `Status__c` in a list view. */
  readonly ofObject?: true;
}

const ref = (path: string, kind: NameKind): ReferencePath => ({ path, kind });
const own = (path: string, kind: NameKind): ReferencePath => ({ path, kind, ofObject: true });

const PERMISSIONS: readonly ReferencePath[] = [
  ref('applicationVisibilities/application', 'CustomApplication'),
  ref('classAccesses/apexClass', 'ApexClass'),
  ref('customMetadataTypeAccesses/name', 'CustomObject'),
  ref('customPermissions/name', 'CustomPermission'),
  ref('customSettingAccesses/name', 'CustomObject'),
  ref('fieldPermissions/field', 'CustomField'),
  ref('flowAccesses/flow', 'Flow'),
  ref('layoutAssignments/layout', 'Layout'),
  ref('layoutAssignments/recordType', 'RecordType'),
  ref('objectPermissions/object', 'CustomObject'),
  ref('pageAccesses/apexPage', 'ApexPage'),
  ref('recordTypeVisibilities/recordType', 'RecordType'),
  ref('tabSettings/tab', 'CustomTab'),
  ref('tabVisibilities/tab', 'CustomTab'),
];

const SHARED: readonly ReferencePath[] = ['sharedTo', 'sharedFrom'].flatMap((end) => [
  ref(`${end}/group`, 'Group'),
  ref(`${end}/queue`, 'Queue'),
  ref(`${end}/role`, 'Role'),
  ref(`${end}/roleAndSubordinates`, 'Role'),
  ref(`${end}/roleAndSubordinatesInternal`, 'Role'),
]);

const under = (prefix: string, paths: readonly ReferencePath[]): ReferencePath[] =>
  paths.map((item) => ({ ...item, path: `${prefix}/${item.path}` }));

/**
 * Which elements of which metadata types name other components (Metadata API Developer Guide, each under its type). What has rules of
 * its own, such as columns of list views, stands in check-references.ts.
 */
export const REFERENCE_PATHS: Readonly<Record<string, readonly ReferencePath[]>> = {
  ApexTestSuite: [ref('testClassName', 'ApexClass')],
  CompactLayout: [own('fields', 'CustomField')],
  CustomApplication: [
    ref('tabs', 'CustomTab'),
    ref('utilityBar', 'FlexiPage'),
    ref('actionOverrides/pageOrSobjectType', 'CustomObject'),
    ref('profileActionOverrides/profile', 'Profile'),
    ref('profileActionOverrides/recordType', 'RecordType'),
  ],
  CustomField: [
    ref('referenceTo', 'CustomObject'),
    own('valueSet/controllingField', 'CustomField'),
    ref('valueSet/valueSetName', 'GlobalValueSet'),
  ],
  CustomFieldTranslation: [own('name', 'CustomField')],
  CustomPermission: [ref('requiredPermission/customPermission', 'CustomPermission')],
  CustomObjectTranslation: [
    own('fields/name', 'CustomField'),
    own('quickActions/name', 'QuickAction'),
    own('recordTypes/name', 'RecordType'),
    own('validationRules/name', 'ValidationRule'),
    own('fieldSets/name', 'FieldSet'),
  ],
  CustomTab: [
    ref('lwcComponent', 'LightningComponentBundle'),
    ref('flexiPage', 'FlexiPage'),
    ref('page', 'ApexPage'),
  ],
  FieldSet: [
    own('displayedFields/field', 'CustomField'),
    own('availableFields/field', 'CustomField'),
  ],
  FlexiPage: [ref('sobjectType', 'CustomObject')],
  Layout: [
    own('layoutSections/layoutColumns/layoutItems/field', 'CustomField'),
    ref('quickActionList/quickActionListItems/quickActionName', 'QuickAction'),
    ref('layoutSections/layoutColumns/layoutItems/page', 'ApexPage'),
  ],
  ListView: [ref('queue', 'Queue'), ...SHARED.filter(({ path }) => path.startsWith('sharedTo/'))],
  MutingPermissionSet: PERMISSIONS,
  Network: [
    ref('networkMemberGroups/profile', 'Profile'),
    ref('networkMemberGroups/permissionSet', 'PermissionSet'),
    ref('selfRegProfile', 'Profile'),
  ],
  PermissionSet: PERMISSIONS,
  PermissionSetGroup: [
    ref('permissionSets', 'PermissionSet'),
    ref('mutingPermissionSets', 'MutingPermissionSet'),
  ],
  PlatformEventSubscriberConfig: [ref('platformEventConsumer', 'ApexTrigger')],
  Profile: PERMISSIONS,
  Queue: [
    ref('queueSobject/sobjectType', 'CustomObject'),
    ref('queueMembers/publicGroups/publicGroup', 'Group'),
    ref('queueMembers/roles/role', 'Role'),
    ref('queueMembers/roleAndSubordinates/roleAndSubordinate', 'Role'),
    ref('queueMembers/roleAndSubordinatesInternal/roleAndSubordinateInternal', 'Role'),
  ],
  QuickAction: [
    ref('lightningWebComponent', 'LightningComponentBundle'),
    ref('targetObject', 'CustomObject'),
    ref('flowDefinition', 'Flow'),
    ref('page', 'ApexPage'),
  ],
  RecordType: [own('picklistValues/picklist', 'CustomField')],
  Role: [ref('parentRole', 'Role')],
  SharingRules: [
    ...under('sharingCriteriaRules', SHARED),
    ...under('sharingGuestRules', SHARED),
    ...under('sharingOwnerRules', SHARED),
    own('sharingCriteriaRules/criteriaItems/field', 'CustomField'),
    own('sharingGuestRules/criteriaItems/field', 'CustomField'),
  ],
  SharingSet: [ref('profiles', 'Profile'), ref('accessMappings/object', 'CustomObject')],
  Translations: [
    ref('customApplications/name', 'CustomApplication'),
    ref('customLabels/name', 'CustomLabel'),
    ref('customTabs/name', 'CustomTab'),
    ref('quickActions/name', 'QuickAction'),
  ],
  ValidationRule: [own('errorDisplayField', 'CustomField')],
};
