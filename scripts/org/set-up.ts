import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { quoted, text } from './org.ts';
import type { Org } from './org.ts';
import { partnerSeats } from './readiness.ts';
import { SalesforceCliError } from './salesforce-cli.ts';
import { StepProblem } from './steps.ts';
import type { Progress, Step } from './steps.ts';

/** What the administrator of an org of ours holds. */
const PERMISSION_SETS = [
  'Partner_Enablement_Admin',
  'Partner_Channel_Manager',
  'External_User_Manager',
];
const ADMIN_ROLE = 'Partner_Operations';
const SITE = 'Partner_Portal';
const PUBLISH_ATTEMPTS = 5;

/** Licences are asked for first: without them a deployment fails late and says little about why. */
export function licenceStep(org: Org): Step {
  return {
    name: 'licences',
    what: 'look whether partner users can be licensed',
    commands: [
      `npx sf data query --query "SELECT Name, TotalLicenses, UsedLicenses FROM UserLicense" --target-org ${org.name}`,
    ],
    run: async () => {
      const { state, found } = await partnerSeats(org);
      if (state === 'ready') return found;
      throw new StepProblem(`this org has no free partner licences (${found})`, [
        'config/project-scratch-def.json asks for them with the features Communities, PartnerCommunity and EnablePRM.',
        'A Dev Hub grants what its own edition may: a Dev Hub of a Developer Edition gives few, one of a Partner Business Org more.',
        'Where there are none, set up the product alone: npm run org:deploy -- --without-licensed',
      ]);
    },
  };
}

/** Salesforce lets only users with a role own partner accounts, and a new org's administrator has none. */
export function roleStep(org: Org): Step {
  return {
    name: 'role',
    what: `give the administrator the role ${ADMIN_ROLE}, unless there is one`,
    commands: [
      `npx sf data update record --sobject User --where "Username='…'" --values "UserRoleId='…'" --target-org ${org.name}`,
    ],
    run: async () => {
      const { username } = await org.display();
      const [user] = await org.query(
        `SELECT Id, UserRoleId FROM User WHERE Username = ${quoted(username)}`,
      );
      if (text(user, 'UserRoleId') !== '') return null;
      const [role] = await org.query(
        `SELECT Id FROM UserRole WHERE DeveloperName = '${ADMIN_ROLE}'`,
      );
      if (role === undefined) {
        throw new StepProblem(`the org has no role ${ADMIN_ROLE}`, [
          'It comes with force-app/org-defaults: run the step product first',
        ]);
      }
      await org.run(
        ...['data', 'update', 'record', '--sobject', 'User', '--record-id', text(user, 'Id')],
        ...['--values', `UserRoleId='${text(role, 'Id')}'`],
      );
      return `${username} has the role ${ADMIN_ROLE}`;
    },
  };
}

/** Deploying grants nothing to anybody. */
export function permissionStep(org: Org): Step {
  return {
    name: 'permissions',
    what: `assign ${PERMISSION_SETS.join(', ')} to the administrator`,
    commands: [
      `npx sf org assign permset ${PERMISSION_SETS.map((name) => `--name ${name}`).join(' ')} --target-org ${org.name}`,
    ],
    run: async () => {
      const { username } = await org.display();
      const rows = await org.query(
        `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = ${quoted(username)}`,
      );
      const held = new Set(rows.map((row) => text(row['PermissionSet'] as typeof row, 'Name')));
      const missing = PERMISSION_SETS.filter((name) => !held.has(name));
      if (missing.length === 0) return null;
      const result = await org.run<{ failures: readonly { name: string; message: string }[] }>(
        ...['org', 'assign', 'permset'],
        ...missing.flatMap((name) => ['--name', name]),
      );
      const [failure] = result.failures;
      if (failure !== undefined) throw new StepProblem(`${failure.name}: ${failure.message}`);
      return `Assigned ${missing.join(', ')}`;
    },
  };
}

