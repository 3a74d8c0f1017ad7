import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

/** What a channel manager does from the records: decide, offer, invite, approve. */
describe('A channel manager', () => {
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

  async function visit(body: (visitor: Visitor) => Promise<void>): Promise<void> {
    const visitor = await visitors.visitor(org.url);
    await visitor.logInAs('Maya Okafor');
    await body(visitor);
    await visitor.leave();
  }

  it('decides on a deal that is in conflict with another', () =>
    visit(async (visitor) => {
      await openRecord(visitor, 'Deal_Registration__c', '$61,000.00');
      const dialog = await openAction(visitor, 'Decide');
      await dialog.getByText(/registers Brookfield Clinics Ltd\.$/).waitFor();
      await dialog.getByText(/^Something else concerns this customer/).waitFor();
      await visitor.screenshot('decide-deal');
      await visitor.assertAccessible('deciding on a deal');
      await dialog.getByLabel('Reason').fill('Another partner has worked with this customer.');
      await button(dialog, 'Reject').click();
      await visitor.page.getByText('It now stands at: Rejected.').waitFor();
    }));

  it('offers a lead, and takes the offer back', () =>
    visit(async (visitor) => {
      await openRecord(visitor, 'Lead', 'Lena Lapwing');
      const dialog = await openAction(visitor, 'Offer to Partners');
      await dialog.getByRole('checkbox', { name: /^Northgate Installers/ }).press('Space');
      await visitor.screenshot('offer-lead');
      await visitor.assertAccessible('offering a lead');
      await button(dialog, 'Offer').click();
      await visitor.page.getByText('The lead is offered.').waitFor();

      await dialog.waitFor({ state: 'hidden' });
      await openAction(visitor, 'Offer to Partners');
      await button(dialog, 'Withdraw the offer to Northgate Installers').click();
      await dialog.getByText('Northgate Installers: Withdrawn').first().waitFor();
    }));

  it('sells with a partner, and lets the partner go', () =>
    visit(async (visitor) => {
      await openRecord(visitor, 'Opportunity', 'Alder Consulting – headquarters');
      const dialog = await openAction(visitor, 'Sell with Partners');
      await dialog.getByRole('heading', { name: 'Taking part' }).waitFor();
      await dialog.getByRole('searchbox').fill('Northgate');
      await button(dialog, /^Invite Bernd/).click();
      await button(dialog, /^Remove Bernd/).waitFor();
      await visitor.screenshot('sell-with-partners');
      await visitor.assertAccessible('selling with partners');
      await button(dialog, /^Remove Bernd/).click();
      await button(dialog, /^Remove Bernd/).waitFor({ state: 'detached' });
    }));

  it('approves the user whom an executive asks for', () =>
    visit(async (visitor) => {
      await openRecord(visitor, 'Partner_User_Request__c', 'Lerch');
      const dialog = await openAction(visitor, 'Decide');
      await dialog.getByText(/asks for Lukas Lerch/).waitFor();
      await visitor.screenshot('decide-user-request');
      await visitor.assertAccessible('deciding on a request');
      await button(dialog, 'Approve').click();
      await visitor.page
        .getByText('The user is being created. The request tells when it is done.')
        .waitFor();
    }));

  async function openRecord(visitor: Visitor, object: string, text: string): Promise<void> {
    await visitor.goto(`/lightning/o/${object}/list`);
    const row = visitor.page.getByRole('row', { name: text }).first();
    await row.getByRole('link').first().click();
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  }

  async function openAction(visitor: Visitor, action: string): Promise<Locator> {
    await button(visitor.page.locator('body'), action).click();
    const dialog = visitor.page.getByRole('dialog', { name: action });
    await dialog.waitFor();
    return dialog;
  }

  function button(within: Locator, name: string | RegExp): Locator {
    return within.getByRole('button', { name, exact: typeof name === 'string' });
  }
});
