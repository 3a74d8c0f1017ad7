import { LightningElement, api } from 'lwc';
import working from '@salesforce/label/c.Site_Working';

/** How much a button weighs. */
export type ButtonLook = 'primary' | 'plain' | 'danger' | 'quiet';

/** A button. While it is busy it says so and cannot be pressed again. */
export default class PortalButton extends LightningElement {
  @api label = '';
  @api look: ButtonLook = 'plain';
  @api disabled = false;
  @api busy = false;
  /** Says more to a screen reader, where several buttons read the same. */
  @api description?: string;

  get isDisabled(): boolean {
    return this.disabled || this.busy;
  }

  get classes(): string {
    return `button button_${this.look}`;
  }

  get text(): string {
    return this.busy ? working : this.label;
  }

  get spokenLabel(): string | null {
    return this.busy ? null : (this.description ?? null);
  }

  /** Puts the cursor on the button. */
  @api focus(): void {
    this.template?.querySelector('button')?.focus();
  }
}
