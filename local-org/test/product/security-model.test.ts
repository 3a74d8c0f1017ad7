import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { readProject } from '../../src/project/index.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(PROJECT, 'docs', 'security-model.md'), 'utf8');
/** The page without line breaks, as names may stand across two lines. */
const flat = page.replaceAll(/\s+/g, ' ');

test('every test that the security model names exists', () => {
  const apex = [...flat.matchAll(/`(\w+Test)\.(\w+)`/g)];
  assert.ok(apex.length >= 10, 'it names Apex tests');
  const classes = new Map(
    globSync('force-app/**/*Test.cls', { cwd: PROJECT }).map((file) => [
      basename(file, '.cls'),
      readFileSync(join(PROJECT, file), 'utf8'),
    ]),
  );
  for (const [name, className = '', method = ''] of apex)
    assert.match(
      classes.get(className) ?? '',
      new RegExp(`@IsTest\\s+static void ${method}\\(`),
      name,
    );
  const outside = [...flat.matchAll(/`([\w-]+\.test\.ts)`: ([^|(]+?) (?=\||\))/g)];
  assert.ok(outside.length >= 4, 'it names tests from outside');
  for (const [, file = '', title = ''] of outside) {
    const source = readFileSync(join(PROJECT, 'local-org', 'test', 'product', file), 'utf8');
    // The end of a sentence is not part of the name.
    assert.ok(source.includes(`it('${title.replace(/\.$/, '')}'`), `${file}: ${title}`);
  }
});

test('every line of the table says where it stands and what proves it', () => {
  const table = page.slice(page.indexOf('## Who sees what'), page.indexOf('## Doors'));
  const lines = table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| -'));
  for (const line of lines.slice(1)) {
    const cells = line.split('|').map((cell) => cell.trim());
    assert.match(cells.at(-2) ?? '', /`\w+Test\.\w+`|`[\w-]+\.test\.ts`: /, cells[1]);
    assert.notEqual(cells.at(-3), '', cells[1]);
  }
});

test('every class that runs with more rights than its caller stands there with its reason', () => {
  const elevated = [...readProject({ projectDir: PROJECT }).classes.values()]
    .map(({ name }) => name)
    .filter((name) => name.endsWith('Elevated'));
  const missing = elevated.filter((name) => !page.includes(`| \`${name}\``));
  assert.deepEqual(missing, []);
});
