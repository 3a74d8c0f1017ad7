import { Diagnostics, raise } from '../diagnostics/index.ts';

/** Outcome of one Apex test method. */
export interface TestMethodResult {
  readonly className: string;
  readonly methodName: string;
  readonly outcome: 'Pass' | 'Fail' | 'Skip' | 'CompileFail';
  /** `System.AssertException: Assertion Failed: …`; null when passed. */
  readonly message: string | null;
  /** `Class.Foo.bar: line 12, column 1` lines; null when passed. */
  readonly stackTrace: string | null;
  /** File and line of the topmost frame inside the project, for tools. */
  readonly position: { readonly file: string; readonly line: number } | null;
  readonly milliseconds: number;
}

/** Coverage of one class or trigger by executable line. */
export interface FileCoverage {
  readonly name: string;
  readonly file: string;
  readonly kind: 'class' | 'trigger';
  /** Line number → how often it ran. */
  readonly lines: ReadonlyMap<number, number>;
}

export interface TestRunResult {
  readonly startedAt: Date;
  readonly totalMilliseconds: number;
  readonly compileMilliseconds: number;
  readonly tests: readonly TestMethodResult[];
  readonly coverage: readonly FileCoverage[] | null;
  readonly userName: string;
  readonly userId: string;
  readonly orgId: string;
  /** Expressions that escaped the type checker, and library members that are referenced but not implemented. */
  readonly notes: readonly string[];
}

/** Counts by outcome. */
export function countOutcomes(tests: readonly TestMethodResult[]): {
  passing: number;
  failing: number;
  skipped: number;
} {
  let passing = 0;
  let skipped = 0;
  for (const test of tests) {
    if (test.outcome === 'Pass') passing += 1;
    else if (test.outcome === 'Skip') skipped += 1;
  }
  return { passing, failing: tests.length - passing - skipped, skipped };
}

/** Several runs as one, in their order; lines that several ran count as often as all of them ran it. At least one run. */
export function mergeRuns(
  runs: readonly TestRunResult[],
  clock: Pick<TestRunResult, 'totalMilliseconds' | 'compileMilliseconds'>,
): TestRunResult {
  const [first] = runs;
  if (first === undefined) throw raise(Diagnostics.INTERNAL, ['there are no test runs to merge']);
  return {
    ...first,
    ...clock,
    startedAt: new Date(Math.min(...runs.map((run) => run.startedAt.getTime()))),
    tests: runs.flatMap((run) => run.tests),
    coverage: first.coverage === null ? null : mergeCoverage(runs),
    notes: [...new Set(runs.flatMap((run) => run.notes))],
  };
}

function mergeCoverage(runs: readonly TestRunResult[]): FileCoverage[] {
  const files = new Map<string, FileCoverage & { readonly lines: Map<number, number> }>();
  for (const file of runs.flatMap((run) => run.coverage ?? [])) {
    const known = files.get(file.file);
    if (known === undefined) files.set(file.file, { ...file, lines: new Map(file.lines) });
    else
      for (const [line, count] of file.lines)
        known.lines.set(line, (known.lines.get(line) ?? 0) + count);
  }
  return [...files.values()];
}
