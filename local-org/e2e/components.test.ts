import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { readProject } from '../src/project/index.ts';
import { prepareComponents, startServer } from '../src/server/index.ts';
import type { LocalServer } from '../src/server/index.ts';
import { componentCacheFolder } from '../src/ui/build/build-cache.ts';
import { FakeOrg } from '../test/server/fake-org.ts';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';

const fixture = fileURLToPath(new URL('../test/ui/fixtures/project', import.meta.url));

/** The platform's modules in a real browser, against an org that answers what the test says. */
describe('components in the browser', () => {
  const work = mkdtempSync(join(tmpdir(), 'local-org-components-'));
  const projectDir = join(work, 'project');
  const org = new FakeOrg();
  const said: string[] = [];
  let server: LocalServer;
  let visitors: Visitors;

  before(async () => {
    cpSync(fixture, projectDir, { recursive: true });
    const project = readProject({ projectDir });
    const log = (line: string): void => void said.push(line);
    server = await startServer({
      gateway: org,
      project,
      port: 0,
      components: prepareComponents(project, componentCacheFolder(work), log),
      readProject: () => readProject({ projectDir }),
      log,
    });
    visitors = await Visitors.open();
  });
  after(async () => {
    await visitors?.close();
    await server?.close();
    rmSync(work, { recursive: true, force: true });
  });

  async function lab(
    body: (visitor: Visitor, read: (id: string) => Promise<string>) => Promise<void>,
    expected: readonly RegExp[] = [],
  ): Promise<void> {
    const visitor = await visitors.visitor(server.url);
    await visitor.goto('/lightning/cmp/c__lab');
    await visitor.page.getByRole('heading', { name: 'Lab' }).waitFor();
    await body(
      visitor,
      async (id) => (await visitor.page.locator(`[data-id="${id}"]`).textContent()) ?? '',
    );
    await visitor.leave(expected);
  }

  async function press(visitor: Visitor, name: string): Promise<void> {
    await visitor.page.getByRole('button', { name, exact: true }).click();
  }

  async function logged(visitor: Visitor, text: string | RegExp): Promise<void> {
    await visitor.page.locator('[data-id="log"]').getByText(text).waitFor();
  }

  const calls = (): number => org.apexCalls.length;

  it('a wire waits for its parameters, asks once, and asks again on refreshApex', () =>
    lab(async (visitor, read) => {
      org.apexAnswer = { ok: true, value: 'first', cacheable: true };
      const before = calls();
      assert.equal(await read('wired'), 'null');
      await press(visitor, 'Start wire');
      await visitor.page.getByText('"first"').waitFor();
      assert.equal(calls(), before + 1);
      assert.equal(org.apexCalls.at(-1)?.call.fromWire, true);

      await press(visitor, 'Imperative');
      await logged(visitor, 'value "first"');
      assert.equal(calls(), before + 1, 'a cacheable answer is kept by the page');

      await press(visitor, 'Refresh Apex');
      await logged(visitor, 'refreshed');
      assert.equal(calls(), before + 2);
      assert.equal(await read('provisioned'), '1', 'the same answer is not provisioned again');

      org.apexAnswer = { ok: true, value: 'second', cacheable: true };
      await press(visitor, 'Refresh Apex');
      await visitor.page.getByText('"second"').waitFor();
      assert.equal(await read('provisioned'), '2');
    }));

  it('a method that is not cacheable is called each time', () =>
    lab(async (visitor) => {
      org.apexAnswer = { ok: true, value: 1, cacheable: false };
      const before = calls();
      await press(visitor, 'Imperative');
      await logged(visitor, 'value 1');
      await press(visitor, 'Imperative');
      await logged(visitor, 'value 1 | value 1');
      assert.equal(calls(), before + 2);
    }));

  it('an error of Apex arrives in the shape of the platform', () =>
    lab(
      async (visitor) => {
        org.apexAnswer = {
          ok: false,
          status: 500,
          body: { message: 'No seat is free', exceptionType: 'System.AuraHandledException' },
        };
        await press(visitor, 'Imperative');
        await logged(visitor, 'error 500 false System.AuraHandledException No seat is free');
      },
      [/status of 500/],
    ));

  it('getRecord follows updateRecord', () =>
    lab(async (visitor) => {
      await visitor.page.locator('[data-id="record"]').getByText('Acme', { exact: true }).waitFor();
      await press(visitor, 'Rename');
      await visitor.page.locator('[data-id="record"]').getByText('Acme Renamed').waitFor();
      org.rows.set('001000000000001AAA', { ...org.rows.get('001000000000001AAA'), Name: 'Acme' });
    }));

  it('messages, refresh, toasts, dialogs and navigation work', () =>
    lab(async (visitor, read) => {
      const { page } = visitor;
      await press(visitor, 'Publish');
      await logged(visitor, 'message {"hello":"there"}');
      await press(visitor, 'Refresh view');
      await logged(visitor, 'refresh handler');
      await press(visitor, 'Link');
      await logged(visitor, '/lightning/r/Account/001000000000001AAA/view');
      assert.equal(await read('page'), 'standard__component c__lab');

      await press(visitor, 'Toast');
      const toast = page.getByRole('alert').filter({ hasText: 'A toast' });
      await toast.getByRole('link', { name: 'home' }).waitFor();
      await visitor.assertAccessible('a toast');
      await toast.getByRole('button', { name: 'Close' }).click();
      await toast.waitFor({ state: 'detached' });

      await press(visitor, 'Dialog');
      await page.getByRole('dialog').getByText('Inside').waitFor();
      await page.getByRole('button', { name: 'Finish' }).click();
      await logged(visitor, 'dialog finished');

      await press(visitor, 'Go');
      await page.getByRole('heading', { level: 1, name: 'All Accounts' }).waitFor();
      assert.match(page.url(), /\/lightning\/o\/Account\/list$/);
    }));

  it('a headless action runs without a screen', async () => {
    const visitor = await visitors.visitor(server.url);
    await visitor.goto('/lightning/r/Contact/003000000000001AAA/view');
    await visitor.page.getByRole('button', { name: 'Run' }).click();
    await visitor.page.getByText('Ran for 003000000000001AAA').waitFor();
    assert.equal(await visitor.page.getByRole('dialog').count(), 0);
    await visitor.leave();
  });

  it('a component that does not compile says where, and its parent goes on', async () => {
    const visitor = await visitors.visitor(server.url);
    await visitor.goto('/lightning/cmp/c__parent');
    await visitor.page.getByRole('heading', { name: 'the parent goes on' }).waitFor();
    await visitor.page.getByText('c/badScript does not compile').waitFor();
    await visitor.page.getByText('force-app/main/default/lwc/badScript/badScript.ts:6:3').waitFor();
    await visitor.screenshot('component-failure');
    await visitor.assertAccessible('a component that does not compile');
    assert.ok(
      said.some((line) => /badScript\.ts:6:3: LWC1107/.test(line)),
      'the server says it too',
    );
    await visitor.leave();
  });

  it('a saved component is on the page in under a second', async () => {
    const visitor = await visitors.visitor(server.url);
    await visitor.goto('/lightning/cmp/c__parent');
    await visitor.page.getByRole('heading', { name: 'the parent goes on' }).waitFor();
    const file = join(projectDir, 'force-app/main/default/lwc/parent/parent.html');
    writeFileSync(file, '<template><h1>the parent has changed</h1></template>\n');
    const start = Date.now();
    await visitor.page.getByRole('heading', { name: 'the parent has changed' }).waitFor();
    // Not the budget itself (that is measured in bench, on a quiet machine), only that it is no rebuild of everything.
    assert.ok(Date.now() - start < 10_000);
    await visitor.leave([/ERR_INCOMPLETE_CHUNKED_ENCODING|Failed to load resource/]);
  });
});
