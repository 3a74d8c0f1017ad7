/**
 * `npm run org:create`: a scratch org with everything in it. `-- --target-org <alias>` takes an org that is there, an empty one, instead of creating one.
 * Every step can be run again; `-- --dry-run` prints the plan.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDir as here } from '../testing/suite.ts';
import { Org } from './org.ts';
import { SalesforceCliError, salesforceCli } from './salesforce-cli.ts';
import type { SalesforceCli } from './salesforce-cli.ts';
import {
  demoStep,
  licenceStep,
  openStep,
  permissionStep,
  publishStep,
  roleStep,
} from './set-up.ts';
import { buildStep, deployStep, STAGES } from './stages.ts';
import { printPlan, Progress, runSteps, StepProblem } from './steps.ts';
import type { Say, Step } from './steps.ts';

const DEFINITION = 'config/project-scratch-def.json';
const ALIAS = 'partner-enablement';

const HELP = `npm run org:create -- [flags]
  --alias <name>         alias of the new scratch org (${ALIAS})
  --dev-hub <name>       Dev Hub that creates it; the default one without it
  --days <number>        how long it lives, 1 to 30 (30)
  --target-org <name>    set up this empty org instead of creating a scratch org
  --from <step>          go on with this step
  --without-demo         no demo data
  --no-open              leave the browser alone
  --dry-run              print the steps and their commands, do nothing`;

const say: Say = (line) => console.log(line);

async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      alias: { type: 'string', default: ALIAS },
      'dev-hub': { type: 'string' },
      days: { type: 'string', default: '30' },
      'target-org': { type: 'string' },
      'project-dir': { type: 'string', default: here },
      from: { type: 'string' },
      'publish-wait': { type: 'string', default: '15' },
      'without-demo': { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (flags.help) {
    say(HELP);
    return 0;
  }
  const projectDir = flags['project-dir'];
  const cli = salesforceCli(projectDir);
  const target = flags['target-org'];
  const org = new Org(cli, target ?? flags.alias);
  const deployment = { validate: false, testLevel: null };
  const progressOf = (orgId: string): Progress =>
    new Progress(join(projectDir, '.sf', 'partner-enablement', `${orgId}.json`));
  const steps: Step[] = [
    ...(target === undefined
      ? [
          devHubStep(cli, flags['dev-hub']),
          scratchOrgStep(cli, org, { devHub: flags['dev-hub'], days: flags.days }),
        ]
      : []),
    licenceStep(org),
    buildStep(),
    deployStep(org, STAGES.ours, deployment),
    deployStep(org, STAGES.licensed, deployment),
    deployStep(org, STAGES.translations, deployment),
    roleStep(org),
    permissionStep(org),
    ...(flags['without-demo'] ? [] : [demoStep(org, projectDir, progressOf)]),
    publishStep(org, Number(flags['publish-wait']) * 1000),
    openStep(org, !flags['no-open']),
  ];
  if (flags['dry-run']) {
    printPlan(steps, say);
    return 0;
  }
  if (!(await runSteps(steps, flags.from ?? null, say))) return 1;
  say(`\nDone: npx sf org open --target-org ${org.name}`);
  return 0;
}

/** Scratch orgs come from a Dev Hub, and most people who try this have none yet. */
function devHubStep(cli: SalesforceCli, wanted: string | undefined): Step {
  return {
    name: 'dev-hub',
    what: 'look for the Dev Hub that creates scratch orgs',
    commands: ['npx sf org list'],
    run: async () => {
      const { devHubs } = await cli.json<{
        devHubs: readonly { alias?: string; username: string; isDefaultDevHubUsername?: boolean }[];
      }>(['org', 'list']);
      const found = devHubs.find((one) =>
        wanted === undefined
          ? one.isDefaultDevHubUsername
          : [one.alias, one.username].includes(wanted),
      );
      if (found !== undefined) return found.alias ?? found.username;
      if (wanted === undefined && devHubs.length > 0) {
        throw new StepProblem('no Dev Hub is the default one', [
          `Choose one: npx sf config set target-dev-hub ${devHubs[0]?.alias ?? devHubs[0]?.username ?? ''} --global`,
        ]);
      }
      throw new StepProblem(
        wanted === undefined
          ? 'the Salesforce CLI knows no Dev Hub'
          : `the Salesforce CLI knows no Dev Hub ${wanted}`,
        [
          '1. Take an org that may be one: your company’s production org, or a free Developer Edition from https://developer.salesforce.com/signup',
          '2. There, as administrator: Setup, Dev Hub, Enable Dev Hub',
          '3. npx sf org login web --alias devhub --set-default-dev-hub',
          '4. npm run org:create',
          'Without any Salesforce org: npx local-org start',
        ],
      );
    },
  };
}

function scratchOrgStep(
  cli: SalesforceCli,
  org: Org,
  { devHub, days }: { readonly devHub: string | undefined; readonly days: string },
): Step {
  const args = [
    ...['org', 'create', 'scratch', '--definition-file', DEFINITION, '--alias', org.name],
    ...['--duration-days', days, '--set-default', '--wait', '20'],
    ...(devHub === undefined ? [] : ['--target-dev-hub', devHub]),
  ];
  return {
    name: 'scratch-org',
    what: `create the scratch org ${org.name}, unless there is one`,
    commands: [`npx sf ${args.join(' ')}`],
    run: async () => {
      try {
        const { username } = await org.display();
        return `${username} is there already`;
      } catch {
        // Not yet, or no more.
      }
      try {
        const { username } = await cli.json<{ username: string }>(args);
        return `${username} created`;
      } catch (error) {
        if (!(error instanceof SalesforceCliError)) throw error;
        throw new StepProblem(error.message, [
          'A message that names a feature: take it out of config/project-scratch-def.json, or use a Dev Hub that grants it (docs/deployment.md)',
        ]);
      }
    },
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  for (const line of error instanceof StepProblem ? error.advice : []) console.error(line);
  process.exitCode = 2;
}
