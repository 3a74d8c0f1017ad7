import { LocalOrg } from '../../execution/local-org.ts';
import { runTests } from '../../execution/test-runner.ts';
import type { TestRunResult } from '../../execution/test-results.ts';
import { ORG_SHAPES } from '../../schema/org-shape.ts';
import type { OrgShapeName } from '../../schema/org-shape.ts';
import { ExitCode } from '../exit-codes.ts';
import { workspaceOf } from '../options.ts';
import type { CommonFlags } from '../options.ts';
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
  readonly resultFormat: ResultFormat;
  readonly shape?: OrgShapeName;
}

/** `apex run test`: on an org in memory, so that the data of a started one is not touched. */
export function apexRunTest(flags: Flags): Outcome {
  const workspace = workspaceOf(flags);
  const start = performance.now();
  const org = LocalOrg.open({
    ...workspace,
    storage: 'memory',
    coverage: flags.codeCoverage,
    ...(flags.shape === undefined ? {} : { shape: ORG_SHAPES[flags.shape] }),
  });
  try {
    const selection = { classNames: flags.classNames ?? [], tests: flags.tests ?? [] };
    const run = runTests(org, selection, performance.now() - start);
    const failed = run.tests.some((test) => test.outcome !== 'Pass' && test.outcome !== 'Skip');
    return {
      exitCode: failed ? ExitCode.testsFailed : ExitCode.good,
      result: toSalesforceTestResult(run),
      human: print(run, flags.resultFormat),
      warnings: org.report.warnings,
    };
  } finally {
    org.close();
  }
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
