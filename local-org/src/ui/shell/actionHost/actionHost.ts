import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { CLOSE_ACTION_SCREEN } from 'platform/eventNames';
import { messageOf } from 'shell/api';
import type { ActionModel } from '../../../server/pages/model.ts';

interface ActionRequest {
  readonly action: ActionModel;
  readonly recordId: string;
  readonly objectApiName: string;
  /** What was pressed: it gets the focus back. */
  readonly opener: HTMLElement;
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
      if (holder?.component?.invoke === undefined)
        throw new Error('The component has no @api method invoke()');
      await holder.component.invoke();
    } catch (error) {
      this.dispatchEvent(
        new ShowToastEvent({ title: this.label, message: messageOf(error), variant: 'error' }),
      );
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
    const opener = this.request?.opener;
    this.request = null;
    this.announce(false);
    opener?.focus();
  }

  private announce(open: boolean): void {
    this.dispatchEvent(new CustomEvent('openchange', { detail: { open } }));
  }
}
