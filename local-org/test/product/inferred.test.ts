import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { judge, readExpectations, underAnswers } from '../../../scripts/inferred/product.ts';
import { allOtherAnswers, eachOtherAnswer } from '../../src/inferred/index.ts';

/*
 * The product where Salesforce answers otherwise than the local org assumes: all other answers at once. `npm run test:inferred` gives each of them alone, and
 * runs the Apex tests about isolation as well.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

describe('Isolation of partners, whatever documentation leaves open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-inferred-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const expectations = readExpectations(PROJECT);

  it('holds under all other answers at once', async () => {
    const matrixOnly = { ...expectations, apexTests: [] };
    const { cells, problems } = await underAnswers(PROJECT, folder, allOtherAnswers(), matrixOnly);
    assert.deepEqual(problems, []);
    assert.ok(cells > 500, `${String(cells)} cells`);
  });

  it('lists only differences under answers that there are, each with its reason', () => {
    const known = eachOtherAnswer().flatMap((one) =>
      Object.entries(one).map(([name, answer]) => `${name}=${answer}`),
    );
    for (const { assumption, because } of expectations.differences) {
      assert.ok(known.includes(assumption), assumption);
      assert.notEqual(because, '');
    }
  });

  it('notices a difference that nobody listed, and one that is listed and does not occur', () => {
    const found = [{ cell: 'deal / north.user', expected: '', actual: 'r' }];
    const meant = { assumption: 'a=b', cell: 'deal / north.user', actual: 'r', because: 'why' };
    assert.deepEqual(judge(found, [meant]), []);
    assert.deepEqual(judge(found, []), [`deal / north.user: 'r' instead of ''`]);
    assert.deepEqual(judge([], [meant]), [`deal / north.user: 'r' is listed and did not occur`]);
    assert.equal(judge(found, [{ ...meant, actual: 're' }]).length, 2);
  });
});
