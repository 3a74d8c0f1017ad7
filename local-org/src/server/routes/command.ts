import { timingSafeEqual } from 'node:crypto';
import { COMMAND_PATH } from '../../execution/org-door.ts';
import { toPortable } from '../../execution/worker-messages.ts';
import { PlatformFault } from '../contract.ts';
import { bodyObject } from '../router.ts';
import type { Routes } from '../router.ts';

/** What `local-org data query` and its like may ask of a started org. */
export interface CommandDoor {
  /** Known to those who can read the org's folder. */
  readonly token: string;
  run(method: string, args: readonly unknown[]): Promise<unknown>;
}

/** Methods that commands call; nothing else of the org can be reached this way. */
const METHODS = [
  'executeAnonymous',
  'runQuery',
  'deploy',
  'defaultUserId',
  'accessPreview',
  'auditSharing',
];

/** The commands' own endpoint. Errors cross as they are, so that a command says the same as without a server. */
export function addCommandRoute(routes: Routes, door: CommandDoor): void {
  routes.on('POST', COMMAND_PATH, async (request, reply) => {
    const expected = Buffer.from(`Bearer ${door.token}`);
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new PlatformFault({
        status: 401,
        errorCode: 'INVALID_SESSION_ID',
        message: 'Session expired or invalid',
      });
    }
    const { method, args } = bodyObject(request);
    if (typeof method !== 'string' || !METHODS.includes(method) || !Array.isArray(args)) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INVALID_OPERATION',
        message: 'There is no such command',
      });
    }
    try {
      return { value: (await door.run(method, args)) ?? null };
    } catch (error) {
      return reply.code(400).send({ error: toPortable(error) });
    }
  });
}
