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
