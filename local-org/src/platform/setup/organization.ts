import type { RecordStore } from '../../dml/hooks.ts';
import { assignProfileSet } from '../users/profile-assignment.ts';
import { profileId } from './profiles.ts';
import { upsertSetupRow } from './upsert.ts';

/** User name of the administrator that every new org has. */
export const ADMIN_USERNAME = 'admin@local-org.example';

/** Writes the Organization row once. Its fiscal year starts in January, its time zone is the machine's. */
export function seedOrganization(store: RecordStore): string {
  const existing = store.rowsWhere('Organization', 'OrganizationType', ['Developer Edition'])[0];
  if (existing !== undefined) return String(existing['Id']);
  return store.insertRow('Organization', {
    Name: 'Local Org',
    OrganizationType: 'Developer Edition',
    IsSandbox: false,
    IsReadOnly: false,
    InstanceName: 'LOCAL',
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: machineTimeZone(),
    FiscalYearStartMonth: 1,
    UsesStartDateAsFiscalYearName: false,
    NamespacePrefix: null,
    TrialExpirationDate: null,
    UiSkin: 'Lightning',
  });
}

/** Writes the two users that every org has: the administrator and the Automated Process user that runs event subscribers. @returns the administrator's Id */
export function seedUsers(store: RecordStore): string {
  const admin = seedUser(store, {
    Username: ADMIN_USERNAME,
    FirstName: 'Ada',
    LastName: 'Admin',
    Email: 'admin@local-org.example',
    Alias: 'admin',
    CommunityNickname: 'admin',
    UserType: 'Standard',
    ProfileId: profileId(store, 'System Administrator') ?? null,
  });
  seedUser(store, {
    Username: 'autoproc@local-org.example',
    FirstName: 'Automated',
    LastName: 'Process',
    Email: 'autoproc@local-org.example',
    Alias: 'autoproc',
    CommunityNickname: 'autoproc',
    UserType: 'AutomatedProcess',
    ProfileId: null,
  });
  return admin;
}

function seedUser(store: RecordStore, fields: Readonly<Record<string, unknown>>): string {
  const { Username, ...others } = fields;
  const existing = store.rowsWhere('User', 'Username', [Username])[0];
  if (existing !== undefined) return String(existing['Id']);
  const id = upsertSetupRow(
    store,
    'User',
    { Username },
    {
      ...others,
      Name: `${String(fields['FirstName'])} ${String(fields['LastName'])}`,
      IsActive: true,
      TimeZoneSidKey: machineTimeZone(),
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      // Required and defaulted on create, which a row written here does not go through.
      DigestFrequency: 'D',
      DefaultGroupNotificationFrequency: 'N',
      UserRoleId: null,
    },
  );
  const profile = fields['ProfileId'];
  assignProfileSet(store, id, typeof profile === 'string' ? profile : null);
  return id;
}

function machineTimeZone(): string {
  return new Intl.DateTimeFormat('en-US').resolvedOptions().timeZone;
}
