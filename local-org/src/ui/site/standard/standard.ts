import { createElement } from 'lwc';
import type { LightningElement } from 'lwc';
import { session } from 'platform/session';

/** Elements by slot; the default slot is the empty name. */
export type Slots = ReadonlyMap<string, readonly HTMLElement[]>;

type Attributes = Readonly<Record<string, unknown>>;
type Builder = (attributes: Attributes, slots: Slots) => HTMLElement[] | Promise<HTMLElement[]>;

/**
 * Stand-ins for the platform's components that sites of *Build Your Own (LWR)* are made of, by the names in their bundles.
 * What they do is inferred from their attributes and from the published templates; those that are not here refuse by name.
 */
const COMPONENTS: Readonly<Record<string, Builder>> = {
  'community_layout:sldsFlexibleLayout': (_, slots) => slotsInOrder(slots, ['content']),
  'community_layout:section': section,
  'community_layout:simpleThemeLayout': (_, slots) => themeLayout(slots),
  'community_byo:scopedHeaderAndFooter': (attributes, slots) =>
    themeLayout(slots, attributes['hideThemeFooter'] === true),
  'community_builder:htmlEditor': richText,
  'community_builder:richTextEditor': richText,
  'dxp_base:textBlock': textBlock,
  'dxp_content_layout:siteLogo': siteLogo,
  // The title comes with the page; there is no search engine to tell the rest.
  'community_builder:seoAssistant': () => [],
  'experience_availability:autoRefresh': autoRefresh,
  'community_login:loginForm': (attributes) =>
    lwc(attributes, 'site-login-form', () => import('site/loginForm')),
  'community_login:forgotPassword': (attributes) =>
    lwc(attributes, 'site-forgot-password', () => import('site/forgotPassword')),
  'community_login:checkEmail': (attributes) =>
    lwc(attributes, 'site-check-email', () => import('site/checkEmail')),
  'community_login:selfRegister': (attributes) =>
    lwc(attributes, 'site-self-register', () => import('site/selfRegister')),
  // Not in bundles: the platform's own page for new passwords.
  'platform:changePassword': (attributes) =>
    lwc(attributes, 'site-change-password', () => import('site/changePassword')),
  'community_login:employeeLoginLink': (attributes) =>
    lwc(attributes, 'site-employee-login-link', () => import('site/employeeLoginLink')),
};

/** The stand-in for a component of the platform; undefined for all others. */
export function standardComponent(
  name: string,
  attributes: Attributes,
  slots: Slots,
): HTMLElement[] | Promise<HTMLElement[]> | undefined {
  return Object.hasOwn(COMPONENTS, name) ? COMPONENTS[name]?.(attributes, slots) : undefined;
}

function slotsInOrder(slots: Slots, names: readonly string[]): HTMLElement[] {
  return names.flatMap((name) => [...(slots.get(name) ?? [])]);
}

interface SectionColumn {
  readonly columnKey?: string;
  readonly columnWidth?: string;
}

/** Columns of twelfths, below one another where there is no room. */
function section(attributes: Attributes, slots: Slots): HTMLElement[] {
  const config = attributes['sectionConfig'];
  if (typeof config !== 'string') throw new Error('sectionConfig must be a text that holds JSON');
  const { columns = [] } = JSON.parse(config) as { columns?: readonly SectionColumn[] };
  const element = document.createElement('div');
  element.className = 'site-section';
  const background = attributes['backgroundColor'];
  if (typeof background === 'string') element.style.background = background;
  const maxWidth = attributes['maxContentWidth'];
  if (typeof maxWidth === 'string' && maxWidth !== '') element.style.maxWidth = maxWidth;
  for (const { columnKey = '', columnWidth = '12' } of columns) {
    const column = document.createElement('div');
    column.className = 'site-column';
    column.style.setProperty('--site-column-width', `${String((Number(columnWidth) / 12) * 100)}%`);
    column.append(...(slots.get(columnKey) ?? []));
    element.append(column);
  }
  return isEmpty(element) ? [] : [element];
}

function isEmpty(element: HTMLElement): boolean {
  return [...element.children].every((child) => child.childElementCount === 0);
}

function themeLayout(slots: Slots, hidesFooter = false): HTMLElement[] {
  const frame = document.createElement('div');
  frame.className = 'site-frame';
  const header = document.createElement('header');
  header.append(...(slots.get('header') ?? []));
  const main = document.createElement('main');
  main.className = 'site-content';
  main.append(...(slots.get('') ?? []));
  const footer = document.createElement('footer');
  footer.append(...(slots.get('footer') ?? []));
  if (header.childElementCount > 0) frame.append(header);
  frame.append(main);
  if (footer.childElementCount > 0 && !hidesFooter) frame.append(footer);
  return [frame];
}

/** Markup of the site's authors. Scripts in it do not run: the content security policy forbids them, as it does on the platform. */
function richText(attributes: Attributes): HTMLElement[] {
  const element = document.createElement('div');
  const text = attributes['richTextValue'];
  element.innerHTML = typeof text === 'string' ? text : '';
  return [element];
}

function textBlock(attributes: Attributes): HTMLElement[] {
  const tag = attributes['textDisplayInfo'];
  const { htmlTag = 'p' } =
    typeof tag === 'string' && tag !== '' ? (JSON.parse(tag) as { htmlTag?: string }) : {};
  const element = document.createElement(/^(h[1-6]|p)$/.test(htmlTag) ? htmlTag : 'p');
  const text = attributes['text'];
  element.textContent = typeof text === 'string' ? text : '';
  return [element];
}

/** Logos are content of the platform's CMS, which source does not hold: the name of the site takes their place. */
function siteLogo(): HTMLElement[] {
  const link = document.createElement('a');
  link.href = `${session.site.basePath}/`;
  link.textContent = session.organizationName;
  link.style.fontWeight = '600';
  return [link];
}

function autoRefresh(): HTMLElement[] {
  window.setTimeout(() => window.location.assign(`${session.site.basePath}/`), 30_000);
  return [];
}

async function lwc(
  attributes: Attributes,
  tag: string,
  load: () => Promise<{ default: typeof LightningElement }>,
): Promise<HTMLElement[]> {
  const { default: component } = await load();
  const element = createElement(tag, { is: component });
  // Styling of the builder has no meaning here.
  const { dxpStyle: _, ...properties } = attributes;
  Object.assign(element, properties);
  return [element];
}
