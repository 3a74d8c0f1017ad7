import { HIGH_VOLUME_TYPES } from '../access/high-volume.ts';
import type { Fragment } from '../storage/sql.ts';
import { raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { ownedByHighVolume } from './owners.ts';

const known = new WeakMap<OrgStore, { readonly version: number; readonly any: boolean }>();

/** Whether the org has such users: most have none, and their queries need not ask. */
function hasHighVolumeUsers(store: OrgStore): boolean {
  const version = store.versionOf(['User']);
  const last = known.get(store);
  if (last?.version === version) return last.any;
  const user = store.schema.object('User');
  const any =
    user !== undefined &&
    store.tables.existing(user) !== undefined &&
    store.db.get(
      `SELECT 1 FROM "User" WHERE "UserType" IN (SELECT value FROM json_each(?)) LIMIT 1`,
      [JSON.stringify([...HIGH_VOLUME_TYPES])],
    ) !== undefined;
  known.set(store, { version, any });
  return any;
}

/**
 * Children of accounts that implicit sharing does not reach: those of high-volume users, as a condition to add; null where there are none. Documented: Security
 * Implementation Guide, "Create and Edit Groups": "For account owners to see child records owned by high-volume Experience Cloud site users, they must be
 * members of any share groups with access to the site users' data." Share groups are in no metadata (docs/fidelity.md).
 */
export function beyondImplicit(store: OrgStore, owner: string): Fragment | null {
  return hasHighVolumeUsers(store) ? sql`NOT ${ownedByHighVolume(raw(`+${owner}`))}` : null;
}
