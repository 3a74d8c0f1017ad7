import type { OrgStore } from '../../storage/store.ts';

/** What a one-time ticket is good for: opening a session, or setting a new password. */
export interface Ticket {
  readonly kind: 'login' | 'password';
  readonly networkId: string;
  readonly userId: string;
}

interface StoredTicket extends Ticket {
  readonly expires: number;
}

const LOGIN_MS = 60_000;
/** Documented: links to reset a password expire after 24 hours. */
const PASSWORD_MS = 24 * 60 * 60_000;

/** Keeps a ticket in the running transaction; @returns its name, which nobody can guess. */
export function issueTicket(store: OrgStore, random: Uint8Array, ticket: Ticket): string {
  const name = Buffer.from(random).toString('base64url');
  const expires = store.now + (ticket.kind === 'login' ? LOGIN_MS : PASSWORD_MS);
  store.setMeta(`ticket:${name}`, JSON.stringify({ ...ticket, expires } satisfies StoredTicket));
  return name;
}

/** What a ticket is good for, without using it; null when it never was, was used or has expired. */
export function readTicket(store: OrgStore, name: string, kind: Ticket['kind']): Ticket | null {
  const text = store.meta(`ticket:${name}`) ?? '';
  if (text === '') return null;
  const ticket = JSON.parse(text) as StoredTicket;
  return ticket.kind === kind && ticket.expires > Date.now() ? ticket : null;
}

/** Uses a ticket up. */
export function takeTicket(store: OrgStore, name: string, kind: Ticket['kind']): Ticket | null {
  const ticket = readTicket(store, name, kind);
  if (ticket !== null) store.setMeta(`ticket:${name}`, '');
  return ticket;
}
