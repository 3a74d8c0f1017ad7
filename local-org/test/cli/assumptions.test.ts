import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { ASSUMPTION_NAMES } from '../../src/inferred/index.ts';
import { temporarySource } from '../support/temporary-org.ts';

/** A test that tells which answer it ran under: user mode refuses what system mode finds. */
const SOURCE = {
  'objects/Secret__c/Secret__c.object-meta.xml': `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Secret</label><pluralLabel>Secrets</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel></CustomObject>`,
  'triggers/Reads.trigger': `trigger Reads on Account (before insert) { Integer n = [SELECT COUNT() FROM Secret__c]; }`,
  'triggers/Reads.trigger-meta.xml': `<ApexTrigger xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexTrigger>`,
  'classes/ReadsTest.cls': `@IsTest private class ReadsTest {
  @IsTest static void savesWithoutAccess() {
    User u = new User(LastName = 'Person', Alias = 'person', Email = 'p@inferred.example', Username = 'p@inferred.example', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'UTC', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id);
    insert u;
    System.runAs(u) { insert as system new Account(Name = 'a'); }
  }
}`,
};

describe('assumptions on the command line', () => {
  const folder = temporarySource(SOURCE);
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function run(...args: readonly string[]): Promise<{ code: number; out: string }> {
    let out = '';
    const terminal = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (out += text),
    };
    return { code: await main(args, terminal), out };
  }
  const test = (...more: readonly string[]) =>
    run(
      ...['apex', 'run', 'test', '--project-dir', folder, '--source-dir', join(folder, 'source')],
      ...['--org', join(folder, 'org'), ...more],
    );

  it('are listed with every answer', async () => {
    const { code, out } = await run('assumptions');
    assert.equal(code, 0);
    for (const name of ASSUMPTION_NAMES) assert.match(out, new RegExp(`^${name} `, 'm'));
    assert.match(out, /everybody/);
    const listed = JSON.parse((await run('assumptions', '--json')).out) as {
      readonly result: readonly { readonly name: string }[];
    };
    assert.deepEqual(
      listed.result.map(({ name }) => name),
      [...ASSUMPTION_NAMES],
    );
  });

  it('decide what tests find', async () => {
    assert.notEqual((await test()).code, 0);
    assert.equal((await test('--assume', 'triggers-from-67=system-mode')).code, 0);
    // On several processor cores as well.
    const both = ['--assume', 'triggers-from-67=system-mode', '--workers', '2'];
    assert.equal((await test(...both)).code, 0);
  });

  it('are refused with the list when there are none of that name', async () => {
    for (const command of [
      ['apex', 'run', 'test'],
      ['access', 'preview', '--as-user', 'x@y.z'],
      ['start'],
    ]) {
      const { code, out } = await run(
        ...command,
        ...['--project-dir', folder, '--source-dir', join(folder, 'source')],
        ...['--org', join(folder, 'org'), '--assume', 'triggers=system'],
      );
      assert.notEqual(code, 0);
      assert.match(out, /There is no assumption triggers\. There are .*triggers-from-67/);
    }
  });
});
