import type { ObjectInfo, SharingModel } from '../schema/contract.ts';
import { INTERNAL_TYPES } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import { bindParams, join, raw, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { levelColumns } from './rules.ts';
import { shareTableOf } from './share-tables.ts';
import type { ShareTable } from './share-tables.ts';

/** Rows that people and Apex write: manual ones, and those with a reason of the object's own. */
const WRITTEN = String.raw`("RowCause" = 'Manual' OR "RowCause" LIKE '%\_\_c' ESCAPE '\')`;

/**
 * Takes away shares that a deployment has ended, so that nothing comes back with the next one: rows whose Apex sharing reason is gone (documented: Apex
 * Developer Guide, "Creating Apex Managed Sharing": deleting a reason deletes all sharing that uses it), and rows that give no more than the organisation-wide
 * default (documented: Security Implementation Guide, "Set Your Internal Organization-Wide Sharing Defaults": as access is increased, "all redundant access from
 * manual or sharing rules is removed"; rows of rules are worked out with the rules). That rows with an Apex sharing reason go as manual ones do, and
 * that Controlled by Parent ends all of them, is inferred.
 */
export function forgetEndedShares(store: OrgStore): void {
  for (const object of store.tables.existingObjects()) {
    if (object.kind !== 'custom' && object.kind !== 'standard') continue;
    const shares = shareTableOf(store, object);
    if (shares !== undefined)
      for (const where of [...withoutReason(object, shares), ...redundant(store, object, shares)])
        forget(store, shares, where);
    // Who may edit everything shares nothing: the object has no share object any more, and its rows are still there.
    if (object.kind === 'custom' && object.shareObject === undefined)
      forgetTable(store, object.name.replace(/__c$/i, '__Share'));
  }
}

function forgetTable(store: OrgStore, name: string): void {
  if (store.db.get('SELECT 1 FROM _table WHERE name = ?', [name]) !== undefined)
    store.db.run(`DELETE FROM ${quote(name)}`);
}

function forget(store: OrgStore, { table }: ShareTable, where: Fragment): void {
  const values = { binds: [], now: store.now, zone: 'UTC', userId: '', parents: '[]' };
  const { text, params } = sql`DELETE FROM ${raw(quote(table.name))} WHERE ${where}`;
  if (store.db.run(text, bindParams(params, values)) > 0) store.rowsChanged(table);
}

/** Rows with a reason that the object does not have. */
function withoutReason(object: ObjectInfo, shares: ShareTable): Fragment[] {
  if (object.kind !== 'custom') return [];
  const causes = shares.object.fields.get('rowcause')?.picklist?.map(({ value }) => value) ?? [];
  return [
    sql`${raw(String.raw`"RowCause" LIKE '%\_\_c' ESCAPE '\'`)} AND "RowCause" NOT IN (SELECT value FROM json_each(${JSON.stringify(causes)}))`,
  ];
}

/** Rows that give nobody more than the defaults do. */
function redundant(store: OrgStore, object: ObjectInfo, shares: ShareTable): Fragment[] {
  if (object.internalSharing === 'ControlledByParent') return [raw(WRITTEN)];
  const columns = levelColumns(shares);
  const models = columns.map((column) =>
    column === shares.level ? object : store.schema.object(column.replace('AccessLevel', '')),
  );
  const internal = models.map((each) => opened(each?.internalSharing));
  const external = models.map((each) => opened(each?.externalSharing ?? each?.internalSharing));
  const groups = assumed(store.schema.shape, 'trivial-share-of-group');
  const users = (where: Fragment): Fragment =>
    sql`"UserOrGroupId" IN (SELECT "Id" FROM "User" WHERE ${where})`;
  const inside = sql`COALESCE("UserType", '') IN (SELECT value FROM json_each(${JSON.stringify([...INTERNAL_TYPES])}))`;
  const people = [
    { levels: internal, who: users(inside) },
    { levels: external, who: users(sql`NOT (${inside})`) },
    {
      levels: groups === 'internal' ? internal : external,
      who: raw(`"UserOrGroupId" LIKE '00G%'`),
    },
  ];
  // A private record's own level is never given by the default.
  return people
    .filter(({ levels }) => levels[0] !== undefined && levels[0].length > 1)
    .map(({ levels, who }) => {
      const given = columns.map(
        (column, index) =>
          sql`COALESCE(${raw(quote(column))}, 'None') IN (SELECT value FROM json_each(${JSON.stringify(levels[index])}))`,
      );
      return sql`${raw(WRITTEN)} AND ${who} AND ${join(given, ' AND ')}`;
    });
}

/** Levels that a default gives everybody. */
function opened(model: SharingModel | undefined): readonly string[] {
  if (model === 'Read') return ['None', 'Read'];
  if (model === 'ReadWrite' || model === 'ReadWriteTransfer') return ['None', 'Read', 'Edit'];
  return model === 'FullAccess' || model === 'ControlledByParent'
    ? ['None', 'Read', 'Edit', 'All']
    : ['None'];
}
