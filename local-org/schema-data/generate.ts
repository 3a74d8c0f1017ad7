/**
 * Writes `generated/` from the type jars inside `@salesforce/code-analyzer-pmd-engine`, and from what the Salesforce CLI brings
 * along about metadata source. Run by `npm run schema:generate` after the version of one of them changes; needs no Java.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generatedLines } from './generator/jars.ts';
import { metadataTypeLines } from './generator/metadata-types.ts';

for (const [name, lines] of [
  ...generatedLines(),
  ['metadata-types.txt.gz', metadataTypeLines()] as const,
]) {
  const text = lines.join('\n');
  // The highest level: written once, read often.
  writeFileSync(join(import.meta.dirname, 'generated', name), gzipSync(text, { level: 9 }));
  process.stdout.write(`${name}: ${lines.length} entries, ${text.length} characters\n`);
}
