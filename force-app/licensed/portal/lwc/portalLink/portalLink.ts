import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { toPageReference } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';

/** How a link looks; a link never acts, so it is never a button. */
export type LinkLook = 'text' | 'strong' | 'nav' | 'primary' | 'plain';

/** A link to a page or record of the site: a real address, followed without loading the site again. */
export default class PortalLink extends NavigationMixin(LightningElement) {
  /** Text of the link. */
  @api label = '';
  @api look: LinkLook = 'text';
  /** Says more to a screen reader, where several links read the same. */
  @api description?: string;
  /** Whether this is the page that is shown. */
  @api current = false;

  url?: string;

  private linkTarget?: LinkTarget;

  @api
  get target(): LinkTarget | undefined {
    return this.linkTarget;
  }
  set target(target: LinkTarget | undefined) {
    this.linkTarget = target;
    if (this.isConnected) void this.resolveUrl();
  }

  connectedCallback(): void {
    void this.resolveUrl();
  }

  get classes(): string {
    return `link link_${this.look}${this.current ? ' link_current' : ''}`;
  }

  get ariaCurrent(): 'page' | null {
    return this.current ? 'page' : null;
  }

  /** Puts the cursor on the link. */
  @api focus(): void {
    this.template?.querySelector('a')?.focus();
  }

  handleClick(event: MouseEvent): void {
    // Whoever asks for another tab or window gets it.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (this.linkTarget) this[NavigationMixin.Navigate](toPageReference(this.linkTarget));
  }

  private async resolveUrl(): Promise<void> {
    const target = this.linkTarget;
    if (!target) return;
    const url = await this[NavigationMixin.GenerateUrl](toPageReference(target));
    if (target === this.linkTarget) this.url = url;
  }
}
