import { LightningElement, api } from 'lwc';
import approveRequest from '@salesforce/apex/UserRequestController.approve';
import declineRequest from '@salesforce/apex/UserRequestController.decline';
import enableRequest from '@salesforce/apex/UserRequestController.enable';
import getReview from '@salesforce/apex/UserRequestController.getReview';
import loading from '@salesforce/label/c.Action_Loading';
import reason from '@salesforce/label/c.Action_Reason';
import approve from '@salesforce/label/c.Decide_Approve';
import reasonHelp from '@salesforce/label/c.Decide_Deal_Reason_Help';
import done from '@salesforce/label/c.Decide_Done';
import reject from '@salesforce/label/c.Decide_Reject';
import enable from '@salesforce/label/c.Decide_Request_Enable';
import enabling from '@salesforce/label/c.Decide_Request_Enabling';
import summary from '@salesforce/label/c.Decide_Request_Summary';
import title from '@salesforce/label/c.Decide_Request_Title';
import waitsNot from '@salesforce/label/c.Decide_Waits_Not';
import close from '@salesforce/label/c.Enable_Partner_Close';
import { fillLabel } from 'c/fillLabel';
import { attempt, closeAction, refreshRecord, toastSuccess } from 'c/recordAction';

/** What Apex tells whoever decides. */
export interface UserRequestView {
  readonly accountName: string;
  readonly personName: string;
  readonly email: string;
  readonly tierLabel: string;
  readonly note?: string | null;
  readonly statusLabel: string;
  readonly decisionReason?: string | null;
  readonly mayDecide: boolean;
  readonly mayEnable: boolean;
}

/** The Decide action of a request for a partner user: approve, decline, enable. */
export default class DecideUserRequest extends LightningElement {
  readonly labels = Object.freeze({
    approve,
    close,
    enable,
    loading,
    reason,
    reasonHelp,
    reject,
    title,
  });

  view?: UserRequestView;
  error?: unknown;
  isBusy = false;
  reasonText = '';

  private requestId?: string;

  @api
  get recordId(): string | undefined {
    return this.requestId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.requestId) return;
    this.requestId = recordId;
    if (recordId) void this.load();
  }

  get summary(): string {
    if (!this.view) return '';
    const { accountName, personName, email, tierLabel } = this.view;
    return fillLabel(summary, accountName, personName, email, tierLabel);
  }

  get mayDecide(): boolean {
    return this.view?.mayDecide === true;
  }

  get mayEnable(): boolean {
    return this.view?.mayEnable === true;
  }

  get waitsNot(): string {
    return this.view && !this.mayDecide ? fillLabel(waitsNot, this.view.statusLabel) : '';
  }

  get cannotReject(): boolean {
    return this.isBusy || this.reasonText.trim() === '';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reasonText = event.detail.value;
  }

  async handleApprove(): Promise<void> {
    await this.act(async () => {
      const view = await approveRequest<UserRequestView>({
        requestId: this.requestId,
        reason: this.reasonText,
      });
      return view.mayEnable ? enabling : fillLabel(done, view.statusLabel);
    });
  }

  async handleReject(): Promise<void> {
    await this.act(async () => {
      const { statusLabel } = await declineRequest<UserRequestView>({
        requestId: this.requestId,
        reason: this.reasonText,
      });
      return fillLabel(done, statusLabel);
    });
  }

  async handleEnable(): Promise<void> {
    await this.act(async () => {
      await enableRequest<UserRequestView>({ requestId: this.requestId });
      return enabling;
    });
  }

  handleClose(): void {
    closeAction(this);
  }

  private async load(): Promise<void> {
    await attempt(this, async () => {
      this.view = await getReview<UserRequestView>({ requestId: this.requestId });
    });
  }

  /** @param action answers with what the user is told */
  private async act(action: () => Promise<string>): Promise<void> {
    await attempt(this, async () => {
      const message = await action();
      toastSuccess(this, message);
      await refreshRecord(this, this.requestId);
      this.handleClose();
    });
  }
}
