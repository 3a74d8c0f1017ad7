import { setsGranting } from '../access/viewer.ts';
import type { SetGrants, Viewer } from '../access/viewer.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import type { OpenReason } from './why.ts';

/** Names of records, by Id; the Id itself where an object has no name. */
export function nameOf(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
): Map<string, string> {
  const field = [...object.fields.values()].find((each) => each.nameField)?.name ?? 'Id';
  return new Map(
    [...store.rowsById(object.name, ids)].map(([id, row]) => [id, textOf(row[field]) ?? id]),
  );
}

/** Why everything is open, in words. */
export function openText(why: OpenReason, sources: readonly string[]): string {
  const by = sources.length === 0 ? '' : ` (${sources.join(', ')})`;
  switch (why.kind) {
    case 'modify-all':
      return `Modify All${by}`;
    case 'view-all':
      return `View All${by}`;
    case 'default':
      return `organisation-wide default ${why.model}`;
    case 'unshared':
      return 'the object has no sharing';
    default:
      throw why satisfies never;
  }
}

/** Profile and permission sets that open the whole object. */
export function setNames(
  store: OrgStore,
  userId: string,
  object: ObjectInfo,
  kind: OpenReason['kind'],
): string[] {
  if (kind !== 'modify-all' && kind !== 'view-all') return [];
  const name = object.name.toLowerCase();
  const opens = ({ permissions, objects }: SetGrants): boolean =>
    permissions.includes('modifyalldata') ||
    objects.get(name)?.modifyAll === true ||
    (kind === 'view-all' &&
      (permissions.includes('viewalldata') || objects.get(name)?.viewAll === true));
  return setsNamed(store, setsGranting(store, userId, opens));
}

/** What permission sets are called: a profile's own set by its profile. */
function setsNamed(store: OrgStore, ids: readonly string[]): string[] {
  return [...store.rowsById('PermissionSet', ids).values()].map((row) => {
    const profileId = textOf(row['ProfileId']);
    const profile =
      profileId === null ? undefined : store.rowsById('Profile', [profileId]).get(profileId);
    return profile === undefined
      ? `permission set ${textOf(row['Name']) ?? ''}`
      : `profile ${textOf(profile['Name']) ?? ''}`;
  });
}

/** A user with the role, for reasons that go through somebody else. */
export function userText(store: OrgStore, userId: string): string {
  const row = store.rowsById('User', [userId]).get(userId);
  const role = roleText(store, textOf(row?.['UserRoleId']));
  return `${textOf(row?.['Name']) ?? userId}${role === null ? '' : `, role ${role}`}`;
}

/** A role by its name. */
export function roleText(store: OrgStore, roleId: string | null): string | null {
  if (roleId === null || store.schema.object('UserRole') === undefined) return null;
  return textOf(store.rowsById('UserRole', [roleId]).get(roleId)?.['Name']);
}

/** Whose record it is, for reasons that come from its owner. */
export function ownerTexts(
  store: OrgStore,
  object: ObjectInfo,
  kind: 'role-above' | 'queue' | 'super-user-owner',
  ids: readonly string[],
  viewer: Viewer,
): Map<string, string[]> {
  const role = roleText(store, viewer.roleId) ?? '';
  return new Map(
    [...store.rowsById(object.name, ids)].map(([id, row]) => {
      const owner = textOf(row['OwnerId']) ?? '';
      if (kind === 'queue') {
        const queue = store.rowsById('Group', [owner]).get(owner);
        return [id, [`owned by queue ${textOf(queue?.['Name']) ?? owner}`]];
      }
      const who = userText(store, owner);
      return [
        id,
        [
          kind === 'role-above'
            ? `role ${role} is above its owner ${who}`
            : `partner super user: owned by ${who}`,
        ],
      ];
    }),
  );
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
