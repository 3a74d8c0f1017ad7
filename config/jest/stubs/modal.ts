import { LightningElement, api } from 'lwc';

/** Stands in for lightning/modal, which sfdx-lwc-jest has no stub for: `open` is a mock, `close` says so. */
export default class LightningModal extends LightningElement {
  static open = jest.fn(() => Promise.resolve<unknown>(undefined));

  @api disableClose = false;
  @api label = '';
  @api size = 'medium';

  close(result?: unknown): void {
    this.dispatchEvent(new CustomEvent('close', { detail: result }));
  }
}
