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
  await page.locator('a[href*="/lightning/r/"]').first().waitFor();
  await picture('accounts');

  await page.locator('a[href*="/lightning/r/"]').first().click();
  const enable = page.getByRole('button', { name: 'Enable as Partner' });
  await enable.waitFor();
  await picture('account');

  await enable.click();
  await page.getByRole('dialog').waitFor();
  // The checklist comes from Apex: the picture shows what it found, not that it is looking.
  await page.waitForLoadState('networkidle');
  await picture('enable-as-partner');
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
    await takePictures(await browser.newPage({ viewport, deviceScaleFactor: 2 }), app.url);
    await browser.close();
    return 0;
  } finally {
    await app.stop();
  }
}

process.exitCode = await main();
