import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hasEnded } from '../../src/platform/networks/ended-sessions.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { prepareComponents, startServer } from '../../src/server/index.ts';
import type { LocalServer } from '../../src/server/index.ts';
import type { SitePageModel } from '../../src/server/site/site-model.ts';
import { inProcessGateway } from '../support/in-process-gateway.ts';
import { writeSite } from '../support/site-project.ts';

const PASSWORD = 'portal-1-user';
const LOGIN_FAILED =
  'Your login attempt has failed. Make sure the username and password are correct.';

/** A partner account with two members: one has a password, one has none. */
const PEOPLE = `
UserRole role = new UserRole(Name = 'CEO', DeveloperName = 'CEO');
insert as system role;
update as system new User(Id = UserInfo.getUserId(), UserRoleId = role.Id);
`;
const RECORDS = `
Account partner = new Account(Name = 'Acme');
Account other = new Account(Name = 'Other');
insert as system new List<Account>{ partner, other };
partner.IsPartner = true;
update as system partner;
insert as system new List<Contact>{
  new Contact(FirstName = 'Mia', LastName = 'Member', AccountId = partner.Id),
  new Contact(FirstName = 'Ned', LastName = 'Nopassword', AccountId = partner.Id)
};
`;
const USERS = `
Id profileId = [SELECT Id FROM Profile WHERE Name = 'Portal User' WITH SYSTEM_MODE].Id;
List<User> users = new List<User>();
for (Contact person : [SELECT Id, LastName FROM Contact WITH SYSTEM_MODE]) {
  users.add(new User(
    ContactId = person.Id, FirstName = 'P', LastName = person.LastName, ProfileId = profileId,
    Username = person.LastName.toLowerCase() + '@acme.example', Email = person.LastName + '@acme.example',
    Alias = person.LastName.left(8), TimeZoneSidKey = 'UTC', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US',
    EmailEncodingKey = 'UTF-8', IsActive = true
  ));
}
insert as system users;
System.setPassword([SELECT Id FROM User WHERE Username = 'member@acme.example' WITH SYSTEM_MODE].Id, '${PASSWORD}');
`;

