/**
 * `npm test`: runs everything that needs no browser and says what ran.
 *
 *     npm test                      all suites
 *     npm test -- apex lwc          only these
 *     npm test -- --verbose         with what passing suites print, too
 *
 * It fails when anything fails, when a tool exits with an error whatever its counts say, and when a suite ran
 * no test. The last line is `N passed, N failed`.
 */
import { availableParallelism } from 'node:os';
import { parseArgs, styleText } from 'node:util';
import type { Suite, SuiteResult } from './testing/suite.ts';
import { suites } from './testing/suites.ts';

interface Ran {
  readonly suite: Suite;
  readonly result: SuiteResult;
  readonly seconds: number;
}

const isGood = ({ passed, failed, exitCode }: SuiteResult): boolean =>
  failed === 0 && exitCode === 0 && passed > 0;

/** Why a suite is not good, in words. */
function verdict({ passed, failed, exitCode }: SuiteResult): string {
  if (failed > 0) return 'FAILED';
  if (passed === 0) return 'RAN NOTHING';
  return exitCode === 0 ? 'passed' : `FAILED (exit code ${String(exitCode)})`;
}

async function run(suite: Suite): Promise<Ran> {
  const start = performance.now();
  let result: SuiteResult;
  try {
    result = await suite.run();
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    result = { passed: 0, failed: 1, skipped: 0, exitCode: 1, what: 'did not start', output };
  }
  return { suite, result, seconds: (performance.now() - start) / 1000 };
}

function report({ suite, result, seconds }: Ran, verbose: boolean): void {
  const good = isGood(result);
  const counts = `${String(result.passed)} passed, ${String(result.failed)} failed`;
  const skipped = result.skipped > 0 ? `, ${String(result.skipped)} skipped` : '';
  const heading = `${suite.title}: ${verdict(result)}`;
  console.log(`\n── ${styleText(good ? 'green' : 'red', heading)}`);
  console.log(`   ${counts}${skipped}; ${result.what}; ${seconds.toFixed(1)} s`);
  if ((!good || verbose) && result.output.trim() !== '') console.log(`\n${result.output.trim()}`);
}

/** Runs the suites, as many at a time as there are processors, and reports each as it ends. */
async function runAll(chosen: readonly Suite[], verbose: boolean): Promise<readonly Ran[]> {
  const waiting = [...chosen];
  const ran: Ran[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const done = await run(next);
      ran.push(done);
      report(done, verbose);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  return chosen.flatMap((suite) => ran.filter((done) => done.suite === suite));
}

function table(ran: readonly Ran[]): string {
  const rows = ran.map(({ suite, result, seconds }) => [
    suite.title,
    String(result.passed),
    String(result.failed),
    String(result.skipped),
    `${seconds.toFixed(1)} s`,
    String(result.exitCode),
    verdict(result),
  ]);
  const head = ['suite', 'passed', 'failed', 'skipped', 'time', 'exit', ''];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The suites whose name, or its first part (`typecheck`), was asked for. */
function choose(names: readonly string[]): readonly Suite[] {
  const all = suites();
  const unknown = names.filter((name) => !all.some((suite) => matches(suite, name)));
  if (unknown.length > 0) {
    const known = all.map((suite) => suite.name).join(', ');
    throw new RangeError(`unknown suite ${unknown.join(', ')}; there are ${known}`);
  }
  return names.length === 0
    ? all
    : all.filter((suite) => names.some((name) => matches(suite, name)));
}

function matches(suite: Suite, name: string): boolean {
  return suite.name === name || suite.name.startsWith(`${name}:`);
}

async function main(): Promise<number> {
  let verbose: boolean;
  let chosen: readonly Suite[];
  try {
    const { values, positionals } = parseArgs({
      options: { verbose: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    verbose = values.verbose;
    chosen = choose(positionals);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  console.log(`Node ${process.version}; running ${chosen.map(({ name }) => name).join(', ')}`);
  const ran = await runAll(chosen, verbose);
  console.log(`\n${table(ran)}\n`);
  const sum = (count: 'passed' | 'failed'): number =>
    ran.reduce((total, { result }) => total + result[count], 0);
  // A suite that is not good without a failed test counts as one failure, so that the line never lies.
  const silent = ran.filter(({ result }) => !isGood(result) && result.failed === 0).length;
  console.log(`${String(sum('passed'))} passed, ${String(sum('failed') + silent)} failed`);
  return ran.every(({ result }) => isGood(result)) ? 0 : 1;
}

process.exitCode = await main();
