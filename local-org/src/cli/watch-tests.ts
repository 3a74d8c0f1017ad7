import { LocalOrgError } from '../diagnostics/index.ts';
import { DeployFailure } from '../execution/deploy-failure.ts';
import { LocalOrg } from '../execution/local-org.ts';
import type { OrgOptions } from '../execution/options.ts';
import { TestImpact } from '../execution/test-impact.ts';
import { countOutcomes, mergeRuns } from '../execution/test-results.ts';
import type { TestSelection } from '../execution/test-selection.ts';
import { SourceWatch } from '../server/source-watch.ts';
import { ExitCode } from './exit-codes.ts';
import { toHuman } from './reports/test-human.ts';
import type { Outcome } from './run-command.ts';

/** How the loop ends and where it prints; tests give their own. */
export interface WatchTerms {
  readonly print: (text: string) => void;
  readonly stopped: Promise<void>;
}

/**
 * Runs the tests, then again at every change of source those that the change touches or that failed before. Source that does not deploy is reported and waits for the
 * next change. The exit code is the one of the last run.
 */
export async function watchTests(
  options: OrgOptions,
  selection: TestSelection,
  { print, stopped }: WatchTerms = onTerminal(),
): Promise<Outcome> {
  const org = LocalOrg.open({ ...options, coverage: true });
  const impact = new TestImpact(org, selection);
  let exitCode: ExitCode = ExitCode.good;
  /** Files that changed since the source last deployed. */
  let pending: string[] = [];

  const runAndPrint = (changed?: readonly string[]): void => {
    const start = performance.now();
    const runs = impact.run(changed);
    if (runs.length === 0) {
      print('No test runs what has changed.\n');
      return;
    }
    const totalMilliseconds = performance.now() - start;
    const run = mergeRuns(runs, { totalMilliseconds, compileMilliseconds: 0 });
    exitCode = countOutcomes(run.tests).failing > 0 ? ExitCode.testsFailed : ExitCode.good;
    print(toHuman({ ...run, coverage: null }));
  };

  const sourceChanged = (files: readonly string[]): void => {
    pending = [...new Set([...pending, ...files])];
    try {
      org.redeploy(false);
      const changed = pending;
      pending = [];
      runAndPrint(changed);
    } catch (error) {
      // A test that was asked for by name may be gone for now.
      if (!(error instanceof DeployFailure || error instanceof LocalOrgError)) throw error;
      exitCode = ExitCode.wrongSource;
      print(`${error.toDisplay()}\n`);
    }
    print(WAITING);
  };

  let watch: SourceWatch | null = null;
  try {
    runAndPrint();
    watch = new SourceWatch(org.project.packageDirectories, sourceChanged);
    print(WAITING);
    await stopped;
  } finally {
    watch?.close();
    org.close();
  }
  return { exitCode, result: {}, human: '', warnings: [] };
}

const WAITING = 'Waiting for changes of the source. Press Ctrl+C to stop.\n';

function onTerminal(): WatchTerms {
  return {
    print: (text) => void process.stdout.write(text),
    stopped: new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
  };
}
