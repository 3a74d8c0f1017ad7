import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DeployQueue } from '../../src/metadata-api/deploy-queue.ts';
import { OrgSource } from '../../src/metadata-api/org-source.ts';
import { readProject } from '../../src/project/index.ts';
import { prepareComponents, startServer } from '../../src/server/index.ts';
import type { LocalServer } from '../../src/server/index.ts';
import type { OrgGateway, Session } from '../../src/server/index.ts';
import { TestRuns } from '../../src/server/platform-api/test-runs.ts';
import { zipOf } from '../support/zip.ts';
import { ADMIN, FakeOrg } from './fake-org.ts';

const fixture = new URL('../ui/fixtures/project', import.meta.url).pathname;
const TOKEN = `00D000000000001AAA!${ADMIN}`;
const DEPLOY = '/services/data/v67.0/metadata/deployRequest';

/** An org whose administrator may deploy, or not. */
class Org extends FakeOrg {
  mayDeploy = true;

  override async currentUser(session: Session): ReturnType<OrgGateway['currentUser']> {
    const user = await super.currentUser(session);
    return user && { ...user, userPermissions: this.mayDeploy ? ['ModifyAllData'] : [] };
  }
}

describe('the platform’s APIs, called by anybody', () => {
  const org = new Org();
  const folder = mkdtempSync(join(tmpdir(), 'local-org-api-'));
  const unasked = (): never => assert.fail('nobody asked for this');
  let server: LocalServer;

  before(async () => {
    const project = readProject({ projectDir: fixture });
    server = await startServer({
      gateway: org,
      project,
      port: 0,
      components: { ...prepareComponents(project, folder), ready: Promise.resolve() },
      platformApi: {
        saveRecords: unasked,
        insertTree: unasked,
        executeAnonymous: unasked,
        sourceMembers: () => [],
        deployments: new DeployQueue(
          {
            project: () => project,
            deploy: unasked,
            runTests: unasked,
            classId: unasked,
            activated: unasked,
          },
          new OrgSource(folder),
          67,
        ),
        testRuns: new TestRuns({ run: unasked, classIds: unasked }),
      },
    });
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function post(
    path: string,
    body: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(server.url + path, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text() };
  }
  const bearer = { authorization: `Bearer ${TOKEN}` };
  const envelope = (token: string, body: string): string =>
    `<e:Envelope xmlns:e="x"><e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  function form(zip: Buffer, options: unknown): FormData {
    const data = new FormData();
    data.append(
      'file',
      new Blob([new Uint8Array(zip)], { type: 'application/zip' }),
      'package.zip',
    );
    data.append(
      'entity_content',
      new Blob([JSON.stringify({ deployOptions: options })], { type: 'application/json' }),
    );
    return data;
  }

  it('refuse other origins', async () => {
    for (const path of ['/services/Soap/m/67.0', '/services/Soap/s/67.0', DEPLOY]) {
      const { status, text } = await post(path, 'x', { ...bearer, origin: 'http://evil.example' });
      assert.equal(status, 403, path);
      assert.match(text, /INVALID_ORIGIN/);
    }
  });

  it('refuse tokens that name nobody', async () => {
    assert.equal((await post(DEPLOY, 'x', { authorization: 'Bearer nobody' })).status, 401);
    const { status, text } = await post('/services/Soap/m/67.0', envelope('nobody', '<deploy/>'));
    assert.equal(status, 500);
    assert.match(text, /sf:INVALID_SESSION_ID/);
  });

  it('let only those deploy who may', async () => {
    org.mayDeploy = false;
    try {
      const zip = zipOf([['package.xml', '<Package/>']]);
      const rest = await post(DEPLOY, form(zip, {}), bearer);
      assert.equal(rest.status, 403);
      assert.match(rest.text, /INSUFFICIENT_ACCESS/);
      const soap = await post('/services/Soap/m/67.0', envelope(TOKEN, '<deploy/>'));
      assert.match(soap.text, /sf:INSUFFICIENT_ACCESS/);
    } finally {
      org.mayDeploy = true;
    }
  });

  it('let only those run Apex tests and read their results who see setup', async () => {
    const json = { ...bearer, 'content-type': 'application/json' };
    for (const path of ['runTestsSynchronous', 'runTestsAsynchronous'] as const) {
      const { status, text } = await post(`/services/data/v67.0/tooling/${path}`, '{}', json);
      assert.equal(status, 403, path);
      assert.match(text, /View Setup and Configuration is required/);
    }
    const results = 'SELECT+Message+FROM+ApexTestResult';
    const url = `${server.url}/services/data/v67.0/tooling/query?q=${results}`;
    assert.equal((await fetch(url, { headers: bearer })).status, 403);
  });

  it('refuse hostile zips over both protocols, and write nothing', async () => {
    const zip = zipOf([['../../evil.cls', 'x']]);
    const rest = await post(DEPLOY, form(zip, {}), bearer);
    assert.equal(rest.status, 400);
    assert.match(rest.text, /INVALID_ZIP.*no path inside a package/);
    const body = envelope(TOKEN, `<deploy><ZipFile>${zip.toString('base64')}</ZipFile></deploy>`);
    assert.match((await post('/services/Soap/m/67.0', body)).text, /sf:INVALID_ZIP/);
    assert.equal(new OrgSource(folder).current(), null);
  });

  it('refuse what is no form, no envelope, too large, or unknown', async () => {
    const type = { ...bearer, 'content-type': 'multipart/form-data; boundary=x' };
    assert.match((await post(DEPLOY, 'y', type)).text, /INVALID_MULTIPART_REQUEST/);
    assert.match((await post(DEPLOY, 'y', bearer)).text, /INVALID_MULTIPART_REQUEST/);
    assert.match((await post('/services/Soap/m/67.0', '<a/>')).text, /no SOAP body/);
    assert.match((await post('/services/Soap/m/67.0', '<a')).text, /soapenv:Fault/);
    assert.match(
      (await post('/services/Soap/m/67.0', envelope(TOKEN, '<retrieve/>'))).text,
      /The operation retrieve of the Metadata API is not implemented/,
    );
    const large = await post('/services/Soap/m/67.0', Buffer.alloc(61 * 1024 * 1024));
    assert.equal(large.status, 413);
    const options = await post(DEPLOY, form(zipOf([]), { testLevel: 'RunRelevantTests' }), bearer);
    assert.match(options.text, /Test level \\"RunRelevantTests\\" is not implemented/);
  });

  it('answer a batch of reads, each with its own status', async () => {
    const json = { ...bearer, 'content-type': 'application/json' };
    const batch = async (more: object, ...urls: string[]) => {
      const batchRequests = urls.map((url) => ({ method: 'GET', url }));
      const body = JSON.stringify({ batchRequests, ...more });
      const { status, text } = await post('/services/data/v67.0/composite/batch', body, json);
      return { status, answer: JSON.parse(text) as Record<string, unknown>, text };
    };
    const describe = 'v67.0/sobjects/Account/describe';
    const good = await batch({}, describe, 'v67.0/limits', '/services/data/v66.0/sobjects');
    assert.equal(good.status, 200);
    assert.equal(good.answer['hasErrors'], true);
    const statuses = (answer: Record<string, unknown>): number[] =>
      (answer['results'] as { statusCode: number }[]).map(({ statusCode }) => statusCode);
    assert.deepEqual(statuses(good.answer), [200, 404, 200]);
    const halted = await batch({ haltOnError: true }, 'v67.0/limits', describe);
    assert.deepEqual(statuses(halted.answer), [404, 412]);
    assert.match(halted.text, /BATCH_PROCESSING_HALTED/);
    for (const url of [
      'v67.0/composite/batch',
      'v67.0/../../../lightning',
      'v67.0/%2e%2e/%2e%2e/x',
      'http://evil.example/v67.0/query',
      'v68.0/query?q=x',
    ])
      assert.match((await batch({}, url)).text, /INVALID_BATCH_REQUEST/, url);
    assert.match(
      (await batch({}, ...Array.from({ length: 26 }, () => describe))).text,
      /at most 25/,
    );
    assert.match(
      (await batch({ batchRequests: [{ method: 'POST', url: describe }] })).text,
      /POST/,
    );
    assert.match((await batch({ batchRequests: 'x' })).text, /must be a list/);
    const path = '/services/data/v67.0/composite/batch';
    const headers = { ...json, authorization: 'Bearer nobody' };
    assert.equal((await post(path, '{}', headers)).status, 401);
  });

  it('name the address that is not there', async () => {
    const response = await fetch(`${server.url}//services/data/v67.0/limits?x=1`, {
      headers: bearer,
    });
    assert.equal(response.status, 404);
    assert.match(
      await response.text(),
      /The requested resource does not exist: GET \/services\/data\/v67\.0\/limits is not implemented in the local org/,
    );
  });
});
