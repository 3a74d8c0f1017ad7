import { createElement } from 'lwc';
import type { LightningElement } from 'lwc';
import { messageOf } from 'site/api';
import { standardComponent } from 'site/standard';
import type { Slots } from 'site/standard';
import type { SiteNode, SitePageModel, SiteTree } from '../../../server/site/site-model.ts';

type Page = Extract<SitePageModel, { kind: 'page' }>;
type ComponentConstructor = typeof LightningElement;

/** What a whole attribute may be: `{!recordId}`. */
const EXPRESSION = /^\{!\s*([\w.]+)\s*\}$/;

/**
 * The page of a site, built from its component trees. Components of the project are custom elements in native shadow; what
 * the tree puts into their regions are their children, in the slot of the region's name.
 */
export class SitePage {
  readonly element = document.createElement('div');
  #layoutName: string | undefined;
  #content: HTMLElement | undefined;

  /** Shows a page. The theme layout stays as it is when the page has the same. */
  async show(page: Page, isWanted: () => boolean): Promise<void> {
    const view = await buildTree(page.view, page.expressions);
    if (!isWanted()) return;
    const layoutName = page.themeLayout?.name ?? '';
    if (layoutName === this.#layoutName && this.#content !== undefined) {
      this.#content.replaceChildren(...view);
      return;
    }
    const content = document.createElement('div');
    content.className = 'site-content';
    content.append(...view);
    const layout =
      page.themeLayout === null
        ? [content]
        : await buildNode(page.themeLayout.root, page.expressions, [content]);
    if (!isWanted()) return;
    this.#layoutName = layoutName;
    this.#content = content;
    this.element.replaceChildren(...layout);
  }

  /** Says why there is no page. */
  fail(message: string): void {
    this.#layoutName = undefined;
    this.element.replaceChildren(failure('The page cannot be shown', message, ''));
  }
}

function buildTree(tree: SiteTree, expressions: Page['expressions']): Promise<HTMLElement[]> {
  return buildNode(tree.root, expressions, []);
}

/** Elements of a node; `content` is what stands in its default slot besides its regions. */
async function buildNode(
  node: SiteNode,
  expressions: Page['expressions'],
  content: readonly HTMLElement[],
): Promise<HTMLElement[]> {
  if (node.kind === 'region') {
    const children = await Promise.all(
      node.children.map((child) => buildNode(child, expressions, [])),
    );
    return children.flat();
  }
  try {
    const slots = await buildSlots(node, expressions, content);
    const attributes = resolve(node, expressions);
    const standard = await standardComponent(node.name, attributes, slots);
    if (standard !== undefined) return standard;
    return [await projectComponent(node, attributes, slots)];
  } catch (error) {
    console.error(error);
    return [failure(`${node.name} cannot be shown`, messageOf(error), node.where)];
  }
}

async function buildSlots(
  node: SiteNode,
  expressions: Page['expressions'],
  content: readonly HTMLElement[],
): Promise<Slots> {
  const slots = new Map<string, HTMLElement[]>();
  if (content.length > 0) slots.set('', [...content]);
  await Promise.all(
    node.children.map(async (child) => {
      const name = child.kind === 'region' ? child.name : '';
      const built = await buildNode(child, expressions, []);
      slots.set(name, [...(slots.get(name) ?? []), ...built]);
    }),
  );
  return slots;
}

async function projectComponent(
  node: SiteNode,
  attributes: Readonly<Record<string, unknown>>,
  slots: Slots,
): Promise<HTMLElement> {
  const [namespace = '', name = ''] = node.name.split(':');
  if (namespace !== 'c')
    throw new Error('This component of Salesforce is not available in the local org');
  const module = (await import(`/modules/c/${name}.js`)) as { default?: unknown };
  if (typeof module.default !== 'function')
    throw new Error('The module has no component as its default export');
  const tag = `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const element = createElement(tag, { is: module.default as ComponentConstructor });
  Object.assign(element, attributes);
  for (const [slot, children] of slots) {
    for (const child of children) {
      if (slot !== '') child.slot = slot;
      element.append(child);
    }
  }
  return element;
}

/** Attributes with the values of their expressions; what an expression has no value for stays unset. */
function resolve(node: SiteNode, expressions: Page['expressions']): Record<string, unknown> {
  const known = new Set(['recordId', 'objectApiName', 'relationshipApiName', 'filterName']);
  const resolved: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(node.attributes)) {
    const expression = typeof value === 'string' ? EXPRESSION.exec(value)?.[1] : undefined;
    if (expression === undefined) {
      resolved[name] = value;
    } else if (expressions[expression] !== undefined) {
      resolved[name] = expressions[expression];
    } else if (!known.has(expression)) {
      throw new Error(`The expression {!${expression}} is not available in the local org`);
    }
  }
  return resolved;
}

function failure(heading: string, message: string, where: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'site-failure';
  box.setAttribute('role', 'alert');
  const title = document.createElement('strong');
  title.textContent = heading;
  const text = document.createElement('pre');
  text.textContent = where === '' ? message : `${message}\n${where}`;
  box.append(title, text);
  return box;
}
