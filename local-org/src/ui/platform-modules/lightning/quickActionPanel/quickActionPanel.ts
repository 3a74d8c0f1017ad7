import { LightningElement, api } from 'lwc';

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-quick-action-panel */
export default class QuickActionPanel extends LightningElement {
  @api header = '';
  hasFooter = false;

  get footerClass(): string {
    return this.hasFooter ? 'slds-modal__footer footer' : 'slds-hide';
  }

  handleFooter(event: Event): void {
    this.hasFooter = (event.target as HTMLSlotElement).assignedNodes().length > 0;
  }
}
