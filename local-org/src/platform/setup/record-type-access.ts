import { keepRecordTypeGrants } from '../../access/record-type-grants.ts';
import type { RecordTypeGrants } from '../../access/record-type-grants.ts';
import type { PermissionContainer, Project } from '../../project/model.ts';
import type { OrgStore } from '../../storage/store.ts';
import { profileId, profileName } from './profiles.ts';
import { findSetupRow } from './upsert.ts';

/**
 * Takes what profiles, permission sets and muting permission sets say about record types into the org. After their rows. Documented: Metadata API,
 * ProfileRecordTypeVisibility and PermissionSetRecordTypeVisibility; standard profiles have what their metadata says, too.
 */
export function deployRecordTypes(store: OrgStore, project: Project): void {
  const grants: Record<string, RecordTypeGrants> = {};
  const keep = (setId: unknown, container: PermissionContainer): void => {
    if (typeof setId === 'string' && container.recordTypeVisibilities.length > 0)
      grants[setId] = grantsOf(store, container);
  };
  for (const profile of project.profiles.values()) {
    const id = profileId(store, profileName(profile.name));
    if (id !== undefined)
      keep(findSetupRow(store, 'PermissionSet', { ProfileId: id })?.['Id'], profile);
  }
  for (const set of project.permissionSets.values())
    keep(findSetupRow(store, 'PermissionSet', { Name: set.name })?.['Id'], set);
  for (const set of project.mutingPermissionSets.values())
    keep(findSetupRow(store, 'MutingPermissionSet', { DeveloperName: set.name })?.['Id'], set);
  keepRecordTypeGrants(store, grants);
}

function grantsOf(store: OrgStore, container: PermissionContainer): RecordTypeGrants {
  const found = container.recordTypeVisibilities.flatMap((visibility) => {
    const id = idOf(store, visibility.recordType);
    return id === undefined ? [] : [{ ...visibility, id }];
  });
  const ids = (which: (one: (typeof found)[number]) => boolean): string[] =>
    found.filter(which).map(({ id }) => id);
  return {
    named: ids(() => true),
    visible: ids(({ visible }) => visible),
    defaults: ids(({ isDefault }) => isDefault),
    personDefaults: ids(({ isPersonDefault }) => isPersonDefault),
  };
}

/** `Account.Reseller`; metadata names record types of person accounts `PersonAccount.Customer`. */
function idOf(store: OrgStore, name: string): string | undefined {
  const [object = '', type = ''] = name.toLowerCase().split('.');
  return store.schema
    .object(object === 'personaccount' ? 'Account' : object)
    ?.recordTypes.find(({ developerName }) => developerName.toLowerCase() === type)?.id;
}
