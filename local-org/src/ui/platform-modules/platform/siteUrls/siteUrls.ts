/** A route of an Experience Cloud site, as addresses need it. */
export interface SiteRouteInfo {
  /** `Leads__c` */
  readonly apiName: string;
  /** `home`, `detail-00Q`, `custom-leads` */
  readonly routeType: string;
  readonly urlPrefix: string;
  /** Of the routes of an object's pages. */
  readonly objectApiName: string | null;
}

/** Where a path of a site leads: the route, and the page reference that components get. */
export interface SiteMatch {
  readonly route: SiteRouteInfo;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What the path adds to the state of the page reference. */
  readonly state: Readonly<Record<string, string>>;
}

const RECORD_ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** What pages of an object are: by the beginning of the route's type. Documented: Metadata API, DigitalExperienceBundle, sfdc_cms__route. */
function objectPage(route: SiteRouteInfo): 'detail' | 'list' | 'relatedlist' | null {
  const kind = /^(detail|list|relatedlist)-/.exec(route.routeType)?.[1];
  return kind === undefined ? null : (kind as 'detail' | 'list' | 'relatedlist');
}

/**
 * The route of a path below the site's base path (`/lead/00Q…/view`); null when there is none. The three pages of an object
 * share one prefix and differ by what follows. That a detail page has the form `/<prefix>/<record Id>[/<name>]` is
 * practitioner-reported, the forms of the two others are inferred.
 */
export function matchSitePath(routes: readonly SiteRouteInfo[], path: string): SiteMatch | null {
  const parts = path.split('/').filter((part) => part !== '');
  for (let length = parts.length; length >= 0; length -= 1) {
    const prefix = parts.slice(0, length).join('/').toLowerCase();
    const rest = parts.slice(length);
    for (const route of routes) {
      if (route.urlPrefix.toLowerCase() !== prefix) continue;
      const match = matchRest(route, rest);
      if (match !== null) return match;
    }
  }
  return null;
}

function matchRest(route: SiteRouteInfo, rest: readonly string[]): SiteMatch | null {
  const [first = '', second = '', third = ''] = rest;
  const objectApiName = route.objectApiName ?? '';
  switch (objectPage(route)) {
    case 'detail':
      if (!RECORD_ID.test(first) || rest.length > 2) return null;
      return {
        route,
        type: 'standard__recordPage',
        attributes: { objectApiName, recordId: first, actionName: 'view' },
        state: second === '' ? {} : { recordName: second },
      };
    case 'list':
      if (rest.length > 2 || RECORD_ID.test(first) || first === 'related') return null;
      return {
        route,
        type: 'standard__objectPage',
        attributes: { objectApiName, actionName: 'home' },
        state: second === '' ? {} : { filterName: second },
      };
    case 'relatedlist':
      if (first !== 'related' || rest.length !== 3 || !RECORD_ID.test(second)) return null;
      return {
        route,
        type: 'standard__recordRelationshipPage',
        attributes: {
          objectApiName,
          recordId: second,
          relationshipApiName: third,
          actionName: 'view',
        },
        state: {},
      };
    case null:
      if (rest.length > 0) return null;
      return { route, type: 'comm__namedPage', attributes: { name: route.apiName }, state: {} };
    default:
      return null;
  }
}

/** A page reference with all its attributes as text. */
export interface SitePage {
  readonly type: string;
  readonly at: (attribute: string) => string;
  readonly state: (name: string) => string;
}

/**
 * The path of a page below the base path. Throws where the site has no such page: what Salesforce then does is not
 * documented, and a link that leads nowhere is a mistake worth hearing of.
 */
export function sitePath(routes: readonly SiteRouteInfo[], page: SitePage): string {
  const { at } = page;
  const need = (route: SiteRouteInfo | undefined, what: string): string => {
    if (route === undefined) throw new Error(`The site has no page for ${what}`);
    return route.urlPrefix === '' ? '' : `/${route.urlPrefix}`;
  };
  const ofObject = (kind: string): SiteRouteInfo | undefined =>
    routes.find(
      (route) =>
        objectPage(route) === kind &&
        route.objectApiName?.toLowerCase() === at('objectApiName').toLowerCase(),
    );
  switch (page.type) {
    case 'comm__namedPage': {
      // LWR sites name pages by `name`; `pageName` is what Aura sites had.
      const wanted = (at('name') || at('pageName')).toLowerCase();
      const found = routes.find(
        (route) =>
          route.apiName.toLowerCase() === wanted || route.routeType.toLowerCase() === wanted,
      );
      return need(found, `comm__namedPage ${at('name') || at('pageName')}`) || '/';
    }
    case 'standard__namedPage':
      return (
        need(
          routes.find((route) => route.routeType === at('pageName').toLowerCase()),
          `standard__namedPage ${at('pageName')}`,
        ) || '/'
      );
    case 'comm__loginPage':
      if (at('actionName') === 'logout') return '/secur/logout.jsp';
      return need(
        routes.find((route) => route.routeType === 'login-main'),
        'comm__loginPage login',
      );
    case 'standard__recordPage': {
      const object = at('objectApiName');
      const id = at('recordId');
      const route =
        object === ''
          ? routes.find((one) => one.routeType === `detail-${id.slice(0, 3)}`)
          : ofObject('detail');
      return `${need(route, `records of ${object || id.slice(0, 3)}`)}/${encodeURIComponent(id)}/${encodeURIComponent(page.state('recordName') || 'detail')}`;
    }
    case 'standard__objectPage':
      return `${need(ofObject('list'), `lists of ${at('objectApiName')}`)}/${encodeURIComponent(at('objectApiName'))}/${encodeURIComponent(page.state('filterName') || 'Default')}`;
    case 'standard__recordRelationshipPage':
      return `${need(ofObject('relatedlist'), `related lists of ${at('objectApiName')}`)}/related/${encodeURIComponent(at('recordId'))}/${encodeURIComponent(at('relationshipApiName'))}`;
    default:
      throw new Error(`Page references of type ${page.type} are not available on sites`);
  }
}
