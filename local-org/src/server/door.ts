import type { FastifyRequest } from 'fastify';
import type { Session } from './contract.ts';
import type { ServerContext } from './server-context.ts';

/** A way in to the APIs that components use: each has its own paths and its own sessions. */
export interface Door {
  /** What stands before the paths. */
  readonly path: string;
  /** Who asks; refuses with 401. */
  session(request: FastifyRequest): Promise<Session>;
}

/** Lightning Experience, and whoever brings an access token. */
export function lightningDoor(context: ServerContext): Door {
  return { path: '', session: (request) => context.sessions.forCall(request) };
}

/** Experience Cloud sites: members, and guests with the rights of the site's guest user. Documented path: `/<site>/webruntime/api`. */
export function siteDoor(context: ServerContext): Door {
  return {
    path: '/:site/webruntime',
    session: async (request) => (await context.visited(request)).visitor.session,
  };
}
