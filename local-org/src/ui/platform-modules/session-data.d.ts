import type { SessionData } from '../../server/session-data.ts';

/** `platform/sessionData`, a module that the server writes for each session. */
export type { SessionData };
export const data: SessionData;
