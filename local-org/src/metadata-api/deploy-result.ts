import type { TestRunResult } from '../execution/test-results.ts';
import type { ComponentName } from './package.ts';

/** Documented: Metadata API Developer Guide, "DeployResult". Names and forms are the platform's. */
export interface DeployResult {
  readonly id: string;
  readonly status: DeployStatus;
  readonly done: boolean;
  readonly success: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly startDate?: string;
  readonly lastModifiedDate: string;
  readonly completedDate?: string;
  readonly canceledBy?: string;
  readonly canceledByName?: string;
  readonly errorStatusCode?: string;
  readonly errorMessage?: string;
  readonly stateDetail?: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly details?: DeployDetails;
}

export type DeployStatus =
  'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceling' | 'Canceled';

export interface DeployDetails {
  readonly componentSuccesses: readonly DeployMessage[];
  readonly componentFailures: readonly DeployMessage[];
  readonly runTestResult: RunTestsResult;
}

export interface DeployMessage {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly success: boolean;
  readonly changed: boolean;
  readonly created: boolean;
  readonly deleted: boolean;
  readonly warning: boolean;
  readonly createdDate: string;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

/** Documented: "RunTestsResult". Coverage is not counted in the local org's deployments. */
export interface RunTestsResult {
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly totalTime: number;
  readonly successes: readonly TestMessage[];
  readonly failures: readonly TestMessage[];
  readonly codeCoverage: readonly never[];
  readonly codeCoverageWarnings: readonly never[];
}

export interface TestMessage {
  readonly id: string;
  readonly name: string;
  readonly methodName: string;
  readonly namespace: null;
  readonly seeAllData: boolean;
  readonly time: number;
  readonly message?: string;
  readonly stackTrace?: string;
  readonly type?: 'Class';
  readonly packageName?: string;
}

/** Documented: "DeployOptions". */
export interface DeployOptions {
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly rollbackOnError: boolean;
  readonly testLevel: 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg';
  readonly runTests: readonly string[];
}

/** No test ran. */
export const NO_TESTS: RunTestsResult = {
  numFailures: 0,
  numTestsRun: 0,
  totalTime: 0,
  successes: [],
  failures: [],
  codeCoverage: [],
  codeCoverageWarnings: [],
};

/** A test run in the form of the Metadata API and of the Tooling API's synchronous runs. `idOf` names the class's row in the org. */
export function toRunTestsResult(
  run: TestRunResult,
  idOf: (className: string) => string,
): RunTestsResult {
  const messages = run.tests.map((test) => {
    const common = {
      id: idOf(test.className),
      name: test.className,
      methodName: test.methodName,
      namespace: null,
      seeAllData: false,
      time: Math.round(test.milliseconds),
    };
    return test.outcome === 'Pass' || test.outcome === 'Skip'
      ? { passed: true, message: common }
      : {
          passed: false,
          message: {
            ...common,
            type: 'Class' as const,
            packageName: test.className,
            message: test.message ?? '',
            stackTrace: test.stackTrace ?? '',
          },
        };
  });
  const successes = messages.filter(({ passed }) => passed).map(({ message }) => message);
  const failures = messages.filter(({ passed }) => !passed).map(({ message }) => message);
  return {
    ...NO_TESTS,
    numFailures: failures.length,
    numTestsRun: messages.length,
    totalTime: Math.round(run.totalMilliseconds),
    successes,
    failures,
  };
}

/** A component that was taken in. */
export function succeeded(
  { type, fullName, fileName }: ComponentName,
  change: 'created' | 'changed' | 'unchanged' | 'deleted',
  now: string,
): DeployMessage {
  return {
    componentType: type,
    fullName,
    fileName,
    success: true,
    changed: change === 'changed' || change === 'created',
    created: change === 'created',
    deleted: change === 'deleted',
    warning: false,
    createdDate: now,
  };
}

/** A component that was not. */
export function failed(
  { type, fullName, fileName }: ComponentName,
  problem: string,
  place: { readonly line: number; readonly column: number },
  now: string,
): DeployMessage {
  return {
    componentType: type,
    fullName,
    fileName,
    success: false,
    changed: false,
    created: false,
    deleted: false,
    warning: false,
    createdDate: now,
    problem,
    problemType: 'Error',
    lineNumber: place.line,
    columnNumber: place.column,
  };
}
