import type { PlainJson } from './json-tree.ts';

/** Where something stands. */
export interface SitePlace {
  readonly file: string;
  readonly line: number;
}

/** A network: an Experience Cloud site as the org keeps it, with its members. */
export interface NetworkMetadata extends SitePlace {
  readonly name: string;
  readonly description: string | undefined;
  readonly status: string;
  /** Name of the site bundle that it shows (`Partner_Portal1`); undefined for sites without one. */
  readonly picassoSite: string | undefined;
  /** Name of its {@link CustomSiteMetadata}. */
  readonly site: string | undefined;
  readonly urlPathPrefix: string;
  readonly allowInternalUserLogin: boolean;
  readonly selfRegistration: boolean;
  readonly selfRegProfile: string | undefined;
  /** Names as metadata writes them: `admin` is System Administrator. */
  readonly memberProfiles: readonly string[];
  readonly memberPermissionSets: readonly string[];
  readonly emailSenderName: string | undefined;
  readonly emailSenderAddress: string | undefined;
}

/** A site of Salesforce Sites, which every network has underneath. */
export interface CustomSiteMetadata extends SitePlace {
  readonly name: string;
  readonly label: string;
  readonly active: boolean;
  readonly siteType: string;
  readonly urlPathPrefix: string;
}

/** Joins a site bundle and the path at which it is served. */
export interface SiteConfigMetadata extends SitePlace {
  readonly name: string;
  readonly label: string | undefined;
  readonly urlPathPrefix: string | undefined;
  /** `site/Partner_Portal1` */
  readonly space: string;
}

/** A digital experience bundle of type site. Maps are keyed by API name in lower case. */
export interface SiteBundle extends SitePlace {
  /** `Partner_Portal1` */
  readonly name: string;
  readonly folder: string;
  readonly label: string;
  readonly title: string;
  readonly authenticationType: string | undefined;
  readonly items: readonly SiteItem[];
  readonly appPage: SiteAppPage | undefined;
  readonly routes: ReadonlyMap<string, SiteRoute>;
  readonly views: ReadonlyMap<string, SiteView>;
  readonly themeLayouts: ReadonlyMap<string, SiteThemeLayout>;
  readonly themes: ReadonlyMap<string, SiteTheme>;
  readonly brandingSets: ReadonlyMap<string, SiteBranding>;
  readonly languages: readonly { readonly code: string; readonly label: string }[];
  readonly defaultLanguage: string | undefined;
}

/** One piece of content of a bundle, whatever its type. `place` is its content.json, or its folder where there is none. */
export interface SiteItem {
  readonly type: string;
  readonly apiName: string;
  readonly title: string;
  readonly place: SitePlace;
}

/** Head markup and theme of all pages. */
export interface SiteAppPage extends SiteItem {
  readonly currentThemeId: string;
  readonly templateName: string;
  readonly headMarkup: string;
}

/** An address of the site. */
export interface SiteRoute extends SiteItem {
  readonly activeViewId: string;
  readonly activeViewLine: number;
  readonly routeType: string;
  readonly urlPrefix: string;
  readonly urlPrefixLine: number;
  /** `UseParent`, `Public` or `RequiresLogin`. */
  readonly pageAccess: string;
}

/** What an address shows. */
export interface SiteView extends SiteItem {
  readonly viewType: string;
  readonly viewTypeLine: number;
  readonly themeLayoutType: string;
  readonly themeLayoutLine: number;
  readonly component: SiteComponent | undefined;
}

/** What stands around views. */
export interface SiteThemeLayout extends SiteItem {
  readonly component: SiteComponent | undefined;
}

/** Which layout views of a layout type get, and which colours and fonts. */
export interface SiteTheme extends SiteItem {
  readonly activeBrandingSetId: string;
  readonly layouts: readonly {
    readonly layoutId: string;
    readonly layoutType: string;
    readonly line: number;
  }[];
}

/** Colours, fonts and measures by token. */
export interface SiteBranding extends SiteItem {
  readonly values: ReadonlyMap<string, string>;
}

/** A component or a region in the tree of a view or a theme layout. */
export interface SiteComponent {
  readonly kind: 'component' | 'region';
  readonly id: string;
  /** `c:portalHome`, `community_layout:section`; for regions their name. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, { readonly value: PlainJson; readonly line: number }>;
  readonly children: readonly SiteComponent[];
  readonly line: number;
}
