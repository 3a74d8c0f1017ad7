import { ApexBlob } from '../../apex/values/blob.ts';
import type { RecordStore } from '../../dml/hooks.ts';
import type { Project } from '../../project/model.ts';
import { readStaticResource } from '../../project/static-resources.ts';
import type { Schema } from '../../schema/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { quote } from '../../storage/tables.ts';
import { writeCustomMetadata } from './custom-metadata.ts';
import { seedLicences } from './licences.ts';
import { seedOrganization, seedUsers } from './organization.ts';
import { removeOthers, writeGrants } from './permission-rows.ts';
import { profileName, seedStandardProfiles, writeProfile } from './profiles.ts';
import { writeNetworks } from '../networks/network-rows.ts';
import { seedStandardGroups, writeGroupsAndQueues, writeRoles } from './roles-and-groups.ts';
import { recountLicences } from '../licences/seats.ts';
import { seedSalesStates } from './status-rows.ts';
import { upsertSetupRow } from './upsert.ts';

/** What a deployment wrote besides code. */
export interface SetupResult {
  readonly organizationId: string;
  readonly adminId: string;
  /** Things that were left out, by name and with the reason. */
  readonly warnings: readonly string[];
}

/** Writes everything of a project that is rows in Salesforce, in dependency order. Idempotent: deploying twice changes nothing. */
export function writeSetupRows(store: RecordStore, schema: Schema, project: Project): SetupResult {
  const warnings: string[] = [];
  const organizationId = seedOrganization(store);
  const licences = seedLicences(store, schema);
  seedStandardProfiles(store, schema, licences);
  const adminId = seedUsers(store);
  seedStandardGroups(store);
  seedSalesStates(store, schema);
  writeApexRows(store, project);
  writeStaticResources(store, project);
  writeCachePartitions(store, project);
  writeCustomPermissions(store, project);
  writeRoles(store, project);
  writeGroupsAndQueues(store, project);
  writeProfiles(store, schema, project, licences, warnings);
  writePermissionSets(store, schema, project, licences);
  writeMutingSets(store, schema, project);
  writePermissionSetGroups(store, project);
  writeNetworks(store, schema, project, licences, warnings);
  writeCustomMetadata(store, schema, project);
  writeRecordTypes(store, schema, project);
  recountLicences(store);
  return { organizationId, adminId, warnings };
}

/** Rows that were written before there was an administrator are the administrator's. */
export function signSetupRows(store: OrgStore, adminId: string): void {
  for (const object of store.tables.existingObjects()) {
    const table = store.tables.table(object);
    if (!table.byName.has('CreatedById') || !table.byName.has('LastModifiedById')) continue;
    store.db.run(
      `UPDATE ${quote(table.name)} SET "CreatedById" = ?, "LastModifiedById" = ? WHERE "CreatedById" IS NULL`,
      [adminId, adminId],
    );
  }
}

/** Rows of classes and triggers that the source has; those of others are gone with them. */
function writeApexRows(store: RecordStore, project: Project): void {
  for (const [object, sources] of [
    ['ApexClass', project.classes],
    ['ApexTrigger', project.triggers],
  ] as const) {
    for (const source of sources.values()) {
      upsertSetupRow(
        store,
        object,
        { Name: source.name },
        {
          ApiVersion: source.apiVersion,
          Status: source.status,
          IsValid: true,
          NamespacePrefix: null,
          Body: source.source,
          LengthWithoutComments: source.source.length,
        },
      );
    }
    for (const row of store.rowsWhere(object, 'IsValid', [true]))
      if (!sources.has(String(row['Name']).toLowerCase()))
        store.deleteRow(object, String(row['Id']));
  }
}

/** Metadata of partitions has no effect here, because every partition exists; their rows are read by published Apex all the same. */
function writeCachePartitions(store: RecordStore, project: Project): void {
  for (const { type, fullName } of project.components) {
    if (type !== 'PlatformCachePartition') continue;
    upsertSetupRow(
      store,
      'PlatformCachePartition',
      { DeveloperName: fullName },
      { MasterLabel: fullName, NamespacePrefix: null, Language: 'en_US' },
    );
  }
}

/** Bytes are kept in the row, because Apex reads them by query; unchanged files keep their row as it is. */
function writeStaticResources(store: RecordStore, project: Project): void {
  for (const resource of project.staticResources.values()) {
    // A folder is a zip file on Salesforce: its row would need bytes that nobody has made.
    if (resource.isFolder) continue;
    const body = readStaticResource(project, resource.name) ?? new Uint8Array();
    const existing = store.rowsWhere('StaticResource', 'Name', [resource.name])[0];
    const stored = existing?.['Body'];
    const isSame = stored instanceof ApexBlob && Buffer.from(stored.bytes).equals(body);
    upsertSetupRow(
      store,
      'StaticResource',
      { Name: resource.name },
      {
        ContentType: resource.contentType,
        BodyLength: body.length,
        CacheControl: resource.cacheControl,
        NamespacePrefix: null,
        Body: isSame ? stored : new ApexBlob(body),
      },
    );
  }
}

