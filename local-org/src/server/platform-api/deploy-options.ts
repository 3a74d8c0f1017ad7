import type { DeployOptions } from '../../metadata-api/deploy-result.ts';
import { PlatformFault } from '../contract.ts';

const LEVELS = ['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'] as const;

/** Deploy options of either protocol, with the defaults of an org that is no production org. Documented: "DeployOptions". */
export function deployOptionsOf(given: Readonly<Record<string, unknown>>): DeployOptions {
  const flag = (name: string, fallback: boolean): boolean => {
    const value = given[name];
    return value === undefined || value === null ? fallback : value === true || value === 'true';
  };
  const runTests = list(given['runTests']);
  const level = given['testLevel'] ?? (runTests.length > 0 ? 'RunSpecifiedTests' : 'NoTestRun');
  const testLevel = LEVELS.find((one) => one === level);
  if (testLevel === undefined)
    throw refused(`Test level ${JSON.stringify(level)} is not implemented in the local org`);
  if (testLevel === 'RunSpecifiedTests' && runTests.length === 0) {
    throw refused('runTests must be specified when the test level is RunSpecifiedTests');
  }
  if (testLevel !== 'RunSpecifiedTests' && runTests.length > 0) {
    throw refused('runTests can be used only with the test level RunSpecifiedTests');
  }
  return {
    checkOnly: flag('checkOnly', false),
    ignoreWarnings: flag('ignoreWarnings', false),
    rollbackOnError: flag('rollbackOnError', true),
    testLevel,
    runTests,
  };
}

function list(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value];
  return items.map(String).filter((name) => name !== '');
}

function refused(message: string): PlatformFault {
  return new PlatformFault({ status: 400, errorCode: 'INVALID_OPERATION', message });
}
