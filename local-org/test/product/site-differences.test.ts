import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateSite, siteDifferences } from '../../../scripts/site-differences.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('our site, compared with what the generator writes for a new one', () => {
  let folder = '';
  let generated = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-'));
    generated = await generateSite(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('differs in what docs/site-differences.md lists, and in nothing else', async () => {
    const document = await readFile(join(root, 'docs/site-differences.md'), 'utf8');
    const listed = [...document.matchAll(/^```text\n([\s\S]*?)^```$/gm)]
      .flatMap(([, block = '']) => block.trimEnd().split('\n'))
      .sort();
    const actual = await siteDifferences(generated, join(root, 'force-app/licensed/portal'));
    assert.ok(actual.length > 100, 'the comparison saw the pages of our own');
    assert.deepEqual(actual, listed);
  });

  it('sees none between the generator and itself', async () => {
    assert.deepEqual(await siteDifferences(generated, generated), []);
  });
});
