/**
 * Replays the isolation matrix against an org: any org that can be asked with SOQL, the local one or a real one behind the Salesforce CLI.
 * Everything here is asked as an administrator. Documented: Object Reference, UserRecordAccess (one user, at most 200 records), ObjectPermissions, FieldPermissions,
 * SetupEntityAccess.
 */
import type { Matrix, MatrixRecord, SetGrants } from './matrix.ts';
import { expectedAccess, personasOf } from './matrix.ts';

/** A row as REST gives it; parents are nested. */
export type Row = Readonly<Record<string, unknown>>;

/** An org that answers SOQL: several queries at once, because asking through the Salesforce CLI takes a second each time. */
export interface IsolationOrg {
  queryAll(soql: readonly string[]): Promise<readonly (readonly Row[])[]>;
}

/** Asks one query. */
export async function queryOf(org: IsolationOrg, soql: string): Promise<readonly Row[]> {
  return (await org.queryAll([soql]))[0] ?? [];
}

/** One way in which the org is not what the matrix says. */
export interface Difference {
  readonly cell: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a replay found. */
export interface Replay {
  readonly cells: number;
  readonly differences: readonly Difference[];
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;
const list = (texts: readonly string[]): string => `(${texts.map(quote).join(', ')})`;

/**
 * Ids of the personas by name. The guest is the guest user of the org's site.
 *
 * @param missing takes the names of those whom the org does not have (too few licences, no site); without it they are an error
 */
export async function findPersonas(
  org: IsolationOrg,
  matrix: Matrix,
  missing?: string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const [mine = [], [guest] = []] = await org.queryAll([
    `SELECT Id, LastName FROM User WHERE Email LIKE '%@isolation.example' AND IsActive = TRUE`,
    `SELECT Id FROM User WHERE UserType = 'Guest' AND IsActive = TRUE ORDER BY Id LIMIT 1`,
  ]);
  for (const row of mine) ids.set(String(row['LastName']), String(row['Id']));
  if (guest !== undefined) ids.set('guest', String(guest['Id']));
  for (const name of Object.keys(matrix.personas))
    if (!ids.has(name)) {
      if (missing === undefined)
        throw new Error(`The org has no persona ${name}: set the world up first`);
      missing.push(name);
    }
  return ids;
}

/**
 * Ids of the records by name. Those whose owner the org does not have are left out.
 *
 * @throws Error for any other record that is not there exactly once
 */
export async function findRecords(
  org: IsolationOrg,
  matrix: Matrix,
  personas: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const found = await org.queryAll(
    matrix.records.map(({ object, where }) => `SELECT Id FROM ${object} WHERE ${where}`),
  );
  matrix.records.forEach(({ name, owner }, index) => {
    const rows = found[index] ?? [];
    if (rows.length === 0 && owner !== undefined && !personas.has(owner)) return;
    if (rows.length !== 1)
      throw new Error(
        `${name}: the org has ${String(rows.length)} records instead of one: set the world up first`,
      );
    ids.set(name, String(rows[0]?.['Id']));
  });
  return ids;
}

/**
 * Whether it can be said what a persona does with a record in an org that lacks some of the others. Where an internal owner is left out the administrator stands
 * in, from another role: what that gives to other internal users says nothing. Partner users see what they see whoever of the vendor owns it.
 */
export function isComparable(
  matrix: Matrix,
  record: MatrixRecord,
  persona: string,
  personas: ReadonlyMap<string, string>,
): boolean {
  const { owners, others } = matrix.seats;
  if (![...owners, ...others].includes(persona)) return true;
  return owners.every(
    (owner) => personas.has(owner) || !expectedAccess(matrix, record, owner).includes('t'),
  );
}

/** What a replay of sharing found, and which of two answers the org gave. */
export interface SharingReplay extends Replay {
  /** Whether `UserRecordAccess` counts object permissions, which is not documented; null where it makes no difference. */
  readonly countsPermissions: boolean | null;
}

/**
 * Every record and persona: what sharing lets them do. Whether `UserRecordAccess` counts object permissions is not documented; practitioners report both. So the
 * permissions of each persona are asked as well, and the org may answer either way, but everywhere the same.
 */
export async function replaySharing(
  org: IsolationOrg,
  matrix: Matrix,
  records: ReadonlyMap<string, string>,
  personas: ReadonlyMap<string, string>,
): Promise<SharingReplay> {
  const ids = [...records.values()];
  const objects = [...new Set(matrix.records.map(({ object }) => object))];
  const present = Object.keys(matrix.personas).filter((persona) => personas.has(persona));
  const found = await org.queryAll(
    present.flatMap((persona) => {
      const user = quote(personas.get(persona) ?? '');
      return [
        `SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess FROM UserRecordAccess WHERE UserId = ${user} AND RecordId IN ${list(ids)}`,
        `SELECT SobjectType, PermissionsRead, PermissionsEdit, PermissionsDelete FROM ObjectPermissions WHERE SobjectType IN ${list(objects)} AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${user})`,
      ];
    }),
  );
  const cells = present.flatMap((persona, index) => {
    const byRecord = new Map(found[index * 2]?.map((row) => [String(row['RecordId']), row]));
    const permissions = found[index * 2 + 1] ?? [];
    return matrix.records.flatMap((record) => {
      const id = records.get(record.name);
      if (id === undefined || !isComparable(matrix, record, persona, personas)) return [];
      const shared = expectedAccess(matrix, record, persona);
      const own = permissions.filter((row) => row['SobjectType'] === record.object);
      const actual = lettersOf(byRecord.get(id));
      return [
        { cell: `${record.name} / ${persona}`, shared, limited: limited(shared, own), actual },
      ];
    });
  });
  const telling = cells.filter(({ shared, limited: less }) => shared !== less);
  const counting = telling.filter(({ limited: less, actual }) => actual === less).length;
  const ignoring = telling.filter(({ shared, actual }) => actual === shared).length;
  const countsPermissions = telling.length === 0 ? null : counting >= ignoring;
  const differences = cells
    .map(({ cell, shared, limited: less, actual }) => ({
      cell,
      expected: countsPermissions === true ? less : shared,
      actual,
    }))
    .filter(({ expected, actual }) => expected !== actual);
  return { cells: cells.length, differences, countsPermissions };
}

/** What is left of shared access to whoever has these permissions on the object; transfer is a change. */
function limited(shared: string, permissions: readonly Row[]): string {
  const has = (right: string): boolean => permissions.some((row) => row[right] === true);
  if (!has('PermissionsRead')) return '';
  const needed: Readonly<Record<string, string>> = {
    r: 'PermissionsRead',
    e: 'PermissionsEdit',
    d: 'PermissionsDelete',
    t: 'PermissionsEdit',
  };
  return shared
    .split('')
    .filter((letter) => has(needed[letter] ?? ''))
    .join('');
}

function lettersOf(row: Row | undefined): string {
  const letters = [
    ['r', 'HasReadAccess'],
    ['e', 'HasEditAccess'],
    ['d', 'HasDeleteAccess'],
    ['t', 'HasTransferAccess'],
  ] as const;
  return letters.map(([letter, field]) => (row?.[field] === true ? letter : '')).join('');
}

const RIGHTS = [
  ['c', 'PermissionsCreate'],
  ['r', 'PermissionsRead'],
  ['e', 'PermissionsEdit'],
  ['d', 'PermissionsDelete'],
  ['V', 'PermissionsViewAllRecords'],
  ['M', 'PermissionsModifyAllRecords'],
] as const;

/** Every permission set and the partner profile: what they grant, which is what the matrix lists and nothing else. */
export async function replayGrants(org: IsolationOrg, matrix: Matrix): Promise<Replay> {
  const differences: Difference[] = [];
  const { profile, sets, partnerSets, hiddenFromPartners } = matrix.grants;
  const compare = (cell: string, expected: readonly string[], actual: readonly string[]): void => {
    const said = [...expected].sort().join(', ');
    const found = [...actual].sort().join(', ');
    if (said !== found) differences.push({ cell, expected: said, actual: found });
  };
  const nothing: SetGrants = {
    objects: {},
    edits: [],
    customPermissions: [],
    userPermissions: [],
    classes: [],
  };
  const holders: [name: string, filter: string, grants: SetGrants][] = [
    [`profile ${profile}`, `Profile.Name = ${quote(profile)}`, nothing],
    ...Object.entries(sets).map(([name, grants]): [string, string, SetGrants] => [
      name,
      `Name = ${quote(name)}`,
      grants,
    ]),
  ];
  const rows = await org.queryAll(
    holders.map(
      ([, filter]) => `SELECT FIELDS(STANDARD) FROM PermissionSet WHERE ${filter} LIMIT 200`,
    ),
  );
  const parents = holders.map(([name], index) => {
    const holder = rows[index]?.[0];
    if (holder === undefined) throw new Error(`The org has no ${name}`);
    return { holder, parent: `ParentId = ${quote(String(holder['Id']))}` };
  });
  const granted = await org.queryAll(
    parents.flatMap(({ parent }) => [
      `SELECT SobjectType, ${RIGHTS.map(([, field]) => field).join(', ')} FROM ObjectPermissions WHERE ${parent}`,
      `SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ${parent}`,
      `SELECT SetupEntityId, SetupEntityType FROM SetupEntityAccess WHERE ${parent} AND SetupEntityType IN ('CustomPermission', 'ApexClass')`,
    ]),
  );
  const entityIds = granted
    .filter((_, index) => index % 3 === 2)
    .flatMap((access) => access.map((row) => String(row['SetupEntityId'])));
  const names = await namesOf(org, entityIds);
  holders.forEach(([name, , grants], index) => {
    const [objects = [], fields = [], access = []] = granted.slice(index * 3, index * 3 + 3);
    compare(
      `${name}: objects`,
      Object.entries(grants.objects).map(([object, letters]) => `${object} ${letters}`),
      objects.map((row) => {
        const letters = RIGHTS.map(([letter, field]) => (row[field] === true ? letter : ''));
        return `${String(row['SobjectType'])} ${letters.join('')}`;
      }),
    );
    const named = (right: string): string[] =>
      fields.filter((row) => row[right] === true).map((row) => String(row['Field']));
    compare(`${name}: fields to change`, grants.edits, named('PermissionsEdit'));
    if (partnerSets.includes(name) || grants === nothing)
      compare(
        `${name}: fields hidden from partners`,
        [],
        named('PermissionsRead').filter((field) => hiddenFromPartners.includes(field)),
      );
    compare(
      `${name}: user permissions`,
      grants.userPermissions,
      userPermissions(parents[index]?.holder ?? {}),
    );
    for (const [type, expected] of [
      ['CustomPermission', grants.customPermissions],
      ['ApexClass', grants.classes],
    ] as const) {
      const ids = access.filter((row) => row['SetupEntityType'] === type);
      compare(
        `${name}: ${type}`,
        expected,
        ids.map((row) => names.get(String(row['SetupEntityId'])) ?? String(row['SetupEntityId'])),
      );
    }
  });
  return { cells: holders.length * 6, differences };
}

/** Names of custom permissions and Apex classes by Id. */
async function namesOf(
  org: IsolationOrg,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const [permissions = [], classes = []] = await org.queryAll([
    `SELECT Id, DeveloperName FROM CustomPermission WHERE Id IN ${list([...new Set(ids)])}`,
    `SELECT Id, Name FROM ApexClass WHERE Id IN ${list([...new Set(ids)])}`,
  ]);
  return new Map([
    ...permissions.map((row) => [String(row['Id']), String(row['DeveloperName'])] as const),
    ...classes.map((row) => [String(row['Id']), String(row['Name'])] as const),
  ]);
}

function userPermissions(holder: Row): string[] {
  return Object.entries(holder)
    .filter(([name, value]) => name.startsWith('Permissions') && value === true)
    .map(([name]) => name.slice('Permissions'.length));
}

/** Groups whose members Apex keeps: exactly the personas that the matrix names. */
export async function replayMembers(
  org: IsolationOrg,
  matrix: Matrix,
  personas: ReadonlyMap<string, string>,
): Promise<Replay> {
  const differences: Difference[] = [];
  const groups = Object.entries(matrix.members);
  const members = await org.queryAll(
    groups.map(
      ([group]) =>
        `SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = ${quote(group)}`,
    ),
  );
  const nameOf = (id: string): string => [...personas].find(([, known]) => known === id)?.[0] ?? id;
  groups.forEach(([group, names], index) => {
    const said = personasOf(matrix, names).filter((name) => personas.has(name));
    const found = (members[index] ?? []).map((row) => nameOf(String(row['UserOrGroupId'])));
    const [expected, actual] = [said.sort().join(', '), found.sort().join(', ')];
    if (expected !== actual) differences.push({ cell: `members of ${group}`, expected, actual });
  });
  return { cells: Object.keys(matrix.members).length, differences };
}
