import { lightningPage, lightningUrl, queryOf, textOf } from 'platform/lightningUrls';
import type { PageReference, PageReferenceInput } from 'platform/lightningUrls';
import { session } from 'platform/session';
import { matchSitePath, sitePath } from 'platform/siteUrls';

export type { PageReference, PageReferenceInput };

/** Called after each navigation. */
export type RouteListener = (page: PageReference) => void;

const listeners = new Set<RouteListener>();
const { basePath, routes } = session.site;
/** What addresses of pages begin with that open in place. */
const IN_PLACE = basePath === '' ? '/lightning/' : `${basePath}/`;

/** The URL of a page, as Lightning Experience or the site writes it. Page references of unknown type are refused by name. */
export function toUrl(page: PageReferenceInput): string {
  if (basePath === '' || page.type === 'standard__webPage') return lightningUrl(page);
  const { filterName, recordName, ...state } = page.state ?? {};
  const names: Readonly<Record<string, unknown>> = { filterName, recordName };
  const path = sitePath(routes, {
    type: page.type,
    at: (attribute) => textOf(page.attributes?.[attribute]),
    state: (name) => textOf(names[name]),
  });
  return basePath + path + queryOf(state);
}

/** The page reference of a URL. */
export function fromUrl(url: URL): PageReference {
  if (basePath === '') return lightningPage(url);
  const match = matchSitePath(
    routes,
    url.pathname.slice(basePath.length).split('/').map(decodeURIComponent).join('/'),
  );
  const query = Object.fromEntries(url.searchParams);
  if (match === null)
    return { type: 'comm__namedPage', attributes: { name: 'Error' }, state: query };
  return { type: match.type, attributes: match.attributes, state: { ...match.state, ...query } };
}

/** Where the browser is. */
export function currentPage(): PageReference {
  return fromUrl(new URL(window.location.href));
}

/** Goes to a page of the org, in place, or opens a web page in a new tab as the platform does. */
export function navigate(page: PageReferenceInput, replace = false): void {
  const url = toUrl(page);
  if (page.type === 'standard__webPage' && !url.startsWith(IN_PLACE)) {
    window.open(url, '_blank', 'noopener');
  } else if (page.type === 'comm__loginPage') {
    // Logging in and out changes who everything is shown to: the document starts anew.
    window.location.assign(url);
  } else {
    goTo(url, replace);
  }
}

/** Goes to a path of the org without loading the document again. */
export function goTo(url: string, replace = false): void {
  if (replace) window.history.replaceState({}, '', url);
  else window.history.pushState({}, '', url);
  announce();
}

/** Tells after each navigation. Returns the way to stop. */
export function onNavigate(listener: RouteListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(): void {
  const page = currentPage();
  for (const listener of [...listeners]) listener(page);
}

window.addEventListener('popstate', announce);
