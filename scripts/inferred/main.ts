/**
 * `npm run test:inferred`: the product under every answer that Salesforce could give where documentation is silent.
 *
 *     npm run test:inferred                     each other answer alone, then all at once; fails when the product does not hold under one
 *     npm run test:inferred -- --only TEXT      those whose name or answer contains the text
 *     npm run test:inferred -- --update         writes the table of docs/fidelity.md anew, and runs nothing
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  allOtherAnswers,
  assumptionText,
  eachOtherAnswer,
} from '../../local-org/src/inferred/index.ts';
import type { Assumptions } from '../../local-org/src/inferred/index.ts';
import { fidelityPage, readPage, withRegistry } from './page.ts';
import { lineOf, readExpectations, underAnswers } from './product.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ALL = 'all other answers at once';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, update: { type: 'boolean', default: false } },
  });
  if (values.update) {
    writeFileSync(fidelityPage(PROJECT), await withRegistry(PROJECT, readPage(PROJECT)));
    return 0;
  }
  const runs: (readonly [name: string, assumptions: Assumptions])[] = [
    ...eachOtherAnswer().map((one): [string, Assumptions] => [assumptionText(one), one]),
    [ALL, allOtherAnswers()],
  ];
  const chosen = runs.filter(([name]) => values.only === undefined || name.includes(values.only));
  if (chosen.length === 0) throw new RangeError(`no answer contains ${String(values.only)}`);
  const expectations = readExpectations(PROJECT);
  const start = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'inferred-'));
  let failed = 0;
  try {
    // What is wrong under the strict answers already is no answer's fault.
    const strict = await underAnswers(PROJECT, folder, {}, expectations);
    console.log(lineOf(strict, 'strict answers'));
    for (const problem of strict.problems) console.log(`    ${problem}`);
    if (strict.problems.length > 0) return 1;
    for (const [name, assumptions] of chosen) {
      const finding = await underAnswers(PROJECT, folder, assumptions, expectations);
      console.log(lineOf(finding, name));
      for (const problem of finding.problems) console.log(`    ${problem}`);
      if (finding.problems.length > 0) failed++;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${String(chosen.length)} other answers, ${String(failed)} under which the product does not hold, in ${seconds} s`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
