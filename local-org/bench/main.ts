import { reportEmit } from './emit.ts';
import { reportProduct } from './product.ts';
import { reportRuns } from './runs.ts';
import { reportSharing } from './sharing.ts';
import { reportSoql } from './soql.ts';

/** Every budget of the design, as ratios measured within one run; a number missed is a failed run. */
const BENCHES: readonly {
  readonly name: string;
  readonly report: () => boolean | Promise<boolean>;
}[] = [
  { name: 'Emitted Apex against JavaScript by hand', report: reportEmit },
  { name: 'SOQL against SQL sent straight to SQLite', report: reportSoql },
  { name: 'What users see, at size', report: reportSharing },
  { name: 'The project itself', report: reportProduct },
  { name: 'Runs over many records', report: reportRuns },
];

let good = true;
for (const bench of BENCHES) {
  console.log(bench.name);
  good = (await bench.report()) && good;
}
process.exitCode = good ? 0 : 1;
