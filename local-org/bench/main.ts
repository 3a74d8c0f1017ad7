import { reportEmit } from './emit.ts';
import { reportSoql } from './soql.ts';

/** Every budget of the design, as ratios measured within one run; a number missed is a failed run. */
const BENCHES: readonly { readonly name: string; readonly report: () => boolean }[] = [
  { name: 'Emitted Apex against JavaScript by hand', report: reportEmit },
  { name: 'SOQL against SQL sent straight to SQLite', report: reportSoql },
];

let good = true;
for (const bench of BENCHES) {
  console.log(bench.name);
  good = bench.report() && good;
}
process.exitCode = good ? 0 : 1;
