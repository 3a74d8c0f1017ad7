import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRONG_EXPRESSIONS } from '../../conformance/compile-errors/wrong-expressions.ts';
import { statementProblems } from './support.ts';

for (const [statements, ...expected] of WRONG_EXPRESSIONS) {
  test(`refused: ${statements}`, () => {
    assert.deepEqual(statementProblems(statements), expected);
  });
}
