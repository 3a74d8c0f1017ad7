import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoreTest } from '../../src/project/forceignore.ts';

const CASES: [pattern: string, path: string, isFolder: boolean, ignored: boolean][] = [
  ['**/lwc/**/*.ts', 'force-app/main/lwc/card/card.ts', false, true],
  ['**/lwc/**/*.ts', 'force-app/main/lwc/card/card.js', false, false],
  ['package.xml', 'manifest/package.xml', false, true],
  ['/package.xml', 'manifest/package.xml', false, false],
  ['**/__tests__/**', 'a/lwc/x/__tests__/x.test.js', false, true],
  ['profiles/', 'force-app/profiles', true, true],
  ['profiles/', 'force-app/profiles', false, false],
  ['*.profile-meta.xml\n!Admin.profile-meta.xml', 'p/Admin.profile-meta.xml', false, false],
  ['*.profile-meta.xml\n!Admin.profile-meta.xml', 'p/Guest.profile-meta.xml', false, true],
  ['force-app/main/default/classes', 'force-app/main/default/classes', true, true],
  ['a[bc].txt', 'x/ab.txt', false, true],
  ['a[!bc].txt', 'x/ab.txt', false, false],
  ['# comment\n\n', 'comment', false, false],
];

for (const [pattern, path, isFolder, ignored] of CASES) {
  test(`${JSON.stringify(pattern)} ${ignored ? 'ignores' : 'keeps'} ${path}${isFolder ? '/' : ''}`, () => {
    assert.equal(ignoreTest(pattern)(path, isFolder), ignored);
  });
}

test('a set that is no set matches nothing and stops nothing', () => {
  const isIgnored = ignoreTest('a[z-b].txt\n*.md');
  assert.equal(isIgnored('ac.txt', false), false);
  assert.equal(isIgnored('README.md', false), true);
});