describe('Experience Cloud sites', () => {
  const root = mkdtempSync(join(tmpdir(), 'local-org-site-'));
  let org: LocalOrg;
  let server: LocalServer;

  before(async () => {
    writeSite(root);
    org = LocalOrg.open({
      projectDir: root,
      sourceDirs: [],
      orgDir: join(root, 'org'),
      storage: 'memory',
      coverage: false,
    });
    for (const source of [PEOPLE, RECORDS, USERS]) run(source);
    server = await startServer({
      gateway: inProcessGateway(org),
      project: org.project,
      port: 0,
      components: {
        ...prepareComponents(org.project, join(root, 'cache')),
        ready: Promise.resolve(),
      },
    });
  });
  after(async () => {
    await server.close();
    org.close();
    rmSync(root, { recursive: true, force: true });
  });

  function run(source: string): void {
    const result = org.executeAnonymous(source, org.adminId);
    assert.ok(result.success, result.success ? '' : JSON.stringify(result));
  }

  function userId(lastName: string): string {
    return String(org.store.rowsWhere('User', 'LastName', [lastName])[0]?.['Id']);
  }

  /** A browser: keeps cookies by path, as browsers do. */
  class Browser {
    readonly #cookies: Map<string, { path: string; value: string }>;

    /** @param from a browser whose cookies somebody has copied */
    constructor(from?: Browser) {
      this.#cookies = new Map(from === undefined ? [] : from.#cookies);
    }

    get cookieValues(): string[] {
      return [...this.#cookies.values()].map(({ value }) => value);
    }

    async ask(
      path: string,
      init: RequestInit = {},
    ): Promise<{ status: number; text: string; location: string; csp: string }> {
      const cookie = [...this.#cookies]
        .filter(([, one]) => path === one.path || path.startsWith(one.path.replace(/\/?$/, '/')))
        .map(([name, one]) => `${name}=${one.value}`)
        .join('; ');
      const response = await fetch(server.url + path, {
        ...init,
        redirect: 'manual',
        headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
      });
      for (const header of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        const where = /Path=([^;]+)/.exec(header)?.[1] ?? '/';
        if (header.includes('Max-Age=0')) this.#cookies.delete(name);
        else this.#cookies.set(name, { path: where, value });
      }
      return {
        status: response.status,
        text: await response.text(),
        location: response.headers.get('location') ?? '',
        csp: response.headers.get('content-security-policy') ?? '',
      };
    }

    async post(path: string, body: unknown): Promise<{ status: number; body: never }> {
      const { status, text } = await this.ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      return { status, body: (text === '' ? null : JSON.parse(text)) as never };
    }

    async page(path: string): Promise<SitePageModel> {
      const { text } = await this.ask(`/portal/webruntime/page?path=${encodeURIComponent(path)}`);
      return JSON.parse(text) as SitePageModel;
    }

    logIn(
      username: string,
      password: string,
      startUrl = '',
    ): Promise<{ status: number; body: never }> {
      return this.post('/portal/webruntime/login', { username, password, startUrl });
    }

    get cookieNames(): string[] {
      return [...this.#cookies.keys()];
    }
  }

  async function member(): Promise<Browser> {
    const browser = new Browser();
    const { body } = await browser.logIn('member@acme.example', PASSWORD);
    assert.deepEqual(body, { message: null, url: '/portal/' });
    return browser;
  }

  describe('guests', () => {
    it('see the log-in page instead of what members see, and are brought back', async () => {
      const browser = new Browser();
      for (const path of ['/portal/', '/portal/things?a=1', '/portal/no/such/page']) {
        const { status, location } = await browser.ask(path);
        assert.equal(status, 302);
        assert.equal(location, `/portal/login?startURL=${encodeURIComponent(path)}`);
      }
      assert.equal((await browser.ask('/portal')).location, '/portal/');
    });

    it('see public pages', async () => {
      const browser = new Browser();
      assert.equal((await browser.ask('/portal/login')).status, 200);
      assert.equal((await browser.ask('/portal/about')).status, 200);
      const session = await browser.ask('/portal/webruntime/session.js');
      assert.match(session.text, /"isGuest":true/);
    });

    it('read nothing: records are not found, Apex and objects are refused', async () => {
      const browser = new Browser();
      const [account] = org.store.rowsWhere('Account', 'Name', ['Acme']);
      const record = await browser.ask(
        `/portal/webruntime/services/data/v67.0/ui-api/records/${String(account?.['Id'])}?fields=Account.Name`,
      );
      assert.ok(record.status >= 400, record.text);
      assert.ok(!record.text.includes('Acme'));
    });

    it('have no session of Lightning Experience by it', async () => {
      const browser = new Browser();
      await browser.ask('/portal/login');
      assert.deepEqual(browser.cookieNames, []);
      assert.equal((await browser.ask('/api/ui/app')).status, 401);
    });
  });

  describe('log-in', () => {
    it('opens a session of the site only', async () => {
      const browser = await member();
      assert.equal((await browser.ask('/portal/')).status, 200);
      const session = await browser.ask('/portal/webruntime/session.js');
      assert.match(session.text, /"isGuest":false/);
      assert.match(session.text, /"basePath":"\/portal"/);
      for (const path of ['/api/ui/app', '/api/ui/users', '/modules/session.js'])
        assert.equal((await browser.ask(path)).status, 401, path);
    });

    it('says the same whatever is wrong', async () => {
      for (const [username, password] of [
        ['member@acme.example', 'wrong-1-password'],
        ['member@acme.example', ''],
        ['nobody@acme.example', PASSWORD],
        ['nopassword@acme.example', ''],
        ['nopassword@acme.example', PASSWORD],
        // The administrator has no password either.
        ['admin@local-org.example', ''],
        ['', ''],
      ] as const) {
        const browser = new Browser();
        const { body } = await browser.logIn(username, password);
        assert.deepEqual(body, { message: LOGIN_FAILED, url: null }, username);
        assert.deepEqual(browser.cookieNames, []);
      }
    });

    it('leads back into the site, never out of it', async () => {
      for (const [startUrl, expected] of [
        ['/portal/things?a=1', '/portal/things?a=1'],
        ['//evil.example/portal/', '/portal/'],
        ['https://evil.example/', '/portal/'],
        ['/lightning/setup', '/portal/'],
        ['/portal/../lightning', '/portal/'],
        ['//[', '/portal/'],
        ['/\\[', '/portal/'],
        ['/.//evil.example/', '/portal/'],
      ] as const) {
        const { body } = await new Browser().logIn('member@acme.example', PASSWORD, startUrl);
        assert.deepEqual(body, { message: null, url: expected }, startUrl);
      }
    });

    it('is in the login history with what was wrong', () => {
      const rows = org.store.rowsWhere('LoginHistory', 'UserId', [userId('Member')]);
      const statuses = new Set(rows.map((row) => row['Status']));
      assert.ok(statuses.has('Success') && statuses.has('Invalid Password'));
    });

    it('locks the password after ten failures', async () => {
      for (let attempt = 0; attempt < 10; attempt += 1)
        await new Browser().logIn('nopassword@acme.example', 'guess-number-1');
      const [login] = org.store.rowsWhere('UserLogin', 'UserId', [userId('Nopassword')]);
      assert.equal(login?.['IsPasswordLocked'], true);
    });

    it('refuses calls from other origins', async () => {
      const { status } = await new Browser().ask('/portal/webruntime/login', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      });
      assert.equal(status, 403);
    });

    it('ends by logging out', async () => {
      const browser = await member();
      const { location } = await browser.ask('/portal/secur/logout.jsp');
      assert.equal(location, '/portal/login');
      assert.equal((await browser.ask('/portal/')).status, 302);
      await member();
    });

    it('ends for whoever has a copy of the cookie, and for no other browser of the member', async () => {
      const browser = await member();
      const copy = new Browser(browser);
      const elsewhere = await member();
      assert.equal((await copy.ask('/portal/webruntime/page?path=/')).status, 200);
      await browser.ask('/portal/secur/logout.jsp');
      assert.equal((await copy.ask('/portal/webruntime/page?path=/')).status, 401);
      assert.equal((await copy.ask('/portal/')).status, 302);
      assert.equal((await elsewhere.ask('/portal/webruntime/page?path=/')).status, 200);
    });

    it('is another session at every log-in, whatever the browser held before', async () => {
      const planted = await member();
      const victim = new Browser(planted);
      await victim.logIn('member@acme.example', PASSWORD);
      assert.notDeepEqual(victim.cookieValues, planted.cookieValues);
      await planted.ask('/portal/secur/logout.jsp');
      assert.equal((await victim.ask('/portal/webruntime/page?path=/')).status, 200);
    });

    it('lasts a day at most', () => {
      const hour = 60 * 60_000;
      const session = { id: 'of-an-hour-ago', since: Date.now() - hour };
      assert.equal(hasEnded(org.store, session, session.since + 23 * hour), false);
      assert.equal(hasEnded(org.store, session, session.since + 25 * hour), true);
    });

    it('ends at the next request when the member is deactivated, frozen or no member any more', async () => {
      const id = userId('Member');
      const [login] = org.store.rowsWhere('UserLogin', 'UserId', [id]);
      const [group] = org.store.rowsWhere('NetworkMemberGroup', 'ParentId', [
        org.store.rowsById('User', [id]).get(id)?.['ProfileId'],
      ]);
      const otherProfile = org.store.rowsWhere('Profile', 'Name', ['Read Only'])[0]?.['Id'];
      for (const [object, row, off, on] of [
        ['User', id, { IsActive: false }, { IsActive: true }],
        ['UserLogin', String(login?.['Id']), { IsFrozen: true }, { IsFrozen: false }],
        [
          'NetworkMemberGroup',
          String(group?.['Id']),
          { ParentId: otherProfile },
          { ParentId: group?.['ParentId'] },
        ],
      ] as const) {
        const browser = await member();
        org.write(() => org.store.updateRow(object, row, off));
        const call = await browser.ask('/portal/webruntime/page?path=/');
        assert.equal(call.status, 401, object);
        assert.equal((await browser.ask('/portal/things')).status, 302, object);
        const refused = await new Browser().logIn('member@acme.example', PASSWORD);
        assert.deepEqual(refused.body, { message: LOGIN_FAILED, url: null }, object);
        org.write(() => org.store.updateRow(object, row, on));
      }
      await member();
    });

    it('is for nobody but those who set up sites while the site is not live', async () => {
      const network = String(org.store.rowsWhere('Network', 'Name', ['Portal'])[0]?.['Id']);
      const browser = await member();
      org.write(() => org.store.updateRow('Network', network, { Status: 'UnderConstruction' }));
      assert.equal((await browser.ask('/portal/')).status, 302);
      const refused = await new Browser().logIn('member@acme.example', PASSWORD);
      assert.deepEqual(refused.body, { message: LOGIN_FAILED, url: null });
      const administrator = new Browser();
      await administrator.ask('/lightning/page/home');
      await administrator.ask(`/servlet/networks/switch?networkId=${network}`);
      assert.equal((await administrator.ask('/portal/')).status, 200);
      org.write(() => org.store.updateRow('Network', network, { Status: 'Live' }));
      await member();
    });

    it('does not accept a ticket that was tampered with, or that of another cookie', async () => {
      const browser = await member();
      const forged = await browser.ask('/portal/webruntime/session.js', {
        headers: { cookie: `sid_portal_${new URL(server.url).port}=eyJ1c2VySWQiOiIwMDUifQ.bad` },
      });
      assert.match(forged.text, /"isGuest":true/);
    });
  });

  describe('pages', () => {
    it('are found by their address, with page reference and expressions', async () => {
      const browser = await member();
      const things = await browser.page('/things?a=1');
      assert.ok(things.kind === 'page');
      assert.deepEqual(things.pageReference, {
        type: 'comm__namedPage',
        attributes: { name: 'Things__c' },
        state: { a: '1' },
      });
      const account = await browser.page('/account/001000000000001AAA/acme');
      assert.ok(account.kind === 'page');
      assert.equal(account.status, 200);
      assert.deepEqual(account.pageReference, {
        type: 'standard__recordPage',
        attributes: {
          objectApiName: 'Account',
          recordId: '001000000000001AAA',
          actionName: 'view',
        },
        state: { recordName: 'acme' },
      });
      assert.deepEqual(account.expressions, {
        recordId: '001000000000001AAA',
        objectApiName: 'Account',
      });
      const list = await browser.page('/account/Account/Recent');
      assert.ok(list.kind === 'page');
      assert.deepEqual(list.pageReference.state, { filterName: 'Recent' });
    });

    it('of a record that is not there and of one that may not be seen are the same', async () => {
      const browser = await member();
      const other = String(org.store.rowsWhere('Account', 'Name', ['Other'])[0]?.['Id']);
      const missing = `${other.slice(0, 12)}zzzAAA`;
      const answers = await Promise.all(
        [other, missing].map(async (id) => {
          const page = await browser.page(`/account/${id}`);
          const record = await browser.ask(
            `/portal/webruntime/services/data/v67.0/ui-api/records/${id}?fields=Account.Name`,
          );
          return JSON.stringify([page, record.status, record.text]).replaceAll(id, 'ID');
        }),
      );
      assert.equal(answers[0], answers[1]);
      assert.match(answers[0] ?? '', /,404,|,400,|,403,/);
    });

    it('get from the UI API what it supports: no shares, no permissions, no code', async () => {
      const browser = await member();
      const api = '/portal/webruntime/services/data/v67.0/ui-api';
      const me = userId('Member');
      const [other] = org.store.rowsWhere('Account', 'Name', ['Acme']);
      const account = String(other?.['Id']);
      for (const [apiName, fields] of [
        ['AccountShare', { AccountId: account, UserOrGroupId: me, AccountAccessLevel: 'Edit' }],
        ['PermissionSetAssignment', { AssigneeId: me }],
        ['GroupMember', { UserOrGroupId: me }],
      ] as const) {
        const { status, body } = await browser.post(`${api}/records`, { apiName, fields });
        assert.equal(status, 400, apiName);
        assert.match(JSON.stringify(body), /is not supported in UI API/, apiName);
        const info = await browser.ask(`${api}/object-info/${apiName}`);
        assert.match(info.text, /is not supported in UI API/, apiName);
      }
      const profile = String(org.store.rowsWhere('Profile', 'Name', ['Read Only'])[0]?.['Id']);
      const read = await browser.ask(`${api}/records/${profile}?fields=Profile.Name`);
      assert.match(read.text, /is not supported in UI API/);
      const assigned = await browser.ask(
        `${api}/related-list-records/${me}/PermissionSetAssignments?fields=X.PermissionSetId`,
      );
      assert.match(assigned.text, /is not supported in UI API/);
      assert.equal((await browser.ask(`${api}/object-info/User`)).status, 200);
    });

    it('refuse bodies that are nested without end', async () => {
      const { status } = await (
        await member()
      ).ask('/portal/webruntime/api/apex/Any/any', {
        method: 'POST',
        body: `{"params":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(status, 400);
    });

    it('that do not exist are the error page with status 404', async () => {
      const browser = await member();
      for (const path of [
        '/portal/nowhere',
        '/portal/account/not-an-id/x/y',
        '/portal//evil.example',
        '/portal//[',
      ]) {
        const { status, text } = await browser.ask(path);
        assert.equal(status, 404, path);
        assert.match(text, /<title>Error<\/title>/);
      }
    });

    it('run no inline script but the import map, whose hash the policy names', async () => {
      const { text, csp } = await (await member()).ask('/portal/');
      assert.match(csp, /script-src 'self' 'sha256-[\w+/=]+'/);
      assert.match(text, /"\/modules\/session\.js":"\/portal\/webruntime\/session\.js"/);
      assert.ok(!/<script(?![^>]*(?:src=|importmap))/.test(text));
    });

    it('have their branding as styling hooks', async () => {
      const { text } = await new Browser().ask('/portal/webruntime/branding.css');
      assert.match(text, /--dxp-g-root: #ffffff;/);
      assert.match(text, /--dxp-g-root-contrast: #112233;/);
      assert.match(text, /--dxp-s-button-color-contrast: #ffffff;/);
    });

    it('of addresses that are no site’s are not found, whatever the method', async () => {
      const browser = new Browser();
      for (const path of ['/nowhere', '/nowhere/', '/nowhere/webruntime/page', '/partners/'])
        assert.equal((await browser.ask(path)).status, 404, path);
      assert.equal((await browser.ask('/nowhere/x', { method: 'POST' })).status, 404);
      assert.equal((await browser.ask('/portal/things', { method: 'POST' })).status, 404);
    });
  });

  describe('administrators', () => {
    async function administrator(): Promise<Browser> {
      const browser = new Browser();
      await browser.ask('/lightning/page/home');
      return browser;
    }

    function su(user: string, more = ''): string {
      const network = String(org.store.rowsWhere('Network', 'Name', ['Portal'])[0]?.['Id']);
      return `/servlet/servlet.su?oid=${org.organizationId}&retURL=%2F003000000000001AAA&sunetworkid=${network}&sunetworkuserid=${user}${more}`;
    }

    it('log in as a user of the site, are told so, and return', async () => {
      const browser = await administrator();
      const { status, location } = await browser.ask(su(userId('Member')));
      assert.deepEqual([status, location], [302, '/portal/']);
      const session = await browser.ask('/portal/webruntime/session.js');
      assert.ok(session.text.includes(userId('Member')));
      assert.match(session.text, /"returnUrl":"\/003000000000001AAA"/);
      const back = await browser.ask('/portal/secur/logout.jsp');
      assert.equal(back.location, '/003000000000001AAA');
      assert.equal(
        (await browser.ask('/003000000000001AAA')).location,
        '/lightning/r/003000000000001AAA/view',
      );
      const trail = org.store.rowsWhere('SetupAuditTrail', 'Action', ['suNetworkAdminLogin']);
      assert.match(String(trail[0]?.['Display']), /member@acme\.example/);
    });

    it('return into the org, wherever the address points', async () => {
      const browser = await administrator();
      for (const url of ['//evil.example', '/.//evil.example', '/./\\evil.example', '//[', 'x']) {
        await browser.ask(
          su(userId('Member')).replace(/retURL=[^&]*/, `retURL=${encodeURIComponent(url)}`),
        );
        assert.equal(
          (await browser.ask('/portal/secur/logout.jsp')).location,
          '/lightning/page/home',
          url,
        );
      }
    });

    it('cannot log in as somebody who is locked out, as themselves, or without the permission', async () => {
      const browser = await administrator();
      assert.equal((await browser.ask(su(userId('Nopassword')))).status, 403);
      assert.equal((await browser.ask(su(org.adminId))).status, 403);
      assert.equal((await browser.ask(su('005000000000000AAA'))).status, 403);
      run(`Id profileId = [SELECT Id FROM Profile WHERE Name = 'Standard User' WITH SYSTEM_MODE].Id;
insert as system new User(LastName = 'Standard', ProfileId = profileId, Username = 'standard@org.example',
  Email = 's@org.example', Alias = 'std', TimeZoneSidKey = 'UTC', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US',
  EmailEncodingKey = 'UTF-8', IsActive = true);`);
      const logIn = await browser.post('/api/ui/login', { userId: userId('Standard') });
      assert.equal(logIn.status, 200);
      assert.equal((await browser.ask(su(userId('Member')))).status, 403);
      assert.equal((await new Browser().ask(su(userId('Member')))).status, 401);
    });

    it('do it from our own pages only', async () => {
      const browser = await administrator();
      const { status } = await browser.ask(su(userId('Member')), {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      });
      assert.equal(status, 403);
    });

    it('who log in as a user of sites come to the site, and keep their own session', async () => {
      const browser = await administrator();
      const { body } = await browser.post('/api/ui/login', { userId: userId('Member') });
      assert.deepEqual(body, { userId: userId('Member'), url: '/portal/' });
      const session = await browser.ask('/modules/session.js');
      assert.ok(session.text.includes(org.adminId));
      const refused = await browser.post('/api/ui/login', { userId: userId('Nopassword') });
      assert.equal(refused.status, 400);
    });

    it('go to the site by the app launcher as members', async () => {
      const browser = await administrator();
      const app = JSON.parse((await browser.ask('/api/ui/app')).text) as {
        sites: { name: string; url: string }[];
      };
      assert.equal(app.sites[0]?.name, 'Portal');
      assert.equal((await browser.ask(app.sites[0].url)).location, '/portal/');
      assert.equal((await browser.ask('/portal/')).status, 200);
    });
  });

  describe('new passwords', () => {
    it('are chosen by the link in a mail, once', async () => {
      const elsewhere = await member();
      const browser = new Browser();
      await browser.post('/portal/webruntime/forgot-password', { username: 'nobody@acme.example' });
      const before = org.outbox.list().length;
      const { status } = await browser.post('/portal/webruntime/forgot-password', {
        username: 'Member@acme.example',
      });
      assert.equal(status, 204);
      assert.equal(org.outbox.list().length, before + 1);
      const text = org.outbox.list()[0]?.textBody ?? '';
      const ticket = /\?r=([\w-]+)/.exec(text)?.[1] ?? '';
      assert.equal((await browser.ask(`/portal/secur/forgotpassword.jsp?r=${ticket}`)).status, 200);
      const choose = (password: string) =>
        browser.post('/portal/webruntime/change-password', { ticket, password });
      assert.match(JSON.stringify((await choose('short1')).body), /at least 8 characters/);
      assert.match(JSON.stringify((await choose('only-letters')).body), /letters and numbers/);
      assert.deepEqual((await choose('another-1')).body, { message: null, url: '/portal/' });
      assert.equal((await browser.ask('/portal/')).status, 200);
      assert.match(JSON.stringify((await choose('another-2')).body), /no longer valid/);
      assert.equal(
        (await elsewhere.ask('/portal/')).status,
        302,
        'whoever knew the old one is out',
      );
      const old = await new Browser().logIn('member@acme.example', PASSWORD);
      assert.deepEqual(old.body, { message: LOGIN_FAILED, url: null });
      run(
        `System.setPassword([SELECT Id FROM User WHERE Username = 'member@acme.example' WITH SYSTEM_MODE].Id, '${PASSWORD}');`,
      );
      await member();
    });
  });
});
