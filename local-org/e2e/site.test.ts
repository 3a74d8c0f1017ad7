import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitors } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

const LOGIN_FAILED =
  'Your login attempt has failed. Make sure the username and password are correct.';
/** As `config/demo/demo.json` gives it to demo users in the local org. */
const PASSWORD = 'beaconworks-1';
const USERNAME = 'anke.ahlers@northgate-installers.example';
/** What the browser itself says of answers that are refusals on purpose. */
const REFUSALS = [/Failed to load resource: the server responded with a status of 40[134]/];

describe('the partner site in the local org', () => {
  const org = new StartedOrg();
  let visitors: Visitors;

  before(async () => {
    await org.start();
    visitors = await Visitors.open();
  });
  after(async () => {
    await visitors.close();
    await org.dispose();
  });

  it('lets a member in by user name and password, and nobody else', async () => {
    const visitor = await visitors.visitor(org.url);
    const { page } = visitor;
    await visitor.goto('/partners/leads');
    await page.waitForURL('**/partners/login?startURL=%2Fpartners%2Fleads');
    await page.getByLabel('Username').fill(USERNAME);
    await page.getByLabel('Password').fill('not-the-password-1');
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.getByRole('alert').filter({ hasText: LOGIN_FAILED }).waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.waitForURL('**/partners/leads');
    await page.locator('c-portal-leads').waitFor();
    const cookies = await page.context().cookies();
    assert.deepEqual(
      cookies.map(({ path, httpOnly }) => ({ path, httpOnly })),
      [{ path: '/partners', httpOnly: true }],
    );
    await visitor.leave();
  });

  it('shows the first page within three seconds, in native shadow', async () => {
    const visitor = await visitors.visitor(org.url);
    const { page } = visitor;
    await visitor.goto('/partners/');
    await page.getByLabel('Username').fill(USERNAME);
    await page.getByLabel('Password').fill(PASSWORD);
    const started = performance.now();
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.locator('c-portal-home').waitFor();
    const milliseconds = Math.round(performance.now() - started);
    assert.ok(milliseconds <= 3000, `the home page took ${String(milliseconds)} ms`);
    // Synthetic shadow replaces the browser's own ShadowRoot and marks its elements.
    const shadow = await page.evaluate(
      `(() => { const root = document.querySelector('c-portal-home').shadowRoot;
        return { native: root instanceof ShadowRoot && /native code/.test(Element.prototype.attachShadow.toString()), synthetic: Boolean(root.synthetic) }; })()`,
    );
    assert.deepEqual(shadow, { native: true, synthetic: false });
    await visitor.leave(REFUSALS);
  });

  it('navigates in place, and says of pages and records that are not there that they are not found', async () => {
    const visitor = await visitors.visitor(org.url);
    const { page } = visitor;
    await visitor.goto('/partners/login');
    await page.getByLabel('Username').fill(USERNAME);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log In' }).click();
    await page.locator('c-portal-home').waitFor();
    await page.evaluate('window.stayed = true');
    await page.getByRole('link', { name: 'Deals' }).first().click();
    await page.locator('c-portal-deals').waitFor();
    assert.equal(await page.title(), 'Deals');
    assert.equal(await page.evaluate('window.stayed'), true);
    await page.goBack();
    await page.locator('c-portal-home').waitFor();
    assert.equal(await page.evaluate('window.stayed'), true);
    await visitor.goto('/partners/nowhere');
    await page.locator('c-portal-message').getByRole('heading', { level: 1 }).waitFor();
    await visitor.assertAccessible('the error page');
    await visitor.leave(REFUSALS);
  });

  it('shows an administrator the site as one of its users, and the way back', async () => {
    const visitor = await visitors.visitor(org.url);
    const { page } = visitor;
    await visitor.goto('/lightning/setup/users');
    await page.getByRole('searchbox', { name: 'Search users' }).fill('Pia Petersen');
    await page.getByRole('button', { name: 'Log in as Pia Petersen' }).click();
    await page.getByText('You are logged in to this site as Pia Petersen.').waitFor();
    assert.equal(new URL(page.url()).pathname, '/partners/');
    await page.getByRole('link', { name: 'Return to Salesforce' }).click();
    await page.waitForURL('**/lightning/setup/users');
    await page.getByRole('searchbox', { name: 'Search users' }).waitFor();
    await visitor.goto('/partners/');
    await page.waitForURL('**/partners/login?startURL=%2Fpartners%2F');
    await visitor.leave(REFUSALS);
  });

  it('is on a phone what it is on a desktop, and accessible', async () => {
    const visitor = await visitors.visitor(org.url, 'phone');
    await visitor.goto('/partners/login');
    await visitor.page.getByLabel('Username').waitFor();
    await visitor.assertFits('the log-in page');
    await visitor.assertAccessible('the log-in page');
    await visitor.leave();
  });
});
