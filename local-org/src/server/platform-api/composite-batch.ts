import type { FastifyInstance } from 'fastify';
import { PlatformFault } from '../contract.ts';
import type { Json } from '../contract.ts';
import { bodyObject, parameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { requireApiVersion } from '../routes/rest.ts';
import type { ServerContext } from '../server-context.ts';

/** Documented: REST API Developer Guide, "Composite Batch". */
const MOST = 25;

/** Only reading ones. */
interface Subrequest {
  readonly url: string;
}

/**
 * `composite/batch`: up to 25 subrequests, one after another, each with its own status. Documented: REST API Developer Guide, "Composite Batch" and "Batch Request
 * Body". Implemented for GET; other methods are refused by name.
 */
export function addCompositeBatchRoute(
  app: FastifyInstance,
  routes: Routes,
  context: ServerContext,
): void {
  routes.on('POST', '/services/data/:version/composite/batch', async (request): Promise<Json> => {
    await context.sessions.forCall(request);
    const version = await requireApiVersion(context.gateway, parameter(request, 'version'));
    const body = bodyObject(request);
    const subrequests = subrequestsOf(body['batchRequests'], version);
    const { host, authorization, cookie } = request.headers;
    const results: Json[] = [];
    let isHalted = false;
    for (const { url } of subrequests) {
      if (isHalted) {
        results.push({ statusCode: 412, result: HALTED });
        continue;
      }
      const answer = await app.inject({
        method: 'GET',
        url,
        headers: {
          ...(host === undefined ? {} : { host }),
          ...(authorization === undefined ? {} : { authorization }),
          ...(cookie === undefined ? {} : { cookie }),
        },
      });
      results.push({ statusCode: answer.statusCode, result: JSON.parse(answer.body) as Json });
      isHalted = body['haltOnError'] === true && answer.statusCode >= 400;
    }
    const hasErrors = results.some((one) => (one as { statusCode: number }).statusCode >= 400);
    return { hasErrors, results };
  });
}

/** Documented: `haltOnError` answers this for what comes after an error. */
const HALTED: Json = [
  { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing has been halted' },
];

function subrequestsOf(given: unknown, version: string): Subrequest[] {
  if (!Array.isArray(given) || given.length === 0)
    throw refused(400, 'JSON_PARSER_ERROR', 'batchRequests must be a list of subrequests');
  if (given.length > MOST)
    throw refused(400, 'LIMIT_EXCEEDED', `A batch has at most ${String(MOST)} subrequests`);
  return given.map((one: unknown) => {
    const { method, url } = (one ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof url !== 'string' || typeof method !== 'string')
      throw refused(400, 'JSON_PARSER_ERROR', 'A subrequest needs method and url');
    if (method.toUpperCase() !== 'GET')
      throw refused(
        501,
        'NOT_IMPLEMENTED',
        `${method} in composite/batch is not implemented in the local org`,
      );
    return { url: addressOf(url, version) };
  });
}

/** Addresses begin with the version, which is not above that of the batch, or are whole. Nothing in them leads elsewhere, and no batch stands in a batch. */
function addressOf(url: string, version: string): string {
  const path = url.replace(/^\/?(services\/data\/)?/, '');
  const own = /^v(\d+)\.0\/(?!composite\/)[\w/-]+(\?|$)/.exec(path)?.[1];
  if (own === undefined || Number(own) > Number.parseInt(version.slice(1), 10))
    throw refused(400, 'INVALID_BATCH_REQUEST', `Not an address for a batch: ${url}`);
  return `/services/data/${path}`;
}

function refused(status: number, errorCode: string, message: string): PlatformFault {
  return new PlatformFault({ status, errorCode, message });
}
