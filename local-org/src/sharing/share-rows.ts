import type { ObjectInfo } from '../schema/contract.ts';
import type { Fragment } from '../storage/sql.ts';
import { raw, sql } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { beyondImplicit } from './high-volume.ts';
import { CHILDREN, OPENING } from './implicit.ts';
import { portalRows } from './portal-rows.ts';
import type { Arm } from './portal-rows.ts';
import { shareTableOf } from './share-tables.ts';
import type { ShareTable } from './share-tables.ts';

/**
 * A share object as queries see it: its stored rows and those that follow from records. Documented: Object Reference, AccountShare,
 * OpportunityShare and their like: rows of cause `Owner`, of cause `ImplicitParent` (owners of children of the account, and whoever has shares of
 * them) and of cause `ImplicitChild` (owner of the account, and whoever has shares of it with levels for children). Rows of portal
 * users: `portal-rows.ts`. They are never stored, so nothing has to be kept in line. Also documented there: of `Owner`, `Manual` and `ImplicitParent` for one
 * user and account there is one row, with the highest level.
 */
export function shareRows(store: OrgStore, share: ObjectInfo): Fragment {
  const parent = recordObjectOf(store, share);
  const own = store.tables.table(share);
  const stored = raw(quote(own.name));
  const shares = parent === undefined ? undefined : shareTableOf(store, parent);
  const table = parent === undefined ? undefined : store.tables.existing(parent);
  if (parent === undefined || shares === undefined || table === undefined) return stored;
  // Queries without an order show records as they were made: by `rowid`, computed ones first.
  const names = [...own.columns.map(({ name }) => quote(name)), 'rowid'];
  const arms = [sql`SELECT ${raw(names.join(', '))} FROM ${stored}`];
  const arm: Arm = (values, from) => {
    const list = own.columns.map(({ name }) => values[name] ?? defaultOf(name));
    arms.push(raw(`SELECT ${[...list, '0'].join(', ')} FROM ${from}`));
  };
  if (table.byName.has('OwnerId')) arm(...ownerRows(shares, parent));
  if (parent.name === 'Account') for (const child of OPENING) parentRows(store, shares, child, arm);
  else {
    const child = CHILDREN.find(({ name }) => name === parent.name);
    if (child !== undefined) childRows(store, shares, parent, child.access, arm);
  }
  portalRows(store, shares, parent, (kind, from) => computedId(share, kind, from), arm);
  return sql`(${arms.slice(1).reduce((all, next) => sql`${all} UNION ALL ${next}`, arms[0] ?? stored)})`;
}

/** The object whose shares these are. */
export function recordObjectOf(store: OrgStore, share: ObjectInfo): ObjectInfo | undefined {
  return store.schema.object(
    share.name.endsWith('__Share')
      ? share.name.replace(/__Share$/, '__c')
      : share.name.replace(/Share$/, ''),
  );
}

function defaultOf(name: string): string {
  return name === 'IsDeleted' ? '0' : name.endsWith('AccessLevel') ? `'None'` : 'NULL';
}

/** An Id made of another record's: the share's prefix and, where stored Ids have `0`, the digit of the kind. */
function computedId(share: ObjectInfo, kind: string, from: string): string {
  const prefix = share.localPrefix ?? share.keyPrefix ?? '000';
  return `id18('${prefix}Lo${kind}' || substr(${from}, 7, 9))`;
}

/** Levels for children of an account are those of the owner's role (documented: UserRole). */
function ownerRows(shares: ShareTable, parent: ObjectInfo): [Record<string, string>, string] {
  const role = (column: string): string =>
    `COALESCE((SELECT r.${quote(column)} FROM "User" u JOIN "UserRole" r ON r."Id" = u."UserRoleId" WHERE u."Id" = x."OwnerId"), 'None')`;
  const children =
    parent.name !== 'Account'
      ? {}
      : Object.fromEntries(
          CHILDREN.map(({ name, access }) => [`${name}AccessLevel`, role(access)]),
        );
  const values = {
    Id: computedId(shares.object, '1', 'x."Id"'),
    [shares.record]: 'x."Id"',
    UserOrGroupId: 'x."OwnerId"',
    RowCause: `'Owner'`,
    LastModifiedDate: 'x."LastModifiedDate"',
    LastModifiedById: 'x."LastModifiedById"',
    ...children,
    [shares.level]: `'All'`,
  };
  return [values, `${quote(parent.name)} x WHERE x."OwnerId" IS NOT NULL AND x."IsDeleted" = 0`];
}

function isControlled(object: ObjectInfo): boolean {
  return object.internalSharing === 'ControlledByParent';
}

