/**
 * `node scripts/node.mjs <file.ts> [arguments]`: runs a TypeScript file of this project with the pinned Node,
 * whichever Node npm itself was started with. `--` before the file passes options to Node instead
 * (`node scripts/node.mjs -- --test a.test.ts`).
 */
import process from 'node:process';
import { resolve } from 'node:path';
import { runNode, runTypeScript } from '../local-org/bin/run-typescript.mjs';

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  process.stderr.write('usage: node scripts/node.mjs <file.ts> [arguments]\n');
  process.exitCode = 2;
} else if (first === '--') {
  runNode(rest);
} else {
  runTypeScript(resolve(first), rest);
}
