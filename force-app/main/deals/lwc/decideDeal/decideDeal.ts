import { LightningElement, api } from 'lwc';
import approveDeal from '@salesforce/apex/DealDecisionController.approve';
import getReview from '@salesforce/apex/DealDecisionController.getReview';
import rejectDeal from '@salesforce/apex/DealDecisionController.reject';
import loading from '@salesforce/label/c.Action_Loading';
import reason from '@salesforce/label/c.Action_Reason';
import approve from '@salesforce/label/c.Decide_Approve';
import conflict from '@salesforce/label/c.Decide_Deal_Conflict';
import newOpportunity from '@salesforce/label/c.Decide_Deal_New_Opportunity';
import noConflict from '@salesforce/label/c.Decide_Deal_No_Conflict';
import opportunity from '@salesforce/label/c.Decide_Deal_Opportunity';
import reasonHelp from '@salesforce/label/c.Decide_Deal_Reason_Help';
import summary from '@salesforce/label/c.Decide_Deal_Summary';
import title from '@salesforce/label/c.Decide_Deal_Title';
import done from '@salesforce/label/c.Decide_Done';
import reject from '@salesforce/label/c.Decide_Reject';
import waitsNot from '@salesforce/label/c.Decide_Waits_Not';
import close from '@salesforce/label/c.Enable_Partner_Close';
import { fillLabel } from 'c/fillLabel';
import { attempt, closeAction, refreshRecord, toastSuccess } from 'c/recordAction';

/** Something else that concerns the customer. */
interface Other {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/** What Apex tells whoever decides. */
export interface DealReview {
  readonly customerName: string;
  readonly partnerName: string;
  readonly statusLabel: string;
  readonly conflictLabel?: string | null;
  readonly registrations: readonly Other[];
  readonly opportunities: readonly Other[];
  readonly mayDecide: boolean;
}

/** The Decide action of a deal registration: what else concerns the customer, approve, reject. */
export default class DecideDeal extends LightningElement {
  readonly labels = Object.freeze({
    approve,
    close,
    loading,
    noConflict,
    opportunity,
    reason,
    reasonHelp,
    reject,
    title,
  });

  review?: DealReview;
  error?: unknown;
  isBusy = false;
  reasonText = '';
  opportunityId = '';

  private dealId?: string;

  @api
  get recordId(): string | undefined {
    return this.dealId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.dealId) return;
    this.dealId = recordId;
    if (recordId) void this.load();
  }

  get summary(): string {
    return this.review ? fillLabel(summary, this.review.partnerName, this.review.customerName) : '';
  }

  get conflict(): string {
    const label = this.review?.conflictLabel;
    return label ? fillLabel(conflict, label) : '';
  }

  get others(): readonly Other[] {
    return [...(this.review?.registrations ?? []), ...(this.review?.opportunities ?? [])];
  }

  get mayDecide(): boolean {
    return this.review?.mayDecide === true;
  }

  get waitsNot(): string {
    return this.review && !this.mayDecide ? fillLabel(waitsNot, this.review.statusLabel) : '';
  }

  get opportunityOptions(): { label: string; value: string }[] {
    const found = this.review?.opportunities ?? [];
    return [
      { label: newOpportunity, value: '' },
      ...found.map(({ id, name, detail }) => ({ label: `${name} (${detail})`, value: id })),
    ];
  }

  get choosesOpportunity(): boolean {
    return (this.review?.opportunities.length ?? 0) > 0;
  }

  get cannotReject(): boolean {
    return this.isBusy || this.reasonText.trim() === '';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reasonText = event.detail.value;
  }

  handleOpportunity(event: CustomEvent<{ value: string }>): void {
    this.opportunityId = event.detail.value;
  }

  async handleApprove(): Promise<void> {
    await this.decide(() =>
      approveDeal<DealReview>({
        dealId: this.dealId,
        opportunityId: this.opportunityId || null,
        reason: this.reasonText,
      }),
    );
  }

  async handleReject(): Promise<void> {
    await this.decide(() =>
      rejectDeal<DealReview>({ dealId: this.dealId, reason: this.reasonText }),
    );
  }

  handleClose(): void {
    closeAction(this);
  }

  private async load(): Promise<void> {
    await attempt(this, async () => {
      this.review = await getReview<DealReview>({ dealId: this.dealId });
    });
  }

  private async decide(action: () => Promise<DealReview>): Promise<void> {
    await attempt(this, async () => {
      const { statusLabel } = await action();
      toastSuccess(this, fillLabel(done, statusLabel));
      await refreshRecord(this, this.dealId);
      this.handleClose();
    });
  }
}
