import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defectsOf, plant, sample } from '../../conformance/planting.ts';

const SOURCE = `public class A {
  // a == b
  public Boolean f(List<String> a, Integer b) {
    if (a.size() == b) {
      return true;
    }
    return g(b);
  }
}`;
const RAN: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7]);

describe('planting defects', () => {
  const found = defectsOf('A.cls', SOURCE, RAN);

  it('finds them in code that ran, not in comments or types', () => {
    assert.deepEqual(
      found.map(({ line, column, text }) => [line, column, text.trim()]),
      [
        [4, 16, 'if (a.size() != b) {'],
        [4, 4, 'if (!(a.size() == b)) {'],
        [5, 13, 'return false;'],
        [7, 4, 'return null;'],
      ],
    );
  });

  it('leaves lines alone that no test runs', () => {
    assert.deepEqual(
      defectsOf('A.cls', SOURCE, new Set([5])).map(({ line }) => line),
      [5],
    );
  });

  it('changes one line', () => {
    const [first] = found;
    assert.ok(first);
    assert.equal(plant(SOURCE, first), SOURCE.replace('if (a.size() == b)', 'if (a.size() != b)'));
  });

  it('samples by the seed alone, without taking anything twice', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const chosen = sample(items, 20, 7);
    assert.equal(new Set(chosen).size, 20);
    assert.deepEqual(sample(items, 20, 7), chosen);
    assert.notDeepEqual(sample(items, 20, 8), chosen);
  });
});
