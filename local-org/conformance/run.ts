/**
 * `npm run conformance`: runs the Apex tests of a public project, of which nothing is kept here, and compares the outcome with what is expected.
 *
 *     npm run conformance                                           which suites there are, and how to get them
 *     npm run conformance -- --suite NAME --source DIR              runs one that lies in DIR
 *     npm run conformance -- --suite NAME --source DIR --update-results
 *                                                                   records the result in results.json and docs/fidelity.md
 *     npm run conformance -- --suite NAME --source DIR --assume NAME=ANSWER
 *                                                                   in an org that gives another of the inferred answers; repeatable, never recorded
 *
 * Exit code 0: every test passed or failed as listed; 1: not so; 2: wrong usage.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DeployFailure, LocalOrgError, createOrg } from '../src/index.ts';
import type { Org, TestRunResult } from '../src/index.ts';
import { readAssumptions } from '../src/inferred/index.ts';
import type { Assumptions } from '../src/inferred/index.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { recordResult } from './results.ts';
import type { SuiteResultLine } from './results.ts';
import { readSuite, suiteNames } from './suite-description.ts';
import type { DescribedSuite } from './suite-description.ts';

interface Flags {
  readonly suite: string;
  /** Absolute. */
  readonly source: string;
  readonly updateResults: boolean;
  /** A suite that passes on Salesforce is evidence against an answer under which it fails. */
  readonly assumptions: Assumptions;
}

class UsageError extends Error {}

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const flags = readFlags(args);
    if (flags !== null) return runSuite(flags);
    console.log(suiteNames().map(readSuite).map(howToObtain).join('\n\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

/** Null: nothing was asked for. */
function readFlags(args: readonly string[]): Flags | null {
  const options = {
    suite: { type: 'string' },
    source: { type: 'string' },
    assume: { type: 'string', multiple: true },
    'update-results': { type: 'boolean', default: false },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
  const { suite, source, assume = [] } = values;
  if (suite === undefined && source === undefined) return null;
  if (suite === undefined || !suiteNames().includes(suite)) {
    throw new UsageError(`--suite takes one of ${suiteNames().join(', ')}.`);
  }
  if (source === undefined || !existsSync(source)) {
    throw new UsageError(
      `--source takes the folder of a checkout:\n${howToObtain(readSuite(suite))}`,
    );
  }
  if (values['update-results'] && assume.length > 0) {
    throw new UsageError('Only what an org does by itself is recorded: leave out --assume.');
  }
  return {
    suite,
    source: resolve(source),
    updateResults: values['update-results'],
    assumptions: assumptionsOf(assume),
  };
}

function assumptionsOf(texts: readonly string[]): Assumptions {
  try {
    return readAssumptions(texts);
  } catch (error) {
    if (!(error instanceof LocalOrgError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

function howToObtain({ suite, licence, tests, failures, obtain }: DescribedSuite): string {
  const heading = `${suite} (${licence}): ${tests} tests, ${failures.length} expected to fail`;
  return [heading, ...obtain.map((command) => `  ${command}`)].join('\n');
}

function runSuite({ suite: name, source, updateResults, assumptions }: Flags): number {
  const suite = readSuite(name);
  checkCommit(suite, source);
  const measured = runTests(suite, source, assumptions);
  if (measured === null) return 1;
  const { run, ...costs } = measured;
  const theirs = classesIn(suite.besideDirs.map((dir) => resolve(source, dir)));
  const tests = run.tests.filter(({ className }) => !theirs.has(className.toLowerCase()));
  const verdict = judge(tests, suite.failures, suite.tests);
  report(suite, run, verdict);
  const good = verdict.problems.length === 0;
  if (!updateResults) return good ? 0 : 1;
  if (!good) {
    console.log('The result is not recorded: only what was expected is.');
    return 1;
  }
  const { passed, total, skipped } = verdict;
  const date = run.startedAt.toISOString().slice(0, 10);
  recordResult({ suite: name, date, commit: suite.commit, passed, total, skipped, ...costs });
  return 0;
}

/** Source of another commit may fail for reasons of its own. What is no checkout, but an archive, says nothing about its commit. */
function checkCommit({ commit, obtain }: DescribedSuite, source: string): void {
  if (!existsSync(join(source, '.git'))) {
    console.log(`${source} is no git checkout: its commit is not checked.`);
    return;
  }
  const head = execFileSync('git', ['-C', source, 'rev-parse', 'HEAD'], { encoding: 'utf8' });
  if (head.trim() !== commit) {
    throw new UsageError(
      `${source} is at ${head.trim()}, the suite is described at ${commit}:\n${obtain.join('\n')}`,
    );
  }
}

/** A run with what it cost. */
interface Measured extends Pick<SuiteResultLine, 'compileSeconds' | 'cachedSeconds' | 'megabytes'> {
  readonly run: TestRunResult;
}

/** Null, and every problem printed, when the source does not deploy. */
function runTests(
  suite: DescribedSuite,
  source: string,
  assumptions: Assumptions,
): Measured | null {
  const orgDir = mkdtempSync(join(tmpdir(), 'local-org-conformance-'));
  const open = (): { readonly org: Org; readonly seconds: number } => {
    const start = performance.now();
    const org = createOrg({
      projectDir: source,
      sourceDirs: [...suite.sourceDirs, ...suite.besideDirs].map((dir) => resolve(source, dir)),
      orgDir,
      storage: 'memory',
      coverage: false,
      assumptions,
    });
    return { org, seconds: Math.round((performance.now() - start) / 100) / 10 };
  };
  try {
    const { org, seconds: compileSeconds } = open();
    let run: TestRunResult;
    try {
      run = org.test();
    } finally {
      org.dispose();
    }
    // Kilobytes everywhere (documented: process.resourceUsage).
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const again = open();
    again.org.dispose();
    console.log(
      `compiled in ${compileSeconds} s, from the cache in ${again.seconds} s; ran in ${seconds(run.totalMilliseconds)} with at most ${megabytes} MB`,
    );
    return { run, compileSeconds, cachedSeconds: again.seconds, megabytes };
  } catch (error) {
    if (!(error instanceof DeployFailure)) throw error;
    console.log(error.toDisplay());
    return null;
  } finally {
    rmSync(orgDir, { recursive: true, force: true });
  }
}

/** Names of the classes whose files lie in the folders, in lower case. */
function classesIn(dirs: readonly string[]): ReadonlySet<string> {
  const files = dirs.flatMap((dir) => globSync('**/*.cls', { cwd: dir }));
  return new Set(files.map((file) => basename(file, '.cls').toLowerCase()));
}

function report(suite: DescribedSuite, run: TestRunResult, verdict: Verdict): void {
  // Code that was not checked, or cannot run, is part of what a number of passed tests is worth.
  for (const note of run.notes) console.log(note);
  if (verdict.expected.length > 0) console.log('\nFailed as expected:');
  for (const { name, reason } of verdict.expected) console.log(`  ${name}: ${reason}`);
  if (verdict.problems.length > 0) console.log('\nNot as expected:');
  for (const problem of verdict.problems) console.log(`  ${problem}`);
  const { passed, total, skipped } = verdict;
  const more = total > suite.tests ? ` (${suite.tests} known: raise the number)` : '';
  console.log(`\n${suite.suite}: ${passed}/${total} passed, ${skipped} skipped${more}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
