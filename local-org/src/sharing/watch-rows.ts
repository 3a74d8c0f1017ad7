import type { OrgStore } from '../storage/store.ts';
import { quote } from '../storage/tables.ts';
import { shareTableOf } from './share-tables.ts';

/**
 * Kinds of notes about rows that the org keeps without any rule, each with Ids of records whose rows may be others now; no Id for all of them. Rules have
 * notes of their own (`watch.ts`).
 */
export const KEPT = {
  /** Accounts: their share rows of territories. */
  territories: 'kept territories',
  /** Accounts with partner roles: where these stand. */
  portalRoles: 'kept portal roles',
  /** Users who own person accounts with a role: where it stands. */
  personRoles: 'kept person roles',
} as const;

/** The note about share rows that teams of an object have. */
export function teamNote(object: string): string {
  return `kept team of ${object}`;
}

/** Objects with teams, and where their members are. */
export const TEAM_MEMBERS: Readonly<Record<string, string>> = {
  Account: 'AccountTeamMember',
  Opportunity: 'OpportunityTeamMember',
  Case: 'CaseTeamMember',
};

/** Row causes of accounts in territories. Documented: Object Reference, AccountShare.RowCause. */
export const TERRITORY_CAUSES = ['Territory', 'Territory2AssociationManual'] as const;

/** What is noted when a row is written: a query of Ids, with `OLD` and `NEW` as triggers have them. */
interface Watched {
  readonly table: string;
  readonly event: 'INSERT' | 'UPDATE' | 'DELETE';
  /** Of an update: the columns that matter. */
  readonly columns?: readonly string[];
  readonly note: string;
  readonly ids: string;
}

/** One trigger by name with its statement, for each table and event that kept rows depend on. */
export function keptTriggers(store: OrgStore): ReadonlyMap<string, string> {
  const watched = [...teams(store), ...territories(store), ...portalRoles(store)];
  return new Map(
    watched.map(({ table, event, columns = [], note, ids }) => {
      const name = `${table}.${event}.${note}`;
      const differs = columns.map((each) => `OLD.${quote(each)} IS NOT NEW.${quote(each)}`);
      const when = event === 'UPDATE' ? ` WHEN ${differs.join(' OR ')}` : '';
      const of = event === 'UPDATE' ? `UPDATE OF ${columns.map(quote).join(', ')}` : event;
      return [
        name,
        `AFTER ${of} ON ${quote(table)}${when} BEGIN INSERT OR IGNORE INTO _sharing_changed(object, id) SELECT '${note}', id FROM (${ids}) WHERE id IS NOT NULL; END`,
      ] as const;
    }),
  );
}

/** The columns of an object's table, made when it is not there yet; null where the org has no such object. */
function columnsOf(store: OrgStore, name: string): ReadonlySet<string> | null {
  const object = store.schema.object(name);
  if (object === undefined) return null;
  return new Set(store.tables.table(object).byName.keys());
}

/** Rows that come, rows that go, and rows whose columns get other values. */
function onRows(
  store: OrgStore,
  table: string,
  columns: readonly string[],
  note: string,
  ids: (row: 'OLD' | 'NEW') => string,
): Watched[] {
  const known = columnsOf(store, table);
  if (known === null) return [];
  const present = columns.filter((name) => known.has(name));
  const both = `${ids('OLD')} UNION ${ids('NEW')}`;
  return [
    { table, event: 'INSERT', note, ids: ids('NEW') },
    { table, event: 'DELETE', note, ids: ids('OLD') },
    { table, event: 'UPDATE', columns: present, note, ids: both },
  ];
}

/** Rows of the causes, moved to another record by a merge, or into the recycle bin and out of it. */
function onShares(
  store: OrgStore,
  name: string,
  causes: readonly string[],
  note: string,
): Watched[] {
  const object = store.schema.object(name);
  const shares = object === undefined ? undefined : shareTableOf(store, object, true);
  if (shares === undefined) return [];
  const columns = [shares.record, 'IsDeleted'].filter((each) => shares.table.byName.has(each));
  const of = (row: string): string =>
    `SELECT ${row}.${quote(shares.record)} AS id WHERE ${row}."RowCause" IN (${causes.map((cause) => `'${cause}'`).join(', ')})`;
  const ids = `${of('OLD')} UNION ${of('NEW')}`;
  return [{ table: shares.table.name, event: 'UPDATE', columns, note, ids }];
}

