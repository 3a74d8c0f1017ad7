import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from '../../conformance/judge.ts';
import type { TestMethodResult } from '../../src/execution/test-results.ts';

function test(methodName: string, outcome: TestMethodResult['outcome']): TestMethodResult {
  const failed = outcome === 'Fail';
  return {
    className: 'FooTest',
    methodName,
    outcome,
    message: failed ? 'System.AssertException: Assertion Failed:\n Expected' : null,
    stackTrace: failed ? 'Class.FooTest.b: line 7, column 1\nClass.Foo.c: line 9, column 1' : null,
    position: null,
    milliseconds: 1,
  };
}

const listed = [{ name: 'FooTest.b', reason: 'needs flows' }];

describe('the verdict on a suite', () => {
  it('is good when all passes or fails as listed', () => {
    const verdict = judge([test('a', 'Pass'), test('b', 'Fail')], listed, 2);
    assert.deepEqual(verdict, { passed: 1, total: 2, skipped: 0, expected: listed, problems: [] });
  });

  it('asks to delist a listed test that passes', () => {
    const { problems } = judge([test('a', 'Pass'), test('b', 'Pass')], listed, 2);
    assert.deepEqual(problems, ['FooTest.b passes: take it off the list (needs flows)']);
  });

  it('names a failure that is not listed, with message and place', () => {
    const { problems } = judge([test('b', 'Fail')], [], 1);
    assert.deepEqual(problems, [
      'FooTest.b: System.AssertException: Assertion Failed: Expected (Class.FooTest.b: line 7, column 1)',
    ]);
  });

  it('takes a test that was skipped for one that did not pass', () => {
    const verdict = judge([test('a', 'Pass'), test('c', 'Skip')], [], 2);
    assert.deepEqual([verdict.passed, verdict.skipped], [1, 1]);
    assert.deepEqual(verdict.problems, ['FooTest.c: Skip']);
  });

  it('misses tests that no longer run, listed or not', () => {
    assert.deepEqual(judge([test('a', 'Pass')], listed, 2).problems, [
      'FooTest.b is listed but there is no such test',
      '1 tests, but the suite has 2',
    ]);
  });

  it('has nothing against more tests than known', () => {
    assert.deepEqual(judge([test('a', 'Pass'), test('c', 'Pass')], [], 1).problems, []);
  });
});