function parentRows(store: OrgStore, shares: ShareTable, childName: string, arm: Arm): void {
  const child = store.schema.object(childName);
  const table = child === undefined ? undefined : store.tables.existing(child);
  if (child === undefined || table?.byName.has('AccountId') !== true || isControlled(child)) return;
  // Two digits for each: of rows that owners have, and of rows that shares give.
  const place = OPENING.indexOf(childName) * 2;
  const kinds = ['2', '3', '4', '5', '6', '7', 'C', 'D', 'E', 'F'].slice(place, place + 2);
  const values = (id: string, user: string, n: 0 | 1): Record<string, string> => ({
    Id: computedId(shares.object, kinds[n] ?? '', `MIN(${id})`),
    [shares.record]: 'c."AccountId"',
    UserOrGroupId: user,
    RowCause: `'ImplicitParent'`,
    [shares.level]: `'Read'`,
  });
  const children = `${quote(childName)} c JOIN "Account" a ON a."Id" = c."AccountId"`;
  const noOther = (user: string): string =>
    `NOT EXISTS (SELECT 1 FROM ${quote(shares.table.name)} m WHERE m."AccountId" = c."AccountId" AND m."RowCause" = 'Manual' AND m."UserOrGroupId" = ${user} AND m."IsDeleted" = 0)`;
  arm(
    values('c."Id"', 'c."OwnerId"', 0),
    `${children} WHERE c."IsDeleted" = 0 AND a."IsDeleted" = 0 AND c."OwnerId" <> a."OwnerId" AND ${noOther('c."OwnerId"')} GROUP BY c."AccountId", c."OwnerId"`,
  );
  const childShares = shareTableOf(store, child);
  if (childShares === undefined) return;
  arm(
    {
      ...values('s."Id"', 's."UserOrGroupId"', 1),
      // Documented: Object Reference, AccountShare.RowCause: what guests have by guest rules on children has a cause of its own.
      RowCause: `CASE MAX(s."RowCause" = 'GuestRule') WHEN 1 THEN 'GuestParentImplicit' ELSE 'ImplicitParent' END`,
    },
    `${quote(childShares.table.name)} s JOIN ${quote(childName)} c ON c."Id" = s.${quote(childShares.record)} JOIN "Account" a ON a."Id" = c."AccountId" WHERE c."IsDeleted" = 0 AND a."IsDeleted" = 0 AND s."UserOrGroupId" <> a."OwnerId" AND ${noOther('s."UserOrGroupId"')} GROUP BY c."AccountId", s."UserOrGroupId"`,
  );
}

function childRows(
  store: OrgStore,
  shares: ShareTable,
  child: ObjectInfo,
  access: string,
  arm: Arm,
): void {
  if (isControlled(child)) return;
  const account = store.schema.object('Account');
  const accountShares = account === undefined ? undefined : shareTableOf(store, account);
  const values = (kind: string, user: string, level: string): Record<string, string> => ({
    Id: computedId(shares.object, kind, 'c."Id"'),
    [shares.record]: 'c."Id"',
    UserOrGroupId: user,
    RowCause: `'ImplicitChild'`,
    [shares.level]: level,
  });
  const children = `${quote(child.name)} c JOIN "Account" a ON a."Id" = c."AccountId"`;
  const others = beyondImplicit(store, 'c."OwnerId"');
  const alive = `c."IsDeleted" = 0 AND a."IsDeleted" = 0${others === null ? '' : ` AND ${others.text}`}`;
  arm(
    values('8', 'a."OwnerId"', `r.${quote(access)}`),
    `${children} JOIN "User" u ON u."Id" = a."OwnerId" JOIN "UserRole" r ON r."Id" = u."UserRoleId" WHERE ${alive} AND a."OwnerId" <> c."OwnerId" AND r.${quote(access)} IN ('Read', 'Edit')`,
  );
  const level = `${child.name}AccessLevel`;
  if (accountShares?.table.byName.has(level) !== true) return;
  arm(
    {
      ...values('9', 's."UserOrGroupId"', `s.${quote(level)}`),
      // One row for each share of the account: the child's Id alone would not tell them apart.
      Id: computedId(
        shares.object,
        '9',
        `'......' || substr(c."Id", 10, 6) || substr(s."Id", 13, 3)`,
      ),
    },
    `${children} JOIN ${quote(accountShares.table.name)} s ON s."AccountId" = a."Id" WHERE ${alive} AND s.${quote(level)} IN ('Read', 'Edit') AND s."UserOrGroupId" <> c."OwnerId"`,
  );
}
