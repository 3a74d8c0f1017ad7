import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { worldSteps } from '../../../scripts/isolation/local.ts';
import { rowsOf } from '../../src/execution/interleaving/runners.ts';
import { LocalOrg } from '../../src/execution/local-org.ts';
import { orgApi } from '../../src/execution/org-api.ts';
import { prepareComponents, startServer } from '../../src/server/index.ts';
import type { LocalServer } from '../../src/server/index.ts';
import { inProcessGateway } from '../support/in-process-gateway.ts';

/*
 * Every address of the server is asked about a record of somebody else, one that was deleted and one that never was: the answers are alike, so nobody learns that
 * there is a record. The addresses come from the router's own table; one that nobody has said how to ask fails. Apex methods and Apex REST are asked one by one
 * in foreign-ids.test.ts.
 */
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'endpoints-1-user';
const SITE = '/:site/webruntime';
const UI = '/services/data/:version/ui-api';
/** Objects whose records are asked about, with one that neither caller sees. */
const FOREIGN: Readonly<Record<string, string>> = {
  Account: "Name = 'Isolation South'",
  Contact: "LastName = 'south.user'",
  Deal_Registration__c: "Customer_Name__c = 'Isolation of south.user'",
  Lead: "LastName = 'Isolation of south.user'",
  Opportunity: "Name = 'Isolation of south.user'",
  Opportunity_Participant__c: "Opportunity__r.Name = 'Isolation of channel.americas'",
  Partner_User_Request__c: "Last_Name__c = 'Isolation of south'",
};
/** Addresses at which no record can be named, with the reason. */
const WITHOUT_RECORD = new Map<string, string>(
  Object.entries({
    'log-in, before anybody is anybody': [
      `POST ${SITE}/login`,
      `POST ${SITE}/forgot-password`,
      `POST ${SITE}/change-password`,
      'GET /:site/secur/frontdoor.jsp',
      'GET /:site/secur/logout.jsp',
      'POST /api/ui/login',
      'POST /api/ui/logout',
      'GET /api/ui/users',
      'GET /servlet/servlet.su',
      'GET /servlet/networks/switch',
    ],
    'files of pages': [
      'GET /',
      'GET /favicon.ico',
      'GET /lightning',
      'GET /lightning/*',
      'GET /modules/*',
      'GET /modules/session.js',
      'GET /assets/*',
      'GET /resource/:name',
      'GET /resource/:name/*',
      `GET ${SITE}/session.js`,
      `GET ${SITE}/branding.css`,
    ],
    'never ends, tells of source': ['GET /api/ui/events', `GET ${SITE}/api/ui/events`],
    'what the schema says': [
      'GET /services/data',
      'GET /services/data/:version',
      'GET /services/data/:version/sobjects',
      'GET /services/data/:version/sobjects/:object/describe',
      ...['', '/picklist-values/:recordType', '/picklist-values/:recordType/:field'].flatMap(
        (rest) => [
          `GET ${UI}/object-info/:object${rest}`,
          `GET ${SITE}${UI}/object-info/:object${rest}`,
        ],
      ),
    ],
    'the shell, without a record': [
      'GET /api/ui/app',
      'GET /api/ui/actions/:name',
      'GET /api/ui/tabs/:name',
      'GET /api/ui/lists/:object',
      'GET /api/ui/mails',
      'GET /api/ui/logs',
      'GET /api/ui/logs/:id',
      'GET /api/ui/setup',
    ],
    'unknown to all': ['POST', 'PATCH', 'PUT', 'DELETE'].flatMap((method) => [
      `${method} /:site`,
      `${method} /:site/*`,
    ]),
    'asked in foreign-ids.test.ts': ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map(
      (method) => `${method} /services/apexrest/*`,
    ),
  }).flatMap(([reason, routes]) => routes.map((route) => [route, reason] as const)),
);

interface Ask {
  readonly path: string;
  readonly body?: unknown;
}

