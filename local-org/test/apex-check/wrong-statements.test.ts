import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRONG_STATEMENTS } from '../../conformance/compile-errors/wrong-statements.ts';
import { statementProblems } from './support.ts';

for (const [statements, ...expected] of WRONG_STATEMENTS) {
  test(`refused: ${statements}`, () => {
    assert.deepEqual(statementProblems(statements), expected);
  });
}
