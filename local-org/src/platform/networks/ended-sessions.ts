import type { OrgStore } from '../../storage/store.ts';

/** A session of a site as its cookie names it. */
export interface SiteSessionMark {
  /** Which nobody can guess, and which no other session has: two browsers of one user end apart. */
  readonly id: string;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
}

/** Ours: Salesforce ends a session after a time without a request, two hours unless the org or the profile says otherwise (documented: "Session Settings"). */
const LONGEST_MS = 24 * 60 * 60_000;
const PREFIX = 'endedSession:';

/** Ends a session for good, whoever still holds a copy of its cookie (documented: logging out ends the session itself). */
export function endSession(store: OrgStore, session: SiteSessionMark): void {
  const old = `${PREFIX}*`;
  store.db.run('DELETE FROM _meta WHERE key GLOB ? AND CAST(value AS INTEGER) < ?', [
    old,
    store.now - LONGEST_MS,
  ]);
  store.setMeta(PREFIX + session.id, String(session.since));
}

/** Whether a session was logged out of, or is older than any may become. */
export function hasEnded(store: OrgStore, session: SiteSessionMark, now: number): boolean {
  return session.since < now - LONGEST_MS || store.meta(PREFIX + session.id) !== undefined;
}
