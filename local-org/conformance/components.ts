/**
 * Shows each Lightning web component of a public project in a browser, served by the local org, and says which appear, which are refused by name
 * and why. Nothing of the project is kept.
 *
 *     node scripts/node.mjs local-org/conformance/components.ts --source DIR
 *
 * A component is shown alone, without a record, as on /lightning/cmp. Some stop there by an error of their own, because they read what a parent
 * gives them, or lead to another page at once: these are counted apart, with the message.
 * Exit code 0: each appears, is refused by name, stops or leads on; 1: one does not; 2: wrong usage.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { readProject } from '../src/project/index.ts';

interface Shown {
  readonly name: string;
  readonly refused: readonly string[];
  /** Why it is not there alone. */
  readonly stopped: string | null;
  readonly errors: readonly string[];
}

const LAUNCHER = fileURLToPath(new URL('../bin/local-org.mjs', import.meta.url));
const START_TIMEOUT_MS = 180_000;
/** Wires have answered and nothing more is rendered. */
const SETTLE_MS = 600;
const APPEAR_MS = 6_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const { source } = parseArgs({ options: { source: { type: 'string' } } }).values;
  if (source === undefined || !existsSync(source)) {
    console.error('--source takes the folder of a Salesforce DX project.');
    return 2;
  }
  const projectDir = resolve(source);
  const names = componentsOf(projectDir);
  const orgDir = mkdtempSync(join(tmpdir(), 'local-org-components-'));
  const org = spawn(
    process.execPath,
    [LAUNCHER, 'start', '--project-dir', projectDir, '--org', orgDir, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  try {
    const shown = await showAll(await addressOf(org), names);
    report(basename(projectDir), shown);
    return shown.some(({ errors }) => errors.length > 0) ? 1 : 0;
  } finally {
    const ended = new Promise((end) => org.once('exit', end));
    if (org.kill()) await ended;
    rmSync(orgDir, { recursive: true, force: true });
  }
}

/** Bundles with something to show: modules without a template are only imported. */
function componentsOf(projectDir: string): string[] {
  const bundles = [...readProject({ projectDir }).lwcBundles.values()];
  return bundles
    .filter(({ folder, name }) => existsSync(join(folder, `${name}.html`)))
    .map(({ name }) => name)
    .sort();
}

async function showAll(url: string, names: readonly string[]): Promise<Shown[]> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const shown: Shown[] = [];
    for (const name of names) {
      const page = await browser.newPage();
      try {
        shown.push(await show(page, url, name));
      } catch (error) {
        const [message = ''] = (error as Error).message.split('\n');
        shown.push({ name, refused: [], stopped: null, errors: [message] });
      }
      await page.close();
    }
    return shown;
  } finally {
    await browser.close();
  }
}

async function show(page: Page, url: string, name: string): Promise<Shown> {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message.split('\n')[0] ?? message));
  await page.goto(`${url}/lightning/cmp/c__${name}`);
  // The name that LWC gives an element it makes from a constructor: `fooAPI` is c-foo-api here, though templates write c-foo-a-p-i.
  const selector = `c-${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`;
  const cannot = page.getByRole('heading', { name: /cannot be shown/ });
  const appeared = page.locator(`${selector}, .failure`).first();
  let stopped: string | null = null;
  try {
    await appeared.or(cannot).first().waitFor({ state: 'attached', timeout: APPEAR_MS });
  } catch {
    if (page.url().includes(`/cmp/c__${name}`)) errors.push('did not appear');
    else stopped = `leads to ${new URL(page.url()).pathname}`;
  }
  await page.waitForTimeout(SETTLE_MS);
  if ((await cannot.count()) > 0) {
    stopped = await cannot.first().locator('xpath=..').innerText();
    stopped = stopped.split(/\n+/).slice(1).join(' ');
  }
  const panels = await page.locator('.failure').allInnerTexts();
  const reasons = panels.map((text) => text.split(/\n+/).slice(1).join(' ').trim());
  return { name, refused: [...new Set(reasons)], stopped, errors: [...new Set(errors)] };
}

function report(title: string, shown: readonly Shown[]): void {
  for (const { name, refused, stopped, errors } of shown) {
    for (const reason of refused) console.log(`${name}: refused: ${reason}`);
    if (stopped !== null) console.log(`${name}: not alone: ${stopped}`);
    for (const error of errors) console.log(`${name}: FAILS: ${error}`);
  }
  const count = (test: (one: Shown) => boolean): string => String(shown.filter(test).length);
  const appears = count((one) => isClean(one) && one.stopped === null);
  const refused = count((one) => one.refused.length > 0);
  const stopped = count((one) => isClean(one) && one.stopped !== null);
  const failed = count((one) => one.refused.length === 0 && one.errors.length > 0);
  console.log(
    `${title}: ${String(shown.length)} components: ${appears} appear, ${stopped} not alone, ${refused} refused by name, ${failed} fail`,
  );
}

function isClean({ refused, errors }: Shown): boolean {
  return refused.length === 0 && errors.length === 0;
}

function addressOf(org: ChildProcess): Promise<string> {
  return new Promise((found, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`No start:\n${printed}`)), START_TIMEOUT_MS);
    const listen = (chunk: string): void => {
      printed += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    };
    org.stdout?.setEncoding('utf8').on('data', listen);
    org.stderr?.setEncoding('utf8').on('data', listen);
    org.once('exit', () => reject(new Error(`The local org ended:\n${printed}`)));
  });
}