interface DemoStep {
  readonly apex?: string;
  readonly tree?: string;
}

/** Each file in a transaction of its own: Salesforce does not let users and records be written in one. */
export function demoStep(
  org: Org,
  projectDir: string,
  progressOf: (orgId: string) => Progress,
): Step {
  const folder = join(projectDir, 'config/demo');
  const { steps } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as {
    steps: readonly DemoStep[];
  };
  const commandOf = ({ apex, tree }: DemoStep): string[] =>
    apex === undefined
      ? ['data', 'import', 'tree', '--plan', join(folder, tree ?? '')]
      : ['apex', 'run', '--file', join(folder, apex)];
  return {
    name: 'demo',
    what: 'load the demo data',
    commands: steps.map(({ apex, tree }) =>
      apex === undefined
        ? `npx sf data import tree --plan config/demo/${tree ?? ''} --target-org ${org.name}`
        : `npx sf apex run --file config/demo/${apex} --target-org ${org.name}`,
    ),
    run: async () => {
      const { id } = await org.display();
      const progress = progressOf(id);
      let done = 0;
      for (const step of steps) {
        const file = step.apex ?? step.tree ?? '';
        if (progress.has(`demo:${file}`)) continue;
        try {
          await org.run(...commandOf(step));
        } catch (error) {
          throw new StepProblem(
            `${file}: ${error instanceof Error ? error.message : String(error)}`,
            demoAdvice(error),
          );
        }
        progress.add(`demo:${file}`);
        done += 1;
      }
      return done === 0 ? null : `${String(done)} of ${String(steps.length)} files loaded`;
    },
  };
}

function demoAdvice(error: unknown): string[] {
  if (!(error instanceof SalesforceCliError)) return [];
  const { exceptionStackTrace } = ((error.answer as { result?: object } | null)?.result ?? {}) as {
    exceptionStackTrace?: string;
  };
  return [
    ...(exceptionStackTrace === undefined || exceptionStackTrace === ''
      ? []
      : [exceptionStackTrace]),
    'Nothing of this file is in the org; the files before it are, and are not loaded again',
  ];
}

/** A site shows what was published last, and a new one cannot be published at once: Salesforce is still creating it. */
export function publishStep(org: Org, waitMilliseconds: number): Step {
  return {
    name: 'publish',
    what: `publish the site ${SITE}`,
    commands: [
      `npx sf api request rest /services/data/v67.0/connect/communities/<id>/publish --method POST --body '{}' --target-org ${org.name}`,
    ],
    run: async () => {
      let problem = `there is no site ${SITE}`;
      for (let attempt = 1; attempt <= PUBLISH_ATTEMPTS; attempt += 1) {
        if (attempt > 1) await setTimeout(waitMilliseconds);
        try {
          const [site] = await org.query(`SELECT Id FROM Network WHERE Name = '${SITE}'`);
          if (site === undefined) continue;
          const path = `/services/data/v67.0/connect/communities/${text(site, 'Id')}/publish`;
          const answer = await org.request('POST', path);
          const { message = 'Published', url = '' } = answer as { message?: string; url?: string };
          return `${message} ${url}`.trim();
        } catch (error) {
          problem = error instanceof Error ? error.message : String(error);
        }
      }
      throw new StepProblem(`${problem} (after ${String(PUBLISH_ATTEMPTS)} attempts)`, [
        'By hand: Setup, Digital Experiences, All Sites, Builder, Publish',
      ]);
    },
  };
}

/** The last step. */
export function openStep(org: Org, isBrowserWanted: boolean): Step {
  return {
    name: 'open',
    what: 'open the org in the browser',
    commands: [`npx sf org open --target-org ${org.name}`],
    run: async () => {
      if (!isBrowserWanted) return null;
      if (!(await org.cli.show(org.args('org', 'open'))))
        throw new StepProblem('the browser was not opened');
      return 'Opened';
    },
  };
}
