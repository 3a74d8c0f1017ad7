import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SiteSessionMark } from '../../platform/networks/ended-sessions.ts';
import type { OrgGateway, Session } from '../contract.ts';
import { isId } from '../ids.ts';
import type { Site } from './site.ts';

/** Who visits a site. */
export interface SiteVisitor {
  readonly session: Session;
  readonly isGuest: boolean;
  /** A guest whose session as a member has ended: new password, deactivation, end of membership. */
  readonly hasEnded: boolean;
  /** The administrator that logged in as this member, and where to return to; null for members themselves. */
  readonly returnTo: { readonly adminId: string; readonly url: string } | null;
}

interface Ticket extends SiteSessionMark {
  readonly networkId: string;
  readonly userId: string;
  readonly adminId?: string;
  readonly returnUrl?: string;
}

/**
 * Sessions of Experience Cloud sites: a signed cookie per site that browsers send to the site's own paths only. It opens
 * nothing else: Lightning Experience knows another cookie, and signs it differently.
 */
export class SiteSessions {
  readonly #gateway: OrgGateway;
  readonly #sign: (text: string) => string;
  readonly #port: () => number;

  constructor(gateway: OrgGateway, sign: (text: string) => string, port: () => number) {
    this.#gateway = gateway;
    this.#sign = sign;
    this.#port = port;
  }

  /** Who asks: the member of the cookie, as long as it may see the site; else the site's guest user. */
  async visitor(request: FastifyRequest, site: Site): Promise<SiteVisitor | null> {
    const { networkId, guestUserId } = site.info;
    const ticket = this.#read(request, site);
    if (ticket !== null && (await this.#gateway.maySeeSite(networkId, ticket.userId, ticket))) {
      return {
        session: { userId: ticket.userId, networkId },
        isGuest: false,
        hasEnded: false,
        returnTo:
          ticket.adminId === undefined
            ? null
            : { adminId: ticket.adminId, url: ticket.returnUrl ?? '/' },
      };
    }
    if (guestUserId === null) return null;
    return {
      session: { userId: guestUserId, networkId },
      isGuest: true,
      hasEnded: ticket !== null,
      returnTo: null,
    };
  }

  /** Opens a session of a member. */
  open(
    reply: FastifyReply,
    site: Site,
    userId: string,
    by?: { readonly adminId: string; readonly returnUrl: string },
  ): void {
    const { networkId } = site.info;
    // A name of its own at every log-in: what a browser held before opens nothing that comes after.
    const id = randomBytes(16).toString('base64url');
    const ticket: Ticket = { id, networkId, userId, since: Date.now(), ...by };
    const text = Buffer.from(JSON.stringify(ticket)).toString('base64url');
    this.#set(reply, site, `${text}.${this.#sign(text)}`, '');
  }

  /** Ends the session itself, in this browser and for whoever holds a copy of its cookie. */
  async end(request: FastifyRequest, reply: FastifyReply, site: Site): Promise<void> {
    const ticket = this.#read(request, site);
    if (ticket !== null) {
      const { id, since } = ticket;
      await this.#gateway.endSiteSession({ id, since });
    }
    this.close(reply, site);
  }

  /** Takes the cookie of a session that has ended from this browser. */
  close(reply: FastifyReply, site: Site): void {
    this.#set(reply, site, '', '; Max-Age=0');
  }

  #set(reply: FastifyReply, site: Site, value: string, more: string): void {
    const path = site.basePath;
    // Lax, not Strict: links in mails lead here. What changes data checks where it comes from.
    void reply.header(
      'set-cookie',
      `${this.#cookie(site)}=${value}; Path=${path}; HttpOnly; SameSite=Lax${more}`,
    );
  }

  #cookie(site: Site): string {
    return `sid_${site.info.prefix}_${String(this.#port())}`;
  }

  #read(request: FastifyRequest, site: Site): Ticket | null {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value = ''] = pair.trim().split('=');
      if (name !== this.#cookie(site)) continue;
      const [text = '', signature = ''] = value.split('.');
      const expected = Buffer.from(this.#sign(text));
      const given = Buffer.from(signature);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) continue;
      const ticket = JSON.parse(Buffer.from(text, 'base64url').toString()) as Ticket;
      const isWhole = typeof ticket.id === 'string' && isId(ticket.userId);
      if (isWhole && ticket.networkId === site.info.networkId) return ticket;
    }
    return null;
  }
}
