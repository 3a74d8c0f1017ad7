import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestRunResult } from '../../execution/test-results.ts';
import type { CoverageFormatter } from '../coverage-formatters.ts';
import type { Workspace } from '../options.ts';
import { writeCoverage } from './coverage-files.ts';
import { toSalesforceTestResult } from './test-json.ts';
import { toJUnit } from './test-junit.ts';

/** Where coverage goes that nobody named a folder for; beside the one of Jest. */
const COVERAGE_DIR = join('coverage', 'apex');

/**
 * Writes a run as files, named as `sf apex run test --output-dir` names them: `test-result.json`, `test-result-junit.xml`, with coverage
 * `test-result-codecoverage.json`; the formatters' files in a folder `coverage` below.
 *
 * @param outputDir relative to the current folder; undefined: only the coverage is written, to `coverage/apex` of the project
 */
export function writeTestFiles(
  run: TestRunResult,
  { projectDir, sourceDirs }: Workspace,
  outputDir: string | undefined,
  formatters: readonly CoverageFormatter[],
): void {
  const result = toSalesforceTestResult(run);
  if (outputDir !== undefined) {
    const folder = resolve(outputDir);
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    write('test-result.json', `${JSON.stringify(result, null, 2)}\n`);
    write('test-result-junit.xml', toJUnit(run));
    if (run.coverage !== null)
      write('test-result-codecoverage.json', `${JSON.stringify(result['coverage'], null, 2)}\n`);
  }
  if (run.coverage === null || formatters.length === 0) return;
  const folder =
    outputDir === undefined ? join(projectDir, COVERAGE_DIR) : resolve(outputDir, 'coverage');
  writeCoverage(run.coverage, sourceDirs[0] ?? projectDir, folder, formatters);
}
