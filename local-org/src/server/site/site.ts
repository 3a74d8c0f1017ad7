import { relative } from 'node:path';
import type { Project, SiteBundle, SiteComponent, SiteRoute } from '../../project/model.ts';
import { matchSitePath } from '../../ui/platform-modules/platform/siteUrls/siteUrls.ts';
import type {
  SiteMatch,
  SiteRouteInfo,
} from '../../ui/platform-modules/platform/siteUrls/siteUrls.ts';
import type { OrgGateway, Session, SiteInfo } from '../contract.ts';
import { siteNode } from './site-model.ts';
import type { SitePageModel, SiteTree } from './site-model.ts';

/** Pages that nobody has to log in for: without them nobody could. */
const ALWAYS_PUBLIC: ReadonlySet<string> = new Set([
  'login-main',
  'self-register',
  'forgot-password',
  'check-password',
  'error',
  'service-not-available',
  'too-many-requests',
]);

/** Where the link in a password mail leads: a page of the platform, in the site's frame. */
const CHANGE_PASSWORD = '/secur/forgotpassword.jsp';

/** A site with the bundle that it shows. */
export class Site {
  readonly info: SiteInfo;
  readonly bundle: SiteBundle;
  readonly routes: readonly SiteRouteInfo[];
  readonly #project: Project;
  readonly #gateway: OrgGateway;

  private constructor(
    info: SiteInfo,
    bundle: SiteBundle,
    routes: readonly SiteRouteInfo[],
    project: Project,
    gateway: OrgGateway,
  ) {
    this.info = info;
    this.bundle = bundle;
    this.routes = routes;
    this.#project = project;
    this.#gateway = gateway;
  }

  /** The site with this address; undefined when the org has none of it. */
  static async find(
    gateway: OrgGateway,
    project: Project,
    prefix: string,
  ): Promise<Site | undefined> {
    const info = (await gateway.sites()).find(
      (site) => site.prefix.toLowerCase() === prefix.toLowerCase(),
    );
    const bundle = info && project.siteBundles.get(info.bundle.toLowerCase());
    if (info === undefined || bundle === undefined) return undefined;
    const routes = await Promise.all(
      [...bundle.routes.values()].map((route) => routeInfo(gateway, route)),
    );
    return new Site(info, bundle, routes, project, gateway);
  }

  /** `/partners` */
  get basePath(): string {
    return `/${this.info.prefix}`;
  }

  /** Where a member logs in, and comes back from to the page that was asked for. */
  loginUrl(startUrl: string): string {
    const login = this.routes.find((route) => route.routeType === 'login-main');
    const path = login === undefined ? this.basePath : `${this.basePath}/${login.urlPrefix}`;
    return startUrl === '' ? path : `${path}?startURL=${encodeURIComponent(startUrl)}`;
  }

  /** What a path below the base path shows to this visitor; `isGuest`: nobody is logged in. */
  async page(path: string, session: Session | null, isGuest: boolean): Promise<SitePageModel> {
    // Not as a base: `//other/` would be read as another host.
    const url = new URL(`http://site${path}`);
    if (url.pathname === CHANGE_PASSWORD) return this.#changePasswordPage(url);
    const match = matchSitePath(this.routes, decodePath(url.pathname));
    const route = match && this.bundle.routes.get(match.route.apiName.toLowerCase());
    if (isGuest && (route === undefined || route === null || this.#needsLogin(route))) {
      // Guests are not told which pages there are.
      return { kind: 'login', url: this.loginUrl(this.basePath + path) };
    }
    if (match === null || route === undefined || route === null) return this.#errorPage(url);
    return this.#shown(route, match, url, 200, session);
  }

  #needsLogin(route: SiteRoute): boolean {
    switch (route.pageAccess) {
      case 'Public':
        return false;
      case 'RequiresLogin':
        return true;
      default:
        return (
          this.bundle.authenticationType === 'AUTHENTICATED' && !ALWAYS_PUBLIC.has(route.routeType)
        );
    }
  }

