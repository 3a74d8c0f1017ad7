import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformFault } from './contract.ts';

/**
 * The server answers this machine only, and a page of another site that runs in its browser is not "this machine":
 * https://en.wikipedia.org/wiki/DNS_rebinding is met by the Host check, cross-site requests by Origin and fetch metadata.
 */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost'];

/** Refuses requests that did not come from our own pages or from a program on this machine. */
export function guardRequest(request: FastifyRequest, port: number): void {
  const ours = LOOPBACK_NAMES.map((name) => `${name}:${String(port)}`);
  const { host, origin } = request.headers;
  if (host === undefined || !ours.includes(host)) {
    throw refused(`Host ${host ?? ''} is not served here: use http://${ours[0] ?? ''}`);
  }
  if (origin !== undefined && !ours.some((name) => origin === `http://${name}`)) {
    throw refused(`Origin ${origin} may not use this server`);
  }
  const site = request.headers['sec-fetch-site'];
  const navigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if ((site === 'cross-site' || site === 'same-site') && !navigation) {
    throw refused('Other sites may not use this server');
  }
}

function refused(message: string): PlatformFault {
  return new PlatformFault({ status: 403, errorCode: 'INVALID_ORIGIN', message });
}

/** What the pages may load: nothing from elsewhere. LWC and the base components write style elements. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every answer. */
export function addSecurityHeaders(reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    // Whatever depends on who asks must not outlive a change of user; what may be kept says so itself.
    'cache-control': 'no-store',
  });
}
