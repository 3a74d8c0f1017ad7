/**
 * How components of a metadata type lie in a package of the Metadata API. Documented: Metadata API Developer Guide, the "Directory and file suffix" paragraph
 * of each type.
 * - `xml`: one XML file, with `-meta.xml` behind its name in source format only
 * - `content`: a file of any content beside its `-meta.xml`
 * - `bundle`: a folder is one component
 * - `object`: an XML file that source format takes apart
 */
export interface MetadataFolder {
  readonly folder: string;
  readonly type: string;
  /** Without dot; empty for bundles. */
  readonly suffix: string;
  readonly kind: 'xml' | 'content' | 'bundle' | 'object';
  /** Components lie in sub-folders and are named with them: `unfiled$public/Welcome`. */
  readonly inFolders: boolean;
  /** Files of the package are added to what the org has, element by element, instead of replacing it. */
  readonly merges: boolean;
}

const folder = (
  name: string,
  type: string,
  suffix: string,
  more: Partial<MetadataFolder> = {},
): MetadataFolder => ({
  folder: name,
  type,
  suffix,
  kind: 'xml',
  inFolders: false,
  merges: false,
  ...more,
});
const content = { kind: 'content' } as const;
const bundle = { kind: 'bundle' } as const;
/** Documented for profiles, labels, translations and rules: what a file leaves out stays as it is in the org. */
const merging = { merges: true } as const;

const FOLDERS: readonly MetadataFolder[] = [
  folder('classes', 'ApexClass', 'cls', content),
  folder('triggers', 'ApexTrigger', 'trigger', content),
  folder('pages', 'ApexPage', 'page', content),
  folder('components', 'ApexComponent', 'component', content),
  folder('objects', 'CustomObject', 'object', { kind: 'object' }),
  folder('lwc', 'LightningComponentBundle', '', bundle),
  folder('aura', 'AuraDefinitionBundle', '', bundle),
  folder('experiences', 'ExperienceBundle', '', bundle),
  folder('digitalExperiences', 'DigitalExperienceBundle', '', { ...bundle, inFolders: true }),
  folder('staticresources', 'StaticResource', 'resource', content),
  folder('contentassets', 'ContentAsset', 'asset', content),
  folder('documents', 'Document', '', { ...content, inFolders: true }),
  folder('email', 'EmailTemplate', 'email', { ...content, inFolders: true }),
  folder('labels', 'CustomLabels', 'labels', merging),
  folder('translations', 'Translations', 'translation', merging),
  folder('objectTranslations', 'CustomObjectTranslation', 'objectTranslation', merging),
  folder('globalValueSetTranslations', 'GlobalValueSetTranslation', 'globalValueSetTranslation'),
  folder(
    'standardValueSetTranslations',
    'StandardValueSetTranslation',
    'standardValueSetTranslation',
  ),
  folder('customMetadata', 'CustomMetadata', 'md'),
  folder('globalValueSets', 'GlobalValueSet', 'globalValueSet'),
  folder('standardValueSets', 'StandardValueSet', 'standardValueSet'),
  folder('permissionsets', 'PermissionSet', 'permissionset'),
  folder('permissionsetgroups', 'PermissionSetGroup', 'permissionsetgroup'),
  folder('mutingpermissionsets', 'MutingPermissionSet', 'mutingpermissionset'),
  folder('profiles', 'Profile', 'profile', merging),
  folder('customPermissions', 'CustomPermission', 'customPermission'),
  folder('roles', 'Role', 'role'),
  folder('groups', 'Group', 'group'),
  folder('queues', 'Queue', 'queue'),
  folder('sharingRules', 'SharingRules', 'sharingRules', merging),
  folder('sharingSets', 'SharingSet', 'sharingSet'),
  folder('flexipages', 'FlexiPage', 'flexipage'),
  folder('quickActions', 'QuickAction', 'quickAction'),
  folder('layouts', 'Layout', 'layout'),
  folder('applications', 'CustomApplication', 'app'),
  folder('tabs', 'CustomTab', 'tab'),
  folder('settings', 'Settings', 'settings', merging),
  folder('networks', 'Network', 'network'),
  folder('sites', 'CustomSite', 'site'),
  folder('digitalExperienceConfigs', 'DigitalExperienceConfig', 'digitalExperienceConfig'),
  folder('navigationMenus', 'NavigationMenu', 'navigationMenu'),
  folder('remoteSiteSettings', 'RemoteSiteSetting', 'remoteSite'),
  folder('namedCredentials', 'NamedCredential', 'namedCredential'),
  folder('externalCredentials', 'ExternalCredential', 'externalCredential'),
  folder('flows', 'Flow', 'flow'),
  folder('flowDefinitions', 'FlowDefinition', 'flowDefinition'),
  folder('flowtests', 'FlowTest', 'flowtest'),
  folder('reports', 'Report', 'report', { inFolders: true }),
  folder('reportTypes', 'ReportType', 'reportType'),
  folder('dashboards', 'Dashboard', 'dashboard', { inFolders: true }),
  folder('cachePartitions', 'PlatformCachePartition', 'cachePartition'),
  folder('connectedApps', 'ConnectedApp', 'connectedApp'),
  folder('duplicateRules', 'DuplicateRule', 'duplicateRule'),
  folder('matchingRules', 'MatchingRules', 'matchingRule', merging),
  folder('assignmentRules', 'AssignmentRules', 'assignmentRules', merging),
  folder('autoResponseRules', 'AutoResponseRules', 'autoResponseRules', merging),
  folder('escalationRules', 'EscalationRules', 'escalationRules', merging),
  folder('workflows', 'Workflow', 'workflow', merging),
  folder('approvalProcesses', 'ApprovalProcess', 'approvalProcess'),
  folder('notificationtypes', 'CustomNotificationType', 'notiftype'),
  folder('messageChannels', 'LightningMessageChannel', 'messageChannel'),
  folder('cspTrustedSites', 'CspTrustedSite', 'cspTrustedSite'),
  folder('corsWhitelistOrigins', 'CorsWhitelistOrigin', 'corsWhitelistOrigin'),
  folder('pathAssistants', 'PathAssistant', 'pathAssistant'),
  folder('platformEventChannels', 'PlatformEventChannel', 'platformEventChannel'),
  folder('platformEventChannelMembers', 'PlatformEventChannelMember', 'platformEventChannelMember'),
  folder(
    'PlatformEventSubscriberConfigs',
    'PlatformEventSubscriberConfig',
    'platformEventSubscriberConfig',
  ),
  folder('testSuites', 'ApexTestSuite', 'testSuite'),
  folder('restrictionRules', 'RestrictionRule', 'rule'),
  folder('brandingSets', 'BrandingSet', 'brandingSet'),
  folder('lightningExperienceThemes', 'LightningExperienceTheme', 'lightningExperienceTheme'),
  folder('topicsForObjects', 'TopicsForObjects', 'topicsForObjects'),
  folder('profilePasswordPolicies', 'ProfilePasswordPolicy', 'profilePasswordPolicy'),
  folder('profileSessionSettings', 'ProfileSessionSetting', 'profileSessionSetting'),
];

