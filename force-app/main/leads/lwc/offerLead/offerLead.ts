import { LightningElement, api } from 'lwc';
import getCandidates from '@salesforce/apex/LeadDistributionController.getCandidates';
import getOffers from '@salesforce/apex/LeadDistributionController.getOffers';
import offerLead from '@salesforce/apex/LeadDistributionController.offer';
import withdrawOffer from '@salesforce/apex/LeadDistributionController.withdraw';
import loading from '@salesforce/label/c.Action_Loading';
import close from '@salesforce/label/c.Enable_Partner_Close';
import button from '@salesforce/label/c.Offer_Lead_Button';
import done from '@salesforce/label/c.Offer_Lead_Done';
import earlier from '@salesforce/label/c.Offer_Lead_Earlier';
import explain from '@salesforce/label/c.Offer_Lead_Explain';
import nobody from '@salesforce/label/c.Offer_Lead_Nobody';
import offersTitle from '@salesforce/label/c.Offer_Lead_Offers';
import partners from '@salesforce/label/c.Offer_Lead_Partners';
import score from '@salesforce/label/c.Offer_Lead_Score';
import title from '@salesforce/label/c.Offer_Lead_Title';
import withdraw from '@salesforce/label/c.Offer_Lead_Withdraw';
import { fillLabel } from 'c/fillLabel';
import { attempt, closeAction, refreshRecord, toastSuccess } from 'c/recordAction';

/** A partner account that the lead can be offered to. */
export interface LeadCandidate {
  readonly accountId: string;
  readonly name: string;
  readonly score: number;
  readonly earlierOffer?: string | null;
}

/** An offer of the lead. */
export interface LeadOfferView {
  readonly id: string;
  readonly partnerName: string;
  readonly statusLabel: string;
  readonly declineReason?: string | null;
  readonly isOpen: boolean;
}

/** More are seldom chosen from: the best fit stands first. */
const MOST_SHOWN = 20;

/** The Offer to Partners action of a lead: whom it fits, who was offered it, offer, withdraw. */
export default class OfferLead extends LightningElement {
  readonly labels = Object.freeze({
    button,
    close,
    explain,
    loading,
    nobody,
    offersTitle,
    partners,
    title,
  });

  candidates?: readonly LeadCandidate[];
  offers: readonly LeadOfferView[] = [];
  chosen: string[] = [];
  error?: unknown;
  isBusy = false;

  private leadId?: string;

  @api
  get recordId(): string | undefined {
    return this.leadId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.leadId) return;
    this.leadId = recordId;
    if (recordId) void attempt(this, () => this.load());
  }

  get options(): { label: string; value: string }[] {
    return (this.candidates ?? []).slice(0, MOST_SHOWN).map((candidate) => ({
      label: candidate.earlierOffer
        ? fillLabel(earlier, candidate.name, candidate.score, candidate.earlierOffer)
        : fillLabel(score, candidate.name, candidate.score),
      value: candidate.accountId,
    }));
  }

  get hasCandidates(): boolean {
    return this.options.length > 0;
  }

  get hasNobody(): boolean {
    return this.candidates !== undefined && !this.hasCandidates;
  }

  get hasOffers(): boolean {
    return this.offers.length > 0;
  }

  get offerRows(): { id: string; text: string; isOpen: boolean; withdrawLabel: string }[] {
    return this.offers.map(({ id, partnerName, statusLabel, declineReason, isOpen }) => ({
      id,
      text: [`${partnerName}: ${statusLabel}`, declineReason].filter(Boolean).join(', '),
      isOpen,
      withdrawLabel: fillLabel(withdraw, partnerName),
    }));
  }

  get cannotOffer(): boolean {
    return this.isBusy || this.chosen.length === 0;
  }

  handleChosen(event: CustomEvent<{ value: string[] }>): void {
    this.chosen = [...event.detail.value];
  }

  async handleOffer(): Promise<void> {
    await attempt(this, async () => {
      const problems = await offerLead<string[]>({
        leadId: this.leadId,
        accountIds: this.chosen,
      });
      this.chosen = [];
      if (problems.length > 0) {
        await this.load();
        this.error = problems.join(' ');
        return;
      }
      toastSuccess(this, done);
      await refreshRecord(this, this.leadId);
      this.handleClose();
    });
  }

  async handleWithdraw(event: Event): Promise<void> {
    const offerId = (event.currentTarget as HTMLElement).dataset.id;
    await attempt(this, async () => {
      await withdrawOffer({ offerId });
      await this.load();
      await refreshRecord(this, this.leadId);
    });
  }

  handleClose(): void {
    closeAction(this);
  }

  private async load(): Promise<void> {
    const leadId = this.leadId;
    [this.candidates, this.offers] = await Promise.all([
      getCandidates<LeadCandidate[]>({ leadId }),
      getOffers<LeadOfferView[]>({ leadId }),
    ]);
  }
}
