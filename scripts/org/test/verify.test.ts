import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildComponents } from '../../lwc-build.mjs';
import { StartedOrg } from './started-org.ts';
import type { Ran } from './started-org.ts';

/**
 * `npm run org:verify` as a whole: the real Salesforce CLI against a running local org that `npm run org:deploy` has set up. One story: each test goes on where the
 * one before ended. That Salesforce agrees is for a real org to show.
 */
describe('org:verify, with the Salesforce CLI against a local org', () => {
  const org = new StartedOrg();
  const report = join(org.folder, 'report.md');
  const verify = (...args: readonly string[]): Promise<Ran> =>
    org.script('verify.ts', '--target-org', 'local', ...args);
  const reportText = (): string => readFileSync(report, 'utf8');
  const ROWS = [
    "SELECT Id FROM User WHERE Email LIKE '%@isolation.example'",
    "SELECT Id FROM Account WHERE Name LIKE 'Isolation %'",
    "SELECT Id FROM Opportunity WHERE Name LIKE 'Isolation %'",
    'SELECT Id FROM GroupMember',
    'SELECT Id FROM Opportunity_Participant__c',
  ];
  const counts = async (): Promise<readonly number[]> =>
    Promise.all(ROWS.map((soql) => org.count(soql)));
  const noClassLeft = async (): Promise<void> =>
    assert.equal(
      await org.count("SELECT Id FROM ApexClass WHERE Name = 'IsolationMatrixRunAs'"),
      0,
    );
  let first: readonly number[] = [];

  before(async () => {
    buildComponents();
    await org.start();
  });
  after(() => org.close());

  it('says what is missing, one thing at a time', async () => {
    assert.match((await org.script('verify.ts')).out, /^which org\? --target-org is missing\n/);
    assert.match((await verify('--nope')).out, /^Unknown option '--nope'[\s\S]*--remove-world/);
    assert.match((await verify('--remove-world', '--update')).out, /stands alone/);
    const unknown = await org.script('verify.ts', '--target-org', 'nowhere');
    assert.equal(unknown.code, 2);
    assert.match(unknown.out, /^the Salesforce CLI knows no org nowhere\nnpx sf org login web/);
    const empty = await verify();
    assert.equal(empty.code, 2);
    assert.match(empty.out, /partner features are off|the product is not in this org/);
    const product = await org.script(
      'deploy.ts',
      '--target-org',
      'local',
      '--without-licensed',
      '--without-translations',
      '--with-org-defaults',
      '--yes',
    );
    assert.equal(product.code, 0, product.out.slice(-2000));
    assert.match(
      (await verify()).out,
      /force-app\/licensed\/isolation is not in this org: profile Partner Portal User[\s\S]*org:deploy/,
    );
  });

  it('asks for the world when the org has none', async () => {
    const licensed = await org.script(
      'deploy.ts',
      '--target-org',
      'local',
      '--without-translations',
    );
    assert.equal(licensed.code, 0, licensed.out.slice(-2000));
    const { code, out } = await verify();
    assert.equal(code, 2);
    assert.match(out, /0 records instead of one: set the world up first\n--world/);
  });

  it('finds every cell as the matrix says, in a world that it set up', async () => {
    const { code, out } = await verify('--world', '--report', report);
    assert.equal(code, 0, out.slice(-4000));
    const text = reportText();
    assert.match(
      text,
      /^Asked of a local org on .* verifies nothing of Salesforce: \d{4} cells .* 0 of them different\. Not yet verified in an org\./,
    );
    for (const what of [
      'sharing',
      'grants',
      'members of groups',
      'reading as the personas',
      'writing as partner users and guest',
    ])
      assert.match(text, new RegExp(`^\\| ${what} \\| .* \\| [1-9]\\d* \\| 0 \\|$`, 'm'));
    assert.match(text, /Not verified:\n\n- search: [^\n]*\n$/);
    await noClassLeft();
    first = await counts();
  });

  it('never writes a local org down as a verification', async () => {
    const { code, out } = await verify('--update');
    assert.equal(code, 2);
    assert.match(out, /^local is a local org: that it agrees with itself verifies nothing/);
    assert.match(
      readFileSync(join(org.project, 'docs/fidelity.md'), 'utf8'),
      /<!-- isolation: written by npm run org:verify -- --update -->\n\nNot yet verified in an org\./,
    );
  });

  it('shows a rule that shares more and a grant too many, with their cells; setting the world up again doubles nothing', async () => {
    const set = read('permissionsets/Partner_Portal_User.permissionset-meta.xml');
    const rules = read('sharingRules/Partner_Resource__c.sharingRules-meta.xml');
    const grant =
      '<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Case</object><viewAllRecords>true</viewAllRecords></objectPermissions>';
    const [start = '', end = ''] = rules.split(
      '<fullName>Published_Resources_To_Partners</fullName>',
    );
    await deployIsolation(
      set.replace('<objectPermissions>', `${grant}<objectPermissions>`),
      `${start}<fullName>Published_Resources_To_Partners</fullName>${end.replace('<value>True</value>', '<value>False</value>')}`,
    );
    const { code, out } = await verify('--world', '--report', report);
    assert.equal(code, 1, out.slice(-2000));
    assert.deepEqual(await counts(), first);
    const text = reportText();
    for (const line of [
      '| resource drafted by others / south.user | - | r |',
      '| resource drafted by others by query / south.user | - | r |',
      '| resource published by the team / north.user | r | - |',
      '| case of north / south.user | - | r |',
      '| Case permissions / south.user | - | r |',
      '| Case by query / south.user | refused | read |',
    ])
      assert.ok(text.includes(line), `${line}\n${text}`);
    assert.match(text, /\| Partner_Portal_User: objects \| .* \| .*Case rV/);
    assert.doesNotMatch(text, /\/ channel\.emea|\/ guest/);
    await noClassLeft();
    await deployIsolation(set, rules);
  });

  it('removes its class also when the test cannot run, and says what was not asked', async () => {
    const file = join(org.project, 'config/isolation/IsolationMatrixRunAs.cls');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.replace('userId WITH SYSTEM_MODE', 'nobody WITH SYSTEM_MODE'));
    const broken = await verify('--report', report);
    assert.equal(broken.code, 1);
    assert.doesNotMatch(broken.out, /still in the org/);
    assert.match(
      reportText(),
      /- reading and writing as the personas: IsolationMatrixRunAs:\d+: .*nobody/,
    );
    await noClassLeft();
    writeFileSync(
      file,
      good.replace('cells += names.size();', 'Integer zero = 0; cells += 1 / zero;'),
    );
    const failing = await verify('--report', report);
    assert.equal(failing.code, 1);
    assert.match(
      reportText(),
      /- writing as guest: the test itself failed: System\.MathException: Divide by 0/,
    );
    assert.match(reportText(), /^\| writing as partner users and guest \| .* \| 0 \| 0 \|$/m);
    await noClassLeft();
    writeFileSync(file, good);
  });

  it('takes the world back, says what stays, and sets it up anew', async () => {
    const { code, out } = await verify('--remove-world');
    assert.equal(code, 0, out);
    assert.match(out, /What stays:\n- users, deactivated/);
    assert.equal(
      await org.count(
        "SELECT Id FROM User WHERE Email LIKE '%@isolation.example' AND IsActive = TRUE",
      ),
      0,
    );
    assert.equal(await org.count("SELECT Id FROM Opportunity WHERE Name LIKE 'Isolation %'"), 0);
    const again = await verify('--world', '--report', report);
    assert.equal(again.code, 0, again.out.slice(-4000));
    assert.deepEqual(await counts(), first);
  });

  function read(file: string): string {
    return readFileSync(join(org.project, 'force-app/licensed/isolation', file), 'utf8');
  }
  async function deployIsolation(set: string, rules: string): Promise<void> {
    await org.deploy({
      'package.xml':
        '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Partner_Portal_User</members><name>PermissionSet</name></types><types><members>Partner_Resource__c</members><name>SharingRules</name></types><version>67.0</version></Package>',
      'permissionsets/Partner_Portal_User.permissionset': set,
      'sharingRules/Partner_Resource__c.sharingRules': rules,
    });
  }
});
