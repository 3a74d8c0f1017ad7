import type { SiteLoginOutcome } from '../../server/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { isPassword } from './passwords.ts';
import { refusalOf } from './sites.ts';
import type { VisitRefusal } from './sites.ts';

/**
 * The one message for whatever is wrong: who guesses learns nothing. Documented: Help, "Your login attempt has failed" for
 * Experience Cloud sites; that inactive and frozen users read the same is practitioner-reported.
 */
export const LOGIN_FAILED =
  'Your login attempt has failed. Make sure the username and password are correct.';

/** What the login history says to the administrator instead. Names of documented values of LoginHistory.Status where known, else inferred. */
const STATUS: Readonly<Record<VisitRefusal | 'password', string>> = {
  password: 'Invalid Password',
  inactive: 'User is Inactive',
  frozen: 'User is Frozen',
  locked: 'Password Lockout',
  'not-member': 'Not a Member of the Site',
  'not-live': 'Site is not Live',
};

/** Documented: Set Password Policies, default "Maximum invalid login attempts" and "Lockout effective period". */
const MAX_ATTEMPTS = 10;
const LOCKED_MS = 15 * 60_000;

/** Logs a user in to a site by name and password, or refuses; either way the login history has it. */
export function siteLogin(
  store: OrgStore,
  networkId: string,
  username: string,
  password: string,
): SiteLoginOutcome {
  const user = store.rowsWhere('User', 'Username', [username.trim().toLowerCase()])[0];
  if (user === undefined) return { ok: false, message: LOGIN_FAILED };
  const userId = String(user['Id']);
  unlockAfterAWhile(store, userId);
  const isRight = isPassword(store, userId, password);
  const refusal = isRight ? refusalOf(store, networkId, userId) : 'password';
  writeHistory(store, networkId, userId, refusal === null ? 'Success' : STATUS[refusal]);
  if (!isRight) countFailure(store, userId);
  if (refusal !== null) return { ok: false, message: LOGIN_FAILED };
  store.setMeta(failures(userId), '');
  store.updateRow('User', userId, { LastLoginDate: store.now });
  return { ok: true, userId };
}

/** One row of the login history, where the org's schema has it. */
export function writeHistory(
  store: OrgStore,
  networkId: string,
  userId: string,
  status: string,
): void {
  if (store.schema.object('LoginHistory') === undefined) return;
  store.insertRow('LoginHistory', {
    UserId: userId,
    NetworkId: networkId,
    LoginTime: store.now,
    LoginType: 'Partner Portal',
    Status: status,
    SourceIp: '127.0.0.1',
    Application: 'Browser',
  });
}

interface Failures {
  readonly count: number;
  readonly at: number;
}

function failures(userId: string): string {
  return `loginFailures:${userId}`;
}

function readFailures(store: OrgStore, userId: string): Failures {
  const text = store.meta(failures(userId)) ?? '';
  return text === '' ? { count: 0, at: 0 } : (JSON.parse(text) as Failures);
}

function countFailure(store: OrgStore, userId: string): void {
  const count = readFailures(store, userId).count + 1;
  store.setMeta(failures(userId), JSON.stringify({ count, at: store.now }));
  if (count >= MAX_ATTEMPTS) setLocked(store, userId, true);
}

function unlockAfterAWhile(store: OrgStore, userId: string): void {
  const { count, at } = readFailures(store, userId);
  if (count < MAX_ATTEMPTS || store.now - at < LOCKED_MS) return;
  store.setMeta(failures(userId), '');
  setLocked(store, userId, false);
}

function setLocked(store: OrgStore, userId: string, IsPasswordLocked: boolean): void {
  const row = store.rowsWhere('UserLogin', 'UserId', [userId])[0];
  if (row !== undefined) store.updateRow('UserLogin', String(row['Id']), { IsPasswordLocked });
}
