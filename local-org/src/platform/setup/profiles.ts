import type { RecordStore } from '../../dml/hooks.ts';
import type { ObjectPermissionMetadata } from '../../project/model.ts';
import type { Schema } from '../../schema/contract.ts';
import { grantObjects, grantUserPermissions } from './permission-rows.ts';
import { userTypeOf } from './licences.ts';
import { findSetupRow, upsertSetupRow } from './upsert.ts';

interface StandardProfile {
  readonly name: string;
  readonly licence: string;
  /** User permissions by their name in `PermissionsX`; 'all' is the administrator's. */
  readonly permissions: readonly string[] | 'all';
  /** Objects with create, read, edit and delete. */
  readonly objects: readonly string[];
  /** Objects with read only. */
  readonly reads: readonly string[];
  /** Objects with create, read and edit. */
  readonly edits?: readonly string[];
}

const SALES = [
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Campaign',
  'Contract',
  'Asset',
] as const;
/** Practitioner: standard profiles other than the administrator's do not delete cases. */
const SERVICE = ['Case'] as const;

/** What the administrator's profile lists, although Modify All Data grants it anyway: published Apex looks for these rows. */
const ADMINISTRATED = [
  ...SALES,
  ...SERVICE,
  'Idea',
  'Individual',
  'Order',
  'Pricebook2',
  'Product2',
  'Quote',
  'Solution',
] as const;

// Practitioner knowledge of what standard profiles grant; the parts that matter here are tested through personas of our own.
const STANDARD_PROFILES: readonly StandardProfile[] = [
  {
    name: 'System Administrator',
    licence: 'Salesforce',
    permissions: 'all',
    objects: ADMINISTRATED,
    reads: [],
  },
  {
    name: 'Standard User',
    licence: 'Salesforce',
    permissions: [
      'ApiEnabled',
      'RunReports',
      'EditTask',
      'EditEvent',
      'LightningExperienceUser',
      'ActivitiesAccess',
      'ConvertLeads',
      'MassInlineEdit',
      'SubmitMacrosAllowed',
    ],
    objects: SALES,
    edits: SERVICE,
    reads: ['Product2', 'Pricebook2'],
  },
  {
    name: 'Read Only',
    licence: 'Salesforce',
    permissions: ['ApiEnabled', 'RunReports', 'LightningExperienceUser'],
    objects: [],
    reads: [...SALES, ...SERVICE, 'Product2', 'Pricebook2'],
  },
  {
    name: 'Marketing User',
    licence: 'Salesforce',
    permissions: [
      'ApiEnabled',
      'RunReports',
      'EditTask',
      'EditEvent',
      'LightningExperienceUser',
      'ActivitiesAccess',
      'ConvertLeads',
      'MarketingUser',
      'ImportLeads',
    ],
    objects: SALES,
    edits: SERVICE,
    reads: ['Product2', 'Pricebook2'],
  },
  {
    name: 'Contract Manager',
    licence: 'Salesforce',
    permissions: ['ApiEnabled', 'RunReports', 'EditTask', 'EditEvent', 'LightningExperienceUser'],
    objects: SALES,
    edits: SERVICE,
    reads: ['Product2', 'Pricebook2'],
  },
  {
    name: 'Solution Manager',
    licence: 'Salesforce',
    permissions: ['ApiEnabled', 'RunReports', 'EditTask', 'EditEvent', 'LightningExperienceUser'],
    objects: [...SALES, 'Solution'],
    edits: SERVICE,
    reads: ['Product2', 'Pricebook2'],
  },
  {
    name: 'Minimum Access - Salesforce',
    licence: 'Salesforce',
    permissions: ['LightningExperienceUser', 'ActivitiesAccess'],
    objects: [],
    reads: [],
  },
  {
    name: 'Standard Platform User',
    licence: 'Salesforce Platform',
    permissions: ['ApiEnabled', 'LightningExperienceUser'],
    objects: ['Account', 'Contact'],
    reads: [],
  },
  { name: 'Chatter Free User', licence: 'Chatter Free', permissions: [], objects: [], reads: [] },
  {
    name: 'Partner Community User',
    licence: 'Partner Community',
    permissions: [],
    objects: ['Lead', 'Opportunity'],
    reads: ['Account', 'Contact'],
  },
  {
    name: 'Partner Community Login User',
    licence: 'Partner Community Login',
    permissions: [],
    objects: ['Lead', 'Opportunity'],
    reads: ['Account', 'Contact'],
  },
  {
    name: 'Customer Community User',
    licence: 'Customer Community',
    permissions: [],
    objects: ['Case'],
    reads: ['Account', 'Contact'],
  },
  {
    name: 'Customer Community Plus User',
    licence: 'Customer Community Plus',
    permissions: [],
    objects: ['Case'],
    reads: ['Account', 'Contact'],
  },
];

