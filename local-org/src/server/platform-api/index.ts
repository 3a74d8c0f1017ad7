import type { FastifyInstance } from 'fastify';
import { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';
import { addCompositeBatchRoute } from './composite-batch.ts';
import { addConnectRoutes } from './connect.ts';
import type { PlatformApi } from './contract.ts';
import { addIdentityRoutes } from './identity.ts';
import { addMetadataRestRoutes } from './metadata-rest.ts';
import { addRecordRoutes } from './records.ts';
import { addSoapRoutes } from './soap.ts';
import { addToolingRoutes } from './tooling.ts';

/** Documented: "Metadata Limits": a zip has at most 39 MB, which is about 52 MB in Base64. */
const MAX_DEPLOY_BYTES = 60 * 1024 * 1024;

/** The platform's APIs beyond reading: what the Salesforce CLI needs of an org. */
export async function addPlatformApiRoutes(
  app: FastifyInstance,
  routes: Routes,
  context: ServerContext,
  api: PlatformApi,
): Promise<void> {
  addIdentityRoutes(routes, context);
  addRecordRoutes(routes, context, api);
  addToolingRoutes(routes, context, api);
  addConnectRoutes(routes, context);
  addCompositeBatchRoute(app, routes, context);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, parsed) => {
    // The Salesforce CLI deletes records with a content type and without content.
    if (body === '') parsed(null, undefined);
    else void parse(request, String(body), parsed);
  });
  await app.register((raw, _options, done) => {
    // Zips and SOAP are bytes here, whatever they say that they are.
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_DEPLOY_BYTES },
      (_request, body, parsed) => parsed(null, body),
    );
    const rawRoutes = new Routes(raw);
    addMetadataRestRoutes(rawRoutes, context, api);
    addSoapRoutes(rawRoutes, context, api);
    rawRoutes.refuseOtherMethods();
    done();
  });
}
