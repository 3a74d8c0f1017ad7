import { countOutcomes } from '../../execution/test-results.ts';
import type { FileCoverage, TestRunResult } from '../../execution/test-results.ts';

/** The `result` of `sf apex run test --json`: `summary`, `tests` and, with coverage, `coverage`. */
export function toSalesforceTestResult(run: TestRunResult): Record<string, unknown> {
  const { passing, failing, skipped } = countOutcomes(run.tests);
  const percent = (part: number) =>
    run.tests.length === 0 ? '0%' : `${Math.round((part / run.tests.length) * 100)}%`;
  const execution = Math.round(run.tests.reduce((sum, test) => sum + test.milliseconds, 0));
  return {
    summary: {
      outcome: failing > 0 ? 'Failed' : run.tests.length === 0 ? 'Skipped' : 'Passed',
      testsRan: run.tests.length,
      passing,
      failing,
      skipped,
      passRate: percent(passing),
      failRate: percent(failing),
      testStartTime: run.startedAt.toISOString(),
      testExecutionTime: `${execution} ms`,
      testTotalTime: `${Math.round(run.totalMilliseconds)} ms`,
      commandTime: `${Math.round(run.totalMilliseconds + run.compileMilliseconds)} ms`,
      hostname: 'local-org',
      orgId: run.orgId,
      username: run.userName,
      testRunId: '',
      userId: run.userId,
      ...(run.coverage === null
        ? {}
        : { testRunCoverage: overall(run.coverage), orgWideCoverage: overall(run.coverage) }),
    },
    tests: run.tests.map((test) => ({
      Id: '',
      QueueItemId: '',
      StackTrace: test.stackTrace,
      Message: test.message,
      AsyncApexJobId: '',
      MethodName: test.methodName,
      Outcome: test.outcome,
      ApexClass: { Id: '', Name: test.className, NamespacePrefix: null },
      RunTime: Math.round(test.milliseconds),
      FullName: `${test.className}.${test.methodName}`,
    })),
    ...(run.coverage === null ? {} : { coverage: { coverage: run.coverage.map(coverageRow) } }),
  };
}

/** Lines covered of lines that can run, as the platform prints it: `87%`. */
export function overall(coverage: readonly FileCoverage[]): string {
  let total = 0;
  let covered = 0;
  for (const file of coverage) {
    total += file.lines.size;
    for (const count of file.lines.values()) if (count > 0) covered += 1;
  }
  return total === 0 ? '0%' : `${Math.floor((covered / total) * 100)}%`;
}

function coverageRow(file: FileCoverage): Record<string, unknown> {
  const lines = [...file.lines].sort(([a], [b]) => a - b);
  const covered = lines.filter(([, count]) => count > 0).length;
  return {
    name: file.name,
    totalLines: lines.length,
    totalCovered: covered,
    coveredPercent: lines.length === 0 ? 0 : Math.floor((covered / lines.length) * 100),
    lines: Object.fromEntries(lines.map(([line, count]) => [String(line), count > 0 ? 1 : 0])),
  };
}
