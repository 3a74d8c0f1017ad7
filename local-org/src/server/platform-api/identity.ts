import { PlatformFault } from '../contract.ts';
import type { Routes } from '../router.ts';
import type { ServerContext } from '../server-context.ts';

/** Who a token stands for. Documented: "Query for User Information" (OpenID Connect userinfo). */
export function addIdentityRoutes(routes: Routes, context: ServerContext): void {
  routes.on('GET', '/services/oauth2/userinfo', async (request) => {
    const session = await context.sessions.forCall(request);
    const [user, organization] = await Promise.all([
      context.gateway.currentUser(session),
      context.gateway.organization(),
    ]);
    if (user === null) {
      throw new PlatformFault({
        status: 401,
        errorCode: 'INVALID_SESSION_ID',
        message: 'Session expired or invalid',
      });
    }
    return {
      sub: `/id/${organization.id}/${user.id}`,
      user_id: user.id,
      organization_id: organization.id,
      preferred_username: user.username,
      name: user.name,
      email: user.email,
      active: true,
      user_type: user.userType,
      language: user.language,
      locale: user.locale,
      zoneinfo: user.timeZone,
    };
  });
}
