import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** The store's own notes, written in the transaction that runs. */
export interface Notes {
  meta(key: string): string | undefined;
  setMeta(key: string, value: string): void;
}

const HASH_BYTES = 32;
/** Cheap on purpose: a test deploys users by the dozen, and nothing here is worth guessing. */
const COST = { N: 1024, r: 8, p: 1 };

/** Documented: Set Password Policies: at least 8 characters with letters and numbers, in an org that changed nothing. */
const MIN_LENGTH = 8;

/** What is wrong with a new password by the default policy; null when nothing is. The text is inferred. */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN_LENGTH)
    return `Your password must have at least ${String(MIN_LENGTH)} characters`;
  if (!/[A-Za-z]/.test(password) || !/\d/.test(password))
    return 'Your password must include letters and numbers';
  return null;
}

/** Keeps the hash of a user's password. Users whose password nobody set have none, and cannot log in with one. */
export function storePassword(notes: Notes, userId: string, password: string): void {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, HASH_BYTES, COST);
  notes.setMeta(key(userId), `${salt.toString('base64url')}.${hash.toString('base64url')}`);
  notes.setMeta(`password-set:${userId}`, String(Date.now()));
}

/** Whether the password was chosen later than that. Practitioner-reported: a new password ends the user's other sessions. */
export function isPasswordNewer(notes: Notes, userId: string, since: number): boolean {
  return Number(notes.meta(`password-set:${userId}`) ?? 0) > since;
}

/** Whether that is the user's password. */
export function isPassword(notes: Notes, userId: string, password: string): boolean {
  const [salt, hash] = (notes.meta(key(userId)) ?? '').split('.');
  if (salt === undefined || hash === undefined || salt === '') return false;
  const expected = Buffer.from(hash, 'base64url');
  const given = scryptSync(password, Buffer.from(salt, 'base64url'), HASH_BYTES, COST);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A password that the policy accepts. */
export function newPassword(): string {
  return `${randomBytes(9).toString('base64url')}a1`;
}

function key(userId: string): string {
  return `password:${userId}`;
}
