import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformFault } from './contract.ts';
import type { OrgGateway, Session } from './contract.ts';
import { isId } from './ids.ts';

const KEY_BYTES = 32;

/**
 * Who a browser is logged in as: a signed cookie. *Log in as* writes another one; nothing is kept on the server, so a
 * restart logs nobody out. Cookies know no ports, hence the port in the name: two local orgs do not share a user.
 */
export class Sessions {
  readonly #gateway: OrgGateway;
  readonly #key: Buffer;
  readonly #port: () => number;

  constructor(gateway: OrgGateway, keyFile: string | undefined, port: () => number) {
    this.#gateway = gateway;
    this.#key = keyFile === undefined ? randomBytes(KEY_BYTES) : readOrCreateKey(keyFile);
    this.#port = port;
  }

  /** The session of a page request; a browser that has none gets the administrator's. */
  async forPage(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const session = this.#fromCookie(request);
    if (session !== undefined && (await this.#gateway.currentUser(session)) !== null)
      return session;
    const administrator = { userId: await this.#gateway.defaultUserId() };
    this.logIn(reply, administrator.userId);
    return administrator;
  }

  /** The session of a call: cookie, or `Authorization: Bearer`. Refuses with 401 when there is none. */
  async forCall(request: FastifyRequest): Promise<Session> {
    const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const session =
      token === undefined ? this.#fromCookie(request) : await this.#gateway.sessionForToken(token);
    if (session === undefined || session === null) {
      throw new PlatformFault({
        status: 401,
        errorCode: 'INVALID_SESSION_ID',
        message: 'Session expired or invalid',
      });
    }
    return session;
  }

  /** Makes this browser another user. */
  logIn(reply: FastifyReply, userId: string): void {
    const value = `${userId}.${this.#signature(userId)}`;
    void reply.header('set-cookie', `${this.#cookie}=${value}; Path=/; HttpOnly; SameSite=Strict`);
  }

  /** Signs texts for one purpose with the key of this org; what is signed for one purpose is worth nothing for another. */
  signer(purpose: string): (text: string) => string {
    return (text) =>
      createHmac('sha256', this.#key).update(`${purpose}|${text}`).digest('base64url');
  }

  get #cookie(): string {
    return `sid_${String(this.#port())}`;
  }

  #fromCookie(request: FastifyRequest): Session | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value = ''] = pair.trim().split('=');
      if (name !== this.#cookie) continue;
      const [userId = '', signature = ''] = value.split('.');
      const expected = Buffer.from(this.#signature(userId));
      const given = Buffer.from(signature);
      if (isId(userId) && given.length === expected.length && timingSafeEqual(given, expected))
        return { userId };
    }
    return undefined;
  }

  #signature(userId: string): string {
    return createHmac('sha256', this.#key).update(userId).digest('base64url');
  }
}

function readOrCreateKey(file: string): Buffer {
  try {
    const key = readFileSync(file);
    if (key.length === KEY_BYTES) return key;
  } catch {
    // First start of this org.
  }
  const key = randomBytes(KEY_BYTES);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, key, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch {
    // Sessions then last as long as the process.
  }
  return key;
}
