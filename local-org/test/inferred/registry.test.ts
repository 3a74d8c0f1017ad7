import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { readPage, withRegistry } from '../../../scripts/inferred/page.ts';
import { LocalOrgError } from '../../src/diagnostics/index.ts';
import {
  ASSUMPTION_NAMES,
  allOtherAnswers,
  assumed,
  assumptionOf,
  eachOtherAnswer,
  otherAnswers,
  readAssumptions,
} from '../../src/inferred/index.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { temporaryOptions, temporarySource } from '../support/temporary-org.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** All TypeScript below a folder, in one text for each file. */
function sources(folder: string): string[] {
  const path = join(PROJECT, 'local-org', folder);
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(path, name), 'utf8'));
}

describe('the registry of inferred answers', () => {
  it('names each question in kebab case, the strict answer first, and another one', () => {
    for (const name of ASSUMPTION_NAMES) {
      const { strict, answers, question, silence } = assumptionOf(name);
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.equal(Object.keys(answers)[0], strict, name);
      assert.ok(otherAnswers(name).length > 0, name);
      assert.ok(question.endsWith('?') && silence !== '', name);
    }
  });

  it('has a test for each question, which holds one truth table for each answer', () => {
    // `inferred` itself wants a table for every answer, and tables that differ.
    const tests = sources('test').join('\n');
    const asked = [...tests.matchAll(/\binferred\(\s*'([^']+)'/g)].map(([, name]) => name);
    assert.deepEqual(
      ASSUMPTION_NAMES.filter((name) => !asked.includes(name)),
      [],
      'write a test in local-org/test/inferred',
    );
  });

  it('is asked by the engine', () => {
    const engine = sources('src').join('\n');
    const asked = [...engine.matchAll(/\bassumed\([^;]*?'([a-z0-9-]+)',?\s*\)/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      ASSUMPTION_NAMES.filter((name) => !asked.includes(name)),
      [],
      'a question that nobody asks',
    );
  });

  it('is what docs/fidelity.md shows: npm run test:inferred -- --update', async () => {
    const page = readPage(PROJECT);
    assert.equal(await withRegistry(PROJECT, page), page);
  });

  it('answers strictly unless told otherwise, one org at a time', () => {
    assert.equal(assumed({}, 'share-row-readers'), 'full-access');
    const folder = temporarySource({});
    const other = LocalOrg.open(
      temporaryOptions(folder, { assumptions: { 'share-row-readers': 'everybody' } }),
    );
    const plain = LocalOrg.open(temporaryOptions(folder));
    try {
      assert.equal(assumed(other.schema.shape, 'share-row-readers'), 'everybody');
      assert.equal(assumed(plain.schema.shape, 'share-row-readers'), 'full-access');
      other.redeploy(false);
      assert.equal(assumed(other.schema.shape, 'share-row-readers'), 'everybody');
    } finally {
      other.close();
      plain.close();
    }
  });

  it('lists each other answer alone, and one to every question at once', () => {
    const count = ASSUMPTION_NAMES.reduce((sum, name) => sum + otherAnswers(name).length, 0);
    assert.equal(eachOtherAnswer().length, count);
    assert.deepEqual(Object.keys(allOtherAnswers()), [...ASSUMPTION_NAMES]);
  });

  it('is told by name, and refuses names and answers that there are not', () => {
    assert.deepEqual(
      readAssumptions(['share-row-readers=everybody', 'missing-portal-tier=built']),
      { 'share-row-readers': 'everybody', 'missing-portal-tier': 'built' },
    );
    const refused = (text: string): string => {
      try {
        readAssumptions([text]);
      } catch (error) {
        assert.ok(error instanceof LocalOrgError);
        return error.message;
      }
      return '';
    };
    assert.match(
      refused('share-row-reader=everybody'),
      /no assumption share-row-reader\..*share-row-readers/,
    );
    assert.match(refused('constructor=x'), /no assumption constructor/);
    assert.match(
      refused('share-row-readers=nobody'),
      /no answer nobody\. There are full-access, record-readers, everybody/,
    );
    assert.match(refused('share-row-readers'), /has no answer \./);
  });
});
