import type { RecordChange, RecordStore, SaveHook } from '../../dml/hooks.ts';
import { textAfter } from '../changes.ts';

/**
 * Assigning permission sets and permission set groups. Documented: Object Reference, PermissionSetAssignment: `IsActive` is kept by the platform, a group is
 * assigned through its Id, and a permission set with a licence goes only to users of that licence.
 */
export const assignmentHook: SaveHook = {
  objects: ['PermissionSetAssignment'],
  operations: ['insert'],
  prepare(changes, store) {
    for (const change of changes) {
      change.after.load('IsActive', true);
      const groupId = textAfter(change, 'PermissionSetGroupId');
      if (groupId === null || textAfter(change, 'PermissionSetId') !== null) continue;
      const aggregate = store.rowsWhere('PermissionSet', 'PermissionSetGroupId', [groupId])[0];
      if (aggregate !== undefined) change.after.load('PermissionSetId', aggregate['Id']);
    }
  },
  validate(changes, store) {
    for (const change of changes) {
      refuseOtherLicence(change, store);
      refuseTwice(change, store);
    }
  },
};

/** The status is practitioner-reported, the text inferred. */
function refuseOtherLicence(change: RecordChange, store: RecordStore): void {
  const setId = textAfter(change, 'PermissionSetId') ?? '';
  const set = store.rowsById('PermissionSet', [setId]).get(setId);
  const wanted = set?.['LicenseId'];
  if (typeof wanted !== 'string' || set?.['IsOwnedByProfile'] === true) return;
  const userId = textAfter(change, 'AssigneeId') ?? '';
  const profileId = store.rowsById('User', [userId]).get(userId)?.['ProfileId'];
  const profile =
    typeof profileId === 'string'
      ? store.rowsById('Profile', [profileId]).get(profileId)
      : undefined;
  if (profile?.['UserLicenseId'] !== wanted) {
    change.addError({
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: "The user license doesn't allow this permission set",
      fields: ['PermissionSetId'],
    });
  }
}

/** Practitioner-reported text. */
function refuseTwice(change: RecordChange, store: RecordStore): void {
  const setId = textAfter(change, 'PermissionSetId');
  const assignee = textAfter(change, 'AssigneeId');
  const held = store
    .rowsWhere('PermissionSetAssignment', 'AssigneeId', [assignee])
    .some((row) => row['PermissionSetId'] === setId);
  if (held) {
    change.addError({
      statusCode: 'DUPLICATE_VALUE',
      message: `Duplicate PermissionSetAssignment. Assignee: ${assignee ?? ''}; Permission Set: ${setId ?? ''}`,
      fields: ['PermissionSetId', 'AssigneeId'],
    });
  }
}
