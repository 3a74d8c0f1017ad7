import type { FastifyRequest } from 'fastify';
import { PlatformFault } from '../contract.ts';
import type { Json, JsonObject, Session } from '../contract.ts';
import { requireName } from '../ids.ts';
import { bodyObject, parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { requireApiVersion } from '../routes/rest.ts';
import type { ServerContext } from '../server-context.ts';
import type { PlatformApi } from './contract.ts';
import { queryColumns } from './query-columns.ts';
import { parseOrRefuse, queryRows } from './query-rows.ts';

const BASE = '/services/data/:version/tooling';

/** Test runs and their results, and queries of what the org also has as data. Documented: Tooling API Developer Guide. */
export function addToolingRoutes(routes: Routes, context: ServerContext, api: PlatformApi): void {
  const sessionOf = async (request: FastifyRequest): Promise<Session> => {
    const session = await context.sessions.forCall(request);
    await requireApiVersion(context.gateway, parameter(request, 'version'));
    return session;
  };

  /** Documented: Object Reference, ApexTestResult: View Setup and Configuration. What tests say comes from the org's data. */
  const requireTester = async (session: Session): Promise<void> => {
    const user = await context.gateway.currentUser(session);
    if (user?.userPermissions.includes('ViewSetup') === true) return;
    throw new PlatformFault({
      status: 403,
      errorCode: 'INSUFFICIENT_ACCESS',
      message:
        'insufficient access rights on cross-reference id: View Setup and Configuration is required',
    });
  };

  routes.on('GET', `${BASE}/query`, async (request) => {
    const session = await sessionOf(request);
    const soql = queryParameter(request, 'q') ?? '';
    const query = parseOrRefuse(soql);
    if (/^apextest/i.test(query.from[0]?.parts[0] ?? '')) await requireTester(session);
    if (queryParameter(request, 'columns') === 'true') return queryColumns(soql);
    const object = query.from[0]?.parts[0] ?? '';
    const rows = isSourceMember(object)
      ? (api.sourceMembers() as unknown as readonly JsonObject[])
      : api.testRuns.rows(object);
    const result =
      rows === null ? await context.gateway.query(session, soql) : queryRows(query, rows);
    return {
      ...result,
      size: result.records.length,
      entityTypeName: query.from[0]?.parts[0] ?? '',
    };
  });
  routes.on('GET', `${BASE}/sobjects/:object/describe`, async (request) => {
    const session = await sessionOf(request);
    const object = requireName(parameter(request, 'object'));
    // That there is one is all that the Salesforce CLI asks (`sf org enable tracking`).
    if (isSourceMember(object)) return { name: 'SourceMember', queryable: true, custom: false };
    return context.gateway.restDescribe(session, object);
  });

  routes.on('POST', `${BASE}/runTestsSynchronous`, async (request) => {
    await requireTester(await sessionOf(request));
    return api.testRuns.runNow(bodyObject(request) as JsonObject);
  });
  routes.on('POST', `${BASE}/runTestsAsynchronous`, async (request, reply) => {
    const session = await sessionOf(request);
    await requireTester(session);
    const id = await api.testRuns.enqueue(session, bodyObject(request) as JsonObject);
    return reply.type('application/json').send(JSON.stringify(id));
  });
  routes.on('PATCH', `${BASE}/composite/sobjects`, async (request): Promise<Json> => {
    await sessionOf(request);
    const records = bodyObject(request)['records'];
    const items = (Array.isArray(records) ? records : []) as readonly JsonObject[];
    return items.map((item) => abortItem(item));
  });
  routes.on('PATCH', `${BASE}/sobjects/ApexTestQueueItem/:id`, async (request, reply) => {
    await sessionOf(request);
    abortItem({ ...(bodyObject(request) as JsonObject), Id: parameter(request, 'id') });
    return reply.code(204).send();
  });

  /** Documented: a queue item that is set to Aborted ends its run; nothing else of it can be changed. */
  function abortItem(item: JsonObject): JsonObject {
    const id = item['Id'] ?? item['id'];
    if (typeof id !== 'string' || item['Status'] !== 'Aborted') {
      throw new PlatformFault({
        status: 501,
        errorCode: 'NOT_IMPLEMENTED',
        message:
          'Saving anything but Status = Aborted of ApexTestQueueItem is not implemented in the local org',
      });
    }
    api.testRuns.abort([id]);
    return { id, success: true, errors: [] };
  }
}

function isSourceMember(object: string): boolean {
  return object.toLowerCase() === 'sourcemember';
}
