import { LightningElement, api } from 'lwc';

/** An empty or error state: what is the matter, in one sentence, and what to do. */
export default class MessagePanel extends LightningElement {
  @api heading = '';
  @api text = '';
  @api kind: 'error' | 'empty' = 'empty';
  @api iconName = '';

  get role(): string {
    return this.kind === 'error' ? 'alert' : 'status';
  }

  get icon(): string {
    if (this.iconName !== '') return this.iconName;
    return this.kind === 'error' ? 'utility:error' : 'utility:info_alt';
  }

  get iconVariant(): string | undefined {
    return this.kind === 'error' ? 'error' : undefined;
  }
}
