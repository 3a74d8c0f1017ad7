import type { SiteLoginOutcome } from '../../server/contract.ts';
import type { OrgStore } from '../../storage/store.ts';
import { passwordProblem, storePassword } from './passwords.ts';
import { refusalOf } from './sites.ts';
import { readTicket, takeTicket } from './tickets.ts';

/** Sets the password of whoever holds a link to do so, and logs in. The link is used up by it, not by a password that is too weak. */
export function changePassword(
  store: OrgStore,
  networkId: string,
  ticketName: string,
  password: string,
): SiteLoginOutcome {
  const ticket = readTicket(store, ticketName, 'password');
  if (ticket?.networkId !== networkId || refusalOf(store, networkId, ticket.userId) !== null) {
    // Practitioner-reported text.
    return { ok: false, message: 'This link has expired or is no longer valid.' };
  }
  const problem = passwordProblem(password);
  if (problem !== null) return { ok: false, message: `${problem}.` };
  takeTicket(store, ticketName, 'password');
  storePassword(store, ticket.userId, password);
  return { ok: true, userId: ticket.userId };
}

/** The user of a ticket that Site.login gave out; used up by it. */
export function frontDoor(store: OrgStore, networkId: string, ticketName: string): string | null {
  const ticket = takeTicket(store, ticketName, 'login');
  return ticket?.networkId === networkId ? ticket.userId : null;
}
