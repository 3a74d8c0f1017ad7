import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ASSUMPTIONS, ASSUMPTION_NAMES, assumptionOf } from '../../src/inferred/index.ts';
import type { AnswerOf, AssumptionName, Assumptions } from '../../src/inferred/index.ts';
import type { Schema } from '../../src/schema/contract.ts';

/**
 * Puts one open question to the engine under each of its answers: the same experiment, and what it must show for each. Two answers that show the same would
 * mean that one of them is not built, or that the experiment does not ask.
 *
 * @param name a literal: `registry.test.ts` reads the tests for the names they ask about
 */
export function inferred<N extends AssumptionName>(
  name: N,
  experiment: (assumptions: Assumptions) => unknown,
  expected: Readonly<Record<AnswerOf<N>, unknown>>,
): void {
  const { strict, answers } = assumptionOf(name);
  const results: Readonly<Record<string, unknown>> = expected;
  for (const answer of Object.keys(answers)) {
    const side = answer === strict ? 'strict' : 'other';
    test(`inferred · ${name} · ${side}: ${answer}`, () => {
      assert.ok(Object.hasOwn(results, answer), `no truth table for ${answer}`);
      for (const [other, result] of Object.entries(results))
        if (other !== answer)
          assert.notDeepEqual(result, results[answer], `${other} shows the same`);
      const assumptions: Assumptions = { [name]: answer };
      assert.deepEqual(experiment(assumptions), results[answer]);
      // The strict answer is what an org gives that was told nothing.
      if (side === 'strict') assert.deepEqual(experiment({}), results[answer]);
    });
  }
}

/** The same schema in an org that assumes this. */
export function assuming(schema: Schema, assumptions: Assumptions): Schema {
  const shape = { ...schema.shape, assumptions };
  return new Proxy(schema, {
    get(target, key) {
      if (key === 'shape') return shape;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function'
        ? (value as (...args: unknown[]) => unknown).bind(target)
        : value;
    },
  });
}

/** Every answer that there is, by question. */
export const EVERY_ANSWER: readonly (readonly [AssumptionName, readonly string[]])[] =
  ASSUMPTION_NAMES.map((name) => [name, Object.keys(ASSUMPTIONS[name].answers)]);
