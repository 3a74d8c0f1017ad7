/**
 * `npm run org:verify -- --target-org ALIAS`: replays the isolation matrix (config/isolation) against a real org through the Salesforce CLI,
 * and writes what differs from it, and so from the local org, to docs/fidelity.md.
 *
 *     --world               sets the personas and records up first, by anonymous Apex; for scratch orgs and sandboxes only
 *     --as PERSONA=ALIAS    reads as this persona as well, with an org alias of the CLI that is logged in as them; repeatable
 *     --update              writes docs/fidelity.md
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { worldSteps } from '../isolation/local.ts';
import { expectedAccess, readMatrix } from '../isolation/matrix.ts';
import type { Matrix } from '../isolation/matrix.ts';
import { findPersonas, findRecords, replayAll } from '../isolation/replay.ts';
import type { Difference } from '../isolation/replay.ts';
import { Org } from './org.ts';
import { SalesforceCliError, salesforceCli } from './salesforce-cli.ts';
import type { SalesforceCli } from './salesforce-cli.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const START = '<!-- isolation: written by npm run org:verify -- --update -->';
const END = '<!-- isolation: end -->';

/** What to verify, and where. */
export interface VerifyOptions {
  readonly projectDir: string;
  readonly targetOrg: string;
  readonly withWorld: boolean;
  /** Persona → org alias that is logged in as them. */
  readonly logins: ReadonlyMap<string, string>;
}

/** What a verification found. */
export interface Verification {
  readonly apiVersion: string;
  readonly cells: number;
  readonly differences: readonly Difference[];
  /** Cells nobody looked at, and why. */
  readonly notVerified: readonly string[];
}

/** Replays the matrix against an org behind the CLI. Throws what the CLI says when the org cannot be asked. */
export async function verify(cli: SalesforceCli, options: VerifyOptions): Promise<Verification> {
  const matrix = readMatrix(options.projectDir);
  const org = new Org(cli, options.targetOrg);
  const { apiVersion } = await org.display();
  if (options.withWorld) await setUpWorld(org, options.projectDir);
  const missing: string[] = [];
  const personas = await findPersonas(org, matrix, missing);
  const records = await findRecords(org, matrix);
  const replay = await replayAll(org, matrix, records, personas);
  const reads: Difference[] = [];
  let cells = replay.cells;
  for (const [persona, alias] of options.logins) {
    const found = await readsOf(new Org(cli, alias), matrix, records, persona);
    cells += found.cells;
    reads.push(...found.differences);
  }
  const silent = Object.keys(matrix.personas).filter((name) => !options.logins.has(name));
  return {
    apiVersion,
    cells,
    differences: [...replay.differences, ...reads],
    notVerified: [
      ...missing.map((name) => `${name}: the org has no such persona`),
      ...silent.map((name) => `${name}: not logged in, so nothing was read as them (--as)`),
    ],
  };
}

async function setUpWorld(org: Org, projectDir: string): Promise<void> {
  for (const { name } of worldSteps(projectDir)) {
    const file = join(projectDir, 'config', 'isolation', 'world', name);
    const { success, compileProblem, exceptionMessage } = await org.run<{
      readonly success: boolean;
      readonly compileProblem?: string;
      readonly exceptionMessage?: string;
    }>('apex', 'run', '--file', file);
    if (!success)
      throw new SalesforceCliError(name, (compileProblem ?? '') || (exceptionMessage ?? ''), null);
  }
}

/** Queries and counts as the persona: rows of each object that the matrix shows them, if they may read the object at all. */
async function readsOf(
  org: Org,
  matrix: Matrix,
  records: ReadonlyMap<string, string>,
  persona: string,
): Promise<{ readonly cells: number; readonly differences: readonly Difference[] }> {
  const differences: Difference[] = [];
  const objects = [...new Set(matrix.records.map(({ object }) => object))];
  for (const object of objects) {
    const own = matrix.records.filter((record) => record.object === object);
    const ids = own.map(({ name }) => `'${records.get(name) ?? ''}'`).join(', ');
    const names = (found: readonly string[]): string =>
      own
        .filter(({ name }) => found.includes(records.get(name) ?? ''))
        .map(({ name }) => name)
        .join(', ');
    let actual: string;
    try {
      const rows = await org.query(`SELECT Id FROM ${object} WHERE Id IN (${ids})`);
      actual = names(rows.map((row) => String(row['Id'])));
    } catch (error) {
      if (!(error instanceof SalesforceCliError)) throw error;
      // No right to read the object: the same as reading none of it.
      if (!/not supported/.test(error.message)) throw error;
      actual = '';
    }
    const shown = own.filter((record) => expectedAccess(matrix, record, persona) !== '');
    const expected = names(shown.map(({ name }) => records.get(name) ?? ''));
    const mayRead = matrix.grants.partnerSets.some((name) =>
      matrix.grants.sets[name]?.objects[object]?.includes('r'),
    );
    const wanted = mayRead ? expected : '';
    if (actual !== wanted)
      differences.push({ cell: `${object} read as ${persona}`, expected: wanted, actual });
  }
  return { cells: objects.length, differences };
}

/** The section of docs/fidelity.md. It names no org. */
export function section(
  { apiVersion, cells, differences, notVerified }: Verification,
  day: string,
): string {
  const row = (values: readonly string[]): string =>
    `| ${values.map((value) => value.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  const table =
    differences.length === 0
      ? ['No cell differs.']
      : [
          '| cell | local org and documentation | the org |',
          '| --- | --- | --- |',
          ...differences.map(({ cell, expected, actual }) =>
            row([cell, expected || '-', actual || '-']),
          ),
        ];
  return [
    `Verified in an org on ${day}, API ${apiVersion}: ${String(cells)} cells of the isolation matrix, ${String(differences.length)} of them different.`,
    '',
    ...table,
    ...(notVerified.length === 0
      ? []
      : ['', 'Not verified:', '', ...notVerified.map((line) => `- ${line}`)]),
  ].join('\n');
}

/** Puts the section between its marks. @throws Error when the page has none */
export function withSection(page: string, text: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`docs/fidelity.md has no ${START} … ${END}`);
  return `${page.slice(0, start + START.length)}\n\n${text}\n\n${page.slice(end)}`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string', short: 'o' },
      world: { type: 'boolean', default: false },
      as: { type: 'string', multiple: true, default: [] },
      update: { type: 'boolean', default: false },
    },
  });
  const targetOrg = values['target-org'];
  const logins = new Map<string, string>();
  for (const pair of values.as) {
    const [persona = '', alias = ''] = pair.split('=');
    logins.set(persona, alias);
  }
  if (targetOrg === undefined || [...logins].some((pair) => pair.includes(''))) {
    console.error(
      'usage: npm run org:verify -- --target-org ALIAS [--world] [--as PERSONA=ALIAS] [--update]',
    );
    return 2;
  }
  let found: Verification;
  try {
    found = await verify(salesforceCli(PROJECT), {
      projectDir: PROJECT,
      targetOrg,
      withWorld: values.world,
      logins,
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  const text = section(found, new Date().toISOString().slice(0, 10));
  console.log(text);
  if (values.update) {
    const file = join(PROJECT, 'docs', 'fidelity.md');
    const options = await resolveConfig(file);
    const page = withSection(readFileSync(file, 'utf8'), text);
    writeFileSync(file, await format(page, { ...options, parser: 'markdown' }));
  }
  return found.differences.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