function teams(store: OrgStore): Watched[] {
  return Object.entries(TEAM_MEMBERS).flatMap(([name, members]) => {
    const known = columnsOf(store, members);
    const own = columnsOf(store, name);
    if (known === null || own === null) return [];
    const note = teamNote(name);
    const record = name === 'Case' ? 'ParentId' : `${name}Id`;
    const columns = [...known].filter((each) =>
      /^(UserId|MemberId|TeamRoleId|IsDeleted|.*AccessLevel)$/.test(each),
    );
    const inCase = (where: string): string =>
      `SELECT m."ParentId" AS id FROM "CaseTeamMember" m WHERE ${where}`;
    const found = [
      ...onRows(
        store,
        members,
        [record, ...columns],
        note,
        (row) => `SELECT ${row}.${quote(record)} AS id`,
      ),
      ...onShares(store, name, ['Team'], note),
    ];
    if (name !== 'Case') return found;
    const users = columnsOf(store, 'User');
    const update = { event: 'UPDATE', note } as const;
    const caseColumns = ['OwnerId', 'IsDeleted'].filter((each) => own.has(each));
    found.push({
      ...update,
      table: 'Case',
      columns: caseColumns,
      ids: inCase('m."ParentId" = NEW."Id"'),
    });
    if (columnsOf(store, 'CaseTeamRole') !== null)
      found.push({
        ...update,
        table: 'CaseTeamRole',
        columns: ['AccessLevel'],
        ids: inCase('m."TeamRoleId" = NEW."Id"'),
      });
    if (users === null) return found;
    const deciding = ['UserType', 'ContactId'].filter((each) => users.has(each));
    const member = (row: string): string =>
      ['Id', ...deciding.slice(1)].map((each) => `${row}.${quote(each)}`).join(', ');
    found.push(
      {
        ...update,
        table: 'User',
        columns: deciding,
        ids: inCase(`m."MemberId" IN (${member('OLD')}, ${member('NEW')})`),
      },
      { table: 'User', event: 'INSERT', note, ids: inCase(`m."MemberId" IN (${member('NEW')})`) },
    );
    return found;
  });
}

function territories(store: OrgStore): Watched[] {
  const note = KEPT.territories;
  const needed = ['Territory2', 'Territory2Model', 'ObjectTerritory2Association', 'Group'];
  if (needed.some((name) => columnsOf(store, name) === null)) return [];
  const assigned = (territory: string, where = '1'): string =>
    `SELECT o."ObjectId" AS id FROM "ObjectTerritory2Association" o WHERE o."Territory2Id" = ${territory} AND ${where}`;
  const levels = [...(columnsOf(store, 'Territory2') ?? [])].filter((name) =>
    name.endsWith('AccessLevel'),
  );
  const deleted = (columnsOf(store, 'Account') ?? new Set()).has('IsDeleted') ? ['IsDeleted'] : [];
  return [
    ...onRows(
      store,
      'ObjectTerritory2Association',
      ['ObjectId', 'Territory2Id', 'AssociationCause', 'IsDeleted'],
      note,
      (row) => `SELECT ${row}."ObjectId" AS id`,
    ),
    ...onRows(store, 'Territory2', ['Territory2ModelId', ...levels], note, (row) =>
      assigned(`${row}."Id"`),
    ),
    ...onRows(store, 'Group', ['RelatedId', 'Type'], note, (row) =>
      assigned(`${row}."RelatedId"`, `${row}."Type" = 'Territory'`),
    ),
    ...onRows(store, 'Territory2Model', ['State', 'IsDeleted'], note, () => `SELECT '' AS id`),
    ...onShares(store, 'Account', TERRITORY_CAUSES, note),
    {
      table: 'Account',
      event: 'UPDATE',
      columns: deleted,
      note,
      ids: `SELECT o."ObjectId" AS id FROM "ObjectTerritory2Association" o WHERE o."ObjectId" = NEW."Id"`,
    },
  ];
}

function portalRoles(store: OrgStore): Watched[] {
  const roles = columnsOf(store, 'UserRole');
  if (roles?.has('PortalAccountId') !== true || !roles.has('PortalAccountOwnerId')) return [];
  if (columnsOf(store, 'Account') === null || columnsOf(store, 'User') === null) return [];
  const note = KEPT.portalRoles;
  const own = `SELECT r."PortalAccountId" AS id FROM "UserRole" r WHERE`;
  const account = (row: string): string => `SELECT ${row}."PortalAccountId" AS id`;
  const update = { event: 'UPDATE', note } as const;
  return [
    {
      ...update,
      table: 'Account',
      columns: ['OwnerId'],
      ids: `${own} r."PortalAccountId" = NEW."Id"`,
    },
    {
      ...update,
      table: 'User',
      columns: ['UserRoleId'],
      ids: `${own} r."PortalAccountOwnerId" = NEW."Id"`,
    },
    {
      event: 'UPDATE',
      table: 'User',
      columns: ['UserRoleId'],
      note: KEPT.personRoles,
      ids: `SELECT NEW."Id" AS id FROM "UserRole" r WHERE r."PortalAccountOwnerId" = NEW."Id" AND r."PortalAccountId" IS NULL`,
    },
    {
      ...update,
      table: 'UserRole',
      columns: ['PortalAccountId', 'PortalRole'],
      ids: `${account('OLD')} UNION ${account('NEW')}`,
    },
    { table: 'UserRole', event: 'DELETE', note, ids: account('OLD') },
  ];
}
