import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import findOwnMatches from '@salesforce/apex/PortalDealController.findOwnMatches';
import saveDraft from '@salesforce/apex/PortalDealController.saveDraft';
import submitDeal from '@salesforce/apex/PortalDealController.submitDeal';
import amount from '@salesforce/label/c.Site_Amount';
import backToDeals from '@salesforce/label/c.Site_Back_To_Deals';
import cancel from '@salesforce/label/c.Site_Cancel';
import closeDate from '@salesforce/label/c.Site_Close_Date';
import country from '@salesforce/label/c.Site_Customer_Country';
import customer from '@salesforce/label/c.Site_Customer';
import description from '@salesforce/label/c.Site_Deal_Description';
import descriptionHelp from '@salesforce/label/c.Site_Deal_Description_Help';
import intro from '@salesforce/label/c.Site_Register_Intro';
import matchesTitle from '@salesforce/label/c.Site_Deal_Matches';
import problemsTitle from '@salesforce/label/c.Site_Problems';
import register from '@salesforce/label/c.Site_Register_Deal';
import save from '@salesforce/label/c.Site_Save_Draft';
import saved from '@salesforce/label/c.Site_Draft_Saved';
import submit from '@salesforce/label/c.Site_Submit';
import submitted from '@salesforce/label/c.Site_Deal_Submitted';
import submitFailed from '@salesforce/label/c.Site_Submit_Failed';
import website from '@salesforce/label/c.Site_Customer_Website';
import websiteHelp from '@salesforce/label/c.Site_Customer_Website_Help';
import type { FieldChange } from 'c/portalField';
import { numberText, parseNumber } from 'c/portalFormat';
import type { Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { PAGES, toPageReference } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { reduceErrors } from 'c/reduceErrors';

/** A registration as PortalDeal says it. */
export interface Deal {
  readonly id: string;
  readonly name: string;
  readonly customerName: string;
  readonly customerWebsite?: string | null;
  readonly customerCountry?: string | null;
  readonly amount?: number | null;
  readonly closeDate?: string | null;
  readonly description?: string | null;
  readonly status: string;
  readonly statusLabel: string;
  readonly decisionReason?: string | null;
  readonly submittedOn?: string | null;
  readonly decisionDueOn?: string | null;
  readonly expiresOn?: string | null;
  readonly opportunityId?: string | null;
  readonly opportunityName?: string | null;
  readonly ownerName?: string | null;
  readonly mayEdit: boolean;
  readonly maySubmit: boolean;
  readonly mayWithdraw: boolean;
}

/** Another registration of the same customer. */
export interface DealMatch {
  readonly id: string;
  readonly name: string;
  readonly customerName: string;
  readonly statusLabel: string;
  readonly ownerName?: string | null;
}

/** What became of a save, as PortalDealOutcome says it. */
export interface DealOutcome {
  readonly deal?: Deal | null;
  readonly problems: readonly Problem[];
  readonly ownMatches: readonly DealMatch[];
}

type FieldElement = HTMLElement & { name: string; reportValidity(): boolean; focus(): void };

interface Values {
  customerName: string;
  customerWebsite: string;
  customerCountry: string;
  amount: string;
  closeDate: string;
  description: string;
}

const NOTHING: Values = {
  customerName: '',
  customerWebsite: '',
  customerCountry: '',
  amount: '',
  closeDate: '',
  description: '',
};
const TYPING = 500;

/**
 * The form of a deal registration: a new one on its own page, or a draft on the record's page, which hears `saved` and
 * `cancel`. What the form lacks, the server says, field by field.
 */
export default class PortalDealForm extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    amount,
    backToDeals,
    cancel,
    closeDate,
    country,
    customer,
    description,
    descriptionHelp,
    intro,
    matchesTitle,
    problemsTitle,
    register,
    save,
    submit,
    website,
    websiteHelp,
  });
  readonly backTarget: LinkTarget = { page: PAGES.deals };

  values: Values = { ...NOTHING };
  matches: readonly DealMatch[] = [];
  problems: readonly Problem[] = [];
  busyWith?: 'save' | 'submit';

  private draft?: Deal;
  private draftId?: string;
  private typing?: ReturnType<typeof setTimeout>;
  private latestMatch = 0;
  private hasToShowProblems = false;

  /** The draft to change; nothing for a new registration. */
  @api
  get deal(): Deal | undefined {
    return this.draft;
  }
  set deal(deal: Deal | undefined) {
    this.draft = deal;
    this.draftId = deal?.id;
    if (deal) this.values = valuesOf(deal);
  }

  disconnectedCallback(): void {
    clearTimeout(this.typing);
  }

  renderedCallback(): void {
    if (!this.hasToShowProblems) return;
    this.hasToShowProblems = false;
    this.template?.querySelector<HTMLElement>('.problems')?.focus();
  }

  get isNew(): boolean {
    return this.draft === undefined;
  }

  get isSaving(): boolean {
    return this.busyWith === 'save';
  }

  get isSubmitting(): boolean {
    return this.busyWith === 'submit';
  }

  get isBusy(): boolean {
    return this.busyWith !== undefined;
  }

  get hasMatches(): boolean {
    return this.matches.length > 0;
  }

  get shownMatches(): { id: string; label: string; detail: string; target: LinkTarget }[] {
    return this.matches.map(({ id, name, customerName, statusLabel, ownerName }) => ({
      id,
      label: `${customerName} (${name})`,
      detail: [statusLabel, ownerName].filter(Boolean).join(' · '),
      target: { recordId: id, objectApiName: 'Deal_Registration__c' },
    }));
  }

  get hasProblems(): boolean {
    return this.problems.length > 0;
  }

  get shownProblems(): { key: number; text: string }[] {
    return this.problems.map(({ message }, key) => ({ key, text: message }));
  }

  get messages(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.problems.map(({ field, message }) => [field ?? '', message]));
  }

  handleChange(event: CustomEvent<FieldChange>): void {
    const { name, value } = event.detail;
    this.values = { ...this.values, [name]: value };
    this.problems = this.problems.filter(({ field }) => field !== name);
    if (name !== 'customerName' && name !== 'customerWebsite') return;
    clearTimeout(this.typing);
    // Asks once the typing stops, not for each letter.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    this.typing = setTimeout(() => {
      void this.findMatches();
    }, TYPING);
  }

  async handleSave(): Promise<void> {
    await this.act('save', async () => {
      const deal = await this.save();
      if (!deal) return;
      notify({ kind: 'success', message: saved });
      this.leave(deal);
    });
  }

  async handleSubmit(): Promise<void> {
    await this.act('submit', async () => {
      const deal = await this.save();
      if (!deal) return;
      const outcome = await submitDeal<DealOutcome>({ dealId: deal.id });
      if (outcome.deal) {
        notify({ kind: 'success', message: submitted });
        this.leave(outcome.deal);
      } else {
        this.show(outcome.problems);
        notify({ kind: 'info', message: submitFailed });
      }
    });
  }

  handleCancel(): void {
    if (this.isNew) this.go({ page: PAGES.deals });
    else this.dispatchEvent(new CustomEvent('cancel'));
  }

  /** Saves the draft; nothing when the form or the server has something to say against it. */
  private async save(): Promise<Deal | undefined> {
    const fields = [...(this.template?.querySelectorAll<FieldElement>('c-portal-field') ?? [])];
    const wrong = fields.filter((field) => !field.reportValidity());
    if (wrong.length > 0) {
      this.problems = [];
      wrong[0]?.focus();
      return undefined;
    }
    // What is still being asked about the customer would find the draft itself.
    clearTimeout(this.typing);
    this.latestMatch += 1;
    const outcome = await saveDraft<DealOutcome>({ draft: this.toDraft() });
    this.matches = outcome.ownMatches;
    if (!outcome.deal) {
      this.show(outcome.problems);
      return undefined;
    }
    // What is saved once is changed from now on, not made again.
    this.draftId = outcome.deal.id;
    return outcome.deal;
  }

  private toDraft(): Record<string, unknown> {
    const { amount: typed, closeDate: date, ...texts } = this.values;
    return {
      id: this.draftId ?? null,
      ...texts,
      // An amount half typed is none yet.
      amount: parseNumber(typed) ?? null,
      closeDate: date === '' ? null : date,
    };
  }

  private show(problems: readonly Problem[]): void {
    this.problems = problems;
    this.hasToShowProblems = true;
  }

  private leave(deal: Deal): void {
    if (this.isNew) this.go({ recordId: deal.id, objectApiName: 'Deal_Registration__c' });
    else this.dispatchEvent(new CustomEvent<Deal>('saved', { detail: deal }));
  }

  private go(target: LinkTarget): void {
    this[NavigationMixin.Navigate](toPageReference(target));
  }

  private async act(kind: 'save' | 'submit', action: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.busyWith = kind;
    try {
      await action();
    } catch (error) {
      this.show(reduceErrors(error).map((message) => ({ message })));
    } finally {
      this.busyWith = undefined;
    }
  }

  private async findMatches(): Promise<void> {
    this.latestMatch += 1;
    const request = this.latestMatch;
    try {
      const matches = await findOwnMatches<DealMatch[]>({ draft: this.toDraft() });
      if (request === this.latestMatch) this.matches = matches;
    } catch {
      // A hint only: saving asks again and says what is wrong.
      this.matches = [];
    }
  }
}

function valuesOf(deal: Deal): Values {
  return {
    customerName: deal.customerName,
    customerWebsite: deal.customerWebsite ?? '',
    customerCountry: deal.customerCountry ?? '',
    amount: numberText(deal.amount),
    closeDate: deal.closeDate ?? '',
    description: deal.description ?? '',
  };
}
