import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { generatedLines } from '../../schema-data/generator/jars.ts';

const GENERATED = join(import.meta.dirname, '..', '..', 'schema-data', 'generated');

test('the committed data is what the generator makes of the installed jars', () => {
  for (const [name, lines] of generatedLines()) {
    const committed = gunzipSync(readFileSync(join(GENERATED, name))).toString('utf8');
    assert.ok(committed === lines.join('\n'), `${name} is stale: run npm run schema:generate`);
  }
});
