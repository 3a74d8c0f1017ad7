import { countOutcomes } from '../src/execution/test-results.ts';
import type { TestMethodResult } from '../src/execution/test-results.ts';
import type { ExpectedFailure } from './expected-failures.ts';

/** What the run of a suite amounts to. */
export interface Verdict {
  readonly passed: number;
  readonly total: number;
  readonly skipped: number;
  /** Failed as listed. */
  readonly expected: readonly ExpectedFailure[];
  /** Why the run is not good, a text each; empty: it is. */
  readonly problems: readonly string[];
}

/**
 * Compares what ran with what is expected. The list of failures has to be exact in both directions: a listed test that passes hides the day on which it breaks
 * again, so it has to be delisted; and fewer tests than once counted means that tests got lost, which no passing test would show.
 *
 * @param knownTotal how many tests the suite has at its commit
 */
export function judge(
  tests: readonly TestMethodResult[],
  failures: readonly ExpectedFailure[],
  knownTotal: number,
): Verdict {
  const byName = new Map(failures.map((failure) => [failure.name, failure]));
  const expected: ExpectedFailure[] = [];
  const problems: string[] = [];
  for (const test of tests) {
    const name = `${test.className}.${test.methodName}`;
    const failure = byName.get(name);
    byName.delete(name);
    if (test.outcome === 'Pass') {
      if (failure !== undefined) {
        problems.push(`${name} passes: take it off the list (${failure.reason})`);
      }
    } else if (failure === undefined) problems.push(unexpected(name, test));
    else expected.push(failure);
  }
  for (const name of byName.keys()) problems.push(`${name} is listed but there is no such test`);
  if (tests.length < knownTotal) {
    problems.push(`${tests.length} tests, but the suite has ${knownTotal}`);
  }
  const { passing, skipped } = countOutcomes(tests);
  return { passed: passing, total: tests.length, skipped, expected, problems };
}

/** In the form of a line of the list, so that what is known to be missing can be moved there. */
function unexpected(name: string, { outcome, message, stackTrace }: TestMethodResult): string {
  const [where = ''] = (stackTrace ?? '').split('\n');
  const text = (message ?? outcome).replace(/\s+/g, ' ');
  return `${name}: ${text}${where === '' ? '' : ` (${where})`}`;
}
