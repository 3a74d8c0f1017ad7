import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError } from '../diagnostics/index.ts';
import { checkSiteComponents } from './check-site-components.ts';
import type {
  NetworkMetadata,
  Project,
  ProjectWarning,
  SiteBundle,
  SiteConfigMetadata,
  SitePlace,
  SiteRoute,
} from './model.ts';

/** Profiles that every org has, by the names that metadata gives them (Metadata API Developer Guide, "Profile"). */
export const STANDARD_PROFILES = new Set([
  'admin',
  'standard',
  'readonly',
  'solutionmanager',
  'marketingprofile',
  'contractmanager',
  'minimum access - salesforce',
  'standardaul',
  'partner community user',
  'partner community login user',
  'customer community user',
  'customer community plus user',
  'customer community login user',
  'customer community plus login user',
  'customer portal manager',
  'customer portal manager custom',
  'customer portal manager standard',
  'high volume customer portal',
  'high volume customer portal user',
  'authenticated website',
  'gold partner user',
  'silver partner user',
  'bronze partner user',
  'partner app subscription user',
  'external identity user',
  'external apps user',
  'external apps login user',
  'identity user',
  'chatter free user',
  'chatter external user',
  'company communities user',
]);

/** Route types whose lack the platform is known to refuse (practitioner-reported, text too). */
const REQUIRED_ROUTES = ['service-not-available', 'too-many-requests'];

const BUILD_YOUR_OWN = 'talon-template-byo';

/** What is wrong with sites, and what the local org cannot show of them. */
export interface SiteFindings {
  readonly problems: LocalOrgError[];
  readonly warnings: ProjectWarning[];
}

/** Collects findings with their places. */
export class SiteReport implements SiteFindings {
  readonly problems: LocalOrgError[] = [];
  readonly warnings: ProjectWarning[] = [];

  problem(message: string, { file, line }: SitePlace): void {
    this.problems.push(raise(Diagnostics.METADATA_INVALID, [message], { file, line, column: 1 }));
  }

  warning(message: string, { file, line }: SitePlace): void {
    this.warnings.push({ message, position: { file, line, column: 1 } });
  }
}

/**
 * Checks that networks, custom sites, configurations and bundles belong together, and bundles in themselves. Where research
 * knows the platform's text for a mistake, it is that; the others are ours, and that the platform refuses them is inferred.
 */
export function checkSites(project: Project): SiteFindings {
  const report = new SiteReport();
  for (const network of project.networks.values()) checkNetwork(network, project, report);
  checkConfigs(project, report);
  for (const bundle of project.siteBundles.values()) checkBundle(bundle, project, report);
  return report;
}

function checkNetwork(network: NetworkMetadata, project: Project, report: SiteReport): void {
  const { picassoSite, site } = network;
  if (picassoSite !== undefined && !hasBundle(project, picassoSite))
    report.problem(`In field: PicassoSite - no SiteDotCom named ${picassoSite} found`, network);
  const customSite = site === undefined ? undefined : project.customSites.get(site.toLowerCase());
  if (site === undefined) report.problem('Required field is missing: site', network);
  else if (customSite === undefined)
    report.problem(`In field: site - no CustomSite named ${site} found`, network);
  else if (customSite.urlPathPrefix !== network.urlPathPrefix) {
    report.problem(
      `The urlPathPrefix of the network, ${network.urlPathPrefix}, and that of its custom site, ${customSite.urlPathPrefix}, must be the same`,
      network,
    );
  }
  for (const name of network.memberProfiles) {
    const known = STANDARD_PROFILES.has(name.toLowerCase());
    if (!known && !project.profiles.has(name.toLowerCase()))
      report.problem(`In field: profile - no Profile named ${name} found`, network);
  }
  for (const name of network.memberPermissionSets) {
    if (!project.permissionSets.has(name.toLowerCase()))
      report.problem(`In field: permissionSet - no PermissionSet named ${name} found`, network);
  }
  const profile = network.selfRegProfile?.toLowerCase();
  if (profile !== undefined && !network.memberProfiles.some((one) => one.toLowerCase() === profile))
    report.problem(
      'You can only select profiles that are associated with the experience.',
      network,
    );
}

