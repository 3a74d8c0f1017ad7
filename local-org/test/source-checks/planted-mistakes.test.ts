import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkSource } from '../../src/source-checks/index.ts';
import type { SourceFinding } from '../../src/source-checks/index.ts';
import { MISTAKES } from './mistakes.ts';
import type { Mistake } from './mistakes.ts';

const root = join(import.meta.dirname, '..', '..', '..');
let copy = '';

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'planted-mistakes-'));
  for (const name of ['force-app', 'config', 'sfdx-project.json', '.forceignore'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  // What the build writes is not in the repository; only that it is there matters to the checks.
  for (const script of globSync('force-app/**/lwc/*/*.ts', { cwd: copy })) {
    const built = join(copy, script.replace(/\.ts$/, '.js'));
    if (!script.endsWith('.d.ts') && !existsSync(built)) writeFileSync(built, '');
  }
});
after(() => {
  rmSync(copy, { recursive: true, force: true });
});

/** What is found while the mistake is in the copy, and the text of the reported line. */
function plant({ file, edit, reportedIn }: Mistake): {
  findings: readonly SourceFinding[];
  lines: string[];
} {
  const path = join(copy, file);
  const original = existsSync(path) ? readFileSync(path, 'utf8') : null;
  try {
    if ('remove' in edit) rmSync(path);
    else if ('write' in edit) writeFileSync(path, edit.write);
    else {
      assert.ok(
        original !== null && original.includes(edit.replace),
        `${file} holds no ${edit.replace} any more`,
      );
      writeFileSync(
        path,
        original.replace(edit.replace, () => edit.by),
      );
    }
    const { findings } = checkSource({ projectDir: copy });
    const read = join(copy, reportedIn ?? file);
    const isFile = /\.\w+$/.test(read) && existsSync(read);
    return { findings, lines: isFile ? readFileSync(read, 'utf8').split('\n') : [] };
  } finally {
    if (original === null) rmSync(path);
    else writeFileSync(path, original);
  }
}

/** Null where the mistake is reported as it should be, else what is reported instead. */
function complaint(mistake: Mistake): string | null {
  const { findings, lines } = plant(mistake);
  const file = mistake.reportedIn ?? mistake.file;
  const isRight = findings.some(
    (finding) =>
      finding.file.startsWith(file) &&
      mistake.says.test(finding.message) &&
      (lines.length === 0 || (lines[finding.line - 1] ?? '').includes(mistake.on ?? '')) &&
      (mistake.on !== undefined || finding.line === 1),
  );
  if (isRight) return null;
  const found = findings.map((one) => `${one.file}:${String(one.line)} ${one.message}`);
  return `${mistake.name}: ${found.length === 0 ? 'nothing found' : found.slice(0, 3).join('; ')}`;
}

describe('source checks', () => {
  test('find nothing in our own source', () => {
    const { findings, components } = checkSource({ projectDir: copy });
    assert.deepEqual(findings, []);
    assert.ok(components > 500);
  });

  assert.ok(MISTAKES.length >= 50);
  for (const mistake of MISTAKES)
    test(`find ${mistake.name}`, () => {
      assert.equal(complaint(mistake), null);
    });
});
