import { currentTransaction } from '../../../execution/current.ts';
import type { NetworkServices } from '../../../execution/contract.ts';
import type { SiteInfo } from '../../../server/contract.ts';
import { defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { notImplemented } from '../environment.ts';
import { PageReferenceValue } from '../system/page-reference.ts';

/** The site that the request came through; null everywhere else. */
function site(): SiteInfo | null {
  return currentTransaction().services.networks?.current() ?? null;
}

function services(member: string): NetworkServices {
  const { networks } = currentTransaction().services;
  if (networks === undefined) throw notImplemented(member);
  return networks;
}

/** The local org serves sites below its own address, which transactions do not know: addresses are paths, which browsers understand. */
function basePath(): string {
  const current = site();
  return current === null ? '' : `/${current.prefix}`;
}

/**
 * Sites and networks. Outside of a site nobody is on one (documented: null where no network is in the context). Members that
 * are not here refuse by name.
 */
export const networkTypes = [
  define('Network', {
    'communitiesLanding()': () => new PageReferenceValue(`${basePath()}/`),
    'forwardToAuthPage(String)': (url: string | null) =>
      new PageReferenceValue(`${basePath()}/login?startURL=${encodeURIComponent(required(url))}`),
    'getLoginUrl(String)': (id: string | null) => networkUrl(required(id), '/login'),
    'getLogoutUrl(String)': (id: string | null) => networkUrl(required(id), '/secur/logout.jsp'),
    'getNetworkId()': () => site()?.networkId ?? null,
    'getSelfRegUrl(String)': (id: string | null) => networkUrl(required(id), '/CommunitiesSelfReg'),
  }),
  define('Site', {
    'forgotPassword(String)': (username: string | null) =>
      services('Site.forgotPassword').forgotPassword(required(username)),
    'getAdminEmail()': () => null,
    'getAdminId()': () => null,
    'getBaseUrl()': basePath,
    'getBaseSecureUrl()': basePath,
    'getCurrentSiteUrl()': () => (site() === null ? null : `${basePath()}/`),
    'getDomain()': () => null,
    'getErrorDescription()': () => '',
    'getErrorMessage()': () => '',
    'getMasterLabel()': () => site()?.name ?? null,
    'getName()': () => site()?.name ?? null,
    'getOriginalUrl()': () => null,
    'getPathPrefix()': () => (site() === null ? null : basePath()),
    'getPrefix()': () => (site() === null ? null : basePath()),
    'getSiteId()': () => site()?.siteId ?? null,
    // Documented values: `ChatterNetwork`, labelled as such, for Experience Cloud sites.
    'getSiteType()': () => (site() === null ? null : 'ChatterNetwork'),
    'getSiteTypeLabel()': () => (site() === null ? null : 'Experience Cloud Site'),
    'isLoginEnabled()': () => site() !== null,
    'isPasswordExpired()': () => false,
    'isRegistrationEnabled()': () => false,
    'isValidUsername(String)': (name: string | null) =>
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(required(name)),
    'login(String,String,String)': (
      username: string | null,
      password: string | null,
      startUrl: string | null,
    ) =>
      new PageReferenceValue(
        services('Site.login').login(required(username), password ?? '', startUrl ?? ''),
      ),
  }),
  defineBean('ResetPasswordResult'),
];

function networkUrl(id: string, path: string): string | null {
  const { schema } = currentTransaction();
  return schema.object('Network') === undefined
    ? null
    : `https://local-org.my.site.com/${id.slice(0, 15)}${path}`;
}
