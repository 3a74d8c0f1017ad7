import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

/** The partner console from the first look to the end of a partnership; each step builds on the ones before. */
describe('Partner console', () => {
  const org = new StartedOrg();
  let visitors: Visitors;

  before(async () => {
    await org.start();
    visitors = await Visitors.open();
  });
  after(async () => {
    await visitors?.close();
    await org.dispose();
  });

  async function visit(body: (visitor: Visitor) => Promise<void>, device?: 'phone'): Promise<void> {
    const visitor = await visitors.visitor(org.url, device);
    await body(visitor);
    await visitor.leave();
  }

  it('shows what each account lacks, and filters by it', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await openConsole(visitor);
      await row(visitor, 'Rosa Lindqvist').getByText('Missing: It is a business account').waitFor();
      await visitor.settled();
      await visitor.screenshot('console');
      await visitor.assertAccessible('the console');
      await choose(visitor, 'Show accounts', 'Missing: The account owner has a role');
      await row(visitor, 'Alder Consulting').waitFor({ state: 'detached' });
      assert.deepEqual(await page.locator('tbody a').allTextContents(), [
        'Fjord Data',
        'Lumen and Lark',
      ]);
      await page.getByRole('searchbox', { name: 'Search accounts by name' }).fill('zzz');
      await page.getByText('No account matches search and filter.').waitFor();
    }));

  it('runs dry, then for real what is ready and what is not, and keeps the outcomes', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await openConsole(visitor);
      await choose(visitor, 'Show accounts', 'Ready');
      await row(visitor, 'Fjord Data').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Select all that match' }).click();
      await page.getByText('Accounts selected: 6').waitFor();
      await choose(visitor, 'Show accounts', 'All');
      await row(visitor, 'Fjord Data').getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Dry Run' }).click();
      await ended(visitor, 'Records: 7. Fine: 6. Blocked: 1. Failed: 0.');
      await outcome(visitor, 'Alder Consulting').getByText('Would be enabled').waitFor();
      await row(visitor, 'Alder Consulting').getByText('Ready', { exact: true }).waitFor();
      await visitor.screenshot('console-dry-run');

      await runButton(visitor, 'Enable as Partner').click();
      await page.getByRole('heading', { name: /^Run / }).waitFor();
      await ended(visitor, 'Records: 7. Fine: 6. Blocked: 1. Failed: 0.');
      await outcome(visitor, 'Alder Consulting').getByText('Enabled').waitFor();
      await choose(visitor, 'Show', 'Blocked: The account owner has a role (1)');
      await outcome(visitor, 'Alder Consulting').waitFor({ state: 'detached' });
      await outcome(visitor, 'Fjord Data').getByText('Nils Berg').waitFor();
      await visitor.screenshot('console-run');
      await visitor.assertAccessible('the outcomes of a run');
      await row(visitor, 'Alder Consulting').getByText('Partner account').waitFor();

      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download as CSV' }).click(),
      ]);
      assert.match(readFileSync(await file.path(), 'utf8'), /"Fjord Data","001\w+","Blocked","/);
      await page.getByRole('button', { name: 'Try Blocked and Failed Again' }).click();
      await ended(visitor, 'Records: 7. Fine: 6. Blocked: 1. Failed: 0.');
    }));

  it('does something to all users of an account, with a reason', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await openConsole(visitor);
      await row(visitor, 'Quayside Building Services').getByRole('checkbox').check();
      await choose(visitor, 'What to do', 'Freeze Users');
      await page.getByLabel('Reason', { exact: true }).fill('Suspicious log-ins');
      await runButton(visitor, 'Freeze Users').click();
      await page.getByText('Completed.', { exact: true }).waitFor();
      await outcome(visitor, 'Freya Lindholm').getByText('Done', { exact: true }).waitFor();
      await outcome(visitor, 'Felix Barros').getByText('Nothing to do').waitFor();
      await visitor.screenshot('console-freeze');
    }));

  it('ends a partnership of many users: records to a new owner, users in rounds, then the account', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await openConsole(visitor);
      await row(visitor, 'Northgate Installers').getByRole('checkbox').check();
      await choose(visitor, 'What to do', 'Disable Partner Accounts');
      await page.getByRole('searchbox', { name: 'Search the new owner by name' }).fill('may');
      await page.getByText('Maya Okafor (Channel Manager EMEA)').click();
      const run = runButton(visitor, 'Disable Partner Accounts');
      assert.equal(await run.isDisabled(), true, 'not before the number is typed');
      await page.getByLabel('Type 1 to confirm').fill('1');
      await visitor.screenshot('console-disable');
      await visitor.assertAccessible('the confirmation');
      await run.click();
      await page.getByText('Completed.', { exact: true }).waitFor();
      // As many as Salesforce does not disable with the account go before it.
      await page.getByText('Partner user', { exact: true }).first().waitFor();
      await page.getByText('Records to the new owner').waitFor();
      await visitor.screenshot('console-disabled');
      await row(visitor, 'Northgate Installers').getByText('Ready', { exact: true }).waitFor();
    }));

  it('refuses a person account, and says so', () =>
    visit(async (visitor) => {
      await visitor.openAccount('Rosa Lindqvist');
      const dialog = await visitor.openEnableAction();
      await dialog.getByText(/Rosa Lindqvist is a person account/).waitFor();
      assert.equal(await dialog.getByRole('button', { name: 'Enable', exact: true }).count(), 0);
      await visitor.screenshot('person-account');
    }));

  it('leads to the partner site as the user of a contact', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.openContact('Pia Petersen');
      const button = page.getByRole('button', { name: 'Log in to Experience as User' });
      await button.waitFor();
      await visitor.screenshot('contact-login');
      await visitor.assertAccessible('the contact card');
      const [site] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
      await site.getByText('You are logged in to this site as Pia Petersen.').waitFor();
      assert.equal(new URL(site.url()).pathname, '/partners/');
      await page.reload();
      await page.getByRole('button', { name: 'Log in to Experience as User' }).waitFor();
    }));

  it('speaks German to a German user', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.logInAs('Jonas Weber');
      await visitor.goto('/lightning/n/Partner_Console');
      await page.getByRole('link', { name: 'Partnerkonsole' }).waitFor();
      await page.getByRole('button', { name: 'Probelauf' }).waitFor();
      await row(visitor, 'Quayside Building Services').getByText('Partneraccount').waitFor();
      await visitor.screenshot('console-german');
    }));

  it('fits a phone, as does the confirmation of disabling', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await openConsole(visitor);
      await choose(visitor, 'What to do', 'Disable Partner Accounts');
      await visitor.assertFits('the console');
      await visitor.screenshot('phone-console');
      await visitor.assertAccessible('the console on a phone');
      await visitor.openAccount('Harborlight Partners');
      await page.getByRole('button', { name: 'Disable Partner Account' }).click();
      await page.getByRole('searchbox', { name: 'Search the new owner by name' }).fill('a');
      await page.getByText('Maya Okafor (Channel Manager EMEA)').waitFor();
      await page.getByText(/^One partner user loses/).scrollIntoViewIfNeeded();
      await visitor.assertFits('the confirmation');
      await visitor.screenshot('phone-disable-account');
      await visitor.assertAccessible('the confirmation on a phone');
    }, 'phone'));
});

async function openConsole(visitor: Visitor): Promise<void> {
  await visitor.goto('/lightning/n/Partner_Console');
  await row(visitor, 'Alder Consulting').waitFor();
}

/** An account of the list. */
function row(visitor: Visitor, name: string) {
  return visitor.page
    .getByRole('table', { name: 'Partner Console' })
    .or(visitor.page.getByRole('table', { name: 'Partnerkonsole' }))
    .locator('tbody tr')
    .filter({ hasText: name });
}

/** A line of the outcomes of a run. */
function outcome(visitor: Visitor, name: string) {
  return visitor.page
    .getByRole('table', { name: /^(Dry run|Run) / })
    .locator('tbody tr')
    .filter({ hasText: name });
}

function runButton(visitor: Visitor, name: string) {
  return visitor.page.locator('c-partner-run-form').getByRole('button', { name, exact: true });
}

async function choose(visitor: Visitor, label: string, option: string): Promise<void> {
  const { page } = visitor;
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function ended(visitor: Visitor, counts: string): Promise<void> {
  await visitor.page.getByText('Completed.', { exact: true }).waitFor();
  await visitor.page.getByText(counts).waitFor();
}
