import { PlatformFault } from '../contract.ts';
import type { Json, JsonObject, OrgGateway } from '../contract.ts';
import { requireId, requireName } from '../ids.ts';
import { parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { queryColumns } from '../platform-api/query-columns.ts';
import { notFound } from '../server-context.ts';
import type { ServerContext } from '../server-context.ts';

const OLDEST_VERSION = 31;
const SEASONS = ['Summer', 'Winter', 'Spring'];

/** The REST API's version list: `[{label, url, version}]`. Version 31 was Summer '14; there are three releases a year. */
function versions(newest: number): Json {
  const list: Json[] = [];
  for (let version = OLDEST_VERSION; version <= newest; version += 1) {
    const release = version - OLDEST_VERSION;
    const label = `${SEASONS[release % 3] ?? ''} '${String(14 + Math.ceil(release / 3))}`;
    list.push({
      label,
      url: `/services/data/v${String(version)}.0`,
      version: `${String(version)}.0`,
    });
  }
  return list;
}

/** Documented: these objects exist only in an org that is a Dev Hub, by which the Salesforce CLI knows one. */
function refuseDevHubObjects(soql: string): void {
  const object = /\bFROM\s+(ScratchOrgInfo|ActiveScratchOrg)\b/i.exec(soql)?.[1];
  if (object === undefined) return;
  throw new PlatformFault({
    status: 400,
    errorCode: 'INVALID_TYPE',
    message: `sObject type '${object}' is not supported.`,
  });
}

/** Refuses versions of the API that the org does not have. @returns the version as it stands in addresses */
export async function requireApiVersion(gateway: OrgGateway, text: string): Promise<string> {
  const version = /^v(\d{2,3})\.0$/.exec(text)?.[1];
  const newest = Number.parseInt((await gateway.organization()).apiVersion, 10);
  if (version === undefined || Number(version) < OLDEST_VERSION || Number(version) > newest) {
    throw notFound();
  }
  return text;
}

/** The REST API, as far as scripts and tests use it. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest */
export function addRestRoutes(routes: Routes, context: ServerContext): void {
  const { gateway } = context;
  const newest = async (): Promise<number> =>
    Number.parseInt((await gateway.organization()).apiVersion, 10);

  const requireVersion = (text: string): Promise<string> => requireApiVersion(gateway, text);

  routes.on('GET', '/services/data', async () => versions(await newest()));
  routes.on('GET', '/services/data/:version', async (request) => {
    const version = await requireVersion(parameter(request, 'version'));
    const base = `/services/data/${version}`;
    return {
      composite: `${base}/composite`,
      connect: `${base}/connect`,
      metadata: `${base}/metadata`,
      query: `${base}/query`,
      sobjects: `${base}/sobjects`,
      tooling: `${base}/tooling`,
      'ui-api': `${base}/ui-api`,
    };
  });
  routes.on('GET', '/services/data/:version/query', async (request) => {
    const session = await context.sessions.forCall(request);
    await requireVersion(parameter(request, 'version'));
    const soql = queryParameter(request, 'q');
    if (soql === undefined || soql.trim() === '') {
      throw new PlatformFault({
        status: 400,
        errorCode: 'MALFORMED_QUERY',
        message: 'A query string has to be specified',
      });
    }
    refuseDevHubObjects(soql);
    if (queryParameter(request, 'columns') === 'true') return queryColumns(soql);
    return gateway.query(session, soql);
  });
  routes.on('GET', '/services/data/:version/sobjects', async (request) => {
    const session = await context.sessions.forCall(request);
    await requireVersion(parameter(request, 'version'));
    return gateway.restObjects(session);
  });
  routes.on('GET', '/services/data/:version/sobjects/:object/describe', async (request) => {
    const session = await context.sessions.forCall(request);
    await requireVersion(parameter(request, 'version'));
    return gateway.restDescribe(session, requireName(parameter(request, 'object')));
  });
  routes.on(
    'GET',
    '/services/data/:version/sobjects/:object/:id',
    async (request): Promise<JsonObject> => {
      const session = await context.sessions.forCall(request);
      await requireVersion(parameter(request, 'version'));
      const fields = queryParameter(request, 'fields');
      return gateway.restRecord(
        session,
        requireName(parameter(request, 'object')),
        requireId(parameter(request, 'id')),
        fields === undefined ? null : fields.split(',').map((field) => field.trim()),
      );
    },
  );
}
