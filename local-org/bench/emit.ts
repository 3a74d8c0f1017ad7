import { compileProject } from '../src/apex/compile/index.ts';
import { Program } from '../src/apex/runtime/index.ts';
import { Decimal } from '../src/apex/values/index.ts';
import { createSchema } from '../src/schema/resolved-schema.ts';
import { EMIT_PROGRAMS } from './emit-programs.ts';

/** Result of one measured program. */
export interface EmitMeasurement {
  readonly name: string;
  readonly apexMs: number;
  readonly twinMs: number;
  readonly ratio: number;
}

/** Emitted Apex against JavaScript written by hand. Budget: geometric mean of the ratios at most 3. */
export const EMIT_BUDGET = 3;

function best(rounds: number, body: () => unknown): number {
  let fastest = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    body();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

/** Measures all programs; both sides in the same process, alternating, best of several rounds. */
export function measureEmit(rounds = 5): EmitMeasurement[] {
  const schema = createSchema({
    shape: { features: new Set(), partnerRoles: 1, accountRoleOptimization: false },
  });
  const account = schema.object('Account');
  if (account === undefined) throw new Error('no Account in the schema');
  const compiled = compileProject({
    classes: EMIT_PROGRAMS.map((program, index) => ({
      file: `Bench${index}.cls`,
      source: `public class Bench${index} { ${program.members ?? ''} public static Object run(Integer n) { ${program.apex} } }`,
      apiVersion: 67,
    })),
    triggers: [],
    schema,
    schemaHash: null,
    cacheDir: null,
    coverage: false,
  });
  for (const problem of compiled.problems) throw new Error(`${problem.file}: ${problem.message}`);
  const noQueries = (): never => {
    throw new Error('the programs have no queries');
  };
  const loaded = new Program(compiled.units, {
    schema,
    label: (name) => name,
    checkQuery: noQueries,
    checkSearch: noQueries,
  });
  return EMIT_PROGRAMS.map((program, index) => {
    const apex = (): unknown => loaded.callStatic(`Bench${index}`, 'run', [program.n]);
    const twin = (): unknown => program.twin(program.n, account);
    const [a, b] = [apex(), twin()];
    const same = a instanceof Decimal && b instanceof Decimal ? a.equals(b) : a === b;
    if (!same) throw new Error(`${program.name}: Apex answers ${String(a)}, the twin ${String(b)}`);
    let apexMs = Infinity;
    let twinMs = Infinity;
    for (let round = 0; round < rounds; round++) {
      apexMs = Math.min(apexMs, best(1, apex));
      twinMs = Math.min(twinMs, best(1, twin));
    }
    return { name: program.name, apexMs, twinMs, ratio: apexMs / twinMs };
  });
}

/** The average that treats twice as fast and twice as slow alike. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Prints the table; answers whether the budget holds. */
export function reportEmit(): boolean {
  const rows = measureEmit();
  for (const row of rows) {
    console.log(
      `  ${row.name.padEnd(16)} Apex ${row.apexMs.toFixed(1).padStart(8)} ms   by hand ${row.twinMs.toFixed(1).padStart(8)} ms   ${row.ratio.toFixed(2)}x`,
    );
  }
  const mean = geometricMean(rows.map((row) => row.ratio));
  console.log(`  geometric mean ${mean.toFixed(2)}x, budget ${EMIT_BUDGET}x`);
  return mean <= EMIT_BUDGET;
}
