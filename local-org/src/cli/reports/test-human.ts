import { countOutcomes } from '../../execution/test-results.ts';
import type { TestRunResult } from '../../execution/test-results.ts';
import { overall } from './test-json.ts';
import { table } from './table.ts';

/** What a person reads: failures first with their traces, then every class with its counts, then the summary. */
export function toHuman(run: TestRunResult): string {
  const { passing, failing, skipped } = countOutcomes(run.tests);
  const parts: string[] = [];
  for (const test of run.tests) {
    if (test.outcome === 'Pass' || test.outcome === 'Skip') continue;
    const where =
      test.position === null ? '' : `\n  at ${test.position.file}:${test.position.line}`;
    const trace = (test.stackTrace ?? '').split('\n').filter((line) => line !== '');
    parts.push(
      `✗ ${test.className}.${test.methodName}\n  ${test.message ?? ''}${where}${trace.map((line) => `\n    ${line}`).join('')}`,
    );
  }
  parts.push(table(['CLASS', 'PASSED', 'FAILED', 'TIME (MS)'], classRows(run)));
  if (run.coverage !== null)
    parts.push(table(['CLASS OR TRIGGER', 'COVERED', 'NOT COVERED'], coverageRows(run)));
  for (const note of run.notes) parts.push(`note: ${note}`);
  const coverage = run.coverage === null ? '' : `, coverage ${overall(run.coverage)}`;
  parts.push(
    `${run.tests.length} tests in ${Math.round(run.totalMilliseconds)} ms (compiled in ${Math.round(run.compileMilliseconds)} ms)${coverage}`,
    `${passing} passed, ${failing} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  return `${parts.join('\n\n')}\n`;
}

function classRows(run: TestRunResult): string[][] {
  const classes = new Map<string, { passed: number; failed: number; milliseconds: number }>();
  for (const test of run.tests) {
    const row = classes.get(test.className) ?? { passed: 0, failed: 0, milliseconds: 0 };
    if (test.outcome === 'Pass') row.passed += 1;
    else if (test.outcome !== 'Skip') row.failed += 1;
    row.milliseconds += test.milliseconds;
    classes.set(test.className, row);
  }
  return [...classes].map(([name, row]) => [
    name,
    String(row.passed),
    String(row.failed),
    String(Math.round(row.milliseconds)),
  ]);
}

function coverageRows(run: TestRunResult): string[][] {
  return (run.coverage ?? []).map((file) => {
    const missed = [...file.lines].filter(([, count]) => count === 0).map(([line]) => line);
    return [file.name, overall([file]), ranges(missed)];
  });
}

/** `3, 7-9, 12` */
function ranges(lines: readonly number[]): string {
  const out: string[] = [];
  const sorted = [...lines].sort((a, b) => a - b);
  for (let index = 0; index < sorted.length; index += 1) {
    const start = sorted[index] ?? 0;
    let end = start;
    while (sorted[index + 1] === end + 1) {
      index += 1;
      end += 1;
    }
    out.push(start === end ? String(start) : `${start}-${end}`);
  }
  return out.join(', ');
}