const BY_FOLDER = new Map(FOLDERS.map((entry) => [entry.folder, entry]));
const BY_TYPE = new Map(FOLDERS.map((entry) => [entry.type, entry]));

/** The parts that source format takes a `.object` apart into: element, metadata type and suffix; the folder is named as the element. */
export const OBJECT_PARTS: Readonly<
  Record<string, { readonly type: string; readonly suffix: string }>
> = {
  fields: { type: 'CustomField', suffix: 'field' },
  validationRules: { type: 'ValidationRule', suffix: 'validationRule' },
  recordTypes: { type: 'RecordType', suffix: 'recordType' },
  businessProcesses: { type: 'BusinessProcess', suffix: 'businessProcess' },
  compactLayouts: { type: 'CompactLayout', suffix: 'compactLayout' },
  listViews: { type: 'ListView', suffix: 'listView' },
  fieldSets: { type: 'FieldSet', suffix: 'fieldSet' },
  sharingReasons: { type: 'SharingReason', suffix: 'sharingReason' },
  webLinks: { type: 'WebLink', suffix: 'webLink' },
  indexes: { type: 'Index', suffix: 'index' },
};

/** A page, route, theme … of an enhanced LWR site: a folder in the site's bundle, and a component of its own. */
export const SITE_CONTENT = 'DigitalExperience';

/** Types that are elements of a file of another type, by that file's type and the element. */
export const ELEMENT_TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CustomLabels: { labels: 'CustomLabel' },
  SharingRules: {
    sharingCriteriaRules: 'SharingCriteriaRule',
    sharingOwnerRules: 'SharingOwnerRule',
    sharingGuestRules: 'SharingGuestRule',
    sharingTerritoryRules: 'SharingTerritoryRule',
  },
  Workflow: {
    alerts: 'WorkflowAlert',
    fieldUpdates: 'WorkflowFieldUpdate',
    rules: 'WorkflowRule',
    tasks: 'WorkflowTask',
    outboundMessages: 'WorkflowOutboundMessage',
  },
  MatchingRules: { matchingRules: 'MatchingRule' },
  AssignmentRules: { assignmentRule: 'AssignmentRule' },
  AutoResponseRules: { autoResponseRule: 'AutoResponseRule' },
  EscalationRules: { escalationRule: 'EscalationRule' },
};

/** Folder of a package by its name. */
export function metadataFolder(name: string): MetadataFolder | undefined {
  return BY_FOLDER.get(name);
}

/** Where components of a type lie; undefined for types that the local org does not take. */
export function folderOfType(type: string): MetadataFolder | undefined {
  return BY_TYPE.get(type);
}

/** Every type that can be named in a package, the elements and parts of files among them. */
export function knownTypes(): string[] {
  const parts = Object.values(OBJECT_PARTS).map(({ type }) => type);
  const elements = Object.values(ELEMENT_TYPES).flatMap((types) => Object.values(types));
  return [...BY_TYPE.keys(), ...parts, ...elements, SITE_CONTENT];
}

/** All folders, for the description of the org's metadata types. */
export function metadataFolders(): readonly MetadataFolder[] {
  return FOLDERS;
}
