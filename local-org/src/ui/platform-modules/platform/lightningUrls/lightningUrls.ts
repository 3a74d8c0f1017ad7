/** What Apex knows as the org's own domain (`URL.getOrgDomainUrl()`) is where this page came from. */
const OWN_DOMAIN = /^https:\/\/local-org\.my\.salesforce\.com(?=\/)/;

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-page-reference-type.html */
export interface PageReference {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, string>>;
}

/** What callers may hand in: the state is optional and holds anything. */
export interface PageReferenceInput {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

/** The URL of a page, as Lightning Experience writes it. Page references of unknown type are refused by name. */
export function lightningUrl(page: PageReferenceInput): string {
  const at = (name: string): string => encodeURIComponent(textOf(page.attributes?.[name]));
  const path = ((): string => {
    switch (page.type) {
      case 'standard__recordPage':
        return `/lightning/r/${at('objectApiName') === '' ? '' : `${at('objectApiName')}/`}${at('recordId')}/${at('actionName') || 'view'}`;
      case 'standard__recordRelationshipPage':
        return `/lightning/r/${at('objectApiName')}/${at('recordId')}/related/${at('relationshipApiName')}/${at('actionName') || 'view'}`;
      case 'standard__objectPage':
        return `/lightning/o/${at('objectApiName')}/${at('actionName') || 'list'}`;
      case 'standard__navItemPage':
        return `/lightning/n/${at('apiName')}`;
      case 'standard__namedPage':
        return `/lightning/page/${at('pageName') || 'home'}`;
      case 'standard__component':
        return `/lightning/cmp/${at('componentName')}`;
      case 'standard__quickAction':
        return `/lightning/action/quick/${at('apiName')}`;
      case 'standard__app':
        return `/lightning/app/${at('appTarget')}`;
      case 'standard__webPage':
        return textOf(page.attributes?.['url']).replace(OWN_DOMAIN, '');
      default:
        throw new Error(`Page references of type ${page.type} are not available in the local org`);
    }
  })();
  return path + queryOf(page.state ?? {});
}

/** The state of a page reference as the query of an address. */
export function queryOf(state: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined && value !== null) query.set(name, textOf(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What stands in an address: texts, numbers and flags; anything else means nothing there. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** The page reference of a URL of Lightning Experience. */
export function lightningPage(url: URL): PageReference {
  const [, root, kind, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const state = Object.fromEntries(url.searchParams);
  const page = (type: string, attributes: Record<string, unknown>): PageReference => ({
    type,
    attributes,
    state,
  });
  if (root === 'lightning') {
    if (kind === 'r' && rest[2] === 'related') {
      const [objectApiName, recordId, , relationshipApiName, actionName] = rest;
      return page('standard__recordRelationshipPage', {
        objectApiName,
        recordId,
        relationshipApiName,
        actionName,
      });
    }
    if (kind === 'r') {
      const [recordId, actionName] = rest.slice(-2);
      const objectApiName = rest.length > 2 ? rest[0] : undefined;
      return page('standard__recordPage', { objectApiName, recordId, actionName });
    }
    if (kind === 'o')
      return page('standard__objectPage', { objectApiName: rest[0], actionName: rest[1] });
    if (kind === 'n') return page('standard__navItemPage', { apiName: rest[0] });
    if (kind === 'page') return page('standard__namedPage', { pageName: rest[0] });
    if (kind === 'cmp') return page('standard__component', { componentName: rest[0] });
    if (kind === 'action') return page('standard__quickAction', { apiName: rest[1] });
    if (kind === 'app') return page('standard__app', { appTarget: rest[0] });
    if (kind === 'setup') return page('shell__setup', { section: rest[0] });
  }
  return page('shell__unknown', { path: url.pathname });
}
