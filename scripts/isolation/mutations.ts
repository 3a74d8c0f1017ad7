/**
 * `npm run test:mutations`: weakens each rule, set, default, permission and group membership by one step, and asks whether a test notices.
 *
 *     npm run test:mutations                     all of them; fails when one survives
 *     npm run test:mutations -- --only TEXT      those whose line contains the text
 *     npm run test:mutations -- --update         writes docs/mutations.md
 *
 * Each mutant is deployed into the same local org in memory, over the world of the isolation matrix, and the matrix is replayed: what
 * `local-org/test/product/isolation.test.ts` asserts. Apex mutants run the Apex tests they name.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { DeployFailure, createOrg } from '../../local-org/src/index.ts';
import { LocalWorld } from './local.ts';
import { readMatrix } from './matrix.ts';
import type { Mutant } from './mutants.ts';
import { mutantsOf } from './mutants.ts';
import type { Difference } from './replay.ts';
import { forbiddenTargets } from './targets.ts';
import { findPersonas, findRecords, replayGrants, replayMembers, replaySharing } from './replay.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['force-app', 'config', 'sfdx-project.json'] as const;

interface Verdict {
  readonly mutant: Mutant;
  /** What noticed; null for a survivor. */
  readonly killer: string | null;
}

/** The project's own copy of the source, an org over it, and the world. */
class Laboratory {
  readonly folder = mkdtempSync(join(tmpdir(), 'isolation-mutations-'));
  readonly matrix = readMatrix(PROJECT);
  #world: LocalWorld;
  #last: readonly string[] = [];
  /** Found once: Ids stay the same as long as the org does. */
  #ids: {
    readonly personas: ReadonlyMap<string, string>;
    readonly records: ReadonlyMap<string, string>;
  } | null = null;

  constructor() {
    for (const name of COPIED)
      cpSync(join(PROJECT, name), join(this.folder, name), { recursive: true });
    this.#world = this.#open();
  }

  #open(): LocalWorld {
    this.#ids = null;
    return new LocalWorld(this.folder, join(this.folder, 'org'));
  }

  /** What the matrix says of the org as it is deployed now: the part first that such a mutant concerns, and no further than a difference. */
  async differences(kind: string | null): Promise<readonly Difference[]> {
    const world = this.#world;
    if (this.#ids === null) {
      const found = await findPersonas(world, this.matrix);
      this.#ids = { personas: found, records: await findRecords(world, this.matrix, found) };
    }
    const { personas, records } = this.#ids;
    const grants = async (): Promise<readonly Difference[]> =>
      (await replayGrants(world, this.matrix)).differences;
    const members = async (): Promise<readonly Difference[]> =>
      (await replayMembers(world, this.matrix, personas)).differences;
    const sharing = async (): Promise<readonly Difference[]> =>
      (
        await world.bySharingAlone(
          [...new Set(this.matrix.records.map(({ object }) => object))],
          () => replaySharing(world, this.matrix, records, personas),
        )
      ).differences;
    const targets = (): Promise<readonly Difference[]> =>
      Promise.resolve(forbiddenTargets(this.folder));
    const parts =
      kind === 'permission' || kind === 'profile'
        ? [grants, sharing, members, targets]
        : [sharing, targets, members, grants];
    for (const part of parts) {
      const found = await part();
      if (found.length > 0) return found;
    }
    return [];
  }

  async judge(mutant: Mutant): Promise<string | null> {
    const file = join(this.folder, mutant.file);
    const original = readFileSync(file, 'utf8');
    if (mutant.text === original) throw new Error(`${mutant.what}: nothing was changed`);
    writeFileSync(file, mutant.text);
    try {
      if (mutant.apexTests !== undefined) return this.#apexKiller(mutant.apexTests);
      this.#world.org.deploy();
      let found = await this.differences(mutant.kind);
      const cells = found.map(({ cell, actual }) => `${cell}=${actual}`);
      if (cells.some((cell) => this.#last.includes(cell))) {
        // The same cell twice running: make sure that it is this mutant and not what the last one left behind.
        this.#world.dispose();
        writeFileSync(file, original);
        this.#world = this.#open();
        writeFileSync(file, mutant.text);
        this.#world.org.deploy();
        found = await this.differences(mutant.kind);
      }
      this.#last = cells;
      const [first] = found;
      return first === undefined
        ? null
        : `${first.cell}: '${shorten(first.actual, first.expected)}' instead of '${shorten(first.expected, first.actual)}'${found.length > 1 ? `, and ${String(found.length - 1)} more` : ''}`;
    } catch (error) {
      if (error instanceof DeployFailure)
        return `deployment refused: ${error.problems[0]?.message ?? ''}`;
      throw error;
    } finally {
      writeFileSync(file, original);
    }
  }

  /** Apex tests run in an org of their own: they see the data of the org. */
  #apexKiller(classNames: readonly string[]): string | null {
    const org = createOrg({
      projectDir: this.folder,
      sourceDirs: [],
      orgDir: join(this.folder, 'org'),
      storage: 'memory',
      coverage: false,
    });
    try {
      const { tests } = org.test({ classNames: [...classNames] });
      if (tests.length === 0) throw new Error(`no test in ${classNames.join(', ')}`);
      const failed = tests.find(({ outcome }) => outcome !== 'Pass');
      return failed === undefined ? null : `Apex test ${failed.className}.${failed.methodName}`;
    } finally {
      org.dispose();
    }
  }

  /** Deploys the source as it is; what is not as the matrix says then was left behind by a mutant. */
  async leftovers(): Promise<readonly Difference[]> {
    this.#world.org.deploy();
    return this.differences(null);
  }

  dispose(): void {
    this.#world.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Of a long list, what the other one does not have. */
function shorten(text: string, other: string): string {
  if (!text.includes(', ')) return text;
  const others = other.split(', ');
  const own = text.split(', ').filter((part) => !others.includes(part));
  return own.length === 0 ? '…' : own.join(', ');
}

function report(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    ({ mutant, killer }) =>
      `| ${mutant.kind} | ${mutant.what} | ${(killer ?? '**survived**').replaceAll('|', String.raw`\|`)} |`,
  );
  const survived = verdicts.filter(({ killer }) => killer === null).length;
  return `# Mutations

Written by \`npm run test:mutations -- --update\`. Each rule, set, default, permission and group membership that isolates partners, weakened by one
step, and what noticed it: a cell of the isolation matrix (\`config/isolation/matrix.json\`, asserted by
\`local-org/test/product/isolation.test.ts\`), an Apex test, or the deployment itself.

${String(verdicts.length)} mutants, ${String(survived)} survived.

| kind | weakened | noticed by |
| --- | --- | --- |
${rows.join('\n')}
`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, update: { type: 'boolean', default: false } },
  });
  const start = performance.now();
  const mutants = mutantsOf(PROJECT).filter(
    ({ kind, what }) => values.only === undefined || `${kind} ${what}`.includes(values.only),
  );
  if (mutants.length === 0) throw new RangeError(`no mutant contains ${String(values.only)}`);
  const laboratory = new Laboratory();
  const verdicts: Verdict[] = [];
  try {
    if ((await laboratory.differences(null)).length > 0)
      throw new Error('the isolation matrix does not hold before anything is weakened');
    for (const mutant of mutants) {
      const killer = await laboratory.judge(mutant);
      verdicts.push({ mutant, killer });
      console.log(
        `${killer === null ? 'SURVIVED' : 'noticed '}  ${mutant.kind}: ${mutant.what}${killer === null ? '' : ` — ${killer}`}`,
      );
    }
    const [leftover] = await laboratory.leftovers();
    if (leftover !== undefined)
      throw new Error(`the org kept something of a mutant: ${JSON.stringify(leftover)}`);
  } finally {
    laboratory.dispose();
  }
  if (values.update) {
    const file = join(PROJECT, 'docs', 'mutations.md');
    const options = await resolveConfig(file);
    writeFileSync(file, await format(report(verdicts), { ...options, parser: 'markdown' }));
  }
  const survivors = verdicts.filter(({ killer }) => killer === null);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${String(verdicts.length)} mutants, ${String(survivors.length)} survived, in ${seconds} s`,
  );
  for (const { mutant } of survivors) console.log(`survived: ${mutant.file}: ${mutant.what}`);
  return survivors.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
