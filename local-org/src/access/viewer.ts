import type { StoredRow } from '../dml/hooks.ts';
import { assumed } from '../inferred/index.ts';
import type { Assumptions } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { isActivated } from './activations.ts';
import { recordTypeGrants } from './record-type-grants.ts';
import type { ViewerRecordTypes } from './record-type-grants.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';

/** What a user may do with an object, all permission sets combined. */
export interface ObjectAccess {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

/** A user as the security layers see it: identity, place in the hierarchy, and everything granted by profile and permission sets. */
export interface Viewer {
  readonly userId: string;
  readonly profileId: string | null;
  readonly roleId: string | null;
  readonly userType: string;
  /** Partner, customer and guest users: the external defaults apply to them. */
  readonly external: boolean;
  readonly contactId: string | null;
  /** Account of an external user. */
  readonly accountId: string | null;
  /** Deactivated users lose what was shared with them by name. */
  readonly active: boolean;
  /** Whether the user is marked as partner super user; what that gives is up to the org's setting. */
  readonly superUser: boolean;
  /** Standard profiles (not created by anyone) show every standard field of the objects they grant. */
  readonly standardProfile: boolean;
  /** User permissions by lower-case name without the `Permissions` prefix: `modifyalldata`. */
  readonly permissions: ReadonlySet<string>;
  /** By lower-case object name. */
  readonly objects: ReadonlyMap<string, ObjectAccess>;
  /** By lower-case `object.field`. */
  readonly fields: ReadonlyMap<string, { readonly read: boolean; readonly edit: boolean }>;
  /** API names of granted custom permissions, lower case. */
  readonly customPermissions: ReadonlySet<string>;
  /** Ids of Apex classes granted. */
  readonly apexClasses: ReadonlySet<string>;
  /** What is visible and preset. */
  readonly recordTypes: ViewerRecordTypes;
  /** What the org assumes where documentation is silent. */
  readonly assumptions: Assumptions;
}

/** Documented: Object Reference, User.UserType. */
export const INTERNAL_TYPES: ReadonlySet<string> = new Set([
  'Standard',
  'CsnOnly',
  'CSNOnly',
  'AutomatedProcess',
  'PlatformUser',
  '',
]);

interface Cache {
  epoch: number;
  readonly viewers: Map<string, Viewer>;
}
const caches = new WeakMap<OrgStore, Cache>();

/**
 * The viewer of a user Id. Effective access is the union of the profile's own permission set, assigned permission sets, and the sets of
 * assigned groups minus what their muting set takes away (documented: Permission Set Groups, muting). Cached until setup data changes.
 */
export function viewerOf(store: OrgStore, userId: string): Viewer {
  let cache = caches.get(store);
  if (cache === undefined) {
    cache = { epoch: store.setupEpoch, viewers: new Map() };
    caches.set(store, cache);
  }
  if (cache.epoch !== store.setupEpoch) {
    cache.epoch = store.setupEpoch;
    cache.viewers.clear();
  }
  let viewer = cache.viewers.get(userId);
  if (viewer === undefined) {
    viewer = readViewer(store, userId);
    cache.viewers.set(userId, viewer);
  }
  return viewer;
}

/** The viewers that are remembered and still hold. */
export function knownViewers(store: OrgStore): Viewer[] {
  const cache = caches.get(store);
  return cache === undefined || cache.epoch !== store.setupEpoch ? [] : [...cache.viewers.values()];
}

/** Viewers read anew, past everything that is remembered. */
export function freshViewers(store: OrgStore, userIds: readonly string[]): Viewer[] {
  const kept = grantCaches.get(store);
  grantCaches.delete(store);
  try {
    return userIds.map((id) => readViewer(store, id));
  } finally {
    if (kept === undefined) grantCaches.delete(store);
    else grantCaches.set(store, kept);
  }
}

function readViewer(store: OrgStore, userId: string): Viewer {
  const user = store.rowsById('User', [userId]).get(userId) ?? {};
  const profileId = text(user['ProfileId']);
  const own = profileSet(store, profileId);
  const grants = new Grants();
  if (own !== null) grants.add(store, own.id, []);
  for (const { id, muted } of assignedSets(store, userId)) {
    grants.add(store, id, muted);
    grants.addRecordTypes(store, id, muted);
  }
  const userType = text(user['UserType']) ?? 'Standard';
  return {
    userId,
    profileId,
    roleId: text(user['UserRoleId']),
    userType,
    external: !INTERNAL_TYPES.has(userType),
    contactId: text(user['ContactId']),
    active: user['IsActive'] !== false,
    superUser: userType === 'PowerPartner' && user['IsPrmSuperUser'] === true,
    accountId: text(user['AccountId']) ?? contactAccount(store, text(user['ContactId'])),
    standardProfile: own !== null && !own.isCustom && !isMinimumAccess(store, profileId),
    permissions: grants.permissions,
    objects: grants.objects,
    fields: grants.fields,
    customPermissions: grants.customPermissions,
    apexClasses: grants.apexClasses,
    recordTypes: {
      profile: recordTypeGrants(store, own?.id ?? ''),
      assigned: grants.recordTypes,
    },
    assumptions: store.schema.shape.assumptions ?? {},
  };
}

/**
 * Ids of the user's permission sets, the one that the profile owns included, that grant something no muting set takes away from them: where an
 * effective permission comes from.
 */
export function setsGranting(
  store: OrgStore,
  userId: string,
  grants: (set: SetGrants) => boolean,
): string[] {
  const profileId = text(store.rowsById('User', [userId]).get(userId)?.['ProfileId']);
  const own = profileSet(store, profileId);
  const sets = [
    ...(own === null ? [] : [{ id: own.id, muted: [] }]),
    ...assignedSets(store, userId),
  ];
  return sets
    .filter(({ id }) => grants(grantsOf(store, id)))
    .filter(({ muted }) => !muted.some((mute) => grants(grantsOf(store, mute))))
    .map(({ id }) => id);
}

/** Documented: the Minimum Access profiles grant neither objects nor fields. */
function isMinimumAccess(store: OrgStore, profileId: string | null): boolean {
  const row =
    profileId === null ? undefined : store.rowsById('Profile', [profileId]).get(profileId);
  return text(row?.['Name'])?.startsWith('Minimum Access') === true;
}

function contactAccount(store: OrgStore, contactId: string | null): string | null {
  if (contactId === null) return null;
  return text(store.rowsById('Contact', [contactId]).get(contactId)?.['AccountId']);
}

interface GrantedSet {
  readonly id: string;
  /** Ids of muting permission sets that take away from this one. */
  readonly muted: readonly string[];
}

interface SetFacts {
  readonly id: string;
  readonly isCustom: boolean;
}

/** Id of the permission set that a profile owns: there its permissions are. */
function profileSet(store: OrgStore, profileId: string | null): SetFacts | null {
  if (profileId === null || store.schema.object('PermissionSet') === undefined) return null;
  const [row] = selectSets(store, '"ProfileId" = ?', [profileId]);
  return row === undefined ? null : { id: row.id, isCustom: row.isCustom };
}

interface SetRow extends SetFacts {
  readonly ownedByProfile: boolean;
  readonly groupId: string | null;
}

function selectSets(store: OrgStore, where: string, params: readonly string[]): SetRow[] {
  const object = store.schema.object('PermissionSet');
  const table = object === undefined ? undefined : store.tables.existing(object);
  if (table === undefined) return [];
  const group = table.byName.has('PermissionSetGroupId') ? '"PermissionSetGroupId"' : 'NULL';
  const rows = store.db.all(
    `SELECT "Id", "IsCustom", "IsOwnedByProfile", ${group} FROM "PermissionSet" WHERE ${where}`,
    params,
  );
  return rows.map((row) => ({
    id: String(row[0]),
    isCustom: row[1] === 1,
    ownedByProfile: row[2] === 1,
    groupId: text(row[3]),
  }));
}

function assignedSets(store: OrgStore, userId: string): GrantedSet[] {
  const found: GrantedSet[] = [];
  if (store.schema.object('PermissionSetAssignment') === undefined) return found;
  for (const assignment of store.rowsWhere('PermissionSetAssignment', 'AssigneeId', [userId])) {
    const expiry = expiryOf(assignment);
    if (expiry <= store.now) continue;
    // Documented: PermissionSetAssignment.ExpirationDate. Time alone takes the permissions away: nobody saves anything then.
    if (expiry !== Infinity) store.setupStaleAt(expiry);
    const setId = text(assignment['PermissionSetId']);
    const [set] = setId === null ? [] : selectSets(store, '"Id" = ?', [setId]);
    const groupId = text(assignment['PermissionSetGroupId']) ?? set?.groupId ?? null;
    if (!isActivated(store, userId, groupId ?? setId)) continue;
    if (groupId !== null) found.push(...groupSets(store, groupId));
    else if (set !== undefined && !set.ownedByProfile) found.push({ id: set.id, muted: [] });
  }
  return found;
}

function expiryOf(assignment: StoredRow): number {
  const expiry = assignment['ExpirationDate'];
  if (typeof expiry !== 'object' || expiry === null || !('millis' in expiry)) return Infinity;
  return typeof expiry.millis === 'number' ? expiry.millis : Infinity;
}

/** Whose row holds the user permissions of an Id. */
export function permissionSetObject(id: string): 'MutingPermissionSet' | 'PermissionSet' {
  return id.startsWith('0QM') ? 'MutingPermissionSet' : 'PermissionSet';
}

function groupSets(store: OrgStore, groupId: string): GrantedSet[] {
  const members = store
    .rowsWhere('PermissionSetGroupComponent', 'PermissionSetGroupId', [groupId])
    .flatMap((row) => text(row['PermissionSetId']) ?? []);
  const muted = members.filter((id) => permissionSetObject(id) === 'MutingPermissionSet');
  return members.filter((id) => !muted.includes(id)).map((id) => ({ id, muted }));
}

/** What one permission set grants by itself. Cached: most transactions change users, few change permission sets. */
export interface SetGrants {
  readonly permissions: readonly string[];
  readonly objects: ReadonlyMap<string, Readonly<ObjectAccess>>;
  readonly fields: ReadonlyMap<string, { readonly read: boolean; readonly edit: boolean }>;
  readonly customPermissions: readonly string[];
  readonly apexClasses: readonly string[];
}

const GRANT_OBJECTS = [
  'PermissionSet',
  'MutingPermissionSet',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'CustomPermission',
];
const grantCaches = new WeakMap<
  OrgStore,
  { version: number; readonly sets: Map<string, SetGrants> }
>();

function grantsOf(store: OrgStore, setId: string): SetGrants {
  const version = store.versionOf(GRANT_OBJECTS);
  let cache = grantCaches.get(store);
  if (cache === undefined || cache.version !== version) {
    cache = { version, sets: new Map() };
    grantCaches.set(store, cache);
  }
  let grants = cache.sets.get(setId);
  if (grants === undefined) {
    grants = readGrants(store, setId);
    cache.sets.set(setId, grants);
  }
  return grants;
}

function readGrants(store: OrgStore, setId: string): SetGrants {
  const objects = new Map<string, ObjectAccess>();
  for (const row of rowsUnder(store, 'ObjectPermissions', setId)) {
    objects.set(String(row['SobjectType']).toLowerCase(), {
      create: row['PermissionsCreate'] === true,
      read: row['PermissionsRead'] === true,
      edit: row['PermissionsEdit'] === true,
      delete: row['PermissionsDelete'] === true,
      viewAll: row['PermissionsViewAllRecords'] === true,
      modifyAll: row['PermissionsModifyAllRecords'] === true,
    });
  }
  const fields = new Map<string, { read: boolean; edit: boolean }>();
  for (const row of rowsUnder(store, 'FieldPermissions', setId)) {
    fields.set(String(row['Field']).toLowerCase(), {
      read: row['PermissionsRead'] === true,
      edit: row['PermissionsEdit'] === true,
    });
  }
  const entities = rowsUnder(store, 'SetupEntityAccess', setId).flatMap(
    (row) => text(row['SetupEntityId']) ?? [],
  );
  const hasPermissions =
    entities.length > 0 && store.schema.object('CustomPermission') !== undefined;
  const named = hasPermissions
    ? store.rowsById('CustomPermission', entities)
    : new Map<string, StoredRow>();
  return {
    permissions: userPermissions(store, setId),
    objects,
    fields,
    customPermissions: entities.flatMap(
      (id) => text(named.get(id)?.['DeveloperName'])?.toLowerCase() ?? [],
    ),
    apexClasses: entities.filter((id) => !named.has(id)),
  };
}

function rowsUnder(store: OrgStore, object: string, parentId: string): readonly StoredRow[] {
  return store.schema.object(object) === undefined
    ? []
    : store.rowsWhere(object, 'ParentId', [parentId]);
}

/** The `Permissions…` columns that are on, straight from the table: there are hundreds of them. */
function userPermissions(store: OrgStore, setId: string): string[] {
  const object = store.schema.object(permissionSetObject(setId));
  const table = object === undefined ? undefined : store.tables.existing(object);
  if (table === undefined) return [];
  const names = table.columns
    .map((column) => column.name)
    .filter((name) => name.startsWith('Permissions'));
  if (names.length === 0) return [];
  const row = store.db.get(
    `SELECT ${names.map(quote).join(', ')} FROM ${quote(table.name)} WHERE "Id" = ?`,
    [setId],
  );
  return names
    .filter((_, index) => row?.[index] === 1)
    .map((name) => name.slice('Permissions'.length).toLowerCase());
}

/** Adds up permission sets; what a group mutes is left out of its sets. */
class Grants {
  readonly permissions = new Set<string>();
  readonly objects = new Map<string, ObjectAccess>();
  readonly fields = new Map<string, { read: boolean; edit: boolean }>();
  readonly customPermissions = new Set<string>();
  readonly apexClasses = new Set<string>();
  readonly recordTypes = new Set<string>();

