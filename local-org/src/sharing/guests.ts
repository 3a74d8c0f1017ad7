import type { Viewer } from '../access/viewer.ts';
import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import { sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { findSetupRow, upsertSetupRow } from '../platform/setup/upsert.ts';

/** Type of the group that stands for a site's guest user. The type is documented by Group's describe; that rules share with it is inferred. */
export const GUEST_GROUP = 'GuestUserGroup';

/**
 * People who have not logged in. Documented: Help, "Secure Guest Users' Sharing Settings and Record Access" (enforced in every org with sites): every
 * default is private, no queues, no groups, no manual or Apex shares; guest user sharing rules alone give access, and never more than reading.
 */
export function isGuest(viewer: Viewer): boolean {
  return viewer.userType === 'Guest';
}

/** A guest's default of an object; null where the object has no sharing. Only details of a master follow another record. */
export function guestDefault(object: ObjectInfo, model: SharingModel | null): SharingModel | null {
  if (model === null) return null;
  const detail = [...object.fields.values()].some(
    (field) => field.reference?.masterDetail === true,
  );
  return detail ? 'ControlledByParent' : 'Private';
}

/** The condition on share rows that reach a guest: those of guest rules. Rows of any other cause that name it are left over from before. */
export const GUEST_ROWS = sql`AND "RowCause" = 'GuestRule' `;

/** The groups that stand for a guest. */
export function guestGroups(store: OrgStore, userId: string): string[] {
  return store
    .rowsWhere('Group', 'RelatedId', [userId])
    .filter((row) => row['Type'] === GUEST_GROUP)
    .map((row) => String(row['Id']));
}

/**
 * The group of the guest user that a rule names by its nickname (documented: Metadata API, SharedTo.guestUser), made with the first rule; undefined
 * where the org has no such guest.
 */
export function guestGroupOf(store: OrgStore, nickname: string): string | undefined {
  const wanted = nickname.toLowerCase();
  const user = store
    .rowsWhere('User', 'UserType', ['Guest'])
    .find((row) => String(row['CommunityNickname']).toLowerCase() === wanted);
  if (user === undefined) return undefined;
  const key = { RelatedId: user['Id'], Type: GUEST_GROUP };
  const known = findSetupRow(store, 'Group', key);
  if (known !== undefined) return String(known['Id']);
  const fields = { Name: user['Name'], DeveloperName: nickname, DoesIncludeBosses: false };
  return upsertSetupRow(store, 'Group', key, fields);
}
