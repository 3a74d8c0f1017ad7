import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { isPassword, passwordProblem } from '../../src/platform/networks/passwords.ts';
import { STANDARD_COMPONENTS } from '../../src/project/check-site-components.ts';
import type { OrgShapeName } from '../../src/schema/org-shape.ts';
import { ORG_SHAPES } from '../../src/schema/org-shape.ts';
import { writeSite } from '../support/site-project.ts';

function openOrg(root: string, shape: OrgShapeName = 'prm-three-roles'): LocalOrg {
  return LocalOrg.open({
    projectDir: root,
    sourceDirs: [],
    orgDir: join(root, 'org'),
    storage: 'memory',
    coverage: false,
    shape: ORG_SHAPES[shape],
  });
}

const NEW_USER = `
new User(LastName = 'Person', ProfileId = profileId, Username = 'person@org.example', Email = 'p@org.example', Alias = 'person',
  TimeZoneSidKey = 'UTC', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8', IsActive = true)`;

describe('networks', () => {
  const root = mkdtempSync(join(tmpdir(), 'local-org-network-'));
  let org: LocalOrg;

  before(() => {
    writeSite(root);
    org = openOrg(root);
  });
  after(() => {
    org.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** Runs Apex; what it throws is the answer. */
  function run(source: string): string {
    const result = org.executeAnonymous(source, org.adminId);
    return result.success ? '' : JSON.stringify(result);
  }

  it('stand in rows: network, members, site, guest user and its profile', () => {
    const [network] = org.store.rowsWhere('Network', 'Name', ['Portal']);
    assert.equal(network?.['Status'], 'Live');
    const parents = org.store.rowsWhere('NetworkMemberGroup', 'NetworkId', [network['Id']]).map(
      (row) =>
        org.store
          .rowsById('Profile', [String(row['ParentId'])])
          .values()
          .next().value,
    );
    assert.deepEqual(parents.map((row) => row?.['Name']).sort(), [
      'Portal User',
      'System Administrator',
    ]);
    const [site] = org.store.rowsWhere('Site', 'Name', ['Portal']);
    const guestId = String(site?.['GuestUserId']);
    const guest = org.store.rowsById('User', [guestId]).get(guestId);
    assert.equal(guest?.['UserType'], 'Guest');
    assert.equal(guest['LastName'], 'Portal Site Guest User');
    const profile = org.store.rowsById('Profile', [String(guest['ProfileId'])]);
    assert.equal([...profile.values()][0]?.['Name'], 'Portal Profile');
  });

  it('keep their Ids and members over deployments', () => {
    const before = org.store.rowsWhere('NetworkMemberGroup', 'AssignmentStatus', [null]);
    const ids = (): unknown[] => [
      ...org.store.rowsWhere('Network', 'Name', ['Portal']).map((row) => row['Id']),
      ...org.store.rowsWhere('NetworkMember', 'MemberId', [org.adminId]).map((row) => row['Id']),
    ];
    const first = ids();
    org.redeploy(false);
    assert.deepEqual(ids(), first);
    assert.equal(first.length, 2);
    assert.equal(
      org.store.rowsWhere('NetworkMemberGroup', 'AssignmentStatus', [null]).length,
      before.length,
    );
  });

  it('get a member row with a user of one of their profiles', () => {
    const failure = run(
      `Id profileId = [SELECT Id FROM Profile WHERE Name = 'System Administrator' WITH SYSTEM_MODE].Id;
insert as system ${NEW_USER};
System.assertEquals(1, [SELECT COUNT() FROM NetworkMember WHERE Member.Username = 'person@org.example']);`,
    );
    assert.equal(failure, '');
  });

  it('are answered by Apex only where a request comes through a site', () => {
    const failure = run(`System.assertEquals(null, Network.getNetworkId());
System.assertEquals(null, Site.getSiteId());
System.assertEquals('', Site.getBaseUrl());
System.assertEquals(null, Site.getPathPrefix());`);
    assert.equal(failure, '');
    assert.match(run(`Site.login('a@b.example', 'x', '/');`), /Site\.login works on sites only/);
    const networkId = String(org.store.rowsWhere('Network', 'Name', ['Portal'])[0]?.['Id']);
    org.run('aura', org.adminId, 'site', (transaction) => {
      transaction.networkId = networkId;
      assert.equal(transaction.services.networks?.current()?.prefix, 'portal');
    });
  });

  it('refuse what is not there by name', () => {
    assert.throws(
      () => run(`Site.createPersonAccountPortalUser(new User(), null, null);`),
      /Site\.createPersonAccountPortalUser.*not implemented in the local org/,
    );
  });

  it('are left out with a warning in an org without Digital Experiences', () => {
    const other = openOrg(root, 'prm-off');
    try {
      assert.ok(
        other.report.warnings.some((warning) =>
          warning.includes('Communities must be enabled before deploying a Chatter Network Site'),
        ),
      );
    } finally {
      other.close();
    }
  });

  it('keep passwords as hashes, by a policy', () => {
    const id = String(org.store.rowsWhere('User', 'Username', ['person@org.example'])[0]?.['Id']);
    const set = (password: string): string => run(`System.setPassword('${id}', '${password}');`);
    assert.match(set('short1'), /at least 8 characters/);
    assert.match(set('letters-only'), /letters and numbers/);
    assert.match(run(`System.setPassword('005000000000000AAA', 'good-enough-1');`), /No such user/);
    assert.equal(set('good-enough-1'), '');
    assert.ok(isPassword(org.store, id, 'good-enough-1'));
    assert.ok(!isPassword(org.store, id, 'good-enough-2'));
    assert.ok(!String(org.store.meta(`password:${id}`)).includes('good-enough'));
    const failure = run(
      `System.assert(System.resetPassword('${id}', false).getPassword().length() > 7);`,
    );
    assert.equal(failure, '');
    assert.ok(!isPassword(org.store, id, 'good-enough-1'));
    assert.equal(passwordProblem('abcdefg1'), null);
  });

  it('forget a password with the transaction that set it', () => {
    const id = String(org.store.rowsWhere('User', 'Username', ['person@org.example'])[0]?.['Id']);
    run(`System.setPassword('${id}', 'thrown-away-1'); throw new IllegalArgumentException('no');`);
    assert.ok(!isPassword(org.store, id, 'thrown-away-1'));
  });
});

describe('components of the platform on sites', () => {
  it('are those that the deployment knows', () => {
    const source = readFileSync(
      new URL('../../src/ui/site/standard/standard.ts', import.meta.url),
      'utf8',
    );
    const built = [...source.matchAll(/^ {2}'(\w+:\w+)':/gm)].map((match) => match[1]);
    assert.deepEqual(
      built.filter((name) => name !== 'platform:changePassword').sort(),
      [...STANDARD_COMPONENTS].sort(),
    );
  });
});
