import type { FastifyReply, FastifyRequest } from 'fastify';
import { INTERNAL_TYPES } from '../../access/viewer.ts';
import { PlatformFault } from '../contract.ts';
import type { Session } from '../contract.ts';
import { requireId } from '../ids.ts';
import { queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import { notFound } from '../server-context.ts';
import type { ServerContext } from '../server-context.ts';
import type { Site } from '../site/site.ts';

/** Ways from Lightning Experience to a site. */
export function addSiteDoorRoutes(routes: Routes, context: ServerContext): void {
  // Log in to Experience as User. The address is practitioner-reported.
  routes.on('GET', '/servlet/servlet.su', async (request, reply) => {
    refuseOtherSites(request);
    const session = await context.sessions.forCall(request);
    const organization = await context.gateway.organization();
    const asked = (name: string): string => queryParameter(request, name) ?? '';
    if (requireId(asked('oid')).slice(0, 15) !== organization.id.slice(0, 15)) throw notFound();
    const site = await siteOf(context, requireId(asked('sunetworkid')));
    const userId = requireId(asked('sunetworkuserid'));
    await context.gateway.logInToSite(session, site.info.networkId, userId);
    context.siteSessions.open(reply, site, userId, {
      adminId: session.userId,
      returnUrl: insideLightning(asked('retURL')),
    });
    return reply.redirect(`${site.basePath}/`, 302);
  });

  // The app launcher's link to a site: members arrive logged in, others at the log-in page.
  routes.on('GET', '/servlet/networks/switch', async (request, reply) => {
    refuseOtherSites(request);
    const session = await context.sessions.forPage(request, reply);
    const site = await siteOf(context, requireId(queryParameter(request, 'networkId') ?? ''));
    if (await context.gateway.maySeeSite(site.info.networkId, session.userId))
      context.siteSessions.open(reply, site, session.userId);
    return reply.redirect(`${site.basePath}/`, 302);
  });
}

/** Whether users of this type use sites only. */
export function isExternal(userType: string): boolean {
  return !INTERNAL_TYPES.has(userType);
}

/** *Log in as* for a user of sites: opens the first site that it may see. @returns where that is */
export async function openSite(
  context: ServerContext,
  reply: FastifyReply,
  session: Session,
  userId: string,
): Promise<string> {
  for (const info of await context.gateway.sites()) {
    if (!(await context.gateway.maySeeSite(info.networkId, userId))) continue;
    const site = await context.site(info.prefix);
    context.siteSessions.open(reply, site, userId, {
      adminId: session.userId,
      returnUrl: '/lightning/setup/users',
    });
    return `${site.basePath}/`;
  }
  throw new PlatformFault({
    status: 400,
    errorCode: 'INSUFFICIENT_ACCESS',
    message: 'This user works on sites only, and there is no site that it may log in to',
  });
}

async function siteOf(context: ServerContext, networkId: string): Promise<Site> {
  const info = (await context.gateway.sites()).find(
    (site) => site.networkId.slice(0, 15) === networkId.slice(0, 15),
  );
  if (info === undefined) throw notFound();
  return context.site(info.prefix);
}

/** These links change who this browser is, so only our own pages, and addresses that somebody typed, may lead to them. */
function refuseOtherSites(request: FastifyRequest): void {
  const from = request.headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') return;
  throw new PlatformFault({
    status: 403,
    errorCode: 'INVALID_ORIGIN',
    message: 'Other sites may not use this server',
  });
}

/** Where to return to: an address of this org, never of another. `/003…` is the short one of a record. */
function insideLightning(url: string): string {
  const home = '/lightning/page/home';
  if (!url.startsWith('/')) return home;
  // Browsers read `//other` as another host, and `/.//other` becomes that.
  const { pathname, search } = new URL(`http://org${url}`);
  return pathname.startsWith('//') ? home : pathname + search;
}
