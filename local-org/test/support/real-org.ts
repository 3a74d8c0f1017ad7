import type { AccessContext } from '../../src/execution/contract.ts';
import type { ObjectInfo, OrgShape, Schema, SharingModel } from '../../src/schema/contract.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { createSchema } from '../../src/schema/resolved-schema.ts';
import { OrgStore } from '../../src/storage/store.ts';
import { NOW } from './org.ts';

/** The platform's own schema without a project, with organisation-wide defaults as a test wants them. */
export function platformSchema(
  defaults: Readonly<Record<string, readonly [internal: SharingModel, external: SharingModel]>>,
  shape: OrgShape = ORG_SHAPES['prm-three-roles'],
): Schema {
  const schema = createSchema({ shape });
  const overridden = new Map<string, ObjectInfo>();
  for (const [name, [internalSharing, externalSharing]] of Object.entries(defaults)) {
    const object = schema.object(name);
    if (object !== undefined)
      overridden.set(name.toLowerCase(), { ...object, internalSharing, externalSharing });
  }
  return new Proxy(schema, {
    get(target, key) {
      if (key === 'object')
        return (name: string) => overridden.get(name.toLowerCase()) ?? target.object(name);
      if (key === 'objectByPrefix') {
        return (prefix: string) => {
          const found = target.objectByPrefix(prefix);
          return found === undefined
            ? undefined
            : (overridden.get(found.name.toLowerCase()) ?? found);
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function'
        ? (value as (...args: unknown[]) => unknown).bind(target)
        : value;
    },
  });
}

/** What a profile or permission set of a test grants. */
export interface Grants {
  /** Object → letters of c, r, e, d, V (view all), M (modify all). */
  readonly objects?: Readonly<Record<string, string>>;
  /** `Account.Phone` → 'r' or 're'. */
  readonly fields?: Readonly<Record<string, string>>;
  /** `ModifyAllData` … */
  readonly permissions?: readonly string[];
}

/** An org with the platform's schema, and helpers that write users, roles and permissions as rows. */
export class PersonaOrg {
  readonly store: OrgStore;
  #count = 0;

  constructor(schema: Schema) {
    this.store = OrgStore.open(':memory:', schema);
    this.store.clock = { now: NOW, userId: null };
  }

  /** Without a word the role's owners of accounts get no access to the accounts' children. */
  role(
    name: string,
    parent: string | null = null,
    more: Readonly<Record<string, unknown>> = {},
  ): string {
    const id = this.store.insertRow('UserRole', {
      Name: name,
      DeveloperName: name,
      ParentRoleId: parent,
      OpportunityAccessForAccountOwner: 'None',
      CaseAccessForAccountOwner: 'None',
      ContactAccessForAccountOwner: 'None',
      ...more,
    });
    for (const type of ['Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'])
      this.store.insertRow('Group', { DeveloperName: `${name}${type}`, Type: type, RelatedId: id });
    return id;
  }

  profile(grants: Grants, userType = 'Standard', custom = true): string {
    const n = ++this.#count;
    const id = this.store.insertRow('Profile', { Name: `Profile ${n}`, UserType: userType });
    const set = this.store.insertRow('PermissionSet', {
      Name: `P${n}`,
      ProfileId: id,
      IsOwnedByProfile: true,
      IsCustom: custom,
    });
    this.grant(set, grants);
    return id;
  }

  permissionSet(grants: Grants): string {
    const set = this.store.insertRow('PermissionSet', {
      Name: `S${++this.#count}`,
      IsCustom: true,
    });
    this.grant(set, grants);
    return set;
  }

  grant(set: string, { objects = {}, fields = {}, permissions = [] }: Grants): void {
    for (const [object, letters] of Object.entries(objects)) {
      this.store.insertRow('ObjectPermissions', {
        ParentId: set,
        SobjectType: object,
        PermissionsCreate: letters.includes('c'),
        PermissionsRead: letters.includes('r'),
        PermissionsEdit: letters.includes('e'),
        PermissionsDelete: letters.includes('d'),
        PermissionsViewAllRecords: letters.includes('V'),
        PermissionsModifyAllRecords: letters.includes('M'),
      });
    }
    for (const [field, letters] of Object.entries(fields)) {
      this.store.insertRow('FieldPermissions', {
        ParentId: set,
        Field: field,
        SobjectType: field.split('.')[0],
        PermissionsRead: letters.includes('r'),
        PermissionsEdit: letters.includes('e'),
      });
    }
    if (permissions.length > 0)
      this.store.updateRow(
        'PermissionSet',
        set,
        Object.fromEntries(permissions.map((name) => [`Permissions${name}`, true])),
      );
  }

  user(fields: Readonly<Record<string, unknown>>): string {
    const n = ++this.#count;
    return this.store.insertRow('User', {
      Username: `u${n}@x.y`,
      LastName: `U${n}`,
      Name: `U${n}`,
      IsActive: true,
      UserType: 'Standard',
      Alias: `u${n}`,
      Email: `u${n}@x.y`,
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      LocaleSidKey: 'en_US',
      TimeZoneSidKey: 'UTC',
      DigestFrequency: 'D',
      DefaultGroupNotificationFrequency: 'N',
      CommunityNickname: `u${n}`,
      ...fields,
    });
  }

  /** With sharing, without object and field checks. */
  withSharing(userId: string): AccessContext {
    return { userId, access: 'system', sharing: true };
  }

  userMode(userId: string): AccessContext {
    return { userId, access: 'user', sharing: true };
  }
}
