import type { SiteReport } from './check-sites.ts';
import type { LwcBundle, Project, SiteBundle, SiteComponent, SitePlace } from './model.ts';

/**
 * Components of the platform that the local org has stand-ins for (`ui/site/standard`, which a test compares with this
 * list). Others are deployed, and refuse by name where they stand.
 */
export const STANDARD_COMPONENTS: ReadonlySet<string> = new Set([
  'community_layout:sldsFlexibleLayout',
  'community_layout:section',
  'community_layout:simpleThemeLayout',
  'community_byo:scopedHeaderAndFooter',
  'community_builder:htmlEditor',
  'community_builder:richTextEditor',
  'community_builder:seoAssistant',
  'dxp_base:textBlock',
  'dxp_content_layout:siteLogo',
  'experience_availability:autoRefresh',
  'community_login:loginForm',
  'community_login:forgotPassword',
  'community_login:checkEmail',
  'community_login:selfRegister',
  'community_login:employeeLoginLink',
]);

const PAGE_TARGET = 'lightningCommunity__Page';
const PROPERTY_TARGET = 'lightningCommunity__Default';
const LAYOUT_TARGETS = ['lightningCommunity__Theme_Layout', 'lightningCommunity__Page_Layout'];

/** Checks the component trees of views and theme layouts. */
export function checkSiteComponents(
  bundle: SiteBundle,
  project: Project,
  report: SiteReport,
): void {
  const ids = new Map<string, SitePlace>();
  for (const { component, place } of [...bundle.views.values(), ...bundle.themeLayouts.values()]) {
    if (component === undefined) continue;
    const visit = (node: SiteComponent, isRoot: boolean): void => {
      const at = { file: place.file, line: node.line };
      checkId(node, at, ids, report);
      if (node.kind === 'component') checkComponent(node, at, isRoot, project, report);
      for (const child of node.children) visit(child, false);
    };
    visit(component, true);
  }
}

/** Practitioner-reported: Ids are UUIDs, unique in the whole site. */
function checkId(
  node: SiteComponent,
  at: SitePlace,
  ids: Map<string, SitePlace>,
  report: SiteReport,
): void {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(node.id)) {
    report.problem(`The id of ${node.name} must be a UUID in lower case: '${node.id}'`, at);
    return;
  }
  if (ids.has(node.id)) report.problem(`The id ${node.id} stands in the site twice`, at);
  ids.set(node.id, at);
}

function checkComponent(
  node: SiteComponent,
  at: SitePlace,
  isRoot: boolean,
  project: Project,
  report: SiteReport,
): void {
  const [namespace = '', name = '', ...rest] = node.name.split(':');
  if (name === '' || rest.length > 0) {
    report.problem(`'${node.name}' does not name a component`, at);
    return;
  }
  if (namespace !== 'c') {
    if (!STANDARD_COMPONENTS.has(node.name))
      report.warning(
        `The component ${node.name} of the platform is not available in the local org`,
        at,
      );
    if (node.name === 'community_layout:section') checkSection(node, at, report);
    return;
  }
  const component = project.lwcBundles.get(name.toLowerCase());
  if (component?.name !== name) {
    report.problem(`The component ${node.name} does not exist`, at);
    return;
  }
  const targets = isRoot ? [PAGE_TARGET, ...LAYOUT_TARGETS] : [PAGE_TARGET];
  if (!component.isExposed)
    report.problem(
      `The component ${node.name} is not exposed: its js-meta.xml must say isExposed true`,
      at,
    );
  else if (!component.targets.some((target) => targets.includes(target)))
    report.problem(
      `The component ${node.name} cannot stand here: its js-meta.xml does not name the target ${isRoot ? targets.join(' or ') : PAGE_TARGET}`,
      at,
    );
  checkAttributes(node, at, component, report);
}

/** Documented: properties of site components are those of the target lightningCommunity__Default. */
function checkAttributes(
  node: SiteComponent,
  at: SitePlace,
  component: LwcBundle,
  report: SiteReport,
): void {
  const properties = component.targetConfigs
    .filter(({ targets }) =>
      targets.some((target) => target === PROPERTY_TARGET || LAYOUT_TARGETS.includes(target)),
    )
    .flatMap((config) => config.properties);
  for (const [name, { value, line }] of node.attributes) {
    const place = { file: at.file, line };
    const property = properties.find((one) => one.name === name);
    // The builder writes it for every component.
    if (property === undefined && name === 'dxpStyle') continue;
    if (property === undefined) {
      report.problem(`${name} is no property of the component ${node.name}`, place);
      continue;
    }
    const isExpression = typeof value === 'string' && /^\{!.*\}$/.test(value);
    const expected = jsonTypeOf(property.type);
    if (!isExpression && expected !== undefined && typeof value !== expected)
      report.problem(
        `The property ${name} of ${node.name} is of type ${property.type}: ${JSON.stringify(value)} is not`,
        place,
      );
  }
  for (const property of properties) {
    if (property.required && !node.attributes.has(property.name) && property.default === undefined)
      report.problem(`The component ${node.name} needs a value for ${property.name}`, at);
  }
}

function jsonTypeOf(type: string): 'string' | 'boolean' | 'number' | undefined {
  switch (type) {
    case 'String':
    case 'Color':
      return 'string';
    case 'Boolean':
      return 'boolean';
    case 'Integer':
      return 'number';
    default:
      return undefined;
  }
}

interface Section {
  readonly UUID?: unknown;
  readonly columns?: readonly {
    readonly UUID?: unknown;
    readonly columnKey?: unknown;
    readonly columnWidth?: unknown;
  }[];
}

/** A section's configuration is JSON in a text, and says again what its regions are. An object there deploys, and shows nothing. */
function checkSection(node: SiteComponent, at: SitePlace, report: SiteReport): void {
  const config = node.attributes.get('sectionConfig');
  const place = { file: at.file, line: config?.line ?? at.line };
  if (typeof config?.value !== 'string') {
    report.problem('sectionConfig must be a text that holds JSON', place);
    return;
  }
  let section: Section;
  try {
    section = JSON.parse(config.value) as Section;
  } catch {
    report.problem('sectionConfig holds no JSON', place);
    return;
  }
  const columns = section.columns ?? [];
  if (section.UUID !== node.id)
    report.problem('The UUID in sectionConfig must be the id of its section', place);
  const width = columns.reduce((sum, column) => sum + Number(column.columnWidth), 0);
  if (columns.length > 0 && width !== 12)
    report.problem(`The widths of the columns must add up to 12, not ${String(width)}`, place);
  for (const region of node.children) {
    const column = columns.find((one) => one.columnKey === region.name);
    if (column === undefined)
      report.problem(`The region ${region.name} is no column of its section`, {
        file: at.file,
        line: region.line,
      });
    else if (column.UUID !== region.id)
      report.problem(`The UUID of column ${region.name} must be the id of its region`, place);
  }
}
