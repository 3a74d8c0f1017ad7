import { request } from 'platform/http';
import type { FetchFailure } from 'platform/http';

/** Asks the local org for what a page shows. */
export async function get<T>(
  path: string,
  query: Record<string, string | number | null | undefined> = {},
): Promise<T> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return (await request('GET', `/api/ui/${path}${text === '' ? '' : `?${text}`}`)) as T;
}

/** Tells the local org to do something. */
export async function post<T>(path: string, body: Record<string, unknown> = {}): Promise<T> {
  return (await request('POST', `/api/ui/${path}`, body)) as T;
}

/** What went wrong, in words: of a refused request, or of anything that was thrown. */
export function messageOf(error: unknown): string {
  const body = (error as Partial<FetchFailure> | undefined)?.body;
  if (Array.isArray(body)) {
    return body.map((one: { message?: string }) => one.message ?? '').join(' ');
  }
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return error instanceof Error ? error.message : String(error);
}

/** Whether the answer was: there is no such thing, or not for this user. */
export function isNotFound(error: unknown): boolean {
  return (error as Partial<FetchFailure> | undefined)?.status === 404;
}

const APP_KEY = 'local-org.app';

/** The app that this browser chose; undefined for the first. */
export function chosenApp(): string | undefined {
  return window.localStorage.getItem(APP_KEY) ?? undefined;
}

export function chooseApp(name: string): void {
  window.localStorage.setItem(APP_KEY, name);
}

interface SaveRefusal {
  readonly output?: {
    readonly errors?: readonly { readonly message: string }[];
    readonly fieldErrors?: Readonly<
      Record<string, readonly { readonly field: string; readonly message: string }[]>
    >;
  };
}

/** What was wrong with a save: of the record, then field by field. */
export function saveErrors(error: unknown): string[] {
  const { output } = ((error as Partial<FetchFailure> | undefined)?.body ?? {}) as SaveRefusal;
  const ofRecord = (output?.errors ?? []).map(({ message }) => message);
  const ofFields = Object.values(output?.fieldErrors ?? {})
    .flat()
    .map(({ field, message }) => (message.includes(field) ? message : `${field}: ${message}`));
  const all = [...new Set([...ofRecord, ...ofFields])];
  return all.length > 0 ? all : [messageOf(error)];
}
