import { LightningElement, api } from 'lwc';
import enableAccount from '@salesforce/apex/PartnerAccountController.enable';
import getReadiness from '@salesforce/apex/PartnerAccountController.getReadiness';
import mayEnable from '@salesforce/customPermission/Enable_Partner_Accounts';
import already from '@salesforce/label/c.Enable_Partner_Already';
import cancel from '@salesforce/label/c.Enable_Partner_Cancel';
import checking from '@salesforce/label/c.Enable_Partner_Checking';
import close from '@salesforce/label/c.Enable_Partner_Close';
import enable from '@salesforce/label/c.Enable_Partner_Button';
import enabling from '@salesforce/label/c.Enable_Partner_Enabling';
import explain from '@salesforce/label/c.Enable_Partner_Explain';
import failed from '@salesforce/label/c.Enable_Partner_Failed';
import manyToFix from '@salesforce/label/c.Enable_Partner_Many_To_Fix';
import notPermitted from '@salesforce/label/c.Enable_Partner_Not_Permitted';
import oneToFix from '@salesforce/label/c.Enable_Partner_One_To_Fix';
import ready from '@salesforce/label/c.Enable_Partner_Ready';
import readyWithWarnings from '@salesforce/label/c.Enable_Partner_Ready_With_Warnings';
import recheck from '@salesforce/label/c.Enable_Partner_Recheck';
import success from '@salesforce/label/c.Enable_Partner_Success';
import title from '@salesforce/label/c.Enable_Partner_Title';
import permissionMissing from '@salesforce/label/c.User_Permitted_Fail';
import permissionFix from '@salesforce/label/c.User_Permitted_Fix';
import { fillLabel } from 'c/fillLabel';
import { closeAction, refreshRecord, toastSuccess } from 'c/recordAction';
import type { ChecklistItem } from 'c/checklist';

/** What Apex found for the account. */
export interface ReadinessReport {
  readonly recordId: string;
  readonly recordName?: string | null;
  readonly status: 'ready' | 'notReady' | 'done';
  readonly results: readonly ChecklistItem[];
}

/** What Apex did. */
export interface PartnerAccountResult {
  readonly accountId: string;
  readonly outcome: 'enabled' | 'alreadyPartner' | 'blocked' | 'failed';
  readonly message?: string | null;
  readonly report: ReadinessReport;
}

/** The Enable as Partner action: shows every prerequisite, and enables the account once nothing blocks. */
export default class EnableAsPartner extends LightningElement {
  readonly labels = Object.freeze({
    cancel,
    checking,
    close,
    enable,
    enabling,
    explain,
    notPermitted,
    permissionFix,
    permissionMissing,
    recheck,
    title,
  });

  report?: ReadinessReport;
  error?: unknown;
  errorHeading?: string;
  isChecking = false;
  isEnabling = false;

  private accountId?: string;
  private latestCheck = 0;
  private focusSummary = false;

  /** The platform sets it after the component was created, so loading starts here. */
  @api
  get recordId(): string | undefined {
    return this.accountId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.accountId) return;
    this.accountId = recordId;
    if (recordId && this.isPermitted) void this.check();
  }

  get isPermitted(): boolean {
    return mayEnable === true;
  }

  get isBusy(): boolean {
    return this.isChecking || this.isEnabling;
  }

  get busyText(): string {
    return this.isEnabling ? enabling : checking;
  }

  get resultsClass(): string {
    return this.isBusy ? 'results results_busy' : 'results';
  }

  get isDone(): boolean {
    return this.report?.status === 'done';
  }

  get showsChecklist(): boolean {
    return this.report !== undefined && !this.isDone;
  }

  get showsRecheck(): boolean {
    return this.isPermitted && !this.isDone;
  }

  get showsEnable(): boolean {
    return this.report?.status === 'ready';
  }

  get closeLabel(): string {
    return this.isDone || !this.isPermitted ? close : cancel;
  }

  get summary(): string {
    if (!this.report) return '';
    const { recordName, results, status } = this.report;
    if (!recordName) return notPermitted;
    if (status === 'done') return fillLabel(already, recordName);
    const blockers = results.filter(({ outcome }) => outcome === 'blocked').length;
    if (blockers === 1) return fillLabel(oneToFix, recordName);
    if (blockers > 1) return fillLabel(manyToFix, recordName, blockers);
    return fillLabel(
      results.some(({ outcome }) => outcome === 'warning') ? readyWithWarnings : ready,
      recordName,
    );
  }

  renderedCallback(): void {
    if (!this.focusSummary || this.isBusy) return;
    this.focusSummary = false;
    this.template?.querySelector<HTMLElement>('.summary')?.focus();
  }

  async handleRecheck(): Promise<void> {
    this.focusSummary = true;
    await this.check();
  }

  async handleEnable(): Promise<void> {
    if (this.isBusy || !this.accountId) return;
    this.isEnabling = true;
    this.clearError();
    try {
      const result = await enableAccount<PartnerAccountResult>({ accountId: this.accountId });
      await this.showResult(result);
    } catch (error: unknown) {
      this.showError(error);
    } finally {
      this.isEnabling = false;
    }
  }

  handleClose(): void {
    closeAction(this);
  }

  private async check(): Promise<void> {
    const thisCheck = ++this.latestCheck;
    this.isChecking = true;
    this.clearError();
    try {
      const report = await getReadiness<ReadinessReport>({ accountId: this.accountId });
      if (thisCheck === this.latestCheck) this.report = report;
    } catch (error: unknown) {
      if (thisCheck === this.latestCheck) {
        this.report = undefined;
        this.showError(error);
      }
    } finally {
      if (thisCheck === this.latestCheck) this.isChecking = false;
    }
  }

  private async showResult(result: PartnerAccountResult): Promise<void> {
    const name = result.report.recordName ?? '';
    switch (result.outcome) {
      case 'enabled':
        await this.finish(fillLabel(success, name));
        break;
      case 'alreadyPartner':
        // Somebody else was faster: the page may still show the old state.
        await this.finish(fillLabel(already, name));
        break;
      case 'blocked':
        this.report = result.report;
        this.focusSummary = true;
        break;
      case 'failed':
        this.report = result.report;
        this.showError(result.message, fillLabel(failed, name));
        break;
      default:
        result.outcome satisfies never;
    }
  }

  private async finish(message: string): Promise<void> {
    toastSuccess(this, message);
    await refreshRecord(this, this.accountId);
    this.handleClose();
  }

  private showError(error: unknown, heading?: string): void {
    this.error = error ?? '';
    this.errorHeading = heading;
  }

  private clearError(): void {
    this.error = undefined;
    this.errorHeading = undefined;
  }
}
