import { viewerOf } from '../access/viewer.ts';
import { encodeValue } from '../storage/columns.ts';
import type { OrgStore } from '../storage/store.ts';
import type { FormulaEnv } from './types.ts';

/** What formulas see of the org for one user: `$User`, `$Profile`, `$UserRole`, `$Organization`, `$Permission`, `$CustomMetadata`, `$Setup`. */
export function formulaEnv(store: OrgStore, userId: string, now: number, zone: string): FormulaEnv {
  const idOf = (object: string): string | null => {
    const viewer = viewerOf(store, userId);
    if (object === 'User') return userId;
    if (object === 'Profile') return viewer.profileId;
    if (object === 'UserRole') return viewer.roleId;
    const [organization] =
      store.schema.object('Organization') === undefined ? [] : store.allRows('Organization');
    return typeof organization?.['Id'] === 'string' ? organization['Id'] : null;
  };
  const stored = (object: string, id: string, field: string): unknown => {
    const info = store.schema.field(object, field);
    const row = store.rowsById(object, [id]).get(id);
    return info === undefined ? null : encodeValue(row?.[info.name] ?? null, info);
  };
  return {
    now,
    zone,
    global: (object, field) => {
      const id = idOf(object);
      return id === null ? null : stored(object, id, field);
    },
    permission: (name) => viewerOf(store, userId).customPermissions.has(name.toLowerCase()),
    customMetadata: (type, record, field) => {
      const row = store.rowsWhere(type, 'DeveloperName', [record])[0];
      return typeof row?.['Id'] === 'string' ? stored(type, row['Id'], field) : null;
    },
    // Documented: hierarchy custom settings: the user's value, then the profile's, then the organization's.
    setup: (object, field) => {
      const info = store.schema.field(object, field);
      for (const owner of [userId, viewerOf(store, userId).profileId, idOf('Organization')]) {
        const row =
          owner === null ? undefined : store.rowsWhere(object, 'SetupOwnerId', [owner])[0];
        const value = info === undefined ? undefined : row?.[info.name];
        if (info !== undefined && value !== undefined && value !== null)
          return encodeValue(value, info);
      }
      return null;
    },
  };
}
