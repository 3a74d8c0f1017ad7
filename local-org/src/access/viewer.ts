import type { StoredRow } from '../dml/hooks.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';

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
}

/** Documented: Object Reference, User.UserType. */
const INTERNAL_TYPES = new Set([
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

function readViewer(store: OrgStore, userId: string): Viewer {
  const user = store.rowsById('User', [userId]).get(userId) ?? {};
  const profileId = text(user['ProfileId']);
  const sets = permissionSets(store, userId, profileId);
  const grants = new Grants();
  for (const { row, muted } of sets) grants.add(store, row, muted);
  const own = sets.find((set) => set.row['IsOwnedByProfile'] === true)?.row;
  const userType = text(user['UserType']) ?? 'Standard';
  return {
    userId,
    profileId,
    roleId: text(user['UserRoleId']),
    userType,
    external: !INTERNAL_TYPES.has(userType),
    contactId: text(user['ContactId']),
    accountId: text(user['AccountId']) ?? contactAccount(store, text(user['ContactId'])),
    standardProfile: own !== undefined && own['IsCustom'] !== true,
    permissions: grants.permissions,
    objects: grants.objects,
    fields: grants.fields,
    customPermissions: grants.customPermissions,
    apexClasses: grants.apexClasses,
  };
}

function contactAccount(store: OrgStore, contactId: string | null): string | null {
  if (contactId === null) return null;
  return text(store.rowsById('Contact', [contactId]).get(contactId)?.['AccountId']);
}

interface GrantedSet {
  readonly row: StoredRow;
  /** Ids of muting permission sets that take away from this one. */
  readonly muted: readonly string[];
}

function permissionSets(store: OrgStore, userId: string, profileId: string | null): GrantedSet[] {
  const found: GrantedSet[] = [];
  if (store.schema.object('PermissionSet') === undefined) return found;
  if (profileId !== null) {
    for (const row of store.rowsWhere('PermissionSet', 'ProfileId', [profileId]))
      found.push({ row, muted: [] });
  }
  if (store.schema.object('PermissionSetAssignment') === undefined) return found;
  for (const assignment of store.rowsWhere('PermissionSetAssignment', 'AssigneeId', [userId])) {
    if (isExpired(assignment, store.now)) continue;
    const setId = text(assignment['PermissionSetId']);
    const row = setId === null ? undefined : store.rowsById('PermissionSet', [setId]).get(setId);
    const groupId = text(assignment['PermissionSetGroupId']) ?? text(row?.['PermissionSetGroupId']);
    if (groupId !== null) found.push(...groupSets(store, groupId));
    else if (row !== undefined && row['IsOwnedByProfile'] !== true) found.push({ row, muted: [] });
  }
  return found;
}

function isExpired(assignment: StoredRow, now: number): boolean {
  const expiry = assignment['ExpirationDate'];
  if (typeof expiry !== 'object' || expiry === null) return false;
  return 'millis' in expiry && typeof expiry.millis === 'number' && expiry.millis <= now;
}

function groupSets(store: OrgStore, groupId: string): GrantedSet[] {
  const members = store
    .rowsWhere('PermissionSetGroupComponent', 'PermissionSetGroupId', [groupId])
    .flatMap((row) => text(row['PermissionSetId']) ?? []);
  const muted = members.filter((id) => id.startsWith('0QM'));
  const rows = store.rowsById(
    'PermissionSet',
    members.filter((id) => !muted.includes(id)),
  );
  return [...rows.values()].map((row) => ({ row, muted }));
}

class Grants {
  readonly permissions = new Set<string>();
  readonly objects = new Map<string, ObjectAccess>();
  readonly fields = new Map<string, { read: boolean; edit: boolean }>();
  readonly customPermissions = new Set<string>();
  readonly apexClasses = new Set<string>();

  add(store: OrgStore, set: StoredRow, muted: readonly string[]): void {
    const parent = [String(set['Id'])];
    const mute = muted.length === 0 ? null : new Grants();
    for (const id of muted) mute?.add(store, { Id: id }, []);
    for (const [name, value] of Object.entries(set)) {
      if (value === true && name.startsWith('Permissions'))
        this.permissions.add(name.slice('Permissions'.length).toLowerCase());
    }
    this.#addObjects(store, parent, mute);
    this.#addFields(store, parent, mute);
    this.#addEntities(store, parent, mute);
  }

  #addObjects(store: OrgStore, parent: readonly string[], mute: Grants | null): void {
    if (store.schema.object('ObjectPermissions') === undefined) return;
    for (const row of store.rowsWhere('ObjectPermissions', 'ParentId', parent)) {
      const key = String(row['SobjectType']).toLowerCase();
      const off = mute?.objects.get(key);
      const access = this.objects.get(key) ?? {
        create: false,
        read: false,
        edit: false,
        delete: false,
        viewAll: false,
        modifyAll: false,
      };
      access.create ||= row['PermissionsCreate'] === true && off?.create !== true;
      access.read ||= row['PermissionsRead'] === true && off?.read !== true;
      access.edit ||= row['PermissionsEdit'] === true && off?.edit !== true;
      access.delete ||= row['PermissionsDelete'] === true && off?.delete !== true;
      access.viewAll ||= row['PermissionsViewAllRecords'] === true && off?.viewAll !== true;
      access.modifyAll ||= row['PermissionsModifyAllRecords'] === true && off?.modifyAll !== true;
      this.objects.set(key, access);
    }
  }

  #addFields(store: OrgStore, parent: readonly string[], mute: Grants | null): void {
    if (store.schema.object('FieldPermissions') === undefined) return;
    for (const row of store.rowsWhere('FieldPermissions', 'ParentId', parent)) {
      const key = String(row['Field']).toLowerCase();
      const off = mute?.fields.get(key);
      const access = this.fields.get(key) ?? { read: false, edit: false };
      access.read ||= row['PermissionsRead'] === true && off?.read !== true;
      access.edit ||= row['PermissionsEdit'] === true && off?.edit !== true;
      this.fields.set(key, access);
    }
  }

  #addEntities(store: OrgStore, parent: readonly string[], mute: Grants | null): void {
    if (store.schema.object('SetupEntityAccess') === undefined) return;
    const rows = store.rowsWhere('SetupEntityAccess', 'ParentId', parent);
    const ids = rows.flatMap((row) => text(row['SetupEntityId']) ?? []);
    const permissions =
      ids.length > 0 && store.schema.object('CustomPermission') !== undefined
        ? store.rowsById('CustomPermission', ids)
        : new Map<string, StoredRow>();
    for (const id of ids) {
      const name = permissions.get(id)?.['DeveloperName'];
      if (typeof name === 'string') {
        if (mute?.customPermissions.has(name.toLowerCase()) !== true)
          this.customPermissions.add(name.toLowerCase());
      } else if (mute?.apexClasses.has(id) !== true) this.apexClasses.add(id);
    }
  }
}

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
