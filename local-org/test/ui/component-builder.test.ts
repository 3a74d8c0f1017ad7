import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import { ComponentBuilder } from '../../src/ui/build/component-builder.ts';
import type { BuiltModule } from '../../src/ui/build/component-builder.ts';

const fixture = new URL('fixtures/project', import.meta.url).pathname;

describe('component builder', () => {
  const work = mkdtempSync(join(tmpdir(), 'local-org-builder-'));
  const projectDir = join(work, 'project');
  const cacheFolder = join(work, 'cache');
  const told = new Map<string, number>();
  let builder: ComponentBuilder;

  before(() => {
    cpSync(fixture, projectDir, { recursive: true });
    builder = new ComponentBuilder(readProject({ projectDir }), {
      cacheFolder,
      onProblems: (specifier, problems) => void told.set(specifier, problems.length),
    });
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  async function build(specifier: string): Promise<BuiltModule> {
    const built = await builder.module(specifier);
    assert.ok(built, `${specifier} exists`);
    return built;
  }

  function lwcFile(name: string, extension: string): string {
    return join(projectDir, 'force-app/main/default/lwc', name, `${name}.${extension}`);
  }

  it('compiles a TypeScript component; labels, Apex and schema come from the project', async () => {
    const { code, problems, imports } = await build('c/greeting');
    assert.deepEqual(problems, []);
    assert.match(code, /Good & day/);
    assert.match(code, /apexMethod\("Controller", "check"\)/);
    assert.match(code, /"fieldApiName": "Name"/);
    assert.deepEqual([...imports].sort(), [
      'c/words',
      'lightning/button',
      'lwc',
      'platform/apex',
      'platform/session',
    ]);
  });

  it('imports platform modules by their version, so that browsers may keep them, and those of the project plainly', async () => {
    const { code } = await build('c/greeting');
    assert.match(code, new RegExp(`"/modules/~${builder.version}/lightning/button\\.js"`));
    assert.match(code, /"\/modules\/c\/words\.js"/);
  });

  it('takes TypeScript before the JavaScript that lies beside it', async () => {
    const { code } = await build('c/words');
    assert.doesNotMatch(code, /stale JavaScript/);
  });

  describe('a component that does not compile', () => {
    const cases: readonly [string, string, number, number, RegExp][] = [
      ['badScript', 'ts', 6, 3, /LWC1107.*dataThing/],
      ['badTypes', 'ts', 3, 12, /angle-bracket syntax/],
      ['badTemplate', 'html', 2, 6, /Template expression doesn't allow CallExpression/],
      ['missingLabel', 'ts', 2, 19, /There is no custom label c\.Nothing in the project/],
      ['missingChild', 'html', 3, 3, /lightning\/recordPicker is not available in the local org/],
      [
        'missingApex',
        'ts',
        2,
        21,
        /Unable to find Apex action method referenced as 'Controller\.enable'/,
      ],
    ];
    for (const [name, extension, line, column, message] of cases) {
      it(`is named with file, line and column: ${name}`, async () => {
        const { problems, code } = await build(`c/${name}`);
        assert.equal(problems.length, 1);
        assert.match(problems[0]?.message ?? '', message);
        assert.deepEqual(problems[0]?.position, { file: lwcFile(name, extension), line, column });
        assert.ok(
          code.includes(`lwc/${name}/${name}.${extension}:${String(line)}:${String(column)}`),
          'the page shows the place',
        );
        assert.equal(told.get(`c/${name}`), 1);
      });
    }

    it('leaves those who use it running: its exports are there', async () => {
      assert.deepEqual((await build('c/parent')).problems, []);
      assert.match((await build('c/badScript')).code, /export const LIMIT = undefined;/);
    });
  });

  it('knows nothing of names that are paths', async () => {
    for (const specifier of [
      'c/../words',
      'lightning/../../package',
      'c/',
      'nowhere/button',
      '__proto__/x',
      'c/constructor',
    ]) {
      assert.equal(await builder.module(specifier), undefined, specifier);
    }
  });

  it('builds a changed component anew, the unchanged rest not at all', async () => {
    const before = await build('c/words');
    const button = await build('lightning/button');
    writeFileSync(
      lwcFile('words', 'ts'),
      'export const shout = (text: string): string => text.toUpperCase();\n',
    );
    builder.replaceProject(readProject({ projectDir }));
    const changed = await build('c/words');
    assert.notEqual(changed.etag, before.etag);
    assert.match(changed.code, /toUpperCase/);
    assert.equal(await build('lightning/button'), button);
  });

  it('tells when a component compiles again', async () => {
    writeFileSync(lwcFile('badTemplate', 'html'), '<template><p>fine</p></template>\n');
    builder.replaceProject(readProject({ projectDir }));
    await build('c/badTemplate');
    assert.equal(told.get('c/badTemplate'), 0);
  });

  it('keeps platform modules on disk and compiles a damaged one again', async () => {
    const folder = join(cacheFolder, readdirSync(cacheFolder)[0] ?? '');
    const file = join(folder, 'lightning__button.json');
    writeFileSync(file, '{"code": "half a fi');
    const fresh = new ComponentBuilder(readProject({ projectDir }), { cacheFolder });
    const built = await fresh.module('lightning/button');
    assert.equal(built?.code, (await build('lightning/button')).code);
  });

  it('compiles every module of the platform that the shell is made of', async () => {
    const modules = await builder.closure([
      'shell/main',
      'shell/editRecord',
      'shell/changeOwner',
      'lightning/iconSvgTemplatesUtility',
    ]);
    for (const specifier of modules)
      assert.deepEqual((await build(specifier)).problems, [], specifier);
    assert.ok(modules.includes('lightning/datatable'));
  });
});
