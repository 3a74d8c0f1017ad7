import { runTestsInPool } from '../execution/test-pool.ts';
import type { TestSelection } from '../execution/test-selection.ts';
import type { TestRunResult } from '../execution/test-results.ts';
import type { OrgWorkerClient } from '../execution/worker-client.ts';
import { DeployQueue } from '../metadata-api/deploy-queue.ts';
import type { OrgSource } from '../metadata-api/org-source.ts';
import { API_VERSION } from '../platform/ui-api/rest.ts';
import { textOf } from '../platform/changes.ts';
import type { Project } from '../project/model.ts';
import type { RestQueryResult } from '../server/contract.ts';
import type { PlatformApi } from '../server/platform-api/contract.ts';
import { TestRuns } from '../server/platform-api/test-runs.ts';
import type { Workspace } from './options.ts';
import { runTestsOfStartedOrg } from './started-org-tests.ts';

/** A started org, as deployments and test runs need it. */
export interface StartedOrg {
  readonly workspace: Workspace;
  readonly worker: OrgWorkerClient;
  readonly source: OrgSource;
  /** The project that the org runs now. */
  readonly project: () => Project;
  /** The org runs another project from now on. */
  readonly activated: (root: string) => void;
}

/** The platform's APIs on a started org. Tests run on the source that was deployed, in orgs in memory if they do not ask for the org's data. */
export function createPlatformApi({
  workspace,
  worker,
  source,
  project,
  activated,
}: StartedOrg): PlatformApi {
  const runTests = async (
    sourceRoot: string | null,
    selection: TestSelection,
    coverage: boolean,
    onClass: (run: TestRunResult) => void,
    signal: AbortSignal,
  ): Promise<TestRunResult> => {
    const { run } = await runTestsInPool(
      {
        ...workspace,
        ...(sourceRoot === null ? {} : { sourceRoot }),
        storage: 'memory',
        coverage,
      },
      selection,
      1,
      onClass,
      signal,
    );
    return run;
  };
  const classIds = async (): Promise<ReadonlyMap<string, string>> => {
    const { records } = (await worker.call('runQuery', [
      'SELECT Id, Name FROM ApexClass',
      null,
    ])) as RestQueryResult;
    return new Map(records.map((record) => [textOf(record['Name']), textOf(record['Id'])]));
  };
  return {
    saveRecords: (...args) => worker.call('saveRecords', args) as never,
    insertTree: (...args) => worker.call('insertTree', args) as never,
    executeAnonymous: (...args) => worker.call('executeAnonymousAs', args) as never,
    deployments: new DeployQueue(
      {
        project,
        deploy: async (root, dryRun) => {
          await worker.call('deploySource', [root, dryRun]);
        },
        runTests(root, selection, onTest) {
          const abort = new AbortController();
          let done = 0;
          const count = (run: TestRunResult): void => onTest((done += run.tests.length));
          return {
            result: runTests(root, selection, false, count, abort.signal),
            cancel: () => abort.abort(),
          };
        },
        classId: async (name) => (await classIds()).get(name) ?? '',
        activated(root) {
          worker.useSource(root);
          activated(root);
        },
      },
      source,
      Number.parseFloat(API_VERSION),
    ),
    sourceMembers: () => source.members.rows(),
    testRuns: new TestRuns({
      run: (selection, coverage, onClass, signal) =>
        runTestsOfStartedOrg(
          worker,
          (chosen, told) => runTests(source.current(), chosen, coverage, told, signal),
          selection,
          onClass,
          signal,
        ),
      classIds,
    }),
  };
}
