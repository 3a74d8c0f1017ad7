import { SObjectValue } from '../../apex/values/sobject.ts';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { StoredRow } from '../../dml/hooks.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import type { ConfigurationServices, RunningUser } from '../contract.ts';

/** Custom metadata and custom settings as `getInstance`, `getAll` and friends answer: without a query that counts. */
export function configurationServices(
  store: OrgStore,
  user: () => RunningUser,
  organizationId: string,
): ConfigurationServices {
  return {
    rows: (name) => {
      const object = objectOf(store, name);
      return store.allRows(object.name).map((row) => toRecord(object, row));
    },
    hierarchy(name, setupOwnerId, exact) {
      const object = objectOf(store, name);
      const { id, profileId } = user();
      // Documented: Custom Settings, "Hierarchy": user, then profile, then organization; field by field, the nearest value wins.
      const owners = exact
        ? [setupOwnerId ?? organizationId]
        : ownersFor(
            store,
            setupOwnerId ?? id,
            setupOwnerId === null ? profileId : null,
            organizationId,
          );
      const merged = new SObjectValue(object);
      for (const owner of [...owners].reverse()) {
        const row = store.rowsWhere(object.name, 'SetupOwnerId', [owner])[0];
        for (const [field, value] of Object.entries(row ?? {})) merged.load(field, value);
      }
      return merged;
    },
  };
}

function ownersFor(
  store: OrgStore,
  owner: string,
  profileId: string | null,
  organizationId: string,
): string[] {
  if (owner.startsWith('00D')) return [owner];
  if (owner.startsWith('00e')) return [owner, organizationId];
  const profile = profileId ?? store.rowsById('User', [owner]).get(owner)?.['ProfileId'];
  return typeof profile === 'string' ? [owner, profile, organizationId] : [owner, organizationId];
}

function toRecord(object: ObjectInfo, row: StoredRow): SObjectValue {
  const record = new SObjectValue(object);
  for (const [field, value] of Object.entries(row)) record.load(field, value);
  return record;
}

function objectOf(store: OrgStore, name: string): ObjectInfo {
  const object = store.schema.object(name);
  if (object === undefined) throw raise(Diagnostics.INTERNAL, [`the org has no object ${name}`]);
  return object;
}