  /** Documented: the page of route type `error` is what invalid addresses show. */
  async #errorPage(url: URL): Promise<SitePageModel> {
    const info = this.routes.find((route) => route.routeType === 'error');
    const route = info && this.bundle.routes.get(info.apiName.toLowerCase());
    if (info === undefined || route === undefined) {
      return {
        kind: 'page',
        status: 404,
        pageReference: { type: 'comm__namedPage', attributes: {}, state: {} },
        title: 'Invalid Page',
        themeLayout: null,
        view: {
          name: '',
          root: { kind: 'region', name: 'content', attributes: {}, children: [], where: '' },
        },
        expressions: {},
      };
    }
    const match: SiteMatch = {
      route: info,
      type: 'comm__namedPage',
      attributes: { name: route.apiName },
      state: {},
    };
    return this.#shown(route, match, url, 404, null);
  }

  #changePasswordPage(url: URL): SitePageModel {
    const root = {
      kind: 'component' as const,
      name: 'platform:changePassword',
      attributes: {},
      children: [],
      where: '',
    };
    return {
      kind: 'page',
      status: 200,
      pageReference: {
        type: 'comm__namedPage',
        attributes: {},
        state: Object.fromEntries(url.searchParams),
      },
      title: 'Change Password',
      themeLayout: this.#themeLayout('Inner'),
      view: { name: 'changePassword', root },
      expressions: {},
    };
  }

  async #shown(
    route: SiteRoute,
    match: SiteMatch,
    url: URL,
    status: number,
    session: Session | null,
  ): Promise<SitePageModel> {
    const view = this.bundle.views.get(route.activeViewId.toLowerCase());
    const pageReference = {
      type: match.type,
      attributes: match.attributes,
      state: { ...match.state, ...Object.fromEntries(url.searchParams) },
    };
    const expressions: Record<string, string> = {};
    for (const name of ['recordId', 'objectApiName', 'relationshipApiName']) {
      const value = match.attributes[name];
      if (value !== undefined) expressions[name] = value;
    }
    if (match.state['filterName'] !== undefined)
      expressions['filterName'] = match.state['filterName'];
    const seo = view?.component && find(view.component, 'community_builder:seoAssistant');
    const pageTitle = seo?.attributes.get('pageTitle')?.value;
    if (typeof pageTitle === 'string' && pageTitle.includes('{!Record.') && session !== null)
      await this.#recordExpressions(session, expressions);
    return {
      kind: 'page',
      status,
      pageReference,
      title: fill(typeof pageTitle === 'string' ? pageTitle : route.title, expressions),
      themeLayout: this.#themeLayout(view?.themeLayoutType ?? ''),
      view: this.#tree(view?.apiName ?? '', view?.component, view?.place ?? route.place),
      expressions,
    };
  }

  #themeLayout(layoutType: string): SiteTree | null {
    const { bundle } = this;
    const theme =
      bundle.themes.get((bundle.appPage?.currentThemeId ?? '').toLowerCase()) ??
      [...bundle.themes.values()][0];
    const layoutId = theme?.layouts.find((one) => one.layoutType === layoutType)?.layoutId ?? '';
    const layout = bundle.themeLayouts.get(layoutId.toLowerCase());
    return layout === undefined ? null : this.#tree(layout.apiName, layout.component, layout.place);
  }

  #tree(name: string, component: SiteComponent | undefined, place: { file: string; line: number }) {
    const shorten = (file: string): string => relative(this.#project.root, file);
    const root =
      component === undefined
        ? {
            kind: 'region' as const,
            name: 'content',
            attributes: {},
            children: [],
            where: `${shorten(place.file)}:${String(place.line)}`,
          }
        : siteNode(component, place, shorten);
    return { name, root };
  }

  /** `{!Record._Object}` and `{!Record._Title}`; a record that is not there and one that may not be seen have no title. */
  async #recordExpressions(session: Session, expressions: Record<string, string>): Promise<void> {
    const recordId = expressions['recordId'] ?? '';
    const objectApiName = expressions['objectApiName'] ?? '';
    expressions['Record._Object'] = objectApiName;
    expressions['Record._Title'] = '';
    try {
      const info = await this.#gateway.objectInfo(session, objectApiName);
      expressions['Record._Object'] = info.label;
      const nameField = info.nameFields.includes('Name') ? 'Name' : (info.nameFields[0] ?? 'Id');
      const record = await this.#gateway.getRecord(session, {
        recordId,
        fields: [],
        optionalFields: [`${info.apiName}.${nameField}`],
      });
      const value = record.fields[nameField]?.value;
      expressions['Record._Title'] = typeof value === 'string' ? value : '';
    } catch {
      // The page itself says what is wrong.
    }
  }
}

async function routeInfo(gateway: OrgGateway, route: SiteRoute): Promise<SiteRouteInfo> {
  const { apiName, routeType, urlPrefix } = route;
  const target = /^(?:detail|list|relatedlist)-(.+)$/.exec(routeType)?.[1];
  // Standard objects by key prefix, custom ones by name (documented).
  const objectApiName =
    target === undefined
      ? null
      : /^\w{3}$/.test(target)
        ? await gateway.objectOfId(`${target}000000000000`)
        : target;
  return { apiName, routeType, urlPrefix, objectApiName };
}

function decodePath(path: string): string {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return '/\u0000';
  }
}

function find(component: SiteComponent, name: string): SiteComponent | undefined {
  if (component.name === name) return component;
  for (const child of component.children) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fill(text: string, expressions: Readonly<Record<string, string>>): string {
  return text
    .replace(/\{!([^}]+)\}/g, (_, name: string) => expressions[name.trim()] ?? '')
    .replace(/^[\s:.]+|[\s:.]+$/g, '');
}

/** Specifiers of the project's components that a page shows: the document has them loaded ahead. */
export function componentsOf(model: SitePageModel): string[] {
  if (model.kind === 'login') return [];
  const found = new Set<string>();
  const visit = (node: {
    name: string;
    kind: string;
    children: readonly (typeof node)[];
  }): void => {
    if (node.kind === 'component' && node.name.startsWith('c:'))
      found.add(`c/${node.name.slice(2)}`);
    node.children.forEach(visit);
  };
  visit(model.view.root);
  if (model.themeLayout !== null) visit(model.themeLayout.root);
  return [...found];
}
