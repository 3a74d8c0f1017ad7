/**
 * `npm run screenshot`: takes the pictures of the README from the running app, so that they never show what
 * the app no longer is. Needs Chromium, as the browser tests do.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { chromiumPath } from './testing/chromium.ts';
import { startApp } from './testing/running-app.ts';
import { projectDir } from './testing/suite.ts';

const folder = join(projectDir, 'docs/images');

async function takePictures(page: Page, url: string): Promise<void> {
  const picture = async (name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    console.log(path);
  };
  await page.goto(`${url}/lightning/o/Account/list`);
  await page.getByRole('link', { name: 'Alder Consulting' }).waitFor();
  await page.locator('lightning-button-menu svg path').first().waitFor();
  await picture('accounts');

  await page.getByRole('link', { name: 'Alder Consulting' }).click();
  await page.getByRole('button', { name: 'Enable as Partner' }).waitFor();
  await page.getByText('Not a partner').waitFor();
  await picture('account');

  // Two things are wrong with this one: the picture shows the checklist, with reasons and fixes.
  await page.goto(`${url}/lightning/o/Account/list`);
  await page.getByRole('link', { name: 'Lumen and Lark' }).click();
  await page.getByRole('button', { name: 'Enable as Partner' }).click();
  await page.getByRole('dialog').getByText('How to fix it:').first().waitFor();
  await picture('enable-as-partner');

  // Users in every state.
  await page.goto(`${url}/lightning/o/Account/list`);
  await page.getByRole('link', { name: 'Quayside Building Services' }).click();
  await page.getByRole('button', { name: 'Actions for Felix Barros' }).waitFor();
  await picture('partner-card');

  await page.goto(`${url}/lightning/n/Partner_Console`);
  await page.getByRole('checkbox', { name: 'Select Alder Consulting' }).check();
  await page.getByRole('checkbox', { name: 'Select Fjord Data' }).check();
  await page.getByRole('button', { name: 'Dry Run' }).click();
  await page.getByText('Completed.', { exact: true }).waitFor();
  await page.evaluate('window.scrollTo(0, 0)');
  await picture('partner-console');
}

/** The partner site, as the executive of a partner. */
async function takeSitePicture(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/lightning/o/Contact/list`);
  await page.getByRole('link', { name: 'Pia Petersen' }).click();
  const button = page.getByRole('button', { name: 'Log in to Experience as User' });
  const [site] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  await site.getByRole('heading', { name: 'Our pipeline' }).waitFor();
  await site.getByText('Quarry Observatory – domes').first().waitFor();
  const path = join(folder, 'partner-site.png');
  await site.screenshot({ path });
  console.log(path);
}

async function main(): Promise<number> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    console.error(
      'screenshot needs Chromium (on Debian: apt-get install chromium) or CHROMIUM=<path>',
    );
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  const app = await startApp();
  try {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const viewport = { width: 1280, height: 800 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2 });
    await takePictures(page, app.url);
    await takeSitePicture(page, app.url);
    await browser.close();
    return 0;
  } finally {
    await app.stop();
  }
}

process.exitCode = await main();
