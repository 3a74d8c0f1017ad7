import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readProject } from '../../src/project/index.ts';
import { PlatformFault, prepareComponents, startServer } from '../../src/server/index.ts';
import type { LocalServer } from '../../src/server/index.ts';
import { ACME, ADMIN, CHANNEL_MANAGER, FakeOrg, INACTIVE_USER, SECRET } from './fake-org.ts';

const fixture = new URL('../ui/fixtures/project', import.meta.url).pathname;

describe('HTTP server', () => {
  const org = new FakeOrg();
  const cacheFolder = mkdtempSync(join(tmpdir(), 'local-org-cache-'));
  const defects: string[] = [];
  let server: LocalServer;
  let cookie = '';

  before(async () => {
    const project = readProject({ projectDir: fixture });
    server = await startServer({
      gateway: org,
      project,
      port: 0,
      components: { ...prepareComponents(project, cacheFolder), ready: Promise.resolve() },
      log: (line) => void defects.push(line),
    });
    const response = await fetch(`${server.url}/lightning/setup/users`);
    cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  });
  after(async () => {
    await server.close();
    rmSync(cacheFolder, { recursive: true, force: true });
  });

  async function call(
    path: string,
    init: RequestInit & { user?: string } = {},
  ): Promise<{ status: number; body: never; headers: Headers }> {
    const response = await fetch(server.url + path, {
      ...init,
      headers: {
        cookie: init.user ?? cookie,
        ...(init.headers as Record<string, string> | undefined),
      },
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as never,
      headers: response.headers,
    };
  }

  function json(method: string, body: unknown): RequestInit {
    return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  }

  /** What fetch would not send: any Host, any Origin. */
  function raw(lines: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
        socket.write(`${lines.join('\r\n')}\r\n\r\n`),
      );
      let answer = '';
      socket.on('data', (data) => (answer += data.toString()));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  async function logIn(userId: string): Promise<string> {
    const { headers } = await call('/api/ui/login', json('POST', { userId }));
    return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  describe('who may ask', () => {
    it('answers only under its own name, so that a name rebound to 127.0.0.1 reads nothing', async () => {
      const answer = await raw([
        'GET /services/data HTTP/1.1',
        'Host: evil.example',
        'Connection: close',
      ]);
      assert.match(answer, /^HTTP\/1\.1 403 /);
      assert.match(answer, /INVALID_ORIGIN/);
    });

    it('refuses requests from pages of other sites, and sends no CORS header', async () => {
      const host = new URL(server.url).host;
      const request = [
        'POST /api/ui/logout HTTP/1.1',
        `Host: ${host}`,
        `Cookie: ${cookie}`,
        'Content-Length: 0',
        'Connection: close',
      ];
      const answer = await raw([...request, 'Origin: https://evil.example']);
      assert.match(answer, /^HTTP\/1\.1 403 /);
      assert.doesNotMatch(answer, /access-control-allow/i);
    });

    it('refuses scripts that another site loads from here', async () => {
      const { status } = await call('/modules/session.js', {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      });
      assert.equal(status, 403);
    });

    it('asks for a session where data is concerned', async () => {
      const { status, body } = await call('/services/data/v67.0/query?q=SELECT+Id+FROM+Account', {
        user: '',
      });
      assert.equal(status, 401);
      assert.deepEqual(body, [
        { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
      ]);
    });

    it('does not take a cookie that it did not sign', async () => {
      const forged = cookie.replace(/=.*$/, `=${CHANNEL_MANAGER}.${'A'.repeat(43)}`);
      assert.equal((await call('/api/ui/users', { user: forged })).status, 401);
    });

    it('takes an access token of the org', async () => {
      const authorization = `Bearer 00D000000000001AAA!${ADMIN}`;
      assert.equal(
        (
          await call('/services/data/v67.0/query?q=SELECT+Id+FROM+Account', {
            user: '',
            headers: { authorization },
          })
        ).status,
        200,
      );
      assert.equal(
        (
          await call('/services/data/v67.0/sobjects', {
            user: '',
            headers: { authorization: 'Bearer x' },
          })
        ).status,
        401,
      );
    });

    it('answers an address that cannot be decoded in the same shape, and guarded', async () => {
      const answer = await raw([
        'GET /%zz HTTP/1.1',
        `Host: ${new URL(server.url).host}`,
        'Connection: close',
      ]);
      assert.match(answer, /^HTTP\/1\.1 400/);
      assert.match(answer, /x-content-type-options: nosniff/);
      assert.match(answer, /\[\{"errorCode":"MALFORMED_URL",/);
    });

    it('says in every answer what a page may load', async () => {
      const { headers } = await call('/lightning/setup');
      assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    });
  });

  describe('log in as', () => {
    it('changes the user of this browser only', async () => {
      const manager = await logIn(CHANNEL_MANAGER);
      assert.equal(
        (
          await call(`/services/data/v67.0/ui-api/records/${SECRET}?fields=Account.Name`, {
            user: manager,
          })
        ).status,
        404,
      );
      assert.equal(
        (await call(`/services/data/v67.0/ui-api/records/${SECRET}?fields=Account.Name`)).status,
        200,
      );
    });

    it('keeps the cookie from scripts and from other sites', async () => {
      const { headers } = await call('/api/ui/login', json('POST', { userId: CHANNEL_MANAGER }));
      assert.match(headers.get('set-cookie') ?? '', /HttpOnly; SameSite=Strict/);
    });

    it('tells the page who it is', async () => {
      const module = await call('/modules/session.js', { user: await logIn(CHANNEL_MANAGER) });
      assert.match(module.body, /"isLoggedInAs":true/);
      assert.match(module.body, /Cho Manager/);
      assert.equal(module.headers.get('cache-control'), 'no-store');
    });

    it('refuses inactive and unknown users', async () => {
      assert.equal(
        (await call('/api/ui/login', json('POST', { userId: INACTIVE_USER }))).status,
        400,
      );
      assert.equal(
        (await call('/api/ui/login', json('POST', { userId: '005000000000009AAA' }))).status,
        404,
      );
      assert.equal((await call('/api/ui/login', json('POST', { userId: 7 }))).status, 400);
    });
  });

  describe('Apex', () => {
    it('passes parameters and session on and answers the value', async () => {
      org.apexAnswer = { ok: true, value: { ready: true }, cacheable: true };
      const { status, body } = await call(
        '/api/apex/Controller/check',
        json('POST', { params: { accountId: ACME }, fromWire: true }),
      );
      assert.equal(status, 200);
      assert.deepEqual(body, { returnValue: { ready: true }, cacheable: true });
      const last = org.apexCalls.at(-1);
      assert.deepEqual(last?.call, {
        className: 'Controller',
        methodName: 'check',
        parameters: { accountId: ACME },
        fromWire: true,
      });
      assert.equal(last.session.userId, ADMIN);
    });

    it('answers what Apex throws as the body that components read', async () => {
      const error = {
        message: 'No seat is free',
        exceptionType: 'System.AuraHandledException',
        isUserDefinedException: false,
        stackTrace: '',
      };
      org.apexAnswer = { ok: false, status: 500, body: error };
      const { status, body } = await call(
        '/api/apex/Controller/enable',
        json('POST', { params: {} }),
      );
      assert.equal(status, 500);
      assert.deepEqual(body, error);
    });

    it('reports a defect of ours with status 500 and in the log, without a stack in the answer', async () => {
      org.failWith = new TypeError('boom');
      const { status, body } = await call(
        '/api/apex/Controller/enable',
        json('POST', { params: {} }),
      );
      org.failWith = null;
      assert.equal(status, 500);
      assert.deepEqual(body, [
        { errorCode: 'UNKNOWN_EXCEPTION', message: 'Defect in the local org: boom' },
      ]);
      assert.match(defects.at(-1) ?? '', /POST \/api\/apex\/Controller\/enable: TypeError: boom/);
    });
  });

  describe('records', () => {
    it('answers a refused save field by field', async () => {
      const { status, body } = await call(
        '/services/data/v67.0/ui-api/records',
        json('POST', { apiName: 'Account', fields: {} }),
      );
      assert.equal(status, 400);
      const { output, enhancedErrorType } = body as {
        output: { fieldErrors: Record<string, { message: string }[]> };
        enhancedErrorType: string;
      };
      assert.equal(enhancedErrorType, 'RecordError');
      assert.equal(output.fieldErrors['Name']?.[0]?.message, 'Required fields are missing: [Name]');
    });

    it('creates, changes and deletes', async () => {
      const created = await call(
        '/services/data/v67.0/ui-api/records',
        json('POST', { apiName: 'Account', fields: { Name: 'New' } }),
      );
      assert.equal(created.status, 201);
      const { id } = created.body as { id: string };
      assert.equal(
        (
          await call(
            `/services/data/v67.0/ui-api/records/${id}`,
            json('PATCH', { fields: { Name: 'Newer' } }),
          )
        ).status,
        200,
      );
      assert.equal(
        (await call(`/services/data/v67.0/ui-api/records/${id}`, { method: 'DELETE' })).status,
        204,
      );
      assert.equal(
        (await call(`/services/data/v67.0/ui-api/records/${id}?fields=Account.Name`)).status,
        404,
      );
    });

    it('refuses a field list that is none', async () => {
      const { status, body } = await call(
        `/services/data/v67.0/ui-api/records/${ACME}?fields=Name;DROP`,
      );
      assert.equal(status, 400);
      assert.match(JSON.stringify(body), /INVALID_FIELD/);
    });
  });

  describe('wrong requests', () => {
    const cases: readonly [string, string, RequestInit, number, RegExp][] = [
      ['an unknown path', '/services/nothing', {}, 404, /NOT_FOUND/],
      [
        'a malformed Id',
        '/services/data/v67.0/ui-api/records/001abc?fields=Account.Name',
        {},
        400,
        /malformed id 001abc/,
      ],
      ['an Id of no object', '/api/ui/record-pages/zzz000000000001AAA', {}, 404, /NOT_FOUND/],
      ['an object name that is a path', '/api/ui/lists/..%2F..%2Fetc', {}, 404, /NOT_FOUND/],
      [
        'JSON that is none',
        '/api/apex/A/b',
        { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
        400,
        /JSON_PARSER_ERROR/,
      ],
      [
        'a body that is no object',
        '/api/apex/A/b',
        json('POST', [1]),
        400,
        /must be a JSON object/,
      ],
      [
        'parameters that are no object',
        '/api/apex/A/b',
        json('POST', { params: 'x' }),
        400,
        /params must be a JSON object/,
      ],
      [
        'another media type',
        '/api/apex/A/b',
        {
          method: 'POST',
          body: 'a=b',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
        415,
        /UNSUPPORTED_MEDIA_TYPE/,
      ],
      [
        'a body without end',
        '/api/apex/A/b',
        json('POST', { params: { x: 'x'.repeat(7_000_000) } }),
        413,
        /REQUEST_LIMIT_EXCEEDED/,
      ],
      [
        'a wrong method',
        '/api/ui/users',
        { method: 'DELETE' },
        405,
        /HTTP Method 'DELETE' not allowed\. Allowed are GET/,
      ],
      ['no query', '/services/data/v67.0/query', {}, 400, /MALFORMED_QUERY/],
      [
        'a query with a syntax error',
        '/services/data/v67.0/query?q=SELEC',
        {},
        400,
        /MALFORMED_QUERY/,
      ],
      ['a version that never was', '/services/data/v99.0/query?q=SELECT', {}, 404, /NOT_FOUND/],
      [
        'a page size beyond measure',
        '/api/ui/lists/Account?limit=100000',
        {},
        400,
        /limit must be a whole number/,
      ],
      ['a path out of the assets', '/assets/..%2f..%2f..%2fpackage.json', {}, 404, /NOT_FOUND/],
      ['an unknown module', '/modules/c/nothing.js', {}, 404, /NOT_FOUND/],
      ['an unknown static resource', '/resource/nothing', {}, 404, /NOT_FOUND/],
    ];
    for (const [name, path, init, status, message] of cases) {
      it(`answers ${name} with ${String(status)}`, async () => {
        const answer = await call(path, init);
        assert.equal(answer.status, status);
        assert.match(JSON.stringify(answer.body), message);
      });
    }

    it('shows its own page for an address that leads nowhere', async () => {
      const { status, body } = await call('/lightning/r/Account/nonsense/view');
      assert.equal(status, 404);
      assert.match(body, /<!doctype html>/);
    });
  });

  describe('REST', () => {
    it('lists the versions with their release names', async () => {
      const { body } = await call('/services/data');
      const versions = body as { label: string; url: string; version: string }[];
      assert.deepEqual(versions.at(-1), {
        label: "Summer '26",
        url: '/services/data/v67.0',
        version: '67.0',
      });
      assert.equal(versions.find(({ version }) => version === '60.0')?.label, "Spring '24");
    });

    it('accepts the doubled slash that the Salesforce CLI sends', async () => {
      assert.equal(
        (await call('//services/data/v67.0/query?q=SELECT+Id+FROM+Account')).status,
        200,
      );
    });

    it('hands the body to Apex REST as it came', async () => {
      const { body } = await call('/services/apexrest/partners/v1/x?y=1', {
        method: 'POST',
        body: '{not json',
        headers: { 'content-type': 'application/json' },
      });
      assert.deepEqual(body, { path: '/partners/v1/x', body: '{not json' });
    });
  });

  it('refuses a busy port with one clear message', async () => {
    const project = readProject({ projectDir: fixture });
    const busy = startServer({
      gateway: org,
      project,
      port: Number(new URL(server.url).port),
      components: { ...prepareComponents(project, cacheFolder), ready: Promise.resolve() },
    });
    await assert.rejects(busy, { code: 'LO6010', message: /Port \d+ is in use/ });
  });

  it('keeps platform faults plain, so that they can cross from the worker', () => {
    const fault = new PlatformFault({ status: 404, errorCode: 'NOT_FOUND', message: 'x' });
    assert.deepEqual(structuredClone(fault.details), fault.details);
  });
});
