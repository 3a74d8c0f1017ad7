import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const screenshotFolder = join(dirname(fileURLToPath(import.meta.url)), '../screenshots');

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

/** A browser for a test file; each visitor has cookies and storage of its own. */
export class Visitors {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<Visitors> {
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    return new Visitors(await chromium.launch({ executablePath, args: ['--no-sandbox'] }));
  }

  async visitor(url: string, device: 'desktop' | 'phone' = 'desktop'): Promise<Visitor> {
    const context = await this.#browser.newContext({
      viewport: device === 'phone' ? PHONE : DESKTOP,
      reducedMotion: 'reduce',
    });
    return Visitor.create(context, url);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Somebody with a browser window. Errors on the console are remembered, and must be none at the end. */
export class Visitor {
  readonly page: Page;
  readonly problems: string[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.problems.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`uncaught: ${error.message}`));
  }

  static async create(context: BrowserContext, url: string): Promise<Visitor> {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return new Visitor(context, page, url);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  /** Opens an account by its name through the list, as a person would. */
  async openAccount(name: string): Promise<void> {
    await this.goto('/lightning/o/Account/list');
    await this.page.getByRole('searchbox', { name: 'Search Accounts' }).fill(name);
    await this.page.getByRole('link', { name, exact: true }).first().click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Opens a contact by its name through the list. */
  async openContact(name: string): Promise<void> {
    await this.goto('/lightning/o/Contact/list');
    await this.page.getByRole('searchbox', { name: 'Search Contacts' }).fill(name);
    await this.page.getByRole('link', { name, exact: true }).first().click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Opens the Enable as Partner action and waits for what Apex found. */
  async openEnableAction(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Enable as Partner' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Enable as Partner' });
    // The outcome in one sentence, or what is missing for being asked at all.
    await dialog.locator('.summary .slds-text-heading_small, .locked').first().waitFor();
    return dialog;
  }

  /** Logs in as another user through the page. */
  async logInAs(name: string): Promise<void> {
    await this.goto('/lightning/setup/users');
    await this.page.getByRole('searchbox', { name: 'Search users' }).fill(name);
    await this.page.getByRole('button', { name: `Log in as ${name}` }).click();
    await this.page.getByText(`You are logged in as ${name}`).waitFor();
  }

  /** Header, data and icons are there. */
  async settled(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'App' }).getByRole('link').first().waitFor();
    await this.page.locator('lightning-spinner').first().waitFor({ state: 'detached' });
    await this.page.locator('lightning-button-menu svg path').first().waitFor();
  }

  async screenshot(name: string): Promise<void> {
    await this.page.locator('lightning-button-menu svg path').first().waitFor();
    mkdirSync(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  }

  /** No violation of WCAG 2.1 A and AA, nor of axe's best practices. */
  async assertAccessible(where: string): Promise<void> {
    await this.page.evaluate(axeSource);
    const results = await this.page.evaluate<AxeResults>(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })",
    );
    const found = results.violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target }) => JSON.stringify(target)).join(', ')}`,
    );
    assert.deepEqual(found, [], `axe on ${where}`);
    assert.ok(results.passes.length > 5, 'axe looked at something');
  }

  /** Nothing stands out of the window sideways. */
  async assertFits(where: string): Promise<void> {
    const overflow = await this.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.equal(overflow, 0, `${where} is wider than the window`);
  }

  /** Closes the window; the console must have stayed clean. */
  async leave(expected: readonly RegExp[] = []): Promise<void> {
    await this.#context.close();
    const unexpected = this.problems.filter(
      (problem) => !expected.some((pattern) => pattern.test(problem)),
    );
    assert.deepEqual(unexpected, [], 'the console stays clean');
  }
}
