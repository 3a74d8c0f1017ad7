import { request } from 'platform/http';
import { session } from 'platform/session';
import type { SitePageModel } from '../../../server/site/site-model.ts';

/** What the address shows to whoever is logged in. */
export async function pageAt(path: string): Promise<SitePageModel> {
  return (await request('GET', `/page?path=${encodeURIComponent(path)}`)) as SitePageModel;
}

/** What the log-in endpoint answers: where to go, or why not. */
export interface LoginAnswer {
  readonly message: string | null;
  readonly url: string | null;
}

/** Tells the site to do something. */
export async function post<T>(path: string, body: Record<string, unknown>): Promise<T> {
  return (await request('POST', `/${path}`, body)) as T;
}

/** An address of the site, from one that is relative to it (`./login`, `/ForgotPassword`). */
export function siteUrl(path: string): string {
  return `${session.site.basePath}/${path.replace(/^\.?\//, '')}`;
}

/** What went wrong, in words. */
export function messageOf(error: unknown): string {
  const body = (error as { body?: unknown } | undefined)?.body;
  if (Array.isArray(body)) return body.map((one: { message?: string }) => one.message).join(' ');
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return error instanceof Error ? error.message : String(error);
}
