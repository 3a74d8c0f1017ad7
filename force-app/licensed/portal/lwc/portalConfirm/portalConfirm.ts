import { LightningElement, api } from 'lwc';
import cancel from '@salesforce/label/c.Site_Cancel';
import type { ButtonLook } from 'c/portalButton';

/**
 * A question answered where it is asked: the site does not support modals. The cursor starts on Cancel, Escape cancels.
 * Fires `confirm` and `cancel`. What else is needed, such as a reason, stands in the slot.
 */
export default class PortalConfirm extends LightningElement {
  readonly labels = Object.freeze({ cancel });

  @api question = '';
  @api explanation?: string;
  @api confirmLabel = '';
  @api look: ButtonLook = 'primary';
  @api busy = false;

  private isFocused = false;

  renderedCallback(): void {
    if (this.isFocused) return;
    this.isFocused = true;
    this.template?.querySelector<HTMLElement & { focus(): void }>('.cancel')?.focus();
  }

  handleConfirm(): void {
    this.dispatchEvent(new CustomEvent('confirm'));
  }

  handleCancel(): void {
    if (!this.busy) this.dispatchEvent(new CustomEvent('cancel'));
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.handleCancel();
  }
}
