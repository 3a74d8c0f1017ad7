import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import coverageLibrary from 'istanbul-lib-coverage';
import type { CoverageMapData, FileCoverageData } from 'istanbul-lib-coverage';
import reportLibrary from 'istanbul-lib-report';
import reports from 'istanbul-reports';
import type { CoverageFormatter } from '../coverage-formatters.ts';
import type { FileCoverage } from '../../execution/test-results.ts';

/** What prints to the terminal when it is given no file; a JSON result may be awaited there. */
const ON_TERMINAL: ReadonlySet<CoverageFormatter> = new Set(['text', 'text-summary', 'teamcity']);

/**
 * Writes coverage in the forms that editors and CI services read. Lines of Apex are istanbul's statements; Apex coverage knows neither branches nor functions.
 *
 * @param root folder that the files of the coverage are relative to
 * @param directory made when it is missing
 */
export function writeCoverage(
  coverage: readonly FileCoverage[],
  root: string,
  directory: string,
  formatters: readonly CoverageFormatter[],
): void {
  mkdirSync(directory, { recursive: true });
  const map: CoverageMapData = {};
  for (const file of coverage) map[resolve(root, file.file)] = toIstanbul(file, root);
  const context = reportLibrary.createContext({
    dir: directory,
    coverageMap: coverageLibrary.createCoverageMap(map),
    defaultSummarizer: 'nested',
    sourceFinder: (path: string) => readFileSync(path, 'utf8'),
  });
  for (const formatter of formatters) {
    const options = ON_TERMINAL.has(formatter) ? { file: `${formatter}.txt` } : {};
    reports.create(formatter, { ...options, projectRoot: root }).execute(context);
  }
}

function toIstanbul(file: FileCoverage, root: string): FileCoverageData {
  const path = resolve(root, file.file);
  const text = existsSync(path) ? readFileSync(path, 'utf8').split(/\r\n|\r|\n/) : [];
  const lines = [...file.lines].sort(([a], [b]) => a - b);
  return {
    path,
    statementMap: Object.fromEntries(
      lines.map(([line], index) => [
        index,
        { start: { line, column: 0 }, end: { line, column: text[line - 1]?.length ?? 0 } },
      ]),
    ),
    s: Object.fromEntries(lines.map(([, count], index) => [index, count])),
    fnMap: {},
    f: {},
    branchMap: {},
    b: {},
  };
}
