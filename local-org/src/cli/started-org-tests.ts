import { mergeRuns } from '../execution/test-results.ts';
import type { TestRunResult } from '../execution/test-results.ts';
import type { TestSelection } from '../execution/test-selection.ts';

/** What a started org is asked for tests. */
interface StartedOrgWorker {
  call(method: string, args: readonly unknown[]): Promise<unknown>;
}

type InMemory = (
  selection: TestSelection,
  onClass: (run: TestRunResult) => void,
) => Promise<TestRunResult>;

/**
 * Runs tests that somebody asks a started org for. Those with `SeeAllData=true` run on its own data and leave it as it was; documented: Apex Developer Guide, "Using
 * the isTest(SeeAllData=True) Annotation": they read what is there, and what they write is rolled back. All others run in orgs in memory. One method is one call, so
 * that others who use the org wait no longer than for one. Coverage counts what runs in memory.
 */
export async function runTestsOfStartedOrg(
  worker: StartedOrgWorker,
  inMemory: InMemory,
  selection: TestSelection,
  onClass: (run: TestRunResult) => void,
  signal: AbortSignal,
): Promise<TestRunResult> {
  const open = (await worker.call('testsThatSeeAllData', [selection])) as readonly string[];
  if (open.length === 0) return inMemory(selection, onClass);
  const start = performance.now();
  const planned = (await worker.call('planTests', [selection])) as readonly TestSelection[];
  const others = planned.flatMap(({ tests }) => tests).filter((test) => !open.includes(test));
  const runs: TestRunResult[] = [];
  if (others.length > 0) runs.push(await inMemory({ classNames: [], tests: others }, onClass));
  for (const [, tests] of byClass(open)) {
    const methods: TestRunResult[] = [];
    for (const test of tests) {
      signal.throwIfAborted();
      const one = await worker.call('runTests', [{ classNames: [], tests: [test] }]);
      methods.push(one as TestRunResult);
    }
    const run = mergeRuns(methods, { totalMilliseconds: 0, compileMilliseconds: 0 });
    onClass(run);
    runs.push(run);
  }
  return mergeRuns(runs, {
    totalMilliseconds: performance.now() - start,
    compileMilliseconds: runs[0]?.compileMilliseconds ?? 0,
  });
}

function byClass(tests: readonly string[]): Map<string, string[]> {
  const classes = new Map<string, string[]>();
  for (const test of tests) {
    const name = test.slice(0, test.lastIndexOf('.'));
    classes.set(name, [...(classes.get(name) ?? []), test]);
  }
  return classes;
}
