import { LightningElement, api } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import disableAccount from '@salesforce/apex/PartnerCardController.disableAccount';
import disableNextUsers from '@salesforce/apex/PartnerCardController.disableNextUsers';
import getPlan from '@salesforce/apex/PartnerCardController.getDisablePlan';
import reassignRecords from '@salesforce/apex/PartnerCardController.reassignRecords';
import button from '@salesforce/label/c.Disable_Account_Button';
import cancel from '@salesforce/label/c.Enable_Partner_Cancel';
import done from '@salesforce/label/c.Disable_Account_Done';
import failed from '@salesforce/label/c.Disable_Account_Failed';
import irreversible from '@salesforce/label/c.Disable_Account_Irreversible';
import nextUsers from '@salesforce/label/c.Disable_Account_Next_Users';
import owned from '@salesforce/label/c.Disable_Account_Owned';
import ownedLine from '@salesforce/label/c.Disable_Account_Owned_Line';
import reason from '@salesforce/label/c.Enable_User_Reason';
import reasonHelp from '@salesforce/label/c.User_Action_Reason_Help';
import reassign from '@salesforce/label/c.Disable_Account_Reassign';
import reassignNobody from '@salesforce/label/c.Disable_Account_Reassign_Nobody';
import reassigned from '@salesforce/label/c.Disable_Account_Reassigned';
import title from '@salesforce/label/c.Disable_Account_Title';
import typeName from '@salesforce/label/c.Disable_Account_Type_Name';
import waves from '@salesforce/label/c.Disable_Account_Waves';
import working from '@salesforce/label/c.User_Action_Working';
import { fillLabel } from 'c/fillLabel';
import { refreshRecord, toastSuccess } from 'c/recordAction';
import type { PartnerUserState } from 'c/partnerAccess';
import type { OwnerCandidate } from 'c/partnerOwnerPicker';
import type { PartnerActionResult } from 'c/partnerUserActions';

/** What disabling would mean. */
export interface PartnerDisablePlan {
  readonly accountName: string;
  readonly users: readonly PartnerUserState[];
  readonly waves: number;
  readonly owned: readonly {
    readonly objectApiName: string;
    readonly label: string;
    readonly records: number;
  }[];
  readonly irreversible: readonly string[];
  readonly problem?: string | null;
  readonly confirmation: string;
}

/** What Apex did. */
export interface PartnerDisableResult {
  readonly outcome: 'disabled' | 'noPartner' | 'blocked' | 'failed';
  readonly message?: string | null;
}

/** Disables a partner account, after everything that is lost was named and the name of the account was typed. */
export default class PartnerAccountDisable extends LightningElement {
  @api recordId?: string;

  readonly labels = Object.freeze({
    button,
    cancel,
    irreversible,
    owned,
    reason,
    reasonHelp,
    title,
    working,
  });

  plan?: PartnerDisablePlan;
  isOpen = false;
  isWorking = false;
  typed = '';
  reasonText = '';
  error?: unknown;
  note?: string;
  newOwner?: OwnerCandidate;

  private focusHeading = false;
  private focusButton = false;

  get typeNameLabel(): string {
    return fillLabel(typeName, this.plan?.confirmation ?? '');
  }

  get irreversibleLines(): { key: number; text: string }[] {
    return (this.plan?.irreversible ?? []).map((text, key) => ({ key, text }));
  }

  get ownedLines(): { key: string; text: string }[] {
    return (this.plan?.owned ?? []).map(({ objectApiName, label, records }) => ({
      key: objectApiName,
      text: fillLabel(ownedLine, label, records),
    }));
  }

  get ownsRecords(): boolean {
    return this.ownedLines.length > 0;
  }

  get reassignLabel(): string {
    return this.newOwner ? fillLabel(reassign, this.newOwner.name) : reassignNobody;
  }

  get cannotReassign(): boolean {
    return this.isWorking || !this.newOwner;
  }

  /** Too many users for one step: they go first, so many at a time. */
  get needsWaves(): boolean {
    return (this.plan?.waves ?? 0) > 0;
  }

  get wavesText(): string {
    return fillLabel(waves, this.plan?.users.length ?? 0, this.plan?.waves ?? 0);
  }

  /** What a wave solves is no error. */
  get problem(): string | undefined {
    return this.needsWaves ? undefined : (this.plan?.problem ?? undefined);
  }

  get runLabel(): string {
    return this.needsWaves ? nextUsers : button;
  }

  get isUnconfirmed(): boolean {
    return (
      this.isWorking ||
      !this.plan ||
      this.problem !== undefined ||
      this.typed.trim() !== this.plan.confirmation
    );
  }

  renderedCallback(): void {
    if (this.focusHeading && this.plan) {
      this.focusHeading = false;
      this.template?.querySelector<HTMLElement>('h3')?.focus();
    }
    if (this.focusButton) {
      this.focusButton = false;
      this.template?.querySelector<HTMLElement>('.open')?.focus();
    }
  }

  async handleOpen(): Promise<void> {
    this.isOpen = true;
    this.focusHeading = true;
    this.typed = '';
    this.reasonText = '';
    this.newOwner = undefined;
    this.note = undefined;
    await this.work(() => this.loadPlan());
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    this.typed = event.detail.value;
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reasonText = event.detail.value;
  }

  handleCancel(): void {
    this.close();
  }

  handleNewOwner(event: CustomEvent<OwnerCandidate | undefined>): void {
    this.newOwner = event.detail ?? undefined;
  }

  async handleReassign(): Promise<void> {
    const { newOwner } = this;
    if (!newOwner) return;
    await this.work(async () => {
      const refusals = await reassignRecords<string[]>({
        accountId: this.recordId,
        newOwnerId: newOwner.id,
      });
      await this.loadPlan();
      if (refusals.length > 0) this.error = refusals;
      else this.note = fillLabel(reassigned, newOwner.name);
    });
  }

  async handleRun(): Promise<void> {
    if (this.isUnconfirmed) return;
    await this.work(() => (this.needsWaves ? this.runWave() : this.disable()));
  }

  private get parameters(): Readonly<Record<string, unknown>> {
    return { accountId: this.recordId, confirmation: this.typed, reason: this.reasonText };
  }

  private async loadPlan(): Promise<void> {
    this.plan = await getPlan<PartnerDisablePlan>({ accountId: this.recordId });
  }

  private async runWave(): Promise<void> {
    const results = await disableNextUsers<PartnerActionResult[]>(this.parameters);
    // The next step is another one, perhaps the last: it is confirmed anew.
    this.typed = '';
    await this.loadPlan();
    const refusals = results.flatMap(({ message }) => (message ? [message] : []));
    if (refusals.length > 0) this.error = refusals;
    this.dispatchEvent(new RefreshEvent());
  }

  private async disable(): Promise<void> {
    const { outcome, message } = await disableAccount<PartnerDisableResult>(this.parameters);
    const name = this.plan?.accountName ?? '';
    switch (outcome) {
      case 'disabled':
      case 'noPartner':
        toastSuccess(this, fillLabel(done, name));
        this.close();
        await refreshRecord(this, this.recordId);
        break;
      case 'blocked':
      case 'failed':
        this.error = message ?? fillLabel(failed, name);
        break;
      default:
        outcome satisfies never;
    }
  }

  private async work(task: () => Promise<void>): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    this.error = undefined;
    this.note = undefined;
    try {
      await task();
    } catch (error: unknown) {
      this.error = error ?? '';
    } finally {
      this.isWorking = false;
    }
  }

  private close(): void {
    this.isOpen = false;
    this.plan = undefined;
    this.error = undefined;
    this.focusButton = true;
  }
}
