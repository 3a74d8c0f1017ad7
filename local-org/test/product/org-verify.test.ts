import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { LocalWorld } from '../../../scripts/isolation/local.ts';
import type { SalesforceCli } from '../../../scripts/org/salesforce-cli.ts';
import { SalesforceCliError } from '../../../scripts/org/salesforce-cli.ts';
import { section, verify, withSection } from '../../../scripts/org/verify.ts';

/*
 * The commands of `npm run org:verify`, answered by a stand-in for the Salesforce CLI that exists in this test only: it knows three commands
 * and asks a local org. That Salesforce agrees is for a real org to show.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

describe('Verifying an org', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-verify-'));
  let world: LocalWorld;
  const commands = new Set<string>();
  let seller = '';

  before(() => {
    world = new LocalWorld(PROJECT, folder);
    const [user] = world.query("SELECT Username FROM User WHERE LastName = 'north.user'");
    seller = String(user?.['Username']);
  });
  after(() => {
    world.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const cli: SalesforceCli = {
    json: <Result>(args: readonly string[]): Promise<Result> => {
      const [topic = '', command = ''] = args;
      commands.add(`${topic} ${command}`);
      const value = (flag: string): string => args[args.indexOf(flag) + 1] ?? '';
      switch (`${topic} ${command}`) {
        case 'org display':
          return Promise.resolve({ id: '', username: '', apiVersion: '67.0' } as Result);
        case 'data query':
          try {
            const user = value('--target-org') === 'seller' ? seller : undefined;
            const records = world.queryAs(user, value('--query'));
            return Promise.resolve({ records } as Result);
          } catch (error) {
            const message = error instanceof Error ? error.message : '';
            return Promise.reject(new SalesforceCliError('INVALID_TYPE', message, null));
          }
        default:
          return Promise.reject(new Error(`the test answers no sf ${args.join(' ')}`));
      }
    },
    show: () => Promise.resolve(false),
  };
  const options = { projectDir: PROJECT, targetOrg: 'admin', withWorld: false };

  it('asks every cell, and says who was not asked', async () => {
    const found = await verify(cli, { ...options, logins: new Map([['north.user', 'seller']]) });
    assert.deepEqual(found.differences, []);
    assert.ok(found.cells > 700, String(found.cells));
    assert.ok(!found.notVerified.some((line) => line.startsWith('north.user:')));
    assert.ok(found.notVerified.some((line) => line.startsWith('south.user: not logged in')));
    assert.deepEqual([...commands].sort(), ['data query', 'org display']);
  });

  it('reports what an org does otherwise', async () => {
    world.apex(
      `insert as system new OpportunityShare(OpportunityId = [SELECT Id FROM Opportunity WHERE Name = 'Isolation of south.user'].Id, UserOrGroupId = [SELECT Id FROM User WHERE LastName = 'north.user'].Id, OpportunityAccessLevel = 'Edit');`,
    );
    const found = await verify(cli, { ...options, logins: new Map() });
    const cells = found.differences.map(({ cell }) => cell);
    assert.ok(cells.includes('opportunity of south.user / north.user'), cells.join('\n'));
    const text = section(found, '2026-01-02');
    assert.match(text, /Verified in an org on 2026-01-02, API 67\.0/);
    assert.match(text, /\| opportunity of south\.user \/ north\.user \| - \| re \|/);
    const page =
      'a\n<!-- isolation: written by npm run org:verify -- --update -->\nold\n<!-- isolation: end -->\nb';
    assert.doesNotMatch(withSection(page, text), /old/);
    assert.match(withSection(page, text), /^a\n[\s\S]*Verified[\s\S]*\nb$/);
  });
});
