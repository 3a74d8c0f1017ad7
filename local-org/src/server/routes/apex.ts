import type { JsonObject } from '../contract.ts';
import { requireName } from '../ids.ts';
import { bodyObject, objectMember, parameter } from '../router.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';
import type { Door } from '../door.ts';

/** Apex for components: imperative calls and wires. */
export function addApexRoutes(routes: Routes, context: ServerContext, door: Door): void {
  routes.on('POST', `${door.path}/api/apex/:class/:method`, async (request, reply) => {
    const session = await door.session(request);
    const body = bodyObject(request);
    const outcome = await context.gateway.invokeApex(session, {
      // `Outer.Inner` is not callable, `ns.Class` neither: one name each.
      className: requireName(parameter(request, 'class')),
      methodName: requireName(parameter(request, 'method')),
      parameters: objectMember(body, 'params') as JsonObject,
      fromWire: body['fromWire'] === true,
    });
    if (!outcome.ok) return reply.code(outcome.status).send(outcome.body);
    return { returnValue: outcome.value, cacheable: outcome.cacheable };
  });
}
