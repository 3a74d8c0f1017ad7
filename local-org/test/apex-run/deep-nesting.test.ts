import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApex } from '../../src/apex/syntax/index.ts';
import { temporaryOrg } from '../support/temporary-org.ts';

const TOO_DEEP = 'The source is nested too deeply for the local org';

test('nesting that uses up the stack is a problem of the file, not a defect', () => {
  const parens = `public class Deep { Integer f() { return ${'('.repeat(20000)}1${')'.repeat(20000)}; } }`;
  assert.deepEqual(parseApex(parens, 'Deep.cls', 'class'), {
    unit: null,
    errors: [{ line: 1, column: 1, message: TOO_DEEP }],
  });
});

test('moderate nesting compiles', () => {
  const org = temporaryOrg({
    'classes/NestedTest.cls': `@IsTest
private class NestedTest {
  @IsTest static void nested() {
    Integer n = 0;
    ${'if (true) { '.repeat(100)} n = ${'('.repeat(100)}1${')'.repeat(100)}; ${'}'.repeat(100)}
    Assert.areEqual(1, n);
    List<String> parts = new List<String>{ ${"'a', ".repeat(5000)} 'z' };
    Assert.areEqual(5001, parts.size());
  }
}`,
  });
  try {
    const [only] = org.test({ classNames: [], tests: [] }).tests;
    assert.equal(only?.outcome, 'Pass', only?.message ?? '');
  } finally {
    org.dispose();
  }
});
