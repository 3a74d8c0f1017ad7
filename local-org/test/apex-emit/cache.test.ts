import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compileProject } from '../../src/apex/compile/index.ts';
import type { CompileResult } from '../../src/apex/compile/index.ts';
import { AstCache } from '../../src/apex/syntax/index.ts';
import { load, platformSchema } from './run-apex.ts';

describe('caches', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apex-cache-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function compile(source: string, schemaHash = 'one'): CompileResult {
    return compileProject({
      classes: [{ file: 'A.cls', source, apiVersion: 67 }],
      triggers: [],
      schema: platformSchema(),
      schemaHash,
      cacheDir: folder,
      coverage: false,
    });
  }

  const source = 'public class A { public static Integer f() { return 41 + 1; } }';

  it('reads an unchanged project back whole, and runs it', () => {
    assert.equal(compile(source).fromCache, false);
    const again = compile(source);
    assert.equal(again.fromCache, true);
    assert.equal(load(again).callStatic('A', 'f'), 42);
    assert.equal(again.checked().program.types.has('a'), true);
  });

  it('compiles anew when a source or the schema changes', () => {
    assert.equal(compile(source.replace('41', '40')).fromCache, false);
    assert.equal(compile(source, 'two').fromCache, false);
  });

  it('never believes a damaged entry', () => {
    compile(source);
    const emitted = join(folder, 'emitted');
    for (const name of readdirSync(emitted)) {
      const path = join(emitted, name);
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
    }
    const result = compile(source);
    assert.equal(result.fromCache, false);
    assert.equal(load(result).callStatic('A', 'f'), 42);
  });

  it('keeps trees by content and kind', () => {
    const cache = new AstCache(folder);
    cache.parse('class B {}', 'B.cls', 'class');
    cache.parse('class B {}', 'Other.cls', 'class');
    cache.parse('class B {}', 'B.apex', 'anonymous');
    assert.deepEqual(cache.counts, { parsed: 2, cached: 1 });
  });

  it('works without a folder it may write to', () => {
    const cache = new AstCache('/dev/null/nowhere');
    assert.equal(cache.parse('class C {}', 'C.cls', 'class').unit?.kind, 'class');
  });
});
