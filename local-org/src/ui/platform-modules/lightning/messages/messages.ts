import { LightningElement } from 'lwc';
import { MESSAGES_EVENT } from 'platform/recordFields';
import type { RegisteredMessages } from 'platform/recordFields';

/** What was wrong with a save. https://developer.salesforce.com/docs/component-library/bundle/lightning-messages */
export default class Messages extends LightningElement {
  messages: readonly string[] = [];

  get hasMessages(): boolean {
    return this.messages.length > 0;
  }

  connectedCallback(): void {
    const detail: RegisteredMessages = { show: (messages) => (this.messages = messages) };
    this.dispatchEvent(new CustomEvent(MESSAGES_EVENT, { bubbles: true, composed: true, detail }));
  }
}