describe('Every address of the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-endpoints-'));
  let org: LocalOrg;
  let server: LocalServer;
  let prefix = '';
  const cookies = new Map<'partner' | 'internal', string>();
  /** By object: somebody else's, one that was deleted, one that never was. */
  const ids = new Map<string, readonly [foreign: string, deleted: string, never: string]>();

  before(async () => {
    org = LocalOrg.open({
      projectDir: PROJECT,
      sourceDirs: [],
      orgDir: join(folder, 'org'),
      storage: 'memory',
      coverage: false,
    });
    const steps = [...worldSteps(PROJECT).map(({ apex }) => apex), DELETED, WITH_PASSWORD];
    for (const step of steps) {
      const result = org.executeAnonymous(step, org.adminId);
      assert.ok(result.success, result.compileProblem || result.exceptionMessage);
      while (org.jobs.millisecondsToNext() === 0) org.jobs.runDue();
    }
    server = await startServer({
      gateway: inProcessGateway(org),
      project: org.project,
      port: 0,
      components: {
        ...prepareComponents(org.project, join(folder, 'cache')),
        ready: Promise.resolve(),
      },
    });
    for (const [object, where] of Object.entries(FOREIGN)) {
      const [row] = rowsOf(org, `SELECT Id FROM ${object} WHERE ${where}`);
      assert.ok(row, object);
      const foreign = String(row['Id']);
      const [gone] = rowsOf(
        org,
        `SELECT Id FROM ${object} WHERE IsDeleted = TRUE LIMIT 1 ALL ROWS`,
      );
      const never = `${foreign.slice(0, 10)}zzzzz`;
      ids.set(object, [foreign, gone === undefined ? never : String(gone['Id']), never]);
    }
    prefix = orgApi(org).sites()[0]?.prefix ?? assert.fail('no site');
    cookies.set('partner', await logIn('north.executive'));
    cookies.set('internal', await becomeInternal('outsider'));
  });
  after(async () => {
    await server.close();
    org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const userOf = (lastName: string): Record<string, unknown> =>
    rowsOf(org, `SELECT Id, Username FROM User WHERE LastName = '${lastName}'`)[0] ??
    assert.fail(lastName);
  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');

  async function post(path: string, body: unknown, cookie = ''): Promise<Response> {
    return fetch(server.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', cookie },
    });
  }
  async function logIn(lastName: string): Promise<string> {
    const username = userOf(lastName)['Username'];
    const response = await post(`/${prefix}/webruntime/login`, { username, password: PASSWORD });
    const cookie = cookieOf(response);
    assert.notEqual(cookie, '', await response.text());
    return cookie;
  }
  async function becomeInternal(lastName: string): Promise<string> {
    const admin = cookieOf(await fetch(`${server.url}/lightning/page/home`));
    return cookieOf(await post('/api/ui/login', { userId: userOf(lastName)['Id'] }, admin));
  }

  /** The ways to ask an address about a record; undefined when nobody has said how. */
  function asks(method: string, pattern: string, object: string, id: string): Ask[] | undefined {
    const info = org.schema.object(object);
    assert.ok(info);
    const path = pattern
      .replace(':site', prefix)
      .replace(':version', 'v67.0')
      .replace(':object', object)
      .replace(':id', id);
    const route = `${method} ${pattern.replace(SITE, '')}`;
    switch (route) {
      case `GET ${UI}/records/:id`:
        return [
          `?fields=${object}.Id`,
          `?fields=${object}.Id,${object}.Owner.Name`,
          `?optionalFields=${object}.Id`,
          '?layoutTypes=Full',
        ].map((query) => ({ path: path + query }));
      case `PATCH ${UI}/records/:id`:
        return [{}, { OwnerId: org.adminId }].map((fields) => ({ path, body: { fields } }));
      case `DELETE ${UI}/records/:id`:
        return [{ path }];
      case `POST ${UI}/records`:
        return referring(object).map(([apiName, field]) => ({
          path,
          body: { apiName, fields: { ...namesOf(apiName), [field]: id } },
        }));
      case `GET ${UI}/related-list-records/:id/:relationship`:
      case 'GET /api/ui/related/:id/:relationship':
        return [...info.children.values()].slice(0, 40).flatMap((child) => ({
          path: `${path.replace(':relationship', child.name)}?fields=${child.childObject}.Id`,
        }));
      case 'POST /api/apex/:class/:method':
        return [
          {
            path: path.replace(':class/:method', 'PortalDealController/getDeal'),
            body: { params: { dealId: id } },
          },
        ];
      case 'GET /:site':
        return [{ path: `/${id}` }];
      case 'GET /:site/*':
        return pages(object, id).map((page) => ({ path: `/${prefix}${page}` }));
      case 'GET /page':
        return pages(object, id).map((page) => ({
          path: `${path}?path=${encodeURIComponent(page)}`,
        }));
      case 'GET /api/ui/record-pages/:id':
      case 'GET /api/ui/details/:id':
      case 'GET /api/ui/edit/:id':
      case 'GET /services/data/:version/sobjects/:object/:id':
        return [{ path }];
      case 'GET /services/data/:version/query':
        return [
          `SELECT Id FROM ${object} WHERE Id = '${id}'`,
          `SELECT COUNT() FROM ${object} WHERE Id = '${id}'`,
        ].map((query) => ({ path: `${path}?q=${encodeURIComponent(query)}` }));
      default:
        return undefined;
    }
  }

  function pages(object: string, id: string): string[] {
    const short = object.replace(/__c$/, '').toLowerCase().replaceAll('_', '-');
    return [
      `/${short}/${id}`,
      `/${short}/${id}/x`,
      `/${object}/${id}/view`,
      `/related/${id}/Contacts`,
    ];
  }

  /** Objects that refer to records of an object, and by which field: those that hold data. */
  function referring(object: string): (readonly [apiName: string, field: string])[] {
    return [
      'Account',
      'Case',
      'Contact',
      'Event',
      'Lead',
      'Opportunity',
      'Task',
      ...Object.keys(FOREIGN),
    ]
      .filter((name, index, all) => all.indexOf(name) === index)
      .flatMap((name) =>
        [...(org.schema.object(name)?.fields.values() ?? [])]
          .filter((field) => field.reference?.targets.includes(object) === true)
          .map((field) => [name, field.name] as const),
      );
  }

  function namesOf(object: string): Record<string, string> {
    const found = org.schema.object(object);
    const values = {
      Name: 'x',
      LastName: 'x',
      Company: 'x',
      Subject: 'x',
      StageName: 'Prospecting',
      CloseDate: '2030-01-01',
      Customer_Name__c: 'x',
      Last_Name__c: 'x',
      Email__c: 'x@endpoints.example',
    };
    return Object.fromEntries(
      Object.entries(values).filter(([name]) => {
        const field = found?.fields.get(name.toLowerCase());
        return (
          field !== undefined &&
          field.createable !== false &&
          (name !== 'Name' || !found?.fields.has('lastname'))
        );
      }),
    );
  }

  /** Status and body, without what was sent. */
  async function answer(
    who: 'partner' | 'internal',
    method: string,
    ask: Ask,
    id: string,
  ): Promise<string> {
    const response = await fetch(server.url + ask.path, {
      method,
      redirect: 'manual',
      headers: {
        cookie: cookies.get(who) ?? '',
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    });
    const text = `${String(response.status)} ${response.headers.get('location') ?? ''} ${await response.text()}`;
    return text.replaceAll(new RegExp(`${id.slice(0, 15)}(\\w{3})?`, 'g'), '<id>');
  }

  it('is asked, or said to know no records', () => {
    const unknown = server.routes.filter(
      ({ method, path }) =>
        !WITHOUT_RECORD.has(`${method} ${path}`) &&
        asks(method, path, 'Account', '001000000000000AAA') === undefined,
    );
    assert.deepEqual(unknown, []);
    const known = new Set(server.routes.map(({ method, path }) => `${method} ${path}`));
    assert.deepEqual(
      [...WITHOUT_RECORD.keys()].filter((route) => !known.has(route)),
      [],
    );
  });

  for (const who of ['partner', 'internal'] as const)
    it(`says of a foreign record what it says of none, to ${who === 'partner' ? 'a partner' : 'an internal'} user`, async (context) => {
      let asked = 0;
      const found: string[] = [];
      for (const { method, path } of server.routes) {
        if (
          WITHOUT_RECORD.has(`${method} ${path}`) ||
          (who === 'partner') !== path.startsWith('/:site')
        )
          continue;
        for (const [object, [foreign, deleted, never]] of ids) {
          const questions = asks(method, path, object, never) ?? [];
          for (const [index, question] of questions.entries()) {
            const expected = await answer(who, method, question, never);
            for (const id of [foreign, deleted]) {
              const again = asks(method, path, object, id)?.[index];
              assert.ok(again);
              const said = await answer(who, method, again, id);
              asked += 1;
              if (said !== expected)
                found.push(
                  `${method} ${again.path} ${JSON.stringify(again.body ?? '')}: ${said.slice(0, 300)} instead of ${expected.slice(0, 300)}`,
                );
            }
          }
        }
      }
      assert.deepEqual(found, []);
      assert.ok(asked > 100, `only ${String(asked)} questions`);
      context.diagnostic(`${String(asked)} questions`);
    });
});

const DELETED = `Account company = new Account(Name = 'Gone'); insert as system company;
List<SObject> gone = new List<SObject>{ new Contact(LastName = 'Gone', AccountId = company.Id), new Lead(LastName = 'Gone', Company = 'Gone'), new Opportunity(Name = 'Gone', StageName = 'Prospecting', CloseDate = Date.today()) };
insert as system gone;
delete as system gone;
delete as system company;`;
const WITH_PASSWORD = `System.setPassword([SELECT Id FROM User WHERE LastName = 'north.executive' WITH SYSTEM_MODE].Id, '${PASSWORD}');`;
