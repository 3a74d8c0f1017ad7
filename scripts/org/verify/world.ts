import { setTimeout } from 'node:timers/promises';
import { castFor } from '../../isolation/cast.ts';
import type { Cast } from '../../isolation/cast.ts';
import type { Matrix } from '../../isolation/matrix.ts';
import { findPersonas, findRecords } from '../../isolation/replay.ts';
import { removalSteps, worldSteps } from '../../isolation/world.ts';
import type { WorldStep } from '../../isolation/world.ts';
import { text, withFile } from '../org.ts';
import type { Org, Row } from '../org.ts';
import { StepProblem } from '../steps.ts';
import type { Say } from '../steps.ts';

/** How often and how long the records are waited for that the org writes by itself: the access log comes by platform events, some time after. */
const WAIT = { attempts: 20, milliseconds: 3000 } as const;

/** Who plays in an org, by the seats that are free there and those who play already. @throws StepProblem when there are too few */
export async function castOf(org: Org, matrix: Matrix): Promise<Cast> {
  const [users = [], partners = [], internal = []] = await org.queryAll([
    "SELECT LastName, UserType, IsActive FROM User WHERE Email LIKE '%@isolation.example'",
    `SELECT UserLicense.TotalLicenses, UserLicense.UsedLicenses FROM Profile WHERE Name = '${matrix.grants.profile}'`,
    "SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE LicenseDefinitionKey = 'SFDC'",
  ]);
  const active = users.filter((row) => row['IsActive'] === true);
  const seated = (type: string): number =>
    active.filter((row) => text(row, 'UserType') === type).length;
  const gone = users.filter((row) => matrix.seats.leaving.includes(text(row, 'LastName')));
  const licence = partners[0]?.['UserLicense'] as Row | null | undefined;
  try {
    return castFor(
      matrix,
      {
        partners: freeSeats(licence ?? undefined) + seated('PowerPartner'),
        internal: freeSeats(internal[0]) + seated('Standard'),
      },
      new Set([...active, ...gone].map((row) => text(row, 'LastName'))),
    );
  } catch (error) {
    throw new StepProblem(error instanceof Error ? error.message : String(error));
  }
}

function freeSeats(licence: Row | undefined): number {
  return Math.max(
    0,
    Number(licence?.['TotalLicenses'] ?? 0) - Number(licence?.['UsedLicenses'] ?? 0),
  );
}

/** Sets up what is missing of the world. Can be run again, also after a step that failed. */
export async function setUpWorld(
  org: Org,
  projectDir: string,
  matrix: Matrix,
  say: Say,
  wait: { readonly attempts: number; readonly milliseconds: number } = WAIT,
): Promise<void> {
  const cast = await castOf(org, matrix);
  if (cast.leftOut.length > 0) say(`No licence is left for ${cast.leftOut.join(', ')}`);
  await runSteps(org, worldSteps(projectDir, cast), say);
  for (let attempt = 1; ; attempt += 1)
    try {
      await findRecords(org, matrix, await findPersonas(org, matrix, []));
      return;
    } catch (error) {
      if (attempt >= wait.attempts) throw error;
      await setTimeout(wait.milliseconds);
    }
}

/** What cannot be taken back. */
export const STAYS = [
  'users, deactivated: Salesforce deletes none',
  'the accounts Isolation North, South and East with their contacts, on which these users hang',
  'the access log, which nobody can delete',
  'role and permission sets of the administrator, and the channel team in its group',
];

/** Takes the world back, as far as that is possible. */
export async function removeWorld(org: Org, projectDir: string, say: Say): Promise<void> {
  await runSteps(org, removalSteps(projectDir), say);
  say('What stays:');
  for (const line of STAYS) say(`- ${line}`);
}

async function runSteps(org: Org, steps: readonly WorldStep[], say: Say): Promise<void> {
  for (const { name, apex } of steps) {
    say(`  ${name}`);
    try {
      await withFile(name, apex, (file) => org.run('apex', 'run', '--file', file));
    } catch (error) {
      throw new StepProblem(`${name}: ${error instanceof Error ? error.message : String(error)}`, [
        'What was done before it stays and is not done twice: mend this, then run it again',
      ]);
    }
  }
}
