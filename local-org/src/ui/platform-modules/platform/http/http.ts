import { session } from 'platform/session';
import { SESSION_ENDED } from 'platform/eventNames';

/** What components catch: the platform's FetchResponse. */
export interface FetchFailure {
  readonly status: number;
  readonly ok: false;
  readonly statusText: string;
  readonly headers: Record<string, never>;
  readonly errorType: 'fetchResponse';
  readonly body: unknown;
}

/** Asks the server for JSON. Rejects with a {@link FetchFailure}, also when there is no answer at all. */
export async function request(method: string, url: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(session.site.apiBase + url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw failure(0, '', { message: 'The local org does not answer. Is it still running?' });
  }
  const text = await response.text();
  const answer = parse(text);
  // On a site the log-in page takes over, whatever the component makes of it.
  if (response.status === 401) window.dispatchEvent(new CustomEvent(SESSION_ENDED));
  if (!response.ok)
    throw failure(response.status, response.statusText, answer ?? { message: text });
  return answer;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function failure(status: number, statusText: string, body: unknown): FetchFailure {
  return { status, ok: false, statusText, headers: {}, errorType: 'fetchResponse', body };
}

/** Makes data read-only through and through, as everything that a wire provisions is. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
