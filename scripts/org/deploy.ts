/**
 * `npm run org:deploy -- --target-org <alias>`: deploys to an org that is there. Looks first whether the org is ready, and says what is missing. Sharing defaults and
 * roles are left alone unless asked for: they rewrite what everybody in the org sees.
 */
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDir as here } from '../testing/suite.ts';
import { Org, text } from './org.ts';
import { currentDefaults, declaredDefaults, findReadiness, readinessTable } from './readiness.ts';
import { salesforceCli } from './salesforce-cli.ts';
import { buildStep, deployStep, STAGES } from './stages.ts';
import { printPlan, runSteps, StepProblem } from './steps.ts';
import type { Say, Step } from './steps.ts';

const HELP = `npm run org:deploy -- --target-org <name> [flags]
  --check                only print whether the org is ready
  --validate             check every part in the org, change nothing
  --test-level <level>   run tests while deploying: RunLocalTests, as production orgs want it
  --with-org-defaults    also deploy sharing defaults and roles; what changes is printed first
  --yes                  with --with-org-defaults: do it, after having read what changes
  --without-licensed     only what needs no partner licences
  --without-translations leave the translations out
  --from <step>          go on with this step
  --dry-run              print the steps and their commands, do nothing`;

const say: Say = (line) => console.log(line);

async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      'project-dir': { type: 'string', default: here },
      check: { type: 'boolean', default: false },
      validate: { type: 'boolean', default: false },
      'test-level': { type: 'string' },
      'with-org-defaults': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      'without-licensed': { type: 'boolean', default: false },
      'without-translations': { type: 'boolean', default: false },
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const name = flags['target-org'];
  if (flags.help || name === undefined) {
    say(HELP);
    return flags.help ? 0 : 2;
  }
  const projectDir = flags['project-dir'];
  const org = new Org(salesforceCli(projectDir), name);
  const deployment = { validate: flags.validate, testLevel: flags['test-level'] ?? null };
  const stages = [
    flags['with-org-defaults'] ? STAGES.ours : STAGES.product,
    ...(flags['without-licensed'] ? [] : [STAGES.licensed]),
    ...(flags['without-translations'] ? [] : [STAGES.translations]),
  ];
  const steps: Step[] = [buildStep(), ...stages.map((stage) => deployStep(org, stage, deployment))];
  if (flags['dry-run']) {
    printPlan(steps, say);
    return 0;
  }

  const findings = await findReadiness(org, projectDir);
  say(readinessTable(findings));
  const needed = findings.filter(({ state }) => state === 'missing');
  const blocking = flags['without-licensed']
    ? needed.filter(({ what }) => what.startsWith('API'))
    : needed;
  if (flags.check) return blocking.length === 0 ? 0 : 1;
  if (blocking.length > 0) {
    say(`\nNot deployed: ${blocking.map(({ what }) => what).join(', ')} missing`);
    if (!flags['without-licensed']) say('The product alone deploys with --without-licensed');
    return 1;
  }
  if (flags['with-org-defaults']) {
    say(`\n${await defaultsDiff(org, projectDir)}`);
    if (!flags.yes && !flags.validate) {
      say('\nNot deployed: read what changes above, then add --yes');
      return 1;
    }
  }
  return (await runSteps(steps, flags.from ?? null, say)) ? 0 : 1;
}

/** What deploying force-app/org-defaults would change for everybody in the org. */
async function defaultsDiff(org: Org, projectDir: string): Promise<string> {
  const declared = declaredDefaults(projectDir);
  const current = await currentDefaults(
    org,
    declared.map(({ object }) => object),
  );
  const lines = declared.flatMap(({ object, internal, external }) => {
    const now = current.find((row) => text(row, 'QualifiedApiName') === object);
    return [
      ['internal', text(now, 'InternalSharingModel'), internal],
      ['external', text(now, 'ExternalSharingModel'), external],
    ].flatMap(([access = '', before = '', after = '']) =>
      before === after
        ? []
        : [`  ${object}, default ${access} access: ${before || 'unknown'} → ${after}`],
    );
  });
  const roles = await org.query('SELECT DeveloperName FROM UserRole');
  const known = new Set(roles.map((row) => text(row, 'DeveloperName')));
  for (const file of globSync('force-app/org-defaults/roles/*.role-meta.xml', {
    cwd: projectDir,
  })) {
    const role = basename(file).replace('.role-meta.xml', '');
    lines.push(
      known.has(role)
        ? `  role ${role}: its name and parent become ours`
        : `  role ${role}: created`,
    );
  }
  for (const file of globSync('force-app/org-defaults/{layouts,sharingRules}/*.xml', {
    cwd: projectDir,
  })) {
    lines.push(
      `  ${basename(file).replace(/\.[^.]*-meta\.xml$/, '')}: ${file.includes('layouts') ? 'page layout replaced' : 'sharing rules added'}`,
    );
  }
  return ['Sharing defaults and roles: what would change', ...lines].join('\n');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  for (const line of error instanceof StepProblem ? error.advice : []) console.error(line);
  process.exitCode = 2;
}
