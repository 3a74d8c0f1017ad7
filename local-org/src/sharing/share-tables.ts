import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import type { Table } from '../storage/tables.ts';

/** Where an object's shares are kept, and how their columns are called. */
export interface ShareTable {
  readonly object: ObjectInfo;
  readonly table: Table;
  /** Documented: custom objects' shares have ParentId and AccessLevel, standard ones <Object>Id and <Object>AccessLevel. */
  readonly record: string;
  readonly level: string;
}

/** The share table of an object; undefined where it has none. Made when it does not exist yet and `make` is set. */
export function shareTableOf(
  store: OrgStore,
  object: ObjectInfo,
  make = false,
): ShareTable | undefined {
  const share =
    object.shareObject === undefined ? undefined : store.schema.object(object.shareObject);
  if (share === undefined) return undefined;
  const table = make ? store.tables.table(share) : store.tables.existing(share);
  if (table === undefined) return undefined;
  const record = table.byName.has('ParentId') ? 'ParentId' : `${object.name}Id`;
  const level = table.byName.has('AccessLevel') ? 'AccessLevel' : `${object.name}AccessLevel`;
  if (!table.byName.has(record) || !table.byName.has(level)) return undefined;
  return { object: share, table, record, level };
}
