import { currentTransaction } from '../../../execution/current.ts';
import { define, required } from '../define.ts';
import { PageReferenceValue } from '../system/page-reference.ts';

/** Sites and networks outside of a site: nobody is on one (documented: null where no network is in the context). */
export const networkTypes = [
  define('Network', {
    'communitiesLanding()': () => new PageReferenceValue('/'),
    'forwardToAuthPage(String)': (url: string | null) =>
      new PageReferenceValue(`/login?startURL=${encodeURIComponent(required(url))}`),
    'getLoginUrl(String)': (id: string | null) => networkUrl(required(id), '/login'),
    'getLogoutUrl(String)': (id: string | null) => networkUrl(required(id), '/secur/logout.jsp'),
    'getNetworkId()': () => null,
    'getSelfRegUrl(String)': (id: string | null) => networkUrl(required(id), '/CommunitiesSelfReg'),
  }),
  define('Site', {
    'getAdminEmail()': () => null,
    'getAdminId()': () => null,
    'getBaseUrl()': () => '',
    'getBaseSecureUrl()': () => '',
    'getCurrentSiteUrl()': () => null,
    'getDomain()': () => null,
    'getErrorDescription()': () => '',
    'getErrorMessage()': () => '',
    'getMasterLabel()': () => null,
    'getName()': () => null,
    'getOriginalUrl()': () => null,
    'getPathPrefix()': () => null,
    'getPrefix()': () => null,
    'getSiteId()': () => null,
    'getSiteType()': () => null,
    'getSiteTypeLabel()': () => null,
    'isLoginEnabled()': () => false,
    'isPasswordExpired()': () => false,
    'isRegistrationEnabled()': () => false,
    'isValidUsername(String)': (name: string | null) =>
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(required(name)),
  }),
];

function networkUrl(id: string, path: string): string | null {
  const { schema } = currentTransaction();
  return schema.object('Network') === undefined
    ? null
    : `https://local-org.my.site.com/${id.slice(0, 15)}${path}`;
}
