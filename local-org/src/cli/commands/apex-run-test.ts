import { LocalOrg } from '../../execution/local-org.ts';
import type { OrgOptions } from '../../execution/options.ts';
import { runTestsInPool } from '../../execution/test-pool.ts';
import type { PooledRun } from '../../execution/test-pool.ts';
import { runTests } from '../../execution/test-runner.ts';
import { countOutcomes } from '../../execution/test-results.ts';
import type { TestRunResult } from '../../execution/test-results.ts';
import type { TestSelection } from '../../execution/test-selection.ts';
import { readAssumptions } from '../../inferred/index.ts';
import { ORG_SHAPES } from '../../schema/org-shape.ts';
import type { OrgShapeName } from '../../schema/org-shape.ts';
import type { CoverageFormatter } from '../coverage-formatters.ts';
import { ExitCode } from '../exit-codes.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags, Workspace } from '../options.ts';
import { toHuman } from '../reports/test-human.ts';
import { toSalesforceTestResult } from '../reports/test-json.ts';
import { toJUnit } from '../reports/test-junit.ts';
import { toTap } from '../reports/test-tap.ts';
import type { Outcome } from '../run-command.ts';

type ResultFormat = 'human' | 'json' | 'junit' | 'tap';

interface Flags extends CommonFlags {
  readonly classNames?: readonly string[];
  readonly tests?: readonly string[];
  readonly codeCoverage: boolean;
  readonly coverageFormatters?: readonly CoverageFormatter[];
  readonly outputDir?: string;
  readonly resultFormat: ResultFormat;
  readonly workers: number;
  readonly watch: boolean;
  /** Port of the debugger. */
  readonly inspect?: number;
  readonly seed?: number;
  /** Milliseconds since 1970. */
  readonly frozenTime?: number;
  readonly auditSharing?: boolean;
  readonly shape?: OrgShapeName;
  /** `NAME=ANSWER` */
  readonly assume?: readonly string[];
}

/** Long enough for a person who looks around in the debugger. */
const SECONDS_UNDER_DEBUGGER = 24 * 60 * 60;

/** `apex run test`: on orgs in memory, so that the data of a started one is not touched. */
export async function apexRunTest(flags: Flags): Promise<Outcome> {
  const workspace = workspaceOf(flags);
  const options = orgOptions(flags, workspace);
  const selection = { classNames: flags.classNames ?? [], tests: flags.tests ?? [] };
  if (flags.watch) {
    const { watchTests } = await import('../watch-tests.ts');
    return watchTests(options, selection);
  }
  if (flags.inspect !== undefined) {
    const { waitForDebugger } = await import('../debugger.ts');
    waitForDebugger(flags.inspect);
  }
  const { run, warnings } =
    flags.workers > 1
      ? await runTestsInPool(options, selection, flags.workers)
      : runHere(options, selection);
  await writeFiles(flags, workspace, run);
  return {
    exitCode: countOutcomes(run.tests).failing > 0 ? ExitCode.testsFailed : ExitCode.good,
    result: toSalesforceTestResult(run),
    human: print(run, flags.resultFormat),
    warnings,
  };
}

function orgOptions(flags: Flags, workspace: Workspace): OrgOptions {
  return {
    ...workspace,
    storage: 'memory',
    coverage: flags.codeCoverage || flags.coverageFormatters !== undefined,
    ...(flags.shape === undefined ? {} : { shape: ORG_SHAPES[flags.shape] }),
    ...(flags.auditSharing === true ? { auditSharing: true } : {}),
    ...(flags.assume === undefined ? {} : { assumptions: readAssumptions(flags.assume) }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.frozenTime === undefined ? {} : { frozenTime: flags.frozenTime }),
    ...(flags.inspect === undefined
      ? {}
      : { sourceMaps: true, apexSeconds: SECONDS_UNDER_DEBUGGER }),
  };
}

function runHere(options: OrgOptions, selection: TestSelection): PooledRun {
  const start = performance.now();
  const org = LocalOrg.open(options);
  try {
    const run = runTests(org, selection, performance.now() - start);
    return { run, warnings: org.report.warnings };
  } finally {
    org.close();
  }
}

/** Files on demand: their libraries are not loaded otherwise. */
async function writeFiles(flags: Flags, workspace: Workspace, run: TestRunResult): Promise<void> {
  const { outputDir, coverageFormatters } = flags;
  if (outputDir === undefined && coverageFormatters === undefined) return;
  const { writeTestFiles } = await import('../reports/test-files.ts');
  writeTestFiles(run, workspace, outputDir, coverageFormatters ?? []);
}

function print(run: TestRunResult, format: ResultFormat): string {
  switch (format) {
    case 'human':
      return toHuman(run);
    case 'json':
      return `${JSON.stringify(toSalesforceTestResult(run), null, 2)}\n`;
    case 'junit':
      return toJUnit(run);
    case 'tap':
      return toTap(run);
    default:
      return format satisfies never;
  }
}
