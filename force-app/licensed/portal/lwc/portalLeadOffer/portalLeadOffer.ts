import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import acceptOffer from '@salesforce/apex/PortalLeadController.acceptOffer';
import declineOffer from '@salesforce/apex/PortalLeadController.declineOffer';
import getOffer from '@salesforce/apex/PortalLeadController.getOffer';
import accept from '@salesforce/label/c.Site_Accept';
import accepted from '@salesforce/label/c.Site_Offer_Accepted';
import acceptExplain from '@salesforce/label/c.Site_Accept_Explain';
import acceptQuestion from '@salesforce/label/c.Site_Accept_Question';
import backToLeads from '@salesforce/label/c.Site_Back_To_Leads';
import decline from '@salesforce/label/c.Site_Decline';
import declined from '@salesforce/label/c.Site_Offer_Declined';
import declineExplain from '@salesforce/label/c.Site_Decline_Explain';
import declineQuestion from '@salesforce/label/c.Site_Decline_Question';
import declineReason from '@salesforce/label/c.Site_Decline_Reason';
import expiresOn from '@salesforce/label/c.Site_Offer_Expires';
import industry from '@salesforce/label/c.Site_Industry';
import offer from '@salesforce/label/c.Site_Offer';
import offeredOn from '@salesforce/label/c.Site_Offered_On';
import region from '@salesforce/label/c.Site_Region';
import summary from '@salesforce/label/c.Site_Summary';
import teaser from '@salesforce/label/c.Site_Offer_Teaser';
import type { DetailField } from 'c/portalDetail';
import type { FieldChange } from 'c/portalField';
import { dayAndTime, toneOf } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';
import { notify } from 'c/portalNotify';
import { PAGES, toPageReference } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';
import { reduceErrors } from 'c/reduceErrors';

/** An offer as PortalOffer says it. */
interface Offer {
  readonly id: string;
  readonly name: string;
  readonly region?: string | null;
  readonly industry?: string | null;
  readonly summary?: string | null;
  readonly status: string;
  readonly statusLabel: string;
  readonly offeredOn?: string | null;
  readonly expiresOn?: string | null;
  readonly declineReason?: string | null;
  readonly mayAnswer: boolean;
  readonly leadId?: string | null;
}

/** One offered lead. Who accepts it first gets it, so the answer is the server's alone. */
export default class PortalLeadOffer extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    accept,
    acceptExplain,
    acceptQuestion,
    backToLeads,
    decline,
    declineExplain,
    declineQuestion,
    declineReason,
    teaser,
  });
  readonly backTarget: LinkTarget = { page: PAGES.leads };

  state: RecordState<Offer> = {};
  asking?: 'accept' | 'decline';
  isBusy = false;

  private offerId?: string;
  private reason = '';

  @api
  get recordId(): string | undefined {
    return this.offerId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.offerId) return;
    this.offerId = recordId;
    this.state = {};
    this.asking = undefined;
    void this.load();
  }

  get offer(): Offer | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.offer && this.state.error === undefined;
  }

  get heading(): string {
    return this.offer?.name ?? offer;
  }

  get tone(): Tone {
    return toneOf(this.offer?.status);
  }

  get mayAnswer(): boolean {
    return this.offer?.mayAnswer === true && this.asking === undefined;
  }

  get isOpen(): boolean {
    return this.offer?.mayAnswer === true;
  }

  get isAccepting(): boolean {
    return this.asking === 'accept';
  }

  get isDeclining(): boolean {
    return this.asking === 'decline';
  }

  get fields(): DetailField[] {
    const shown = this.offer;
    if (!shown) return [];
    return [
      { label: region, text: shown.region ?? undefined },
      { label: industry, text: shown.industry ?? undefined },
      { label: offeredOn, text: dayAndTime(shown.offeredOn) },
      { label: expiresOn, text: dayAndTime(shown.expiresOn) },
      { label: summary, text: shown.summary ?? undefined, wide: true },
      ...(shown.declineReason ? [{ label: declineReason, text: shown.declineReason }] : []),
    ];
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  handleAccept(): void {
    this.asking = 'accept';
  }

  handleDecline(): void {
    this.asking = 'decline';
    this.reason = '';
  }

  handleReason(event: CustomEvent<FieldChange>): void {
    this.reason = event.detail.value;
  }

  handleCancel(): void {
    this.asking = undefined;
  }

  async handleAcceptConfirmed(): Promise<void> {
    await this.answer(async (offerId) => {
      const answered = await acceptOffer<Offer>({ offerId });
      notify({ kind: 'success', message: accepted });
      if (answered.leadId) this.go({ recordId: answered.leadId, objectApiName: 'Lead' });
      else this.state = { record: answered };
    });
  }

  async handleDeclineConfirmed(): Promise<void> {
    const field = this.template?.querySelector<HTMLElement & { reportValidity(): boolean }>(
      '.reason',
    );
    if (field?.reportValidity() === false) {
      field.focus();
      return;
    }
    await this.answer(async (offerId) => {
      await declineOffer<Offer>({ offerId, reason: this.reason.trim() });
      notify({ kind: 'success', message: declined });
      this.go({ page: PAGES.leads });
    });
  }

  /** Whatever became of the answer, what is shown afterwards is what the server says. */
  private async answer(action: (offerId: string) => Promise<void>): Promise<void> {
    if (this.isBusy || this.offerId === undefined) return;
    this.isBusy = true;
    try {
      await action(this.offerId);
    } catch (error) {
      notify({ kind: 'error', message: reduceErrors(error).join(' ') });
      await this.load();
    } finally {
      this.isBusy = false;
      this.asking = undefined;
    }
  }

  private go(target: LinkTarget): void {
    this[NavigationMixin.Navigate](toPageReference(target));
  }

  private async load(): Promise<void> {
    const asked = this.offerId;
    const state = await readRecord(asked, (offerId) => getOffer<Offer>({ offerId }));
    if (asked === this.offerId) this.state = state;
  }
}
