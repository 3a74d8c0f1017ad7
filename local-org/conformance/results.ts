import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSuite, suiteNames } from './suite-description.ts';
import type { DescribedSuite } from './suite-description.ts';

/** The last recorded run of a suite. */
export interface SuiteResultLine {
  readonly suite: string;
  /** Day of the run, in UTC. */
  readonly date: string;
  readonly commit: string;
  readonly passed: number;
  readonly total: number;
  readonly skipped: number;
  /** To read, check and compile all source with no cache, and again with one. */
  readonly compileSeconds: number;
  readonly cachedSeconds: number;
  /** The most memory that the run held. */
  readonly megabytes: number;
  /** The last `npm run conformance:defects`, where there was one. */
  readonly defects?: { readonly planted: number; readonly noticed: number };
}

const RESULTS = join(import.meta.dirname, 'results.json');
const PAGE = join(import.meta.dirname, '../../docs/fidelity.md');
const START = '<!-- conformance: written by npm run conformance -- --update-results -->';
const END = '<!-- conformance: end -->';

/** The recorded runs. */
export function readResults(): readonly SuiteResultLine[] {
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as readonly SuiteResultLine[];
}

/** Puts a run in the place of the suite's last one, and writes the table of `docs/fidelity.md` anew. */
export function recordResult(line: Omit<SuiteResultLine, 'defects'>): void {
  const defects = readResults().find(({ suite }) => suite === line.suite)?.defects;
  record({ ...line, ...(defects === undefined ? {} : { defects }) });
}

/** Notes beside a suite's result how many planted defects its tests noticed. @throws Error while it has no result */
export function recordDefects(suite: string, planted: number, noticed: number): void {
  const line = readResults().find((known) => known.suite === suite);
  if (line === undefined) throw new Error(`${suite} has no result yet`);
  record({ ...line, defects: { planted, noticed } });
}

function record(line: SuiteResultLine): void {
  const results = [...readResults().filter(({ suite }) => suite !== line.suite), line];
  results.sort((a, b) => (a.suite < b.suite ? -1 : 1));
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  const page = withTable(readFileSync(PAGE, 'utf8'), resultTable(results, describedSuites()));
  writeFileSync(PAGE, page);
}

/** Whether what is recorded fits together: results, descriptions, lists and the page. A text for each thing that does not. */
export function recordProblems(): readonly string[] {
  const results = readResults();
  const suites = describedSuites();
  const problems = resultProblems(results, suites);
  const page = readFileSync(PAGE, 'utf8');
  if (withTable(page, resultTable(results, suites)) !== page) {
    problems.push('the table of docs/fidelity.md does not say what results.json says');
  }
  return problems;
}

/** Where results contradict the descriptions and lists of their suites. */
export function resultProblems(
  results: readonly SuiteResultLine[],
  suites: readonly DescribedSuite[],
): string[] {
  const problems: string[] = [];
  for (const { suite, commit, tests, failures } of suites) {
    const line = results.find((result) => result.suite === suite);
    if (line === undefined) {
      problems.push(`${suite} has no result`);
      continue;
    }
    if (line.commit !== commit) problems.push(`${suite} was run at another commit`);
    if (line.total < tests) {
      problems.push(`${suite} has ${tests} tests, the result counts ${line.total}`);
    }
    const failed = line.total - line.passed;
    if (failed !== failures.length) {
      problems.push(`${suite} lists ${failures.length} failures, the result counts ${failed}`);
    }
  }
  for (const { suite } of results) {
    if (!suites.some((known) => known.suite === suite)) problems.push(`${suite} is not described`);
  }
  return problems;
}

/** The results as a Markdown table, padded as Prettier pads it. */
export function resultTable(
  results: readonly SuiteResultLine[],
  suites: readonly DescribedSuite[],
): string {
  const rows = results.map((result) => {
    const { suite, commit, passed, total, skipped, date, defects } = result;
    const repository = suites.find((known) => known.suite === suite)?.repository;
    const percent = total === 0 ? 0 : Math.floor((passed / total) * 1000) / 10;
    return [
      repository === undefined ? suite : `[${suite}](${repository})`,
      `\`${commit.slice(0, 10)}\``,
      ...[passed, total, skipped].map(String),
      `${percent.toFixed(1)} %`,
      defects === undefined ? '' : `${defects.noticed} of ${defects.planted}`,
      `${result.compileSeconds.toFixed(1)} s`,
      `${result.cachedSeconds.toFixed(1)} s`,
      `${result.megabytes} MB`,
      date,
    ];
  });
  const head = [
    ...['suite', 'commit', 'passed', 'total', 'skipped', 'share', 'defects noticed'],
    ...['compiled in', 'from cache', 'memory', 'run on'],
  ];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

/** Puts the table between its markers. */
export function withTable(page: string, table: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error('docs/fidelity.md has no place for the table');
  return `${page.slice(0, start)}${START}\n\n${table}\n\n${page.slice(end)}`;
}

function describedSuites(): readonly DescribedSuite[] {
  return suiteNames().map(readSuite);
}
