import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

describe('the browser shell', () => {
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

  async function visit(
    body: (visitor: Visitor) => Promise<void>,
    device: 'desktop' | 'phone' = 'desktop',
    expected: readonly RegExp[] = [],
  ): Promise<void> {
    const visitor = await visitors.visitor(org.url, device);
    await body(visitor);
    await visitor.leave(expected);
  }

  /** The document of a page that does not exist has status 404, which the browser notes. */
  const NOTED_404 = /the server responded with a status of 404/;

  for (const device of ['desktop', 'phone'] as const) {
    describe(`on a ${device}`, () => {
      const pages: readonly [string, string, string][] = [
        ['home', '/lightning/page/home', 'Welcome,'],
        ['accounts', '/lightning/o/Account/list', 'All Accounts'],
        ['contacts', '/lightning/o/Contact/list', 'All Contacts'],
        ['users', '/lightning/setup/users', 'Log in as'],
        ['logs', '/lightning/setup/logs', 'Debug logs'],
        ['mails', '/lightning/setup/mails', 'Mail outbox'],
        ['setup', '/lightning/setup/deployment', 'Setup'],
      ];
      for (const [name, path, heading] of pages) {
        it(`shows ${name}, accessible and within the window`, () =>
          visit(async (visitor) => {
            await visitor.goto(path);
            await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
            await visitor.settled();
            await visitor.screenshot(`${device}-${name}`);
            await visitor.assertAccessible(name);
            await visitor.assertFits(name);
          }, device));
      }
    });
  }

  it('starts at home', () =>
    visit(async (visitor) => {
      await visitor.goto('/');
      await visitor.page.waitForURL('**/lightning/page/home');
      await visitor.page.getByRole('link', { name: 'Accounts' }).first().click();
      await visitor.page.getByRole('heading', { level: 1, name: 'All Accounts' }).waitFor();
      await visitor.page.goBack();
      await visitor.page.getByRole('heading', { level: 1, name: 'Welcome,' }).waitFor();
    }));

  it('searches and sorts the list of accounts', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.goto('/lightning/o/Account/list');
      await page.getByRole('link', { name: 'Alder Consulting' }).waitFor();
      await page.getByRole('searchbox', { name: 'Search Accounts' }).fill('harbor');
      await page.getByText('1 record found').waitFor();
      await page.getByRole('searchbox', { name: 'Search Accounts' }).fill('nobody is called that');
      await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
      await page.getByRole('searchbox', { name: 'Search Accounts' }).fill('');
      await page.getByRole('link', { name: 'Alder Consulting' }).waitFor();
      const sort = page.locator('th').filter({ hasText: 'Account Name' }).locator('a');
      const first = page.getByRole('rowheader').first();
      await sort.click();
      await first.getByText('Alder Consulting').waitFor();
      await sort.click();
      await first.getByText('Rosa Lindqvist').waitFor();
    }));

  it('shows details, related contacts, and the owner as a link', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.openAccount('Harborlight Partners');
      await page.getByRole('tab', { name: 'Related' }).click();
      await page.getByRole('heading', { name: /^Contacts \(\d+\)/ }).waitFor();
      await visitor.screenshot('account-related');
      await visitor.assertAccessible('the related lists');
      await page.getByRole('link', { name: 'Pia Petersen' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Pia Petersen' }).waitFor();
      await visitor.assertAccessible('a contact');
      await page.goBack();
      await page.getByRole('link', { name: 'Maya Okafor' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Maya Okafor' }).waitFor();
      await visitor.screenshot('user');
      await visitor.assertAccessible('a user');
    }));

  it('edits a record, and says field by field what Salesforce refuses', () =>
    visit(
      async (visitor) => {
        const { page } = visitor;
        await visitor.openAccount('Ironbridge Digital');
        await page.getByRole('button', { name: 'Edit' }).click();
        const dialog = page.getByRole('dialog', { name: 'Edit' });
        const employees = dialog.getByRole('spinbutton', { name: 'Employees' });
        await employees.fill('123456789012');
        await visitor.screenshot('edit');
        await visitor.assertAccessible('the form');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.getByRole('alert').getByText('The record was not saved').waitFor();
        await visitor.screenshot('edit-refused');
        await visitor.assertAccessible('the refused form');
        // The input shows a formatted number until it has the focus.
        await employees.focus();
        await employees.press('ControlOrMeta+a');
        await employees.pressSequentially('4321');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.waitFor({ state: 'hidden' });
        await page.locator('[data-field="NumberOfEmployees"]').getByText('4,321').waitFor();
      },
      'desktop',
      [/status of 400/],
    ));

  it('logs in as somebody else in this browser only, says so, and back', () =>
    visit(async (visitor) => {
      const other = await visitors.visitor(org.url);
      await visitor.logInAs('Maya Okafor');
      await visitor.screenshot('logged-in-as');
      await visitor.assertAccessible('a page while logged in as somebody else');
      await other.goto('/lightning/page/home');
      await other.page.getByRole('heading', { level: 1, name: 'Welcome,' }).waitFor();
      assert.equal(await other.page.getByText('You are logged in as').count(), 0);
      await other.leave();
      await visitor.page.getByRole('button', { name: 'Log out as Maya Okafor' }).click();
      await visitor.page.getByText('You are logged in as').waitFor({ state: 'hidden' });
    }));

  it('offers no log-in for users who left', () =>
    visit(async (visitor) => {
      await visitor.goto('/lightning/setup/users');
      await visitor.page.getByRole('searchbox', { name: 'Search users' }).fill('Ingrid');
      assert.equal(
        await visitor.page.getByRole('button', { name: 'Log in as Ingrid Falk' }).isDisabled(),
        true,
      );
    }));

  it('shows the debug log of what Apex did', () =>
    visit(async (visitor) => {
      await visitor.openAccount('Harborlight Partners');
      await visitor.openEnableAction();
      await visitor.page.keyboard.press('Escape');
      await visitor.goto('/lightning/setup/logs');
      await visitor.page
        .getByRole('button', { name: /PartnerAccountController/ })
        .first()
        .click();
      await visitor.page.locator('pre').first().waitFor();
      await visitor.assertAccessible('an open debug log');
    }));

  describe('says so when an address leads nowhere', () => {
    const cases: readonly [string, string, string][] = [
      ['an unknown page', '/lightning/nowhere', 'This page does not exist'],
      ['a malformed record id', '/lightning/r/Account/123/view', 'This page does not exist'],
      [
        'a record that is not there',
        '/lightning/r/Account/001000000000000AAA/view',
        'This record does not exist',
      ],
      ['an unknown object', '/lightning/o/Nothing__c/list', 'There is no object Nothing__c'],
    ];
    for (const [name, path, text] of cases) {
      it(name, () =>
        visit(
          async (visitor) => {
            await visitor.goto(path);
            await visitor.page.getByText(text).last().waitFor();
            await visitor.assertAccessible(name);
          },
          'desktop',
          [NOTED_404],
        ),
      );
    }
  });
});
