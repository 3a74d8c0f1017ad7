import { LightningElement, api } from 'lwc';
import { CLOSE_ACTION_SCREEN } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { messageOf } from 'shell/api';
import type { ActionModel } from '../../../server/pages/model.ts';

interface ActionRequest {
  readonly action: ActionModel;
  readonly recordId: string;
  readonly objectApiName: string;
}

interface Focusable extends HTMLElement {
  focus(): void;
}

interface ComponentHolder extends HTMLElement {
  readonly component?: HTMLElement & { invoke?: () => unknown };
}

/** Runs quick actions: with a screen in a modal, or without one by calling `invoke()`. */
export default class ActionHost extends LightningElement {
  request: ActionRequest | null = null;
  private opener?: HTMLElement | null;

  private readonly onClose = (): void => this.close();

  connectedCallback(): void {
    window.addEventListener(CLOSE_ACTION_SCREEN, this.onClose);
  }

  disconnectedCallback(): void {
    window.removeEventListener(CLOSE_ACTION_SCREEN, this.onClose);
  }

  get isScreen(): boolean {
    return this.request !== null && !this.request.action.headless;
  }

  get isHeadless(): boolean {
    return this.request?.action.headless === true;
  }

  get label(): string {
    return this.request?.action.label ?? '';
  }

  get properties(): Record<string, unknown> {
    return { recordId: this.request?.recordId, objectApiName: this.request?.objectApiName };
  }

  /** Starts an action; one at a time. */
  @api
  open(request: ActionRequest): void {
    if (this.request !== null || request.action.specifier === null) return;
    this.opener = activeElement();
    this.request = request;
    if (!request.action.headless) this.announce(true);
  }

  handleLoad(): void {
    (this.refs?.['trap'] as Focusable | undefined)?.focus();
  }

  async handleHeadless(): Promise<void> {
    // The component stands in the page one rendering after it was loaded.
    await Promise.resolve();
    const holder = this.refs?.['headless'] as ComponentHolder | undefined;
    try {
      if (holder?.component?.invoke === undefined) throw new Error('The component has no @api method invoke()');
      await holder.component.invoke();
    } catch (error) {
      this.dispatchEvent(new ShowToastEvent({ title: this.label, message: messageOf(error), variant: 'error' }));
    } finally {
      this.request = null;
    }
  }

  handleKey(event: KeyboardEvent): void {
    // An open dropdown or date picker takes Escape for itself.
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.close();
  }

  close(): void {
    if (!this.isScreen) return;
    this.request = null;
    this.announce(false);
    this.opener?.focus();
  }

  private announce(open: boolean): void {
    this.dispatchEvent(new CustomEvent('openchange', { detail: { open } }));
  }
}

/** Synthetic shadow shows the host of the focused component; that is what can be focused again. */
function activeElement(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}
