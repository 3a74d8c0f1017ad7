import { personasOf } from '../../isolation/matrix.ts';
import type { Matrix } from '../../isolation/matrix.ts';
import {
  findPersonas,
  findRecords,
  isComparable,
  replayGrants,
  replayMembers,
  replaySharing,
} from '../../isolation/replay.ts';
import type { SharingReplay } from '../../isolation/replay.ts';
import { runAsTest } from '../../isolation/run-as.ts';
import type { Org } from '../org.ts';
import type { Say } from '../steps.ts';
import { askPersonas } from './personas.ts';
import type { PersonasReport } from './personas.ts';
import type { Verification, VerifiedPart } from './report.ts';
import type { OrgKind } from './target.ts';

/** Documented: Apex Developer Guide, "Adding SOSL Queries to Unit Tests". */
const SEARCH =
  'search: in Apex tests SOSL answers fixed results only, and partner users have no API access to search with; the local org and `npm test` cover it';

/** What is asked of an org whose world stands. */
export interface VerificationOptions {
  readonly projectDir: string;
  readonly kind: OrgKind;
  /** Whether a test class may be deployed for a moment; without it nothing is written. */
  readonly runsTests: boolean;
}

/** Replays the matrix: as administrator from outside, and as the personas from inside. */
export async function verify(
  org: Org,
  matrix: Matrix,
  { projectDir, kind, runsTests }: VerificationOptions,
  say: Say,
): Promise<Verification> {
  const { apiVersion } = await org.display();
  const missing: string[] = [];
  const personas = await findPersonas(org, matrix, missing);
  const records = await findRecords(org, matrix, personas);
  say('  sharing, grants and members, as administrator');
  const sharing = await replaySharing(org, matrix, records, personas);
  const grants = await replayGrants(org, matrix);
  const members = await replayMembers(org, matrix, personas);
  const parts: VerifiedPart[] = [
    {
      what: 'sharing',
      how: `\`UserRecordAccess\`, as administrator${permissionNote(sharing)}`,
      cells: sharing.cells,
      differences: sharing.differences,
    },
    {
      what: 'grants',
      how: '`ObjectPermissions`, `FieldPermissions`, `PermissionSet`, `SetupEntityAccess`, as administrator',
      ...grants,
    },
    { what: 'members of groups', how: '`GroupMember`, as administrator', ...members },
  ];
  const notVerified = [...leftOut(matrix, personas, records, missing), SEARCH];
  if (!runsTests) {
    notVerified.push('reading and writing as the personas: nothing is deployed to production');
    return { kind, apiVersion, parts, notVerified, isIncomplete: false };
  }
  say('  reading and writing as the personas, by an Apex test that is removed again');
  const test = runAsTest(projectDir, matrix, records, personas);
  let report: PersonasReport;
  try {
    report = await askPersonas(org, test, say);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notVerified.push(`reading and writing as the personas: ${reason.replaceAll(/\s+/g, ' ')}`);
    return { kind, apiVersion, parts, notVerified, isIncomplete: true };
  }
  parts.push(
    {
      what: 'reading as the personas',
      how: 'queries, counts, groups, relationships, semi-joins and hidden fields in user mode; `System.runAs` in an Apex test with `SeeAllData=true`',
      cells: report.cells.reading,
      differences: report.differences.reading,
    },
    {
      what: 'writing as partner users and guest',
      how: 'edit, transfer, delete in user mode, rolled back; the same test',
      cells: report.cells.writing,
      differences: report.differences.writing,
    },
  );
  notVerified.push(...report.notVerified);
  return { kind, apiVersion, parts, notVerified, isIncomplete: report.notVerified.length > 0 };
}

/** Documentation does not say it, so the report does. */
function permissionNote({ countsPermissions }: SharingReplay): string {
  if (countsPermissions === null) return '';
  return countsPermissions ? '; it counted object permissions' : '; it left object permissions out';
}

/** Personas, records and cells that this org does not have, by name. */
function leftOut(
  matrix: Matrix,
  personas: ReadonlyMap<string, string>,
  records: ReadonlyMap<string, string>,
  missing: readonly string[],
): string[] {
  const partners = personasOf(matrix, matrix.partners);
  const absent = matrix.records.filter(({ name }) => !records.has(name));
  const uncertain = matrix.records.filter(
    (record) =>
      records.has(record.name) &&
      Object.keys(matrix.personas).some(
        (persona) => personas.has(persona) && !isComparable(matrix, record, persona, personas),
      ),
  );
  const reasonOf = (name: string): string => {
    if (name === 'guest') return 'the org has no active guest user, so no site';
    return partners.includes(name)
      ? 'the org has no partner licence for them, or the world is not set up'
      : 'the org has no Salesforce licence for them, or the world is not set up';
  };
  return [
    ...missing.map((name) => `${name}: ${reasonOf(name)}`),
    ...absent.map(({ name, owner = '' }) => `${name}: there is none without ${owner}`),
    ...(uncertain.length === 0
      ? []
      : [
          `internal users and ${uncertain.map(({ name }) => name).join(', ')}: the administrator stands in for the owner`,
        ]),
  ];
}