/** Bundles of Aura sites count as well; the local org does not show those. */
function hasBundle(project: Project, name: string): boolean {
  const wanted = name.toLowerCase();
  return (
    project.siteBundles.has(wanted) ||
    project.components.some(
      ({ type, fullName }) =>
        type === 'ExperienceBundle' && fullName.toLowerCase().endsWith(wanted),
    )
  );
}

function checkConfigs(project: Project, report: SiteReport): void {
  const prefixes = new Map<string, SiteConfigMetadata>();
  const networkOf = (bundle: string): NetworkMetadata | undefined =>
    [...project.networks.values()].find(
      (network) => network.picassoSite?.toLowerCase() === bundle.toLowerCase(),
    );
  for (const config of project.siteConfigs.values()) {
    const bundle = config.space.replace(/^site\//, '');
    if (!project.siteBundles.has(bundle.toLowerCase())) {
      report.problem(
        `One piece of content with the contentType sfdc_cms__appPage is required to create the experience space ${config.space}`,
        config,
      );
    }
    const prefix = config.urlPathPrefix ?? '';
    if (!/^[A-Za-z0-9]+$/.test(prefix)) {
      report.problem(
        `The value for urlPathPrefix in DigitalExperienceConfig isn't valid: '${prefix}'`,
        config,
      );
      continue;
    }
    const other = prefixes.get(prefix.toLowerCase());
    if (other !== undefined)
      report.problem(`The urlPathPrefix ${prefix} belongs to ${other.name} already`, config);
    prefixes.set(prefix.toLowerCase(), config);
    if (networkOf(bundle)?.urlPathPrefix === prefix) {
      report.problem(
        `The urlPathPrefix of a network must differ from that of its DigitalExperienceConfig: ${prefix}`,
        config,
      );
    }
  }
  const spaces = new Set([...project.siteConfigs.values()].map(({ space }) => space.toLowerCase()));
  for (const bundle of project.siteBundles.values()) {
    if (!spaces.has(`site/${bundle.name}`.toLowerCase()))
      report.problem(`The site ${bundle.name} has no DigitalExperienceConfig`, bundle);
    if (networkOf(bundle.name) === undefined)
      report.problem(`In field: Network/Name - no Network for ${bundle.name} found`, bundle);
  }
}

function checkBundle(bundle: SiteBundle, project: Project, report: SiteReport): void {
  if (bundle.appPage === undefined) {
    report.problem(
      `One piece of content with the contentType sfdc_cms__appPage is required to create the experience space site/${bundle.name}`,
      bundle,
    );
  }
  checkThemes(bundle, report);
  checkRoutes(bundle, report);
  checkViews(bundle, report);
  checkSiteComponents(bundle, project, report);
}

function checkThemes(bundle: SiteBundle, report: SiteReport): void {
  const { appPage } = bundle;
  if (appPage !== undefined && !bundle.themes.has(appPage.currentThemeId.toLowerCase()))
    report.problem(`The site has no theme ${appPage.currentThemeId}`, appPage.place);
  for (const theme of bundle.themes.values()) {
    const { file } = theme.place;
    if (!bundle.brandingSets.has(theme.activeBrandingSetId.toLowerCase()))
      report.problem(`The site has no branding set ${theme.activeBrandingSetId}`, theme.place);
    for (const { layoutId, line } of theme.layouts) {
      if (!bundle.themeLayouts.has(layoutId.toLowerCase()))
        report.problem(`The site has no theme layout ${layoutId}`, { file, line });
    }
    const missing = ['Inner', 'ServiceNotAvailable'].filter(
      (type) => !theme.layouts.some(({ layoutType }) => layoutType === type),
    );
    if (missing.length > 0) {
      report.problem(
        `Required ThemeLayouts are missing. Add mappings for ${missing.join(', ')}`,
        theme.place,
      );
    }
  }
}

function checkRoutes(bundle: SiteBundle, report: SiteReport): void {
  const byPrefix = new Map<string, SiteRoute>();
  const byType = new Map<string, SiteRoute>();
  for (const route of bundle.routes.values()) {
    const { file } = route.place;
    const view = bundle.views.get(route.activeViewId.toLowerCase());
    if (view === undefined) {
      report.problem(
        `The route ${route.apiName} shows the view ${route.activeViewId}, which the site does not have`,
        { file, line: route.activeViewLine },
      );
    } else if (view.viewType !== route.routeType) {
      report.problem(
        `The view ${view.apiName} is of type ${view.viewType}, its route ${route.apiName} of type ${route.routeType}: they must be the same`,
        { file: view.place.file, line: view.viewTypeLine },
      );
    }
    const sameType = byType.get(route.routeType);
    if (sameType !== undefined)
      report.problem(
        `The routes ${sameType.apiName} and ${route.apiName} have the same route type ${route.routeType}`,
        route.place,
      );
    byType.set(route.routeType, route);
    // The three pages of an object share their prefix.
    const owner = `${objectOf(route)}:${route.urlPrefix.toLowerCase()}`;
    const samePrefix = [...byPrefix].find(
      ([key, other]) =>
        other.urlPrefix.toLowerCase() === route.urlPrefix.toLowerCase() &&
        (key !== owner || objectOf(route) === ''),
    )?.[1];
    if (samePrefix !== undefined) {
      report.problem(
        `The routes ${samePrefix.apiName} and ${route.apiName} have the same urlPrefix '${route.urlPrefix}'`,
        { file, line: route.urlPrefixLine },
      );
    }
    byPrefix.set(owner, route);
  }
  // Sites of other templates, such as that of Messaging, have fewer pages.
  const isOwn = (bundle.appPage?.templateName ?? BUILD_YOUR_OWN) === BUILD_YOUR_OWN;
  // Sites that nobody logs in to were generated without a log-in page.
  const logIn = bundle.authenticationType === 'UNAUTHENTICATED' ? [] : ['login-main'];
  for (const type of ['home', 'error', ...logIn, ...REQUIRED_ROUTES]) {
    if (isOwn && !byType.has(type))
      report.problem(`Your site needs a route with route type ${type}`, bundle);
  }
  checkObjectPages(byType, report);
}

/** Key prefix or name of the object whose page a route is; empty for others. */
function objectOf(route: SiteRoute): string {
  return /^(?:detail|list|relatedlist)-(.+)$/.exec(route.routeType)?.[1] ?? '';
}

/** Documented: the pages of an object are made together. */
function checkObjectPages(byType: ReadonlyMap<string, SiteRoute>, report: SiteReport): void {
  for (const route of byType.values()) {
    const object = objectOf(route);
    const kinds = object === '' ? [] : ['detail', 'list', 'relatedlist'];
    const missing = kinds.filter((kind) => !byType.has(`${kind}-${object}`));
    if (
      missing.length === 0 ||
      byType.get(`${kinds.find((kind) => !missing.includes(kind)) ?? ''}-${object}`) !== route
    )
      continue;
    report.problem(
      `The pages of ${object} need routes of the types ${missing.map((kind) => `${kind}-${object}`).join(', ')} as well`,
      route.place,
    );
  }
}

function checkViews(bundle: SiteBundle, report: SiteReport): void {
  const theme = bundle.themes.get((bundle.appPage?.currentThemeId ?? '').toLowerCase());
  const shown = new Set(
    [...bundle.routes.values()].map(({ activeViewId }) => activeViewId.toLowerCase()),
  );
  const types = new Set([...bundle.routes.values()].map(({ routeType }) => routeType));
  for (const view of bundle.views.values()) {
    const { file } = view.place;
    // Variations of a page are views of the same type; one of them is active.
    if (!shown.has(view.apiName.toLowerCase()) && !types.has(view.viewType))
      report.problem(`No route shows the view ${view.apiName}`, view.place);
    const known = theme?.layouts.some(({ layoutType }) => layoutType === view.themeLayoutType);
    if (known === false) {
      report.problem(
        `The theme has no layout of the type ${view.themeLayoutType} that the view ${view.apiName} asks for`,
        { file, line: view.themeLayoutLine },
      );
    }
    if (view.component === undefined)
      report.problem(`The view ${view.apiName} has no component`, view.place);
  }
}