  add(store: OrgStore, setId: string, mutingIds: readonly string[]): void {
    const set = grantsOf(store, setId);
    const mutes = mutingIds.map((id) => grantsOf(store, id));
    const needs = assumed(store.schema.shape, 'muted-needs') === 'with-needs';
    for (const name of set.permissions)
      if (!mutes.some((mute) => mute.permissions.includes(name))) this.permissions.add(name);
    for (const [name, granted] of set.objects) {
      const access = this.objects.get(name) ?? {
        create: false,
        read: false,
        edit: false,
        delete: false,
        viewAll: false,
        modifyAll: false,
      };
      for (const key of OBJECT_RIGHTS)
        access[key] ||=
          granted[key] && !mutes.some((mute) => takesAway(mute.objects.get(name), key, needs));
      this.objects.set(name, access);
    }
    for (const [name, granted] of set.fields) {
      const access = this.fields.get(name) ?? { read: false, edit: false };
      const muted = mutes.flatMap((mute) => mute.fields.get(name) ?? []);
      access.read ||= granted.read && !muted.some(({ read }) => read);
      access.edit ||= granted.edit && !muted.some(({ read, edit }) => read || edit);
      this.fields.set(name, access);
    }
    for (const name of set.customPermissions)
      if (!mutes.some((mute) => mute.customPermissions.includes(name)))
        this.customPermissions.add(name);
    for (const id of set.apexClasses)
      if (!mutes.some((mute) => mute.apexClasses.includes(id))) this.apexClasses.add(id);
  }