/** What metadata calls the standard profiles. Documented: Metadata API Developer Guide, Profile. */
const STANDARD_NAMES: Readonly<Record<string, string>> = {
  admin: 'System Administrator',
  standard: 'Standard User',
  readonly: 'Read Only',
  solutionmanager: 'Solution Manager',
  marketingprofile: 'Marketing User',
  contractmanager: 'Contract Manager',
  standardaul: 'Standard Platform User',
};

/** The name of a profile that metadata calls so. */
export function profileName(name: string): string {
  return STANDARD_NAMES[name.toLowerCase()] ?? name;
}

/** Permissions that even the administrator's profile does not have: they take something away. */
const RESTRICTING = new Set([
  'ApiUserOnly',
  'IsSsoEnabled',
  'TwoFactorUiLogin',
  'TwoFactorApi',
  'GuestUserOnly',
]);

/** Writes the standard profiles whose licence the org has. */
export function seedStandardProfiles(
  store: RecordStore,
  schema: Schema,
  licences: ReadonlyMap<string, string>,
): void {
  for (const profile of STANDARD_PROFILES) {
    const licence = licences.get(profile.licence);
    if (licence === undefined) continue;
    const set = writeProfile(store, {
      name: profile.name,
      licenceId: licence,
      licenceName: profile.licence,
      custom: false,
    });
    const granted =
      profile.permissions === 'all' ? allUserPermissions(schema) : profile.permissions;
    grantUserPermissions(store, schema, set.permissionSetId, granted, set.profileId);
    grantObjects(store, schema, set.permissionSetId, [
      ...profile.objects.map((object) => access(object, true)),
      ...(profile.edits ?? []).map((object) => ({ ...access(object, true), delete: false })),
      ...profile.reads.map((object) => access(object, false)),
    ]);
  }
}

/** A profile with the permission set that it owns: there its permissions live. Practitioner-reported: `IsOwnedByProfile`, `IsCustom`. */
export function writeProfile(
  store: RecordStore,
  profile: {
    readonly name: string;
    readonly licenceId: string;
    readonly licenceName: string;
    readonly custom: boolean;
    readonly description?: string | undefined;
  },
): { profileId: string; permissionSetId: string } {
  const profileId = upsertSetupRow(
    store,
    'Profile',
    { Name: profile.name },
    {
      UserLicenseId: profile.licenceId,
      UserType: userTypeOf(profile.licenceName),
      Description: profile.description ?? null,
    },
  );
  const permissionSetId = upsertSetupRow(
    store,
    'PermissionSet',
    { ProfileId: profileId },
    {
      Name: `X${profileId.slice(0, 15)}`,
      Label: profileId.slice(0, 15),
      IsOwnedByProfile: true,
      IsCustom: profile.custom,
      Type: 'Profile',
      LicenseId: profile.licenceId,
      HasActivationRequired: false,
    },
  );
  return { profileId, permissionSetId };
}

/** Profile Id by name, undefined when the org has none of it. */
export function profileId(store: RecordStore, name: string): string | undefined {
  const row = findSetupRow(store, 'Profile', { Name: name });
  return row === undefined ? undefined : String(row['Id']);
}

function allUserPermissions(schema: Schema): string[] {
  const names: string[] = [];
  for (const field of schema.object('PermissionSet')?.fields.values() ?? []) {
    const name = field.name.startsWith('Permissions') ? field.name.slice('Permissions'.length) : '';
    if (name !== '' && !RESTRICTING.has(name)) names.push(name);
  }
  return names;
}

function access(object: string, write: boolean): ObjectPermissionMetadata {
  return {
    object,
    create: write,
    read: true,
    edit: write,
    delete: write,
    viewAll: false,
    modifyAll: false,
    viewAllFields: false,
    line: 0,
  };
}
