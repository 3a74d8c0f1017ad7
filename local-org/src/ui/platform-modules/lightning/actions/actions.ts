import { CLOSE_ACTION_SCREEN } from 'platform/eventNames';

/** https://developer.salesforce.com/docs/platform/lwc/guide/use-quick-actions-screen.html */
export class CloseActionScreenEvent extends CustomEvent<unknown> {
  constructor(init?: CustomEventInit<unknown>) {
    super(CLOSE_ACTION_SCREEN, { ...init, bubbles: true, composed: true });
  }
}
