import { LightningElement, api } from 'lwc';
import failed from '@salesforce/label/c.Site_Load_Failed';
import loading from '@salesforce/label/c.Site_Loading';
import retry from '@salesforce/label/c.Site_Retry';
import { reduceErrors } from 'c/reduceErrors';

/**
 * A panel in one of four states: it loads, it failed, there is nothing, or there is something, which stands in the slot.
 * Fires `retry` when the person asks to load again.
 */
export default class PortalPanel extends LightningElement {
  readonly labels = Object.freeze({ failed, loading, retry });

  @api heading?: string;
  @api intro?: string;
  @api isLoading = false;
  @api errors?: unknown;
  /** Said instead of the content; nothing when there is content. */
  @api emptyText?: string;
  /** Without frame, where the content brings its own. */
  @api plain = false;

  get classes(): string {
    return this.plain ? 'panel panel_plain' : 'panel';
  }

  get hasFailed(): boolean {
    return !this.isLoading && this.errors !== undefined && this.errors !== null;
  }

  get isEmpty(): boolean {
    return !this.isLoading && !this.hasFailed && Boolean(this.emptyText);
  }

  get hasContent(): boolean {
    return !this.isLoading && !this.hasFailed && !this.isEmpty;
  }

  get busy(): 'true' | 'false' {
    return this.isLoading ? 'true' : 'false';
  }

  get messages(): { key: number; text: string }[] {
    return reduceErrors(this.errors).map((text, key) => ({ key, text }));
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
