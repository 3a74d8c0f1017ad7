/** The event that closes a quick action's modal; the shell listens for it. */
export const CLOSE_ACTION_SCREEN = 'lightning__actionsclosescreen';

/** https://developer.salesforce.com/docs/platform/lwc/guide/use-quick-actions-screen.html */
export class CloseActionScreenEvent extends CustomEvent<unknown> {
  constructor(init?: CustomEventInit<unknown>) {
    super(CLOSE_ACTION_SCREEN, { ...init, bubbles: true, composed: true });
  }
}
