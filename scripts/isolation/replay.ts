/**
 * Replays the isolation matrix against an org: any org that can be asked with SOQL, the local one or a real one behind the Salesforce CLI.
 * Everything here is asked as an administrator. Documented: Object Reference, UserRecordAccess (one user, at most 200 records, without
 * object permissions), ObjectPermissions, FieldPermissions, SetupEntityAccess.
 */
import type { Matrix, SetGrants } from './matrix.ts';
import { expectedAccess, personasOf } from './matrix.ts';

/** A row as REST gives it; parents are nested. */
export type Row = Readonly<Record<string, unknown>>;

/** An org that answers SOQL. */
export interface IsolationOrg {
  query(soql: string): readonly Row[] | Promise<readonly Row[]>;
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
  const mine = `SELECT Id, LastName FROM User WHERE Email LIKE '%@isolation.example'`;
  for (const row of await org.query(mine)) ids.set(String(row['LastName']), String(row['Id']));
  const [guest] = await org.query(
    `SELECT Id FROM User WHERE UserType = 'Guest' ORDER BY Id LIMIT 1`,
  );
  if (guest !== undefined) ids.set('guest', String(guest['Id']));
  for (const name of Object.keys(matrix.personas))
    if (!ids.has(name)) {
      if (missing === undefined)
        throw new Error(`The org has no persona ${name}: set the world up first`);
      missing.push(name);
    }
  return ids;
}

/** Ids of the records by name. @throws Error for a record that is not there exactly once */
export async function findRecords(
  org: IsolationOrg,
  matrix: Matrix,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, object, where } of matrix.records) {
    const rows = await org.query(`SELECT Id FROM ${object} WHERE ${where}`);
    if (rows.length !== 1)
      throw new Error(`${name}: the org has ${String(rows.length)} records instead of one`);
    ids.set(name, String(rows[0]?.['Id']));
  }
  return ids;
}

/** Every record and persona: what sharing lets them do. */
export async function replaySharing(
  org: IsolationOrg,
  matrix: Matrix,
  records: ReadonlyMap<string, string>,
  personas: ReadonlyMap<string, string>,
): Promise<Replay> {
  const differences: Difference[] = [];
  const ids = [...records.values()];
  const present = Object.keys(matrix.personas).filter((persona) => personas.has(persona));
  for (const persona of present) {
    const rows = await org.query(
      `SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess FROM UserRecordAccess WHERE UserId = ${quote(personas.get(persona) ?? '')} AND RecordId IN ${list(ids)}`,
    );
    const byRecord = new Map(rows.map((row) => [String(row['RecordId']), row]));
    for (const record of matrix.records) {
      const actual = lettersOf(byRecord.get(records.get(record.name) ?? ''));
      const expected = expectedAccess(matrix, record, persona);
      if (actual !== expected)
        differences.push({ cell: `${record.name} / ${persona}`, expected, actual });
    }
  }
  return { cells: matrix.records.length * present.length, differences };
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
  for (const [name, filter, grants] of holders) {
    const [holder] = await org.query(
      `SELECT FIELDS(STANDARD) FROM PermissionSet WHERE ${filter} LIMIT 200`,
    );
    if (holder === undefined) throw new Error(`The org has no ${name}`);
    const parent = `ParentId = ${quote(String(holder['Id']))}`;
    const objects = await org.query(
      `SELECT SobjectType, ${RIGHTS.map(([, field]) => field).join(', ')} FROM ObjectPermissions WHERE ${parent}`,
    );
    compare(
      `${name}: objects`,
      Object.entries(grants.objects).map(([object, letters]) => `${object} ${letters}`),
      objects.map((row) => {
        const letters = RIGHTS.map(([letter, field]) => (row[field] === true ? letter : ''));
        return `${String(row['SobjectType'])} ${letters.join('')}`;
      }),
    );
    const fields = await org.query(
      `SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ${parent}`,
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
    compare(`${name}: user permissions`, grants.userPermissions, userPermissions(holder));
    for (const [type, table, column, expected] of [
      ['CustomPermission', 'CustomPermission', 'DeveloperName', grants.customPermissions],
      ['ApexClass', 'ApexClass', 'Name', grants.classes],
    ] as const) {
      const access = await org.query(
        `SELECT SetupEntityId FROM SetupEntityAccess WHERE ${parent} AND SetupEntityType = ${quote(type)}`,
      );
      const ids = access.map((row) => String(row['SetupEntityId']));
      const entities =
        ids.length === 0
          ? []
          : await org.query(`SELECT ${column} FROM ${table} WHERE Id IN ${list(ids)}`);
      compare(
        `${name}: ${type}`,
        expected,
        entities.map((row) => String(row[column])),
      );
    }
  }
  return { cells: holders.length * 6, differences };
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
  for (const [group, names] of Object.entries(matrix.members)) {
    const rows = await org.query(
      `SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = ${quote(group)}`,
    );
    const expected = personasOf(matrix, names).map((name) => personas.get(name) ?? name);
    const actual = rows.map((row) => String(row['UserOrGroupId']));
    const nameOf = (id: string): string =>
      [...personas].find(([, known]) => known === id)?.[0] ?? id;
    const said = expected.map(nameOf).sort().join(', ');
    const found = actual.map(nameOf).sort().join(', ');
    if (said !== found)
      differences.push({ cell: `members of ${group}`, expected: said, actual: found });
  }
  return { cells: Object.keys(matrix.members).length, differences };
}

/** All of it, as one replay. */
export async function replayAll(
  org: IsolationOrg,
  matrix: Matrix,
  records: ReadonlyMap<string, string>,
  personas: ReadonlyMap<string, string>,
): Promise<Replay> {
  const parts = [
    await replayGrants(org, matrix),
    await replayMembers(org, matrix, personas),
    await replaySharing(org, matrix, records, personas),
  ];
  return {
    cells: parts.reduce((sum, { cells }) => sum + cells, 0),
    differences: parts.flatMap(({ differences }) => differences),
  };
}
