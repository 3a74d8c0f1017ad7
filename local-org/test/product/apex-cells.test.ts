import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { doorsOf } from '../../../scripts/isolation/doors.ts';

/*
 * What Apex tests can prove of the isolation of partners, they prove on Salesforce. Apex lists neither methods nor the lines of the matrix:
 * these comparisons miss what is new and not asked there.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const TESTS = 'force-app/main/tests';

const source = (pattern: string): string =>
  globSync(pattern, { cwd: join(PROJECT, TESTS) })
    .sort()
    .map((file) => readFileSync(join(PROJECT, TESTS, file), 'utf8'))
    .join('\n');
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name).sort();

interface Matrix {
  readonly records: readonly { readonly object: string }[];
  readonly notShared: Readonly<Record<string, string>>;
  readonly grants: { readonly hiddenFromPartners: readonly string[] };
}
const matrix = JSON.parse(
  readFileSync(join(PROJECT, 'config', 'isolation', 'matrix.json'), 'utf8'),
) as Matrix;

describe('Isolation in Apex tests', () => {
  it('asks every door about foreign records: add a new one to ForeignIdPortalDoors or one of its neighbours', () => {
    const doors = doorsOf(PROJECT)
      .map(({ name }) => name)
      .sort();
    const listed: string[] = [];
    for (const file of globSync('support/classes/ForeignId*Doors.cls', {
      cwd: join(PROJECT, TESTS),
    })) {
      const text = readFileSync(join(PROJECT, TESTS, file), 'utf8');
      const names = found(text, /^ {12}'([^']+)',?$/gm);
      const cases = found(text, /when '([^']+)'/g);
      // REST paths are all asked in one way.
      if (cases.length > 0) assert.deepEqual(cases, names, basename(file));
      listed.push(...names);
    }
    assert.deepEqual(listed.sort(), doors);
    const asked = found(source('isolation/classes/PartnerForeignIdsTest.cls'), /new (\w+Doors)\(/g);
    const kinds = ['ForeignIdFlowDoors', 'ForeignIdInternalDoors', 'ForeignIdPortalDoors'];
    // Three tiers each.
    for (const kind of [...kinds, 'ForeignIdRestDoors'])
      assert.equal(asked.filter((name) => name === kind).length, 3, kind);
  });

  it('reads and writes every object of the matrix', () => {
    const objects = [...new Set(matrix.records.map(({ object }) => object))];
    objects.push(...Object.keys(matrix.notShared));
    for (const name of ['Read', 'Write']) {
      const text = source(`isolation/classes/PartnerIsolation${name}Test.cls`);
      const asked = new Set(found(text, /(\w+)\.SObjectType\b/g));
      assert.deepEqual(
        objects.filter((object) => !asked.has(object)),
        [],
        name,
      );
    }
  });

  it('hides every field that the matrix hides', () => {
    const text = source('isolation/classes/PartnerIsolationFieldsTest.cls');
    const list = /HIDDEN = [^{]*\{([^}]*)\}/.exec(text)?.[1] ?? '';
    assert.deepEqual(found(list, /(\w+\.\w+)/g), [...matrix.grants.hiddenFromPartners].sort());
  });
});
