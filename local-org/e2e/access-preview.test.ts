import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { Visitors } from './support/browser.ts';
import type { Visitor } from './support/browser.ts';
import { StartedOrg } from './support/started-org.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const launcher = join(projectDir, 'local-org/bin/local-org.mjs');
const run = promisify(execFile);

/** The access preview in the browser and on the command line, against the same started org. */
describe('Access preview', () => {
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

  /** A command against the started org. */
  async function command(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      [launcher, ...args, '--org', org.folder, '--json'],
      { cwd: projectDir },
    );
    return stdout;
  }

  it('shows what a partner user sees, object by object, and nothing of another partner', () =>
    visit(async (visitor) => {
      await visitor.openAccount('Northgate Installers');
      const card = cardOn(visitor);
      await chooseAndShow(card, /Anke/);
      await card.getByText(/none of another partner is visible/).waitFor();
      const accounts = card.locator('[data-object="Account"]');
      assert.match(await accounts.innerText(), /The own account and its contacts/);
      await accounts.getByRole('button', { name: 'Show Accounts' }).click();
      await accounts.getByRole('link', { name: 'Northgate Installers' }).waitFor();
      await card.getByText(/npx local-org access preview --as-contact/).waitFor();
      await card.scrollIntoViewIfNeeded();
      await visitor.screenshot('access-preview');
      await visitor.assertAccessible('the access preview');
    }));

  it('shows a channel manager what they may know', () =>
    visit(async (visitor) => {
      await visitor.logInAs('Viola Chandler');
      await visitor.openAccount('Northgate Installers');
      const card = cardOn(visitor);
      await chooseAndShow(card, /Clara/);
      const deals = card.locator('[data-object="Deal_Registration__c"]');
      await deals.getByRole('button', { name: /^Show / }).click();
      assert.match(await deals.locator('.records').innerText(), /DR-\d+[^]*Owner/);
      await visitor.screenshot('access-preview-channel-manager');
    }));

  it('says that there is no partner user', () =>
    visit(async (visitor) => {
      await visitor.openContact('Jonas Adler');
      await cardOn(visitor).getByText('There is no partner user here yet.').waitFor();
      await visitor.assertAccessible('an empty access preview');
    }));

  it('shows a record of another partner at once, in words, on a phone', async () => {
    const file = join(org.folder, 'leak.apex');
    writeFileSync(
      file,
      `Account foreign = [SELECT Id FROM Account WHERE Name = 'Harborlight Partners'];
User anke = [SELECT Id FROM User WHERE FirstName = 'Anke' AND UserType = 'PowerPartner'];
insert new AccountShare(AccountId = foreign.Id, UserOrGroupId = anke.Id, AccountAccessLevel = 'Read', OpportunityAccessLevel = 'None', CaseAccessLevel = 'None');`,
    );
    await command('apex', 'run', '--file', file);
    await visit(async (visitor) => {
      await visitor.openAccount('Northgate Installers');
      const card = cardOn(visitor);
      await chooseAndShow(card, /Anke/);
      await card.getByText('Records of other partners that this user sees: 1').waitFor();
      const record = card.locator('.record_foreign');
      assert.match(await record.innerText(), /Harborlight Partners[^]*Another partner/);
      assert.match(await record.innerText(), /Shared by hand/);
      await record.scrollIntoViewIfNeeded();
      await visitor.screenshot('access-preview-foreign-phone');
      await visitor.assertFits('the access preview');
      await visitor.assertAccessible('a record of another partner');
    }, 'phone');
  });

  it('is answered by the started org on the command line, also for somebody who is no user yet', async () => {
    const answer = JSON.parse(
      await command(
        'data',
        'query',
        '--query',
        "SELECT Username FROM User WHERE FirstName = 'Anke' AND UserType = 'PowerPartner'",
      ),
    ) as { result: { records: { Username: string }[] } };
    const username = answer.result.records[0]?.Username ?? '';
    const shown = await command('access', 'preview', '--as-user', username, '--object', 'Account');
    assert.match(shown, /manual share to the user/);
    assert.match(shown, /portal: the account of the user/);
    await assert.rejects(command('access', 'preview', '--as-user', 'nobody@example.com'));

    const contact = JSON.parse(
      await command(
        'data',
        'query',
        '--query',
        "SELECT Id FROM Contact WHERE FirstName = 'Malte' AND LastName = 'Voss'",
      ),
    ) as { result: { records: { Id: string }[] } };
    const users = ['data', 'query', '--query', 'SELECT COUNT(Id) FROM User'];
    const before = await command(...users);
    const asIf = await command(
      'access',
      'preview',
      '--as-contact',
      contact.result.records[0]?.Id ?? '',
      '--profile',
      'Partner Portal User',
      '--tier',
      'Manager',
    );
    assert.match(asIf, /"role": "Harborlight Partners Partner Manager"/);
    assert.match(asIf, /Only the local org can answer this/);
    assert.equal(await command(...users), before, 'nothing is left of it');
  });
});

function cardOn(visitor: Visitor): Locator {
  return visitor.page.locator('c-partner-access-preview');
}

async function chooseAndShow(card: Locator, user: RegExp): Promise<void> {
  await card.getByRole('combobox', { name: 'Partner user' }).click();
  await card.getByRole('option', { name: user }).click();
  await card.getByRole('button', { name: 'Show Access' }).click();
}
