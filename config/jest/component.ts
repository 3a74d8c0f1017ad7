/** What the tests of components do with what they have put on the page. */
import { createElement } from 'lwc';

/** A component on the page, alone or with the events it sent. */
export type Shown = HTMLElement | { readonly element: HTMLElement };

/** A quick action on the page. */
export interface OpenedAction {
  readonly element: HTMLElement & { recordId?: string };
  /** Toasts, refreshes and closings, in their order. */
  readonly events: Event[];
}

const rootOf = (shown: Shown): ShadowRoot => {
  const { shadowRoot } = 'element' in shown ? shown.element : shown;
  if (shadowRoot === null) throw new Error('Not a component');
  return shadowRoot;
};

/** Lets answers arrive and the component render. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** The first element in the component's own template; null when it is not rendered. */
export function find<Found extends Element = HTMLElement & Record<string, unknown>>(
  shown: Shown,
  selector: string,
): Found | null {
  return rootOf(shown).querySelector<Found>(selector);
}

/** All of them, in document order. */
export function all<Found extends Element = HTMLElement>(shown: Shown, selector: string): Found[] {
  return [...rootOf(shown).querySelectorAll<Found>(selector)];
}

/** The text of the first; empty when it is not rendered. */
export function text(shown: Shown, selector: string): string {
  return find(shown, selector)?.textContent?.trim() ?? '';
}

/** Texts of all of them. */
export function texts(shown: Shown, selector: string): string[] {
  return all(shown, selector).map(({ textContent }) => (textContent ?? '').trim());
}

/** Clicks, and waits for what follows. @throws TypeError when it is not rendered */
export async function click(shown: Shown, selector: string): Promise<void> {
  find<HTMLElement>(shown, selector)!.click();
  await settled();
}

/** Sends the change event of a base component's input, and waits for what follows. */
export async function change(shown: Shown, selector: string, value: unknown): Promise<void> {
  find(shown, selector)!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

/** Puts a quick action on the page, as a record page does: the Id comes after the element. */
export async function openAction(
  tag: string,
  constructor: typeof import('lwc').LightningElement,
  recordId: string,
): Promise<OpenedAction> {
  const element: OpenedAction['element'] = createElement(tag, { is: constructor });
  const events: Event[] = [];
  for (const name of [
    'lightning__showtoast',
    'lightning__refresh',
    'lightning__actionsclosescreen',
  ]) {
    element.addEventListener(name, (event) => events.push(event));
  }
  document.body.appendChild(element);
  element.recordId = recordId;
  await settled();
  return { element, events };
}
