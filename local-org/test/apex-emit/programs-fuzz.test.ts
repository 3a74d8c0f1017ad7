import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ApexException, toText } from '../../src/apex/values/index.ts';
import { Fault, Random } from './expression-oracle.ts';
import { HELPERS } from './program-oracle/library-statements.ts';
import { ProgramGenerator } from './program-oracle/program-generator.ts';
import { DECLARATIONS, ProgramScope, RESULT } from './program-oracle/scope.ts';
import type { Statement } from './program-oracle/library-statements.ts';
import { loadClasses } from './run-apex.ts';

const CASES = Number(process.env['APEX_FUZZ_CASES'] ?? 200);
const PER_CLASS = 50;

function expected(program: Statement): string {
  const scope = new ProgramScope();
  try {
    program.run(scope);
    return scope.text();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

it(`${CASES} random programs do what the documentation says`, () => {
  for (let first = 0; first < CASES; first += PER_CLASS) {
    const programs = Array.from({ length: PER_CLASS }, (_, offset) =>
      new ProgramGenerator(new Random(7_000_001 + first + offset)).block(2),
    );
    const methods = programs.map(
      ({ text }, index) =>
        `public static Object m${index}() { ${DECLARATIONS}\n${text}\n${RESULT} }`,
    );
    const loaded = loadClasses([
      `public class Fuzz { public class OopsException extends Exception {} ${HELPERS}\n${methods.join('\n')} }`,
    ]);
    for (const [index, program] of programs.entries()) {
      const name = `program ${first + index}: ${program.text}`;
      let actual: string;
      try {
        actual = toText(loaded.callStatic('Fuzz', `m${index}`));
      } catch (error) {
        if (!(error instanceof ApexException)) throw new Error(name, { cause: error });
        actual = `${error.$typeName}: ${error.$getMessage()}`;
      }
      assert.equal(actual, expected(program), name);
    }
  }
});
