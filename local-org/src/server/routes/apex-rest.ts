import { parameter } from '../router.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';

/** Apex classes with `@RestResource`. The body goes to Apex as it came, whatever it is. */
export function addApexRestRoutes(routes: Routes, context: ServerContext): void {
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const) {
    routes.on(method, '/services/apexrest/*', async (request, reply) => {
      const session = await context.sessions.forCall(request);
      const { status, headers, body } = await context.gateway.apexRest(session, {
        method,
        path: `/${parameter(request, '*')}`,
        query: Object.fromEntries(new URL(request.url, 'http://local').searchParams),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
      });
      // What Apex answers must not become a page of this origin.
      const safe = {
        'content-type': 'application/json',
        ...headers,
        'content-security-policy': "default-src 'none'; sandbox",
      };
      return reply.code(status).headers(safe).send(Buffer.from(body));
    });
  }
}
