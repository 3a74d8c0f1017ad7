import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTENT_SECURITY_POLICY } from '../guards.ts';
import { isId } from '../ids.ts';
import { bodyObject, parameter, queryParameter } from '../router.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';
import { brandingCss } from '../site/branding.ts';
import { siteDocument } from '../site/site-document.ts';
import { componentsOf } from '../site/site.ts';
import type { Site } from '../site/site.ts';

const OTHER_METHODS = ['POST', 'PATCH', 'PUT', 'DELETE'] as const;

/** Experience Cloud sites, each below the address that its configuration gives it. */
export function addSiteRoutes(routes: Routes, context: ServerContext): void {
  const { gateway, siteSessions } = context;

  routes.on('GET', '/:site', async (request, reply) => {
    const first = parameter(request, 'site');
    // The platform's short address of a record.
    if (isId(first) && (await gateway.objectOfId(first)) !== null)
      return reply.redirect(`/lightning/r/${first}/view`, 302);
    const site = await context.findSite(first);
    if (site === undefined) return notHere(reply);
    return reply.redirect(`${site.basePath}/${query(request)}`, 302);
  });
  routes.on('GET', '/:site/*', async (request, reply) => sendPage(request, reply, context));
  // Only so that an unknown address is not found, whatever the method.
  for (const method of OTHER_METHODS) {
    for (const path of ['/:site', '/:site/*'])
      routes.on(method, path, (_request, reply) => Promise.resolve(notHere(reply)));
  }

  routes.on('GET', '/:site/webruntime/session.js', async (request, reply) => {
    const visited = await context.visited(request);
    const data = await context.sessionData(visited.visitor.session, visited);
    return reply
      .type('text/javascript; charset=utf-8')
      .send(`export const data = ${JSON.stringify(data)};`);
  });
  routes.on('GET', '/:site/webruntime/branding.css', async (request, reply) => {
    const site = await context.site(parameter(request, 'site'));
    return reply.type('text/css; charset=utf-8').send(brandingCss(site.bundle));
  });
  routes.on('GET', '/:site/webruntime/page', async (request) => {
    const { site, visitor } = await context.visited(request);
    const path = queryParameter(request, 'path') ?? '/';
    return site.page(path.startsWith('/') ? path : `/${path}`, visitor.session, visitor.isGuest);
  });

  routes.on('POST', '/:site/webruntime/login', async (request, reply) => {
    const site = await context.site(parameter(request, 'site'));
    const { username, password, startUrl } = bodyObject(request);
    const outcome = await gateway.siteLogin(
      site.info.networkId,
      textOf(username, 200),
      textOf(password, 1000),
    );
    if (!outcome.ok) return { message: outcome.message, url: null };
    siteSessions.open(reply, site, outcome.userId);
    return { message: null, url: insideSite(site, startUrl) };
  });
  routes.on('POST', '/:site/webruntime/forgot-password', async (request, reply) => {
    const site = await context.site(parameter(request, 'site'));
    const { username } = bodyObject(request);
    await gateway.siteForgotPassword(site.info.networkId, textOf(username, 200));
    return reply.code(204).send();
  });
  routes.on('POST', '/:site/webruntime/change-password', async (request, reply) => {
    const site = await context.site(parameter(request, 'site'));
    const { ticket, password } = bodyObject(request);
    const outcome = await gateway.siteChangePassword(
      site.info.networkId,
      textOf(ticket, 200),
      textOf(password, 1000),
    );
    if (!outcome.ok) return { message: outcome.message, url: null };
    siteSessions.open(reply, site, outcome.userId);
    return { message: null, url: `${site.basePath}/` };
  });
  // What Site.login answers to components.
  routes.on('GET', '/:site/secur/frontdoor.jsp', async (request, reply) => {
    const site = await context.site(parameter(request, 'site'));
    const ticket = queryParameter(request, 'sid') ?? '';
    const userId = await gateway.siteFrontDoor(site.info.networkId, ticket.slice(0, 200));
    if (userId === null) return reply.redirect(site.loginUrl(''), 302);
    siteSessions.open(reply, site, userId);
    return reply.redirect(insideSite(site, queryParameter(request, 'retURL')), 302);
  });
  // A link, as on the platform: https://help.salesforce.com "Log-out page of a site".
  routes.on('GET', '/:site/secur/logout.jsp', async (request, reply) => {
    const site = await context.site(parameter(request, 'site').replace(/vforcesite$/, ''));
    const visitor = await siteSessions.visitor(request, site);
    await siteSessions.end(request, reply, site);
    return reply.redirect(visitor?.returnTo?.url ?? site.loginUrl(''), 302);
  });
}

/** Every address that is nobody else's comes here; what is no site's is answered as if nobody had asked. */
function notHere(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

/** The document of a page; guests are sent to the login page where only members see it. */
async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServerContext,
): Promise<FastifyReply> {
  const { builder, siteSessions } = context;
  const site = await context.findSite(parameter(request, 'site'));
  if (site === undefined) return notHere(reply);
  const visitor = await siteSessions.visitor(request, site);
  if (visitor?.hasEnded === true) siteSessions.close(reply, site);
  const path = request.url.slice(request.url.indexOf('/', 1));
  const model = await site.page(path, visitor?.session ?? null, visitor?.isGuest ?? true);
  if (model.kind === 'login') return reply.redirect(model.url, 302);
  const { html, scriptHash } = await siteDocument(site, builder, componentsOf(model), model.title);
  return reply
    .code(model.status)
    .header(
      'content-security-policy',
      CONTENT_SECURITY_POLICY.replace("script-src 'self'", `script-src 'self' '${scriptHash}'`),
    )
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Where to go after a log-in: never out of the site, whatever the address asked for. */
function insideSite(site: Site, startUrl: unknown): string {
  const home = `${site.basePath}/`;
  if (typeof startUrl !== 'string' || !startUrl.startsWith('/')) return home;
  const { pathname, search } = new URL(`http://site${startUrl}`);
  return pathname.startsWith(home) ? pathname + search : home;
}

/** A member of a body that must be a text, cut where nobody means it any more. */
function textOf(value: unknown, length: number): string {
  return typeof value === 'string' ? value.slice(0, length) : '';
}

function query(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at);
}
