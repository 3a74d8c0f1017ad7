import { REFRESH_VIEW } from 'platform/eventNames';
import { addRefreshHandler, removeRefreshHandler } from 'platform/refreshBus';

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-refresh */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(REFRESH_VIEW, { bubbles: true, composed: true });
  }
}

/** The documented form passes the component; both it and a container element are accepted as scope of the whole page. */
export function registerRefreshHandler(context: object, handler: () => unknown): string {
  return addRefreshHandler(() => handler.call(context));
}

export function unregisterRefreshHandler(id: string): void {
  removeRefreshHandler(id);
}

/** A container of its own: there is one per page here, so the handler is told with the others. */
export function registerRefreshContainer(
  _context: object,
  _element: unknown,
  handler: () => unknown,
): string {
  return addRefreshHandler(handler);
}

export function unregisterRefreshContainer(id: string): boolean {
  removeRefreshHandler(id);
  return true;
}

export const REFRESH_COMPLETE = 'refresh-complete';
export const REFRESH_COMPLETE_WITH_ERROR = 'refresh-complete-with-error';
export const REFRESH_ERROR = 'refresh-error';
