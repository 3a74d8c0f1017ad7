import type { RecordStore } from '../../dml/hooks.ts';

/**
 * Every user is assigned the permission set that its profile owns, so that queries on PermissionSetAssignment see the profile's permissions too
 * (documented: Object Reference, PermissionSet, "IsOwnedByProfile"). Call after a user was made or got another profile.
 */
export function assignProfileSet(
  store: RecordStore,
  userId: string,
  profileId: string | null,
): void {
  const owned =
    profileId === null ? undefined : store.rowsWhere('PermissionSet', 'ProfileId', [profileId])[0];
  const wanted = owned === undefined ? null : String(owned['Id']);
  let present = false;
  for (const assignment of store.rowsWhere('PermissionSetAssignment', 'AssigneeId', [userId])) {
    const setId = String(assignment['PermissionSetId']);
    if (setId === wanted) present = true;
    else if (store.rowsById('PermissionSet', [setId]).get(setId)?.['IsOwnedByProfile'] === true) {
      store.deleteRow('PermissionSetAssignment', String(assignment['Id']));
    }
  }
  if (wanted !== null && !present) {
    store.insertRow('PermissionSetAssignment', {
      AssigneeId: userId,
      PermissionSetId: wanted,
      IsActive: true,
    });
  }
}
