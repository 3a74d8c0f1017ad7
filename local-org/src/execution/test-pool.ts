import type { DeployReport } from './org-door.ts';
import type { OrgOptions } from './options.ts';
import { mergeRuns } from './test-results.ts';
import type { TestRunResult } from './test-results.ts';
import type { TestSelection } from './test-selection.ts';
import { OrgWorkerClient } from './worker-client.ts';

/** What a pool answers: the run, and what the deployment warned of. */
export interface PooledRun {
  readonly run: TestRunResult;
  readonly warnings: readonly string[];
}

/**
 * Runs the chosen tests in several workers. Each has an org of its own in memory, so that no test sees the data of another; whoever is idle takes the next class.
 *
 * @param workers how many; one for each core is best
 * @param onClass told of each class that ran
 * @param signal ends the run
 * @throws DeployFailure when the source is wrong, LocalOrgError for a test that does not exist
 */
export async function runTestsInPool(
  options: OrgOptions,
  selection: TestSelection,
  workers: number,
  onClass: (run: TestRunResult) => void = () => undefined,
  signal?: AbortSignal,
): Promise<PooledRun> {
  const start = performance.now();
  const clients = Array.from({ length: workers }, () => new OrgWorkerClient(options));
  try {
    const reports = await Promise.all(
      clients.map((client) => client.call('open') as Promise<DeployReport>),
    );
    const compileMilliseconds = performance.now() - start;
    const first = clients[0];
    const plan = (await first?.call('planTests', [selection])) as readonly TestSelection[];
    const results: TestRunResult[] = [];
    let next = 0;
    const work = async (client: OrgWorkerClient): Promise<void> => {
      for (let index = next++; index < plan.length; index = next++) {
        signal?.throwIfAborted();
        const run = (await client.call('runTests', [plan[index]])) as TestRunResult;
        results[index] = run;
        onClass(run);
      }
    };
    await Promise.all(clients.map(work));
    // Nothing to run: the facts about org and user are still wanted.
    if (results.length === 0)
      results.push((await first?.call('runTests', [selection])) as TestRunResult);
    const run = mergeRuns(results, {
      totalMilliseconds: performance.now() - start - compileMilliseconds,
      compileMilliseconds,
    });
    return { run, warnings: reports[0]?.warnings ?? [] };
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
