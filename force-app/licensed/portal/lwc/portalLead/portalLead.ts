import { LightningElement, api } from 'lwc';
import getLead from '@salesforce/apex/PortalLeadController.getLead';
import getStatuses from '@salesforce/apex/PortalLeadController.getStatuses';
import saveLead from '@salesforce/apex/PortalLeadController.saveLead';
import address from '@salesforce/label/c.Site_Address';
import backToLeads from '@salesforce/label/c.Site_Back_To_Leads';
import company from '@salesforce/label/c.Site_Company';
import description from '@salesforce/label/c.Site_Description';
import edit from '@salesforce/label/c.Site_Edit';
import email from '@salesforce/label/c.Site_Email';
import industry from '@salesforce/label/c.Site_Industry';
import jobTitle from '@salesforce/label/c.Site_Job_Title';
import lead from '@salesforce/label/c.Site_Lead';
import owner from '@salesforce/label/c.Site_Owner';
import phone from '@salesforce/label/c.Site_Phone';
import save from '@salesforce/label/c.Site_Save';
import saved from '@salesforce/label/c.Site_Saved';
import status from '@salesforce/label/c.Site_Status';
import website from '@salesforce/label/c.Site_Website';
import type { DetailField } from 'c/portalDetail';
import type { FieldOption } from 'c/portalField';
import type { FormField, FormValues, Problem } from 'c/portalForm';
import { notify } from 'c/portalNotify';
import { PAGES } from 'c/portalPages';
import type { LinkTarget } from 'c/portalPages';
import { readRecord } from 'c/portalRecord';
import type { RecordState } from 'c/portalRecord';
import { reduceErrors } from 'c/reduceErrors';

/** A lead as PortalLead says it. */
interface Lead {
  readonly id: string;
  readonly name: string;
  readonly company?: string | null;
  readonly title?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly website?: string | null;
  readonly street?: string | null;
  readonly city?: string | null;
  readonly postalCode?: string | null;
  readonly state?: string | null;
  readonly country?: string | null;
  readonly industry?: string | null;
  readonly description?: string | null;
  readonly status: string;
  readonly statusLabel: string;
  readonly ownerName?: string | null;
  readonly mayEdit: boolean;
}

/** One accepted lead. */
export default class PortalLead extends LightningElement {
  readonly labels = Object.freeze({ backToLeads, edit, save });
  readonly backTarget: LinkTarget = { page: PAGES.leads };

  state: RecordState<Lead> = {};
  isEditing = false;
  isBusy = false;
  problems: readonly Problem[] = [];
  statuses: readonly FieldOption[] = [];
  values: FormValues = {};

  private leadId?: string;

  @api
  get recordId(): string | undefined {
    return this.leadId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.leadId) return;
    this.leadId = recordId;
    this.state = {};
    this.isEditing = false;
    void this.load();
  }

  get lead(): Lead | undefined {
    return this.state.record;
  }

  get isLoading(): boolean {
    return !this.lead && this.state.error === undefined;
  }

  get heading(): string {
    return this.lead?.name ?? lead;
  }

  get mayEdit(): boolean {
    return this.lead?.mayEdit === true && !this.isEditing;
  }

  get fields(): DetailField[] {
    const shown = this.lead;
    if (!shown) return [];
    return [
      { label: company, text: shown.company ?? undefined },
      { label: jobTitle, text: shown.title ?? undefined },
      linked(email, shown.email, (value) => `mailto:${value}`),
      linked(phone, shown.phone, (value) => `tel:${value.replace(/[^+\d]/g, '')}`),
      linked(website, shown.website, webAddress),
      { label: industry, text: shown.industry ?? undefined },
      { label: address, text: addressOf(shown) },
      { label: owner, text: shown.ownerName ?? undefined },
      { label: description, text: shown.description ?? undefined, wide: true },
    ];
  }

  get formFields(): FormField[] {
    return [
      { name: 'status', label: status, type: 'select', options: this.statuses, required: true },
      { name: 'title', label: jobTitle, maxLength: 128 },
      { name: 'email', label: email, type: 'email', maxLength: 80 },
      { name: 'phone', label: phone, maxLength: 40 },
      { name: 'description', label: description, type: 'textarea', maxLength: 32000, wide: true },
    ];
  }

  handleRetry(): void {
    this.state = {};
    void this.load();
  }

  async handleEdit(): Promise<void> {
    const shown = this.lead;
    if (!shown) return;
    try {
      this.statuses = await getStatuses<FieldOption[]>();
    } catch (error) {
      notify({ kind: 'error', message: reduceErrors(error).join(' ') });
      return;
    }
    this.values = {
      status: shown.status,
      title: shown.title ?? '',
      email: shown.email ?? '',
      phone: shown.phone ?? '',
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
    try {
      const outcome = await saveLead<{ lead?: Lead | null; problems: readonly Problem[] }>({
        change: { id: this.leadId, ...event.detail },
      });
      this.problems = outcome.problems;
      if (outcome.lead) {
        this.state = { record: outcome.lead };
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
    const asked = this.leadId;
    const state = await readRecord(asked, (leadId) => getLead<Lead>({ leadId }));
    if (asked === this.leadId) this.state = state;
  }
}

function linked(
  label: string,
  value: string | null | undefined,
  toUrl: (value: string) => string,
): DetailField {
  return value ? { label, text: value, url: toUrl(value) } : { label };
}

/** People write www.example.com; a link needs a scheme, and no other than the web's. */
function webAddress(value: string): string {
  return /^https?:\/\//i.test(value) ? value : `https://${value}`;
}

function addressOf(shown: Lead): string {
  const town = [shown.postalCode, shown.city].filter(Boolean).join(' ');
  return [shown.street, town, shown.state, shown.country].filter(Boolean).join('\n');
}
