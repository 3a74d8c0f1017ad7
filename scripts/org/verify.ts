/**
 * `npm run org:verify -- --target-org ALIAS`: replays the isolation matrix (config/isolation) against an org through the Salesforce CLI, and with `--update`
 * writes what differs from it, and so from the local org, to docs/fidelity.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { readMatrix } from '../isolation/matrix.ts';
import { projectDir as here } from '../testing/suite.ts';
import { Org } from './org.ts';
import { salesforceCli } from './salesforce-cli.ts';
import { StepProblem } from './steps.ts';
import type { Say } from './steps.ts';
import { requireProduct } from './verify/prerequisites.ts';
import { problemOf } from './verify/problem.ts';
import { differencesOf, section, withSection } from './verify/report.ts';
import { KIND_NAMES, kindOf } from './verify/target.ts';
import type { OrgKind } from './verify/target.ts';
import { verify } from './verify/verification.ts';
import { removeWorld, setUpWorld } from './verify/world.ts';

const HELP = `npm run org:verify -- --target-org <name> [flags]
  --world            set up the personas and records of config/isolation first, as far as the org has licences for them
  --remove-world     take them back instead of verifying
  --update           write the result to docs/fidelity.md; not of a local org
  --report <file>    write the result to a file
  --read-production  also ask a production org, which must have the world already; nothing is written there`;

const say: Say = (line) => console.log(line);

interface Flags {
  readonly targetOrg: string;
  readonly projectDir: string;
  readonly world: boolean;
  readonly removeWorld: boolean;
  readonly update: boolean;
  readonly report: string | undefined;
  readonly readProduction: boolean;
}

/** Null when only help is wanted. @throws StepProblem for flags that do not fit */
function flagsOf(): Flags | null {
  const { values: flags } = (() => {
    try {
      return parseArgs({
        options: {
          'target-org': { type: 'string', short: 'o' },
          'project-dir': { type: 'string', default: here },
          world: { type: 'boolean', default: false },
          'remove-world': { type: 'boolean', default: false },
          update: { type: 'boolean', default: false },
          report: { type: 'string' },
          'read-production': { type: 'boolean', default: false },
          help: { type: 'boolean', default: false },
        },
      });
    } catch (error) {
      throw new StepProblem(error instanceof Error ? error.message : String(error), [HELP]);
    }
  })();
  if (flags.help) return null;
  const targetOrg = flags['target-org'];
  if (targetOrg === undefined) throw new StepProblem('which org? --target-org is missing', [HELP]);
  const removes = flags['remove-world'];
  if (removes && (flags.world || flags.update || flags.report !== undefined))
    throw new StepProblem('--remove-world verifies nothing, so it stands alone', [HELP]);
  return {
    targetOrg,
    projectDir: flags['project-dir'],
    world: flags.world,
    removeWorld: removes,
    update: flags.update,
    report: flags.report,
    readProduction: flags['read-production'],
  };
}

/** Never writes to production, and takes no local org for Salesforce. */
function requireTarget(kind: OrgKind, flags: Flags): void {
  if (kind === 'local' && flags.update)
    throw new StepProblem(
      `${flags.targetOrg} is a local org: that it agrees with itself verifies nothing, and docs/fidelity.md goes on saying "not yet verified in an org"`,
      ['To read the result: --report <file>'],
    );
  if (kind !== 'production') return;
  if (!flags.readProduction)
    throw new StepProblem(
      `${flags.targetOrg} is neither a scratch org, a sandbox nor a Developer Edition org: it counts as production, and is left alone`,
      [
        'Verify in a sandbox or a scratch org',
        '--read-production asks it all the same, without writing',
      ],
    );
  if (flags.world || flags.removeWorld)
    throw new StepProblem('the world is never set up or taken back in a production org');
}

async function run(flags: Flags): Promise<number> {
  const { targetOrg, projectDir } = flags;
  const matrix = readMatrix(projectDir);
  const org = new Org(salesforceCli(projectDir), targetOrg);
  const kind = await kindOf(org);
  requireTarget(kind, flags);
  say(`${targetOrg} is a ${KIND_NAMES[kind]}`);
  await requireProduct(org, matrix);
  if (flags.removeWorld) {
    await removeWorld(org, projectDir, say);
    return 0;
  }
  if (flags.world) await setUpWorld(org, projectDir, matrix, say);
  const runsTests = kind !== 'production';
  const found = await verify(org, matrix, { projectDir, kind, runsTests }, say);
  const text = section(found, new Date().toISOString().slice(0, 10));
  say(`\n${text}`);
  if (flags.report !== undefined) writeFileSync(flags.report, `${text}\n`);
  if (flags.update) {
    const file = join(projectDir, 'docs', 'fidelity.md');
    const options = await resolveConfig(file);
    const page = withSection(readFileSync(file, 'utf8'), text);
    writeFileSync(file, await format(page, { ...options, parser: 'markdown' }));
    say(
      '\ndocs/fidelity.md is written; README.md and the other pages of docs still say "not yet verified in an org" where that is no longer true',
    );
  }
  return differencesOf(found).length === 0 && !found.isIncomplete ? 0 : 1;
}

let targetOrg = '';
try {
  const flags = flagsOf();
  if (flags === null) say(HELP);
  else {
    targetOrg = flags.targetOrg;
    process.exitCode = await run(flags);
  }
} catch (error) {
  const { message, advice } = problemOf(error, targetOrg);
  console.error(message);
  for (const line of advice) console.error(line);
  process.exitCode = 2;
}