  /** Documented: Metadata API, MutingPermissionSet: it has the fields of a permission set, and what it enables is off for the group. */
  addRecordTypes(store: OrgStore, setId: string, mutingIds: readonly string[]): void {
    const muted = mutingIds.flatMap((id) => recordTypeGrants(store, id).visible);
    for (const id of recordTypeGrants(store, setId).visible)
      if (!muted.includes(id)) this.recordTypes.add(id);
  }
}

/** What each right needs. Whether a right goes with what it needs where that is muted is inferred (`muted-needs`). */
const NEEDS: Readonly<Record<keyof ObjectAccess, readonly (keyof ObjectAccess)[]>> = {
  read: [],
  create: ['read'],
  edit: ['read'],
  delete: ['read', 'edit'],
  viewAll: ['read'],
  modifyAll: ['read', 'edit', 'delete', 'viewAll'],
};

function takesAway(
  mute: Readonly<ObjectAccess> | undefined,
  right: keyof ObjectAccess,
  withNeeds: boolean,
): boolean {
  if (mute === undefined) return false;
  return mute[right] || (withNeeds && NEEDS[right].some((needed) => mute[needed]));
}

const OBJECT_RIGHTS = ['create', 'read', 'edit', 'delete', 'viewAll', 'modifyAll'] as const;

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Objects that users reach without object permissions (documented for activities; the others are not listed in a profile's object settings). */
const WITHOUT_OBJECT_PERMISSIONS = new Set([
  'task',
  'event',
  'attachment',
  'note',
  'contentversion',
  'contentdocument',
  'contentdocumentlink',
]);

/** Whether object permissions govern the object at all. */
export function isPermissionable(object: ObjectInfo): boolean {
  if (object.setupObject || WITHOUT_OBJECT_PERMISSIONS.has(object.name.toLowerCase())) return false;
  switch (object.kind) {
    case 'custom':
    case 'external':
    case 'bigObject':
    case 'platformEvent':
      return true;
    case 'standard':
      return object.shareObject !== undefined || object.fields.has('ownerid');
    case 'customMetadata':
    case 'listCustomSetting':
    case 'hierarchyCustomSetting':
    case 'share':
    case 'virtual':
      return false;
    default:
      throw object.kind satisfies never;
  }
}
