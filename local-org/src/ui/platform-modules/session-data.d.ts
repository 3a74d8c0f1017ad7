import type { SessionData } from '../../server/server-context.ts';

/** `platform/sessionData`, a module that the server writes for each session. */
export type { SessionData };
export const data: SessionData;
