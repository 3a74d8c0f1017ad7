import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ApexException, toText } from '../../src/apex/values/index.ts';
import { ExpressionGenerator, Fault, Random, Scope } from './expression-oracle.ts';
import type { Generated, Kind } from './expression-oracle.ts';
import { loadClasses } from './run-apex.ts';

const CASES = Number(process.env['APEX_FUZZ_CASES'] ?? 400);
const PER_CLASS = 100;
const KINDS: readonly Kind[] = ['Integer', 'Long', 'Boolean', 'String'];

const DECLARATIONS =
  "Integer i = 5; Integer j = -2147483648; Integer n; Long x = -7; Long y; Boolean b = true; Boolean c; String s = 'a'; String t = 'Ab'; String z;";

function scope(): Scope {
  const made = new Scope();
  for (const [name, value] of Object.entries({
    i: 5n,
    j: -2147483648n,
    n: null,
    x: -7n,
    y: null,
    b: true,
    c: null,
    s: 'a',
    t: 'Ab',
    z: null,
  })) {
    made.values.set(name, value);
  }
  return made;
}

function expected(generated: Generated): string {
  const values = scope();
  try {
    const value = String(generated.value(values));
    return `${value} ${String(values.values.get('i'))} ${String(values.values.get('j'))}`;
  } catch (fault) {
    if (fault instanceof Fault) return fault.message;
    throw fault;
  }
}

it(`${CASES} random expressions have the value that the documentation gives them`, () => {
  for (let first = 0; first < CASES; first += PER_CLASS) {
    const generated = Array.from({ length: PER_CLASS }, (_, offset) => {
      const random = new Random(first + offset + 1);
      return new ExpressionGenerator(random).expression(random.pick(KINDS), 4);
    });
    const methods = generated.map(
      (item, index) =>
        `public static Object m${index}() { ${DECLARATIONS} ${item.kind} r = ${item.text}; return r + ' ' + i + ' ' + j; }`,
    );
    const program = loadClasses([`public class Fuzz { ${methods.join('\n')} }`]);
    for (const [index, item] of generated.entries()) {
      let actual: string;
      try {
        actual = toText(program.callStatic('Fuzz', `m${index}`));
      } catch (error) {
        if (!(error instanceof ApexException))
          throw new Error(`seed ${first + index + 1}: ${item.text}`, { cause: error });
        actual = `${error.$typeName}: ${error.$getMessage()}`;
      }
      assert.equal(actual, expected(item), `seed ${first + index + 1}: ${item.text}`);
    }
  }
});
