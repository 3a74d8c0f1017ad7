import { LightningElement, api } from 'lwc';
import getDeal from '@salesforce/apex/PortalDealController.getDeal';
import submitDeal from '@salesforce/apex/PortalDealController.submitDeal';
import withdrawDeal from '@salesforce/apex/PortalDealController.withdrawDeal';
import amount from '@salesforce/label/c.Site_Amount';
import backToDeals from '@salesforce/label/c.Site_Back_To_Deals';
import closeDate from '@salesforce/label/c.Site_Close_Date';
import country from '@salesforce/label/c.Site_Customer_Country';
import decisionDue from '@salesforce/label/c.Site_Decision_Due';
import decisionReason from '@salesforce/label/c.Site_Decision_Reason';
import description from '@salesforce/label/c.Site_Deal_Description';
import edit from '@salesforce/label/c.Site_Edit';
import expiresOn from '@salesforce/label/c.Site_Protected_Until';
import opportunity from '@salesforce/label/c.Site_Opportunity';
import owner from '@salesforce/label/c.Site_Owner';
import problems from '@salesforce/label/c.Site_Problems';
import registration from '@salesforce/label/c.Site_Registration';
import submit from '@salesforce/label/c.Site_Submit';
import submitExplain from '@salesforce/label/c.Site_Submit_Explain';
import submitQuestion from '@salesforce/label/c.Site_Submit_Question';
import submitted from '@salesforce/label/c.Site_Deal_Submitted';
import submittedOn from '@salesforce/label/c.Site_Submitted_On';
import website from '@salesforce/label/c.Site_Customer_Website';
import withdraw from '@salesforce/label/c.Site_Withdraw';
import withdrawExplain from '@salesforce/label/c.Site_Withdraw_Explain';
import withdrawn from '@salesforce/label/c.Site_Deal_Withdrawn';
import withdrawQuestion from '@salesforce/label/c.Site_Withdraw_Question';
import type { Deal, DealOutcome } from 'c/portalDealForm';
import type { DetailField } from 'c/portalDetail';
import { day, dayAndTime, money, toneOf } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';
import type { Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';
import { reduceErrors } from 'c/reduceErrors';

type Mode = 'view' | 'edit' | 'submit' | 'withdraw';

/** One deal registration, with what can be done with it in its status. */
export default class PortalDeal extends LightningElement {
  readonly labels = Object.freeze({
    backToDeals,
    edit,
    problems,
    registration,
    submit,
    submitExplain,
    submitQuestion,
    withdraw,
    withdrawExplain,
    withdrawQuestion,
  });
  readonly backTarget: LinkTarget = { page: PAGES.deals };

  mode: Mode = 'view';
  isBusy = false;
  problems: readonly Problem[] = [];
  state: RecordState<Deal> = {};

  private dealId?: string;

  @api
  get recordId(): string | undefined {
    return this.dealId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.dealId) return;
    this.dealId = recordId;
    this.state = {};
    this.mode = 'view';
    void this.load();
  }

  get deal(): Deal | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.deal && !this.state.isMissing && this.state.error === undefined;
  }

  get heading(): string {
    return this.deal?.customerName ?? registration;
  }

  get tone(): Tone {
    return toneOf(this.deal?.status);
  }

  get isViewing(): boolean {
    return this.mode === 'view';
  }

  get isEditing(): boolean {
    return this.mode === 'edit';
  }

  get isSubmitting(): boolean {
    return this.mode === 'submit';
  }

  get isWithdrawing(): boolean {
    return this.mode === 'withdraw';
  }

  get isShown(): boolean {
    return !this.isEditing;
  }

  get hasProblems(): boolean {
    return this.problems.length > 0;
  }

  get shownProblems(): { key: number; text: string }[] {
    return this.problems.map(({ message }, key) => ({ key, text: message }));
  }

  get fields(): DetailField[] {
    const deal = this.deal;
    if (!deal) return [];
    const web = deal.customerWebsite ?? undefined;
    return [
      { label: registration, text: deal.name },
      { label: amount, text: money(deal.amount) },
      { label: closeDate, text: day(deal.closeDate) },
      { label: website, text: web, url: web && webAddress(web) },
      { label: country, text: deal.customerCountry ?? undefined },
      { label: owner, text: deal.ownerName ?? undefined },
      ...whenKnown(submittedOn, dayAndTime(deal.submittedOn)),
      ...whenKnown(decisionDue, day(deal.decisionDueOn)),
      ...whenKnown(expiresOn, day(deal.expiresOn)),
      ...this.opportunityFields(deal),
      ...whenKnown(decisionReason, deal.decisionReason ?? '', true),
      { label: description, text: deal.description ?? undefined, wide: true },
    ];
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  handleEdit(): void {
    this.setMode('edit');
  }

  handleSubmit(): void {
    this.setMode('submit');
  }

  handleWithdraw(): void {
    this.setMode('withdraw');
  }

  handleCancel(): void {
    this.setMode('view');
  }

  handleSaved(event: CustomEvent<Deal>): void {
    this.state = { record: event.detail };
    this.setMode('view');
  }

  async handleSubmitConfirmed(): Promise<void> {
    await this.act(async (dealId) => {
      const outcome = await submitDeal<DealOutcome>({ dealId });
      if (outcome.deal) {
        this.state = { record: outcome.deal };
        notify({ kind: 'success', message: submitted });
      }
      this.setMode('view');
      this.problems = outcome.problems;
    });
  }

  async handleWithdrawConfirmed(): Promise<void> {
    await this.act(async (dealId) => {
      this.state = { record: await withdrawDeal<Deal>({ dealId }) };
      this.setMode('view');
      notify({ kind: 'success', message: withdrawn });
    });
  }

  private setMode(mode: Mode): void {
    this.mode = mode;
    this.problems = [];
  }

  private opportunityFields(deal: Deal): DetailField[] {
    if (!deal.opportunityId) return [];
    return [
      {
        label: opportunity,
        text: deal.opportunityName ?? '',
        target: { recordId: deal.opportunityId, objectApiName: 'Opportunity' },
      },
    ];
  }

  private async act(action: (dealId: string) => Promise<void>): Promise<void> {
    if (this.isBusy || this.dealId === undefined) return;
    this.isBusy = true;
    try {
      await action(this.dealId);
    } catch (error) {
      notify({ kind: 'error', message: reduceErrors(error).join(' ') });
    } finally {
      this.isBusy = false;
    }
  }

  private async load(): Promise<void> {
    const asked = this.dealId;
    const state = await readRecord(asked, (dealId) => getDeal<Deal>({ dealId }));
    if (asked === this.dealId) this.state = state;
  }
}

function whenKnown(label: string, text: string, wide = false): DetailField[] {
  return text === '' ? [] : [{ label, text, wide }];
}

/** People write www.example.com; a link needs a scheme, and no other than the web's. */
function webAddress(value: string): string {
  return /^https?:\/\//i.test(value) ? value : `https://${value}`;
}
