import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

/** Partner users from the contact and the account, in the order in which an administrator meets them; each builds on the ones before. */
describe('Partner users', () => {
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

  describe('Enable Partner User', () => {
    it('says what is missing, and checks again without closing', () =>
      visit(async (visitor) => {
        await visitor.openContact('Jonas Adler');
        const dialog = await openUserAction(visitor);
        await dialog.getByText('One thing to fix before Jonas Adler can become').waitFor();
        await dialog
          .locator('[data-outcome="blocked"]')
          .getByText('The account is a partner account', { exact: true })
          .waitFor();
        assert.ok((await dialog.getByText('How to fix it:').count()) > 0, 'it says how to fix it');
        assert.equal(await button(dialog, 'Next').count(), 0, 'nothing to choose yet');
        await visitor.screenshot('user-blocked');
        await visitor.assertAccessible('the blocked action');

        // Somebody else follows the fix meanwhile.
        await visit(async (colleague) => {
          await colleague.openAccount('Alder Consulting');
          const account = await colleague.openEnableAction();
          await button(account, 'Enable').click();
          await colleague.page.getByText('Alder Consulting is a partner account now.').waitFor();
        });
        await button(dialog, 'Check Again').click();
        await dialog.getByText('Jonas Adler can become a partner user.').waitFor();
      }));

    it('leads through choice and confirmation to the user, whose tier Salesforce decides', () =>
      visit(async (visitor) => {
        const { page } = visitor;
        await visitor.openContact('Imogen Clarke');
        const dialog = await openUserAction(visitor);
        await dialog.getByText('Imogen Clarke can become a partner user.').waitFor();
        await button(dialog, 'Next').click();

        await dialog.getByText('Choose what Imogen Clarke gets.').waitFor();
        await dialog.getByText('This is the first partner user of the account.').waitFor();
        assert.equal(await dialog.getByRole('radio').count(), 0, 'the first tier is no choice');
        await dialog.getByLabel('Reason').fill('Signed the partner agreement');
        await visitor.screenshot('user-choose-first');
        await visitor.assertAccessible('the choice');
        await button(dialog, 'Next').click();

        await dialog.getByText(/^Imogen Clarke becomes a partner user/).waitFor();
        await dialog.getByText('Signed the partner agreement').waitFor();
        await visitor.screenshot('user-confirm');
        await visitor.assertAccessible('the confirmation');
        await button(dialog, 'Enable User').click();

        await dialog.getByText('Imogen Clarke is a partner user now.').waitFor();
        await visitor.screenshot('user-result');
        await visitor.assertAccessible('the result');
        const link = await dialog.getByRole('link', { name: 'Open the user' }).getAttribute('href');
        await button(dialog, 'Close').click();
        await dialog.waitFor({ state: 'hidden' });
        await page.getByText('This person is a partner user and may log in.').waitFor();
        await visitor.goto(link ?? '');
        await page.getByRole('heading', { level: 1, name: 'Imogen Clarke' }).waitFor();
      }));

    it('lets the tier of the second user be chosen', () =>
      visit(async (visitor) => {
        await visitor.openContact('Malte Voss');
        const dialog = await openUserAction(visitor);
        await button(dialog, 'Next').click();
        await dialog.getByText(/^Partner Manager:/).click();
        await visitor.screenshot('user-choose-second');
        await visitor.assertAccessible('the choice of a tier');
        await button(dialog, 'Next').click();
        await dialog.getByText(/^Malte Voss becomes a partner user/).waitFor();
        await dialog.getByText('Partner Manager').first().waitFor();
        await button(dialog, 'Enable User').click();
        await dialog.getByText('Malte Voss is a partner user now.').waitFor();
      }));

    it('refuses a username that is taken, before anything is saved', () =>
      visit(async (visitor) => {
        await visitor.openContact('Mira Sommer');
        const dialog = await openUserAction(visitor);
        await button(dialog, 'Next').click();
        const username = dialog.getByLabel('Username');
        const suggestion = await username.inputValue();
        await username.fill('no address');
        await button(dialog, 'Next').click();
        await dialog.getByText(/does not have the form of an e-mail address/).waitFor();
        await visitor.screenshot('user-username-malformed');
        await visitor.assertAccessible('the refused username');
        await button(dialog, 'Use the suggested username').click();
        assert.equal(await username.inputValue(), suggestion);
        await button(dialog, 'Next').click();
        await dialog.getByText(/^Mira Sommer becomes a partner user/).waitFor();
      }));

    it('says who is a user already', () =>
      visit(async (visitor) => {
        await visitor.openContact('Pia Petersen');
        const dialog = await openUserAction(visitor);
        await dialog
          .getByText('Pia Petersen is already a partner user. There is nothing to do.')
          .waitFor();
        assert.equal(await button(dialog, 'Next').count(), 0);
        await visitor.screenshot('user-already');
      }));

    it('tells a user without the permission what to ask for', () =>
      visit(async (visitor) => {
        await visitor.logInAs('Diego Marin');
        await visitor.openContact('Luis Ortega');
        const dialog = await openUserAction(visitor);
        await dialog.locator('.locked').waitFor();
        assert.equal(await button(dialog, 'Next').count(), 0);
        await visitor.assertAccessible('the action without the permission');
      }));

    it('works on a phone', () =>
      visit(async (visitor) => {
        await visitor.openContact('Jonas Adler');
        await visitor.assertFits('the contact page');
        const dialog = await openUserAction(visitor);
        await button(dialog, 'Next').click();
        await dialog.getByText('Choose what Jonas Adler gets.').waitFor();
        await visitor.assertFits('the choice');
        await visitor.screenshot('phone-user-choose');
        await button(dialog, 'Next').click();
        await dialog.getByText(/^Jonas Adler becomes a partner user/).waitFor();
        await visitor.assertFits('the confirmation');
      }, 'phone'));
  });

  describe('The partner card', () => {
    it('shows seats, tiers and who sits in them', () =>
      visit(async (visitor) => {
        await visitor.openAccount('Harborlight Partners');
        const manager = visitor.page.locator('[data-tier]').filter({ hasText: 'Partner Manager' });
        await manager.getByRole('link', { name: 'Malte Voss' }).waitFor();
        await visitor.page.locator('.seats dd').first().waitFor();
        await visitor.page
          .getByRole('link', { name: 'Malte Voss' })
          .last()
          .scrollIntoViewIfNeeded();
        await visitor.screenshot('partner-card');
        await visitor.assertAccessible('the partner card');
      }));

    it('changes the tier of a user', () =>
      visit(async (visitor) => {
        const { page } = visitor;
        await visitor.openAccount('Harborlight Partners');
        const question = await choose(visitor, 'Malte Voss', 'Change Tier');
        await question.getByRole('combobox', { name: 'New tier' }).click();
        await page.getByRole('option', { name: 'Partner Executive' }).click();
        await visitor.screenshot('card-change-tier');
        await visitor.assertAccessible('the question for the tier');
        await button(question, 'Change Tier').click();
        await page
          .locator('[data-tier]')
          .filter({ hasText: 'Partner Executive' })
          .getByRole('link', { name: 'Malte Voss' })
          .waitFor();
      }));

    it('freezes, unfreezes, deactivates and reactivates', () =>
      visit(async (visitor) => {
        await visitor.openAccount('Harborlight Partners');
        const steps: readonly [string, string][] = [
          ['Freeze', 'Frozen'],
          ['Unfreeze', 'Active'],
          ['Deactivate', 'Inactive'],
        ];
        for (const [action, state] of steps) {
          const question = await choose(visitor, 'Malte Voss', action);
          await button(question, action).click();
          await row(visitor, 'Malte Voss').getByText(state, { exact: true }).waitFor();
        }
        await visitor.screenshot('card-inactive');
        await visitor.assertAccessible('the card with an inactive user');

        // Another user for the same contact is refused; the contact says so, too, and how to go on.
        await visitor.openContact('Malte Voss');
        const dialog = await openUserAction(visitor);
        await dialog.locator('[data-outcome="blocked"]').first().waitFor();
        assert.equal(await button(dialog, 'Next').count(), 0);
        await visitor.screenshot('user-inactive');
        await button(dialog, 'Cancel').click();
        await visitor.page
          .getByText('This person has a partner user that was deactivated.')
          .waitFor();
        await visitor.page.getByRole('button', { name: 'Actions for Malte Voss' }).click();
        await visitor.page.getByRole('menuitem', { name: 'Reactivate' }).click();
        await button(visitor.page.getByRole('group', { name: 'Reactivate' }), 'Reactivate').click();
        await visitor.page.getByText('This person is a partner user and may log in.').waitFor();
      }));

    it('fits a phone', () =>
      visit(async (visitor) => {
        await visitor.openAccount('Harborlight Partners');
        await row(visitor, 'Malte Voss').scrollIntoViewIfNeeded();
        await visitor.assertFits('the partner card');
        await visitor.screenshot('phone-partner-card');
      }, 'phone'));
  });

  describe('Disable Partner Account', () => {
    it('announces what cannot be undone, and asks for the name', () =>
      visit(async (visitor) => {
        const { page } = visitor;
        await visitor.openAccount('Ironbridge Digital');
        await page.getByRole('button', { name: 'Disable Partner Account' }).click();
        await page.getByText('This cannot be undone:').waitFor();
        await page.getByText(/deleted for good/).waitFor();
        const run = page.getByRole('button', { name: 'Disable Partner Account' });
        assert.equal(await run.isDisabled(), true, 'not before the name is typed');
        const typed = page.getByLabel('Type Ironbridge Digital to confirm');
        await typed.fill('Ironbridge');
        assert.equal(await run.isDisabled(), true, 'not with half of it');
        await typed.fill('Ironbridge Digital');
        await typed.scrollIntoViewIfNeeded();
        await visitor.screenshot('disable-account');
        await visitor.assertAccessible('the confirmation');
        await run.click();
        await page.getByText('Ironbridge Digital is no partner account any more.').waitFor();
        await page.getByText('Not a partner', { exact: true }).waitFor();
        await visitor.screenshot('disabled-account');
        // The user lost the contact; another one can be made once the account is a partner again.
        await visitor.openContact('Imogen Clarke');
        await page.getByText('The account of this contact is not a partner account.').waitFor();
      }));
  });
});

function button(within: Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true });
}

async function openUserAction(visitor: Visitor): Promise<Locator> {
  await visitor.page.getByRole('button', { name: 'Enable Partner User' }).click();
  const dialog = visitor.page.getByRole('dialog', { name: 'Enable Partner User' });
  await dialog.locator('.summary .slds-text-heading_small, .locked').first().waitFor();
  return dialog;
}

/** The line of a user on the partner card. */
function row(visitor: Visitor, user: string): Locator {
  return visitor.page.locator('li[data-user]').filter({ hasText: user });
}

/** Picks an action of a user on the partner card and answers the question that it asks. */
async function choose(visitor: Visitor, user: string, action: string): Promise<Locator> {
  const line = row(visitor, user);
  await line.getByRole('button', { name: `Actions for ${user}` }).click();
  await line.getByRole('menuitem', { name: action, exact: true }).click();
  const question = line.getByRole('group', { name: action, exact: true });
  await question.waitFor();
  return question;
}