function writeCustomPermissions(store: RecordStore, project: Project): void {
  for (const permission of project.customPermissions.values()) {
    upsertSetupRow(
      store,
      'CustomPermission',
      { DeveloperName: permission.name },
      {
        MasterLabel: permission.label,
        Description: permission.description ?? null,
        Language: 'en_US',
        IsLicensed: permission.isLicensed,
        IsProtected: false,
        NamespacePrefix: null,
      },
    );
  }
}

function writeProfiles(
  store: RecordStore,
  schema: Schema,
  project: Project,
  licences: ReadonlyMap<string, string>,
  warnings: string[],
): void {
  for (const profile of project.profiles.values()) {
    const standard = store.rowsWhere('Profile', 'Name', [profileName(profile.name)])[0];
    const licenceName = profile.userLicense ?? 'Salesforce';
    const licenceId = licences.get(licenceName);
    if (licenceId === undefined) {
      warnings.push(`Profile ${profile.name} was left out: the org has no ${licenceName} licence`);
      continue;
    }
    // Metadata of a standard profile only adds to what the platform grants; it must not turn the administrator into nobody.
    if (standard !== undefined && !profile.custom) continue;
    const { profileId, permissionSetId } = writeProfile(store, {
      name: profile.name,
      licenceId,
      licenceName,
      custom: true,
      description: profile.description,
    });
    writeGrants(store, schema, project, permissionSetId, profile, profileId);
  }
}

function writePermissionSets(
  store: RecordStore,
  schema: Schema,
  project: Project,
  licences: ReadonlyMap<string, string>,
): void {
  for (const set of project.permissionSets.values()) {
    const id = upsertSetupRow(
      store,
      'PermissionSet',
      { Name: set.name },
      {
        Label: set.label,
        Description: set.description ?? null,
        IsCustom: true,
        IsOwnedByProfile: false,
        Type: 'Regular',
        LicenseId: set.license === undefined ? null : (licences.get(set.license) ?? null),
        HasActivationRequired: set.hasActivationRequired,
        NamespacePrefix: null,
      },
    );
    writeGrants(store, schema, project, id, set, null);
  }
}

/** What groups of permission sets take away, kept like what a permission set grants. Documented: Object Reference, MutingPermissionSet. */
function writeMutingSets(store: RecordStore, schema: Schema, project: Project): void {
  for (const set of project.mutingPermissionSets.values()) {
    const id = upsertSetupRow(
      store,
      'MutingPermissionSet',
      { DeveloperName: set.name },
      { MasterLabel: set.label, Language: 'en_US' },
    );
    writeGrants(store, schema, project, id, set, null);
  }
}

/** A group and the aggregate permission set through which it is assigned. Documented: Object Reference, PermissionSetGroup and PermissionSet.Type. */
function writePermissionSetGroups(store: RecordStore, project: Project): void {
  for (const group of project.permissionSetGroups.values()) {
    const id = upsertSetupRow(
      store,
      'PermissionSetGroup',
      { DeveloperName: group.name },
      {
        MasterLabel: group.label,
        Description: group.description ?? null,
        Language: 'en_US',
        Status: 'Updated',
        HasActivationRequired: group.hasActivationRequired,
        NamespacePrefix: null,
      },
    );
    upsertSetupRow(
      store,
      'PermissionSet',
      { PermissionSetGroupId: id },
      {
        Name: group.name,
        Label: group.label,
        IsCustom: true,
        IsOwnedByProfile: false,
        Type: 'Group',
        HasActivationRequired: group.hasActivationRequired,
      },
    );
    const members = new Set<string>();
    const sets = [
      ...group.permissionSets.map((name) => store.rowsWhere('PermissionSet', 'Name', [name])[0]),
      // Documented: Object Reference, PermissionSetGroupComponent.PermissionSetId: of a permission set or of a muting permission set.
      ...group.mutingPermissionSets.map(
        (name) => store.rowsWhere('MutingPermissionSet', 'DeveloperName', [name])[0],
      ),
    ];
    for (const set of sets) {
      if (set === undefined) continue;
      members.add(String(set['Id']));
      upsertSetupRow(
        store,
        'PermissionSetGroupComponent',
        { PermissionSetGroupId: id, PermissionSetId: set['Id'] },
        {},
      );
    }
    removeOthers(store, 'PermissionSetGroupComponent', 'PermissionSetGroupId', id, (row) =>
      members.has(String(row['PermissionSetId'])),
    );
  }
}

/** Record types exist only where the project declares them, but for the one of person accounts. */
function writeRecordTypes(store: RecordStore, schema: Schema, project: Project): void {
  const names = new Set([...[...project.objects.values()].map(({ name }) => name), 'Account']);
  for (const name of names) {
    const object = schema.object(name);
    for (const type of object?.recordTypes ?? []) {
      if (type.isMaster) continue;
      upsertSetupRow(
        store,
        'RecordType',
        { Id: type.id },
        {
          DeveloperName: type.developerName,
          Name: type.label,
          SobjectType: object?.name ?? name,
          IsActive: type.active,
          NamespacePrefix: null,
          ...(schema.shape.features.has('personAccounts') && {
            IsPersonType: type.isPerson === true,
          }),
        },
      );
    }
  }
}
