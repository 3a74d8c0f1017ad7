import type { SiteRouteInfo } from '../ui/platform-modules/platform/siteUrls/siteUrls.ts';

/** What `platform/sessionData` tells the page. */
export interface SessionData {
  readonly user: {
    readonly Id: string;
    readonly isGuest: boolean;
    readonly name: string;
    readonly username: string;
    readonly profileName: string;
    readonly userType: string;
    readonly locale: string;
    readonly language: string;
    readonly timeZone: string;
  };
  readonly organizationName: string;
  /** Whether this is somebody else than the administrator that browsers are logged in as at first. */
  readonly isLoggedInAs: boolean;
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  /** Experience Cloud site, when the page is one's. */
  readonly site: {
    readonly Id: string | null;
    readonly communityId: string | null;
    readonly basePath: string;
    readonly activeLanguages: readonly { readonly label: string; readonly code: string }[];
    /** What stands before the paths of API calls; empty in Lightning Experience. */
    readonly apiBase: string;
    readonly routes: readonly SiteRouteInfo[];
    /** Where an administrator returns to that logged in as this member; null for members themselves. */
    readonly returnUrl: string | null;
  };
}
