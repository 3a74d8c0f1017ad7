import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseExpectedFailures } from '../../conformance/expected-failures.ts';
import { resultProblems, resultTable, withTable } from '../../conformance/results.ts';
import { parseDescription, readSuite, suiteNames } from '../../conformance/suite-description.ts';
import type { DescribedSuite } from '../../conformance/suite-description.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const foo: DescribedSuite = {
  suite: 'foo',
  repository: 'https://example.org/foo',
  commit: COMMIT,
  licence: 'MIT',
  obtain: [`git -C foo checkout ${COMMIT}`],
  sourceDirs: [],
  besideDirs: [],
  tests: 3,
  failures: [{ name: 'FooTest.b', reason: 'needs flows' }],
};

const line = {
  ...{ suite: 'foo', date: '2026-11-21', commit: COMMIT, passed: 2, total: 3, skipped: 0 },
  ...{ compileSeconds: 2.5, cachedSeconds: 0.4, megabytes: 300 },
};

describe('the list of expected failures', () => {
  it('has a test and a reason a line, and comments', () => {
    assert.deepEqual(parseExpectedFailures('# flows\n\nFooTest.b: needs flows: all of them\r\n'), [
      { name: 'FooTest.b', reason: 'needs flows: all of them' },
    ]);
  });

  for (const wrong of ['FooTest.b', 'FooTest.b:', 'FooTest.b:   ', 'FooTest: why', 'a.b.c: why']) {
    it(`refuses the line "${wrong}"`, () => {
      assert.throws(() => parseExpectedFailures(`# list\n${wrong}`), /^Error: line 2 is not/);
    });
  }

  it('refuses a test listed twice', () => {
    assert.throws(() => parseExpectedFailures('A.b: one\nA.b: two'), /line 2 lists A\.b again/);
  });
});

describe('the description of a suite', () => {
  it('is complete', () => {
    const { failures, ...description } = foo;
    assert.equal(failures.length, 1);
    assert.deepEqual(parseDescription(JSON.stringify(description)), description);
    for (const field of Object.keys(description)) {
      const without = JSON.stringify({ ...description, [field]: undefined });
      assert.throws(() => parseDescription(without), new RegExp(field), field);
    }
  });

  it('says how to get the very commit', () => {
    const vague = JSON.stringify({ ...foo, obtain: ['git clone https://example.org/foo'] });
    assert.throws(() => parseDescription(vague), /obtain/);
  });

  it('can be read for every suite that is here', () => {
    assert.ok(suiteNames().length > 0);
    for (const name of suiteNames()) assert.equal(readSuite(name).suite, name);
  });
});

describe('recorded results', () => {
  it('agree with descriptions and lists', () => {
    assert.deepEqual(resultProblems([line], [foo]), []);
  });

  it('are contradicted by another commit, lost tests, another number of failures', () => {
    const problems = (change: Partial<typeof line>) =>
      resultProblems([{ ...line, ...change }], [foo]);
    assert.deepEqual(problems({ commit: 'x' }), ['foo was run at another commit']);
    assert.deepEqual(problems({ passed: 1, total: 2 }), ['foo has 3 tests, the result counts 2']);
    assert.deepEqual(problems({ passed: 3 }), ['foo lists 1 failures, the result counts 0']);
    assert.deepEqual(problems({ suite: 'bar' }), ['foo has no result', 'bar is not described']);
  });

  it('become a table between the markers of the page, again and again the same', () => {
    const table = resultTable([line], [foo]);
    assert.match(
      table,
      /^\| \[foo\]\(https:\/\/example\.org\/foo\) \| `0123456789` \| 2 +\| 3 +\| 0 +\| 66\.6 % \| +\| 2\.5 s +\| 0\.4 s +\| 300 MB \| 2026-11-21 \|$/m,
    );
    const start = '<!-- conformance: written by npm run conformance -- --update-results -->';
    const end = '<!-- conformance: end -->';
    const page = withTable(`before\n${start}\nold\n${end}\nafter`, table);
    assert.equal(page, `before\n${start}\n\n${table}\n\n${end}\nafter`);
    assert.equal(withTable(page, table), page);
    assert.throws(() => withTable('no markers', table), /no place/);
  });
});
