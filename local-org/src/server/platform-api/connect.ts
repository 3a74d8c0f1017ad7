import type { FastifyRequest } from 'fastify';
import type { JsonObject, Session } from '../contract.ts';
import { requireId } from '../ids.ts';
import { parameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { requireApiVersion } from '../routes/rest.ts';
import { notFound } from '../server-context.ts';
import type { ServerContext } from '../server-context.ts';
import { requireDeployer } from './metadata-rest.ts';

const BASE = '/services/data/:version/connect/communities';

/**
 * Experience Cloud sites. Documented: Connect REST API Developer Guide, "Communities List" and "Publish Experience Cloud Site". Here every page is made from the
 * deployed source when it is asked for, so publishing changes nothing; the platform freezes components when a site is published.
 */
export function addConnectRoutes(routes: Routes, context: ServerContext): void {
  const sessionOf = async (request: FastifyRequest): Promise<Session> => {
    const session = await context.sessions.forCall(request);
    await requireApiVersion(context.gateway, parameter(request, 'version'));
    return session;
  };
  const sites = async (session: Session): Promise<readonly JsonObject[]> => {
    const { records } = await context.gateway.query(
      session,
      'SELECT Id, Name, Status, Description, UrlPathPrefix FROM Network ORDER BY Name',
    );
    return records;
  };

  routes.on('GET', BASE, async (request) => {
    const found = await sites(await sessionOf(request));
    return {
      communities: found.map((site) => ({
        id: site['Id'],
        name: site['Name'],
        status: site['Status'],
        description: site['Description'],
        urlPathPrefix: site['UrlPathPrefix'],
        url: `${BASE.replace(':version', parameter(request, 'version'))}/${JSON.stringify(site['Id']).slice(1, -1)}`,
      })),
      total: found.length,
    };
  });
  routes.on('POST', `${BASE}/:id/publish`, async (request) => {
    const session = await sessionOf(request);
    await requireDeployer(context, session);
    const id = requireId(parameter(request, 'id'));
    const site = (await sites(session)).find((one) => one['Id'] === id);
    if (site === undefined) throw notFound();
    return {
      id,
      name: site['Name'],
      message:
        'We are publishing your changes now. You will receive an email confirmation when your changes are live.',
      url: `http://${request.headers.host ?? ''}/${JSON.stringify(site['UrlPathPrefix']).slice(1, -1)}`,
    };
  });
}
