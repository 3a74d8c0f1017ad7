import { SHOW_TOAST } from 'platform/eventNames';

export const ShowToastEventName = SHOW_TOAST;

/** What a toast shows. */
export interface ToastOptions {
  readonly title: string;
  readonly message?: string;
  readonly messageData?: readonly (string | { readonly url: string; readonly label: string })[];
  readonly variant?: 'info' | 'success' | 'warning' | 'error';
  readonly mode?: 'dismissible' | 'pester' | 'sticky';
}

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-platform-show-toast-event */
export class ShowToastEvent extends CustomEvent<ToastOptions> {
  constructor(options: ToastOptions) {
    super(ShowToastEventName, { composed: true, cancelable: true, bubbles: true, detail: options });
  }
}
