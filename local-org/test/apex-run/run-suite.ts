import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryOrg } from '../support/temporary-org.ts';

/**
 * Deploys Apex whose `@IsTest` methods assert documented behaviour, and makes a test of each method. A class that has no test methods is helper code.
 */
export function apexSuite(
  name: string,
  files: Readonly<Record<string, string>>,
  expectedTests: number,
): void {
  test(name, async (t) => {
    const org = temporaryOrg(files);
    try {
      const { tests } = org.test({ classNames: [], tests: [] });
      assert.equal(tests.length, expectedTests, 'number of Apex test methods');
      for (const each of tests) {
        await t.test(`${each.className}.${each.methodName}`, () => {
          assert.ok(each.outcome === 'Pass', `${each.message ?? ''}\n${each.stackTrace ?? ''}`);
        });
      }
    } finally {
      org.dispose();
    }
  });
}
