import type { DataCallback } from 'platform/wire';

/**
 * Workspaces are those of console apps, and apps of the local org have standard navigation, where these answer false, nothing, and errors.
 * https://developer.salesforce.com/docs/component-library/bundle/lightning-platform-workspace-api
 */
function refuse(name: string): () => Promise<never> {
  return () =>
    Promise.reject(new Error(`${name}: apps of the local org have no console navigation`));
}

/** Gives its value as it is: these wires answer no data and error. */
class ConstantAdapter {
  constructor(give: DataCallback, value: unknown) {
    (give as (value: unknown) => void)(value);
  }

  connect(): void {
    // Nothing changes.
  }

  disconnect(): void {
    // As above.
  }

  update(): void {
    // As above.
  }
}

export class IsConsoleNavigation extends ConstantAdapter {
  constructor(give: DataCallback) {
    super(give, false);
  }
}

export class EnclosingTabId extends ConstantAdapter {
  constructor(give: DataCallback) {
    super(give, undefined);
  }
}

export const closeTab = refuse('closeTab');
export const disableTabClose = refuse('disableTabClose');
export const focusTab = refuse('focusTab');
export const getAllTabInfo = refuse('getAllTabInfo');
export const getFocusedTabInfo = refuse('getFocusedTabInfo');
export const getTabInfo = refuse('getTabInfo');
export const openSubtab = refuse('openSubtab');
export const openTab = refuse('openTab');
export const refreshTab = refuse('refreshTab');
export const setTabHighlighted = refuse('setTabHighlighted');
export const setTabIcon = refuse('setTabIcon');
export const setTabLabel = refuse('setTabLabel');
