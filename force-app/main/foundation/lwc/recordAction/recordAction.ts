import type { LightningElement } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { RefreshEvent } from 'lightning/refresh';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';

/** What a component shows while one of its actions runs, and when it failed. */
export interface Attempting {
  isBusy: boolean;
  /** What `c-error-panel` takes; undefined when nothing failed. */
  error?: unknown;
}

/** Runs an action unless one is running; its failure becomes the component's error and goes no further. */
export async function attempt(
  component: Attempting,
  action: () => Promise<unknown>,
): Promise<void> {
  if (component.isBusy) return;
  component.isBusy = true;
  component.error = undefined;
  try {
    await action();
  } catch (error: unknown) {
    component.error = error;
  } finally {
    component.isBusy = false;
  }
}

/** Tells Lightning Data Service and the other components of the page that the record is not what it was. */
export async function refreshRecord(
  component: LightningElement,
  recordId: string | undefined,
): Promise<void> {
  if (recordId !== undefined) await notifyRecordUpdateAvailable([{ recordId }]);
  component.dispatchEvent(new RefreshEvent());
}

/** Tells the user that it is done. */
export function toastSuccess(component: LightningElement, title: string): void {
  component.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
}

/** Closes the panel of a quick action. */
export function closeAction(component: LightningElement): void {
  component.dispatchEvent(new CloseActionScreenEvent());
}
