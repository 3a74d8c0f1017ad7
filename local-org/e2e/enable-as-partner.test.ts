import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

describe('Enable as Partner', () => {
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

  it('makes a ready account a partner account, and the page shows it', () =>
    visit(async (visitor) => {
      await visitor.openAccount('Alder Consulting');
      await visitor.page.getByText('Not a partner').waitFor();
      await visitor.screenshot('account');
      await visitor.assertAccessible('the account page');

      const dialog = await visitor.openEnableAction();
      await dialog.getByText('Alder Consulting is ready to become a partner account.').waitFor();
      await visitor.screenshot('enable-ready');
      await visitor.assertAccessible('the open action');

      await dialog.getByRole('button', { name: 'Enable', exact: true }).click();
      await visitor.page.getByText('Alder Consulting is a partner account now.').waitFor();
      await dialog.waitFor({ state: 'hidden' });
      await visitor.page.getByText('Not a partner').waitFor({ state: 'hidden' });
      await visitor.screenshot('enabled');
      await visitor.assertAccessible('the page after enabling');
    }));

  it('keeps it after a restart', async () => {
    await org.stop();
    await org.start();
    await visit(async (visitor) => {
      await visitor.openAccount('Alder Consulting');
      const dialog = await visitor.openEnableAction();
      await dialog.getByText('Alder Consulting is already a partner account').waitFor();
      assert.equal(await dialog.getByRole('button', { name: 'Enable', exact: true }).count(), 0);
    });
  });

  it('keeps it when the process is killed', async () => {
    await visit(async (visitor) => {
      await visitor.openAccount('Castellan Systems');
      const dialog = await visitor.openEnableAction();
      await dialog.getByRole('button', { name: 'Enable', exact: true }).click();
      await visitor.page.getByText('Castellan Systems is a partner account now.').waitFor();
    });
    await org.stop('SIGKILL');
    await org.start();
    await visit(async (visitor) => {
      await visitor.openAccount('Castellan Systems');
      const dialog = await visitor.openEnableAction();
      await dialog.getByText('Castellan Systems is already a partner account').waitFor();
    });
  });

  describe('shows each failing prerequisite of an account, and offers no Enable', () => {
    const cases: readonly [string, string, readonly string[]][] = [
      ['owner-without-role', 'Fjord Data', ['The account owner has a role']],
      ['owner-inactive', 'Granite Peak Solutions', ['The account owner is active']],
      [
        'contact-of-partner-user',
        'Juniper Ridge Controls',
        ['No contact belongs to a partner user'],
      ],
      [
        'two-to-fix',
        'Lumen and Lark',
        ['The account owner has a role', 'No contact belongs to a partner user'],
      ],
      ['owner-is-partner-user', 'Marlow Engineering', ['The account owner is an internal user']],
    ];
    for (const [picture, account, titles] of cases) {
      it(`${account}: ${titles.join(', ')}`, () =>
        visit(async (visitor) => {
          await visitor.openAccount(account);
          const dialog = await visitor.openEnableAction();
          for (const title of titles) {
            await dialog
              .locator('[data-outcome="blocked"]')
              .getByText(title, { exact: true })
              .waitFor();
          }
          assert.equal(
            await dialog.getByRole('button', { name: 'Enable', exact: true }).count(),
            0,
          );
          assert.ok(
            (await dialog.getByText('How to fix it:').count()) >= titles.length,
            'each says how to fix it',
          );
          await visitor.screenshot(`blocked-${picture}`);
          await visitor.assertAccessible(`the checklist of ${account}`);
        }));
    }
  });

  it('links to where things are fixed', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.openAccount('Lumen and Lark');
      const dialog = await visitor.openEnableAction();
      const links = await dialog
        .locator('[data-outcome="blocked"]')
        .getByRole('link')
        .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
      assert.equal(links.length, 2);
      for (const link of links) {
        await visitor.goto(link);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await visitor.settled();
        assert.equal(await page.getByText('This page does not exist').count(), 0, link);
        assert.equal(await page.getByRole('alert').count(), 0, link);
        await visitor.assertAccessible(link);
      }
      await visitor.screenshot('contacts-of-account');
    }));

  describe('looks at who is logged in', () => {
    it('says that a user without a role needs one', () =>
      visit(async (visitor) => {
        await visitor.logInAs('Nils Berg');
        await visitor.openAccount('Fjord Data');
        const dialog = await visitor.openEnableAction();
        await dialog
          .locator('[data-outcome="blocked"]')
          .getByText('You have a role', { exact: true })
          .waitFor();
      }));

    it('tells a user without the permission what to ask for', () =>
      visit(async (visitor) => {
        await visitor.logInAs('Diego Marin');
        await visitor.openAccount('Brightline Integrators');
        const dialog = await visitor.openEnableAction();
        await visitor.screenshot('without-permission');
        assert.equal(await dialog.getByRole('button', { name: 'Enable', exact: true }).count(), 0);
        await visitor.assertAccessible('the action without the permission');
      }));

    it('lets the head of the channel managers enable an account of her team', () =>
      visit(async (visitor) => {
        await visitor.logInAs('Viola Chandler');
        await visitor.openAccount('Kestrel Facilities');
        const dialog = await visitor.openEnableAction();
        await dialog.getByRole('button', { name: 'Enable', exact: true }).click();
        await visitor.page.getByText('Kestrel Facilities is a partner account now.').waitFor();
      }));
  });

  it('is ready once the owner is changed as the fix says', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.openAccount('Fjord Data');
      await page.getByRole('button', { name: 'Change Owner' }).click();
      const dialog = page.getByRole('dialog', { name: 'Change Owner' });
      await dialog.getByRole('searchbox', { name: 'Search users' }).fill('emea');
      await dialog.getByText(/^Maya Okafor/).click();
      await visitor.screenshot('change-owner');
      await visitor.assertAccessible('Change Owner');
      await dialog.getByRole('button', { name: 'Change Owner' }).click();
      await page.getByText('Maya Okafor owns the record now.').waitFor();
      await page.getByRole('link', { name: 'Maya Okafor' }).first().waitFor();
      const action = await visitor.openEnableAction();
      await action.getByText('Fjord Data is ready to become a partner account.').waitFor();
    }));

  it('works with the keyboard alone, and gives the focus back', () =>
    visit(async (visitor) => {
      const { page } = visitor;
      await visitor.openAccount('Dovetail Networks');
      await page.getByRole('button', { name: 'Enable as Partner' }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Enable as Partner' });
      await dialog.getByText('Dovetail Networks is ready').waitFor();
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press('Tab');
        assert.equal(await dialog.locator(':focus').count(), 1, 'the focus stays in the action');
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      assert.equal(
        await page.locator('lightning-button button:focus').textContent(),
        'Enable as Partner',
      );
    }));

  it('works on a phone', () =>
    visit(async (visitor) => {
      await visitor.openAccount('Everfield Automation');
      await visitor.assertFits('the account page');
      await visitor.screenshot('phone-account');
      const dialog = await visitor.openEnableAction();
      await visitor.assertFits('the open action');
      await visitor.screenshot('phone-enable');
      await dialog.getByRole('button', { name: 'Enable', exact: true }).click();
      await visitor.page.getByText('Everfield Automation is a partner account now.').waitFor();
    }, 'phone'));
});
