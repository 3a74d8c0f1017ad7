import type { RecordStore } from '../../dml/hooks.ts';
import type { NetworkMetadata, Project } from '../../project/model.ts';
import type { Schema } from '../../schema/contract.ts';
import { addMembers } from './member-hooks.ts';
import { removeOthers } from '../setup/permission-rows.ts';
import { profileId, profileName, writeProfile } from '../setup/profiles.ts';
import { findSetupRow, upsertSetupRow } from '../setup/upsert.ts';
import { assignProfileSet } from '../users/profile-assignment.ts';

/**
 * Writes sites, their guest users and their members. Without Digital Experiences an org has none of them; what the project
 * has is then left out with a warning, so that the rest can be tried in such an org.
 */
export function writeNetworks(
  store: RecordStore,
  schema: Schema,
  project: Project,
  licences: ReadonlyMap<string, string>,
  warnings: string[],
): void {
  for (const network of project.networks.values()) {
    if (schema.object('Network') === undefined) {
      warnings.push(
        `Network ${network.name} was left out: Communities must be enabled before deploying a Chatter Network Site`,
      );
      continue;
    }
    writeSite(store, project, network, licences);
    const networkId = upsertSetupRow(
      store,
      'Network',
      { Name: network.name },
      {
        Status: network.status,
        Description: network.description ?? null,
        UrlPathPrefix: network.urlPathPrefix,
        EmailSenderName: network.emailSenderName ?? null,
        EmailSenderAddress: network.emailSenderAddress ?? null,
        OptionsAllowInternalUserLogin: network.allowInternalUserLogin,
        OptionsSelfRegistrationEnabled: network.selfRegistration,
        OptionsSiteAsContainerEnabled: network.picassoSite !== undefined,
      },
    );
    writeMemberGroups(store, networkId, network);
  }
}

function writeMemberGroups(store: RecordStore, networkId: string, network: NetworkMetadata): void {
  const parents = new Set<unknown>([
    ...network.memberProfiles.map((name) => profileByMetadataName(store, name)),
    ...network.memberPermissionSets.map(
      (name) => findSetupRow(store, 'PermissionSet', { Name: name })?.['Id'],
    ),
  ]);
  parents.delete(undefined);
  for (const ParentId of parents) {
    upsertSetupRow(store, 'NetworkMemberGroup', { NetworkId: networkId, ParentId }, {});
  }
  addMembers(store, [
    ...store
      .rowsWhere('User', 'ProfileId', [...parents])
      .map((row) => [String(row['Id']), String(row['ProfileId'])] as const),
    ...store
      .rowsWhere('PermissionSetAssignment', 'PermissionSetId', [...parents])
      .map((row) => [String(row['AssigneeId']), String(row['PermissionSetId'])] as const),
  ]);
  removeOthers(store, 'NetworkMemberGroup', 'NetworkId', networkId, (row) =>
    parents.has(row['ParentId']),
  );
}

/** Names of profiles in networks are retrieved in lower case, so case says nothing. */
export function profileByMetadataName(store: RecordStore, name: string): string | undefined {
  return profileId(store, profileName(name));
}

/** Every network stands on a site of Salesforce Sites, which brings a guest user with a profile of its own (documented: Site, GuestUserId). */
function writeSite(
  store: RecordStore,
  project: Project,
  network: NetworkMetadata,
  licences: ReadonlyMap<string, string>,
): void {
  const site = project.customSites.get((network.site ?? '').toLowerCase());
  if (site === undefined) return;
  const guestUserId = writeGuest(store, site.label, licences);
  upsertSetupRow(
    store,
    'Site',
    { Name: site.name },
    {
      MasterLabel: site.label,
      Status: site.active ? 'Active' : 'Inactive',
      SiteType: site.siteType,
      UrlPathPrefix: site.urlPathPrefix,
      ...(guestUserId !== null && { GuestUserId: guestUserId }),
    },
  );
}

/** Practitioner-reported names: profile `<site> Profile`, user `<site> Site Guest User`. */
function writeGuest(
  store: RecordStore,
  label: string,
  licences: ReadonlyMap<string, string>,
): string | null {
  const licenceId = licences.get('Guest User License');
  if (licenceId === undefined) return null;
  const name = `${label} Profile`;
  // Guest profiles that the project carries were written with the other profiles.
  const guestProfile =
    profileId(store, name) ??
    writeProfile(store, { name, licenceId, licenceName: 'Guest User License', custom: true })
      .profileId;
  const username = `${label.toLowerCase().replace(/[^a-z0-9]+/g, '_')}@guest.local-org.example`;
  const existing = findSetupRow(store, 'User', { Username: username });
  if (existing !== undefined) return String(existing['Id']);
  const id = store.insertRow('User', {
    Username: username,
    FirstName: null,
    LastName: `${label} Site Guest User`,
    Name: `${label} Site Guest User`,
    Email: 'guest@local-org.example',
    Alias: 'guest',
    CommunityNickname: username.split('@')[0] ?? 'guest',
    UserType: 'Guest',
    ProfileId: guestProfile,
    IsActive: true,
    TimeZoneSidKey: 'UTC',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    DigestFrequency: 'D',
    DefaultGroupNotificationFrequency: 'N',
    UserRoleId: null,
  });
  assignProfileSet(store, id, guestProfile);
  return id;
}
