import { LightningElement, api } from 'lwc';
import getOpportunity from '@salesforce/apex/PortalOpportunityController.getOpportunity';
import saveOpportunity from '@salesforce/apex/PortalOpportunityController.saveOpportunity';
import amount from '@salesforce/label/c.Site_Amount';
import back from '@salesforce/label/c.Site_Back_To_Opportunities';
import closeDate from '@salesforce/label/c.Site_Close_Date';
import customer from '@salesforce/label/c.Site_Customer';
import description from '@salesforce/label/c.Site_Description';
import edit from '@salesforce/label/c.Site_Edit';
import isMeText from '@salesforce/label/c.Site_Me';
import nextStep from '@salesforce/label/c.Site_Next_Step';
import opportunity from '@salesforce/label/c.Site_Opportunity';
import owner from '@salesforce/label/c.Site_Owner';
import participants from '@salesforce/label/c.Site_Participants';
import participantsIntro from '@salesforce/label/c.Site_Participants_Intro';
import save from '@salesforce/label/c.Site_Save';
import saved from '@salesforce/label/c.Site_Saved';
import stage from '@salesforce/label/c.Site_Stage';
import { fillLabel } from 'c/fillLabel';
import type { DetailField } from 'c/portalDetail';
import type { FieldOption } from 'c/portalField';
import { day, money, numberText, parseNumber } from 'c/portalFormat';
import type { Tone } from 'c/portalFormat';
import type { FormField, FormValues, Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';
import { reduceErrors } from 'c/reduceErrors';

interface Participant {
  readonly id: string;
  readonly name: string;
  readonly accessLabel: string;
  readonly isMe: boolean;
}

/** An opportunity as PortalOpportunity says it. */
interface Opportunity {
  readonly id: string;
  readonly name: string;
  readonly customerName?: string | null;
  readonly stage: string;
  readonly stageLabel: string;
  readonly amount?: number | null;
  readonly closeDate?: string | null;
  readonly nextStep?: string | null;
  readonly description?: string | null;
  readonly isClosed: boolean;
  readonly ownerName?: string | null;
  readonly mayEdit: boolean;
  readonly participants: readonly Participant[];
  readonly stages: readonly FieldOption[];
}

/** One opportunity: one's own, or one of our company that one takes part in. */
export default class PortalOpportunity extends LightningElement {
  readonly labels = Object.freeze({
    back,
    edit,
    participants,
    participantsIntro,
    save,
  });
  readonly backTarget: LinkTarget = { page: PAGES.opportunities };

  state: RecordState<Opportunity> = {};
  isEditing = false;
  isBusy = false;
  problems: readonly Problem[] = [];
  values: FormValues = {};

  private opportunityId?: string;

  @api
  get recordId(): string | undefined {
    return this.opportunityId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.opportunityId) return;
    this.opportunityId = recordId;
    this.state = {};
    this.isEditing = false;
    void this.load();
  }

  get opportunity(): Opportunity | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.opportunity && this.state.error === undefined;
  }

  get heading(): string {
    return this.opportunity?.name ?? opportunity;
  }

  get tone(): Tone {
    return this.opportunity?.isClosed ? 'neutral' : 'info';
  }

  get mayEdit(): boolean {
    return this.opportunity?.mayEdit === true && !this.isEditing;
  }

  get fields(): DetailField[] {
    const shown = this.opportunity;
    if (!shown) return [];
    return [
      { label: customer, text: shown.customerName ?? undefined },
      { label: amount, text: money(shown.amount) },
      { label: closeDate, text: day(shown.closeDate) },
      { label: owner, text: shown.ownerName ?? undefined },
      { label: nextStep, text: shown.nextStep ?? undefined, wide: true },
      { label: description, text: shown.description ?? undefined, wide: true },
    ];
  }

  get people(): { id: string; name: string; access: string }[] {
    return (this.opportunity?.participants ?? []).map(({ id, name, accessLabel, isMe }) => ({
      id,
      name: isMe ? fillLabel(isMeText, name) : name,
      access: accessLabel,
    }));
  }

  get hasPeople(): boolean {
    return this.people.length > 0;
  }

  get formFields(): FormField[] {
    const stages = this.opportunity?.stages ?? [];
    return [
      { name: 'stage', label: stage, type: 'select', options: stages, required: true },
      { name: 'amount', label: amount, type: 'number', min: '0', maxLength: 16 },
      { name: 'closeDate', label: closeDate, type: 'date', required: true },
      { name: 'nextStep', label: nextStep },
      { name: 'description', label: description, type: 'textarea', maxLength: 32000, wide: true },
    ];
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  handleEdit(): void {
    const shown = this.opportunity;
    if (!shown) return;
    this.values = {
      stage: shown.stage,
      amount: numberText(shown.amount),
      closeDate: shown.closeDate ?? '',
      nextStep: shown.nextStep ?? '',
      description: shown.description ?? '',
    };
    this.problems = [];
    this.isEditing = true;
  }

  handleCancel(): void {
    this.isEditing = false;
  }

  async handleSave(event: CustomEvent<FormValues>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const { amount: typed = '', ...texts } = event.detail;
    try {
      const outcome = await saveOpportunity<{
        opportunity?: Opportunity | null;
        problems: readonly Problem[];
      }>({
        change: { id: this.opportunityId, ...texts, amount: parseNumber(typed) ?? null },
      });
      this.problems = outcome.problems;
      if (outcome.opportunity) {
        this.state = { record: outcome.opportunity };
        this.isEditing = false;
        notify({ kind: 'success', message: saved });
      }
    } catch (error) {
      this.problems = reduceErrors(error).map((message) => ({ message }));
    } finally {
      this.isBusy = false;
    }
  }

  private async load(): Promise<void> {
    const asked = this.opportunityId;
    const state = await readRecord(asked, (opportunityId) =>
      getOpportunity<Opportunity>({ opportunityId }),
    );
    if (asked === this.opportunityId) this.state = state;
  }
}
