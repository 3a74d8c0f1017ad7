import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import enableUser from '@salesforce/apex/PartnerUserController.enable';
import getChoices from '@salesforce/apex/PartnerUserController.getChoices';
import getReadiness from '@salesforce/apex/PartnerUserController.getReadiness';
import mayEnable from '@salesforce/customPermission/Enable_Partner_Users';
import permissionMissing from '@salesforce/label/c.Contact_Permitted_Fail';
import permissionFix from '@salesforce/label/c.Contact_Permitted_Fix';
import cancel from '@salesforce/label/c.Enable_Partner_Cancel';
import checking from '@salesforce/label/c.Enable_Partner_Checking';
import close from '@salesforce/label/c.Enable_Partner_Close';
import recheck from '@salesforce/label/c.Enable_Partner_Recheck';
import already from '@salesforce/label/c.Enable_User_Already';
import back from '@salesforce/label/c.Enable_User_Back';
import choose from '@salesforce/label/c.Enable_User_Choose';
import confirm from '@salesforce/label/c.Enable_User_Confirm';
import confirmWithWarnings from '@salesforce/label/c.Enable_User_Confirm_With_Warnings';
import enable from '@salesforce/label/c.Enable_User_Button';
import enabling from '@salesforce/label/c.Enable_User_Enabling';
import explain from '@salesforce/label/c.Enable_User_Explain';
import failed from '@salesforce/label/c.Enable_User_Failed';
import mail from '@salesforce/label/c.Enable_User_Mail';
import mailNo from '@salesforce/label/c.Enable_User_Mail_No';
import mailYes from '@salesforce/label/c.Enable_User_Mail_Yes';
import manyToFix from '@salesforce/label/c.Enable_User_Many_To_Fix';
import next from '@salesforce/label/c.Enable_User_Next';
import none from '@salesforce/label/c.Enable_User_None';
import notPermitted from '@salesforce/label/c.Enable_User_Not_Permitted';
import oneToFix from '@salesforce/label/c.Enable_User_One_To_Fix';
import openUser from '@salesforce/label/c.Link_User';
import permissionSets from '@salesforce/label/c.Enable_User_Permission_Sets';
import profile from '@salesforce/label/c.Enable_User_Profile';
import ready from '@salesforce/label/c.Enable_User_Ready';
import reason from '@salesforce/label/c.Enable_User_Reason';
import stepCheck from '@salesforce/label/c.Enable_User_Step_Check';
import stepChoose from '@salesforce/label/c.Enable_User_Step_Choose';
import stepConfirm from '@salesforce/label/c.Enable_User_Step_Confirm';
import stepResult from '@salesforce/label/c.Enable_User_Step_Result';
import steps from '@salesforce/label/c.Enable_User_Steps';
import success from '@salesforce/label/c.Enable_User_Success';
import tier from '@salesforce/label/c.Enable_User_Tier';
import title from '@salesforce/label/c.Enable_User_Title';
import username from '@salesforce/label/c.Enable_User_Username';
import { fillLabel } from 'c/fillLabel';
import { closeAction, refreshRecord } from 'c/recordAction';
import type { ChecklistItem, ChecklistOutcome } from 'c/checklist';
import type { ReadinessReport } from 'c/enableAsPartner';
import type { PartnerUserChoice, PartnerUserChoices } from 'c/partnerUserForm';

/** What Apex did. */
export interface PartnerUserResult {
  readonly contactId: string;
  readonly outcome: 'enabled' | 'alreadyUser' | 'blocked' | 'failed';
  readonly message?: string | null;
  readonly userId?: string | null;
  readonly username?: string | null;
  readonly report: ReadinessReport;
}

type Step = 'check' | 'choose' | 'confirm' | 'result';

const STEPS: readonly { readonly name: Step; readonly label: string }[] = [
  { name: 'check', label: stepCheck },
  { name: 'choose', label: stepChoose },
  { name: 'confirm', label: stepConfirm },
  { name: 'result', label: stepResult },
];

const NOTHING_CHOSEN: PartnerUserChoice = {
  profileId: null,
  tier: '',
  username: '',
  permissionSetIds: [],
  sendWelcomeMail: true,
  reason: '',
};

/** The Enable Partner User action: check, choose, confirm, result. Apex decides at each step; nothing is saved before Enable. */
export default class EnablePartnerUser extends NavigationMixin(LightningElement) {
  readonly labels = Object.freeze({
    back,
    cancel,
    close,
    enable,
    explain,
    next,
    openUser,
    permissionFix,
    permissionMissing,
    recheck,
    steps,
    title,
  });

  step: Step = 'check';
  report?: ReadinessReport;
  choices?: PartnerUserChoices;
  choice: PartnerUserChoice = NOTHING_CHOSEN;
  result?: PartnerUserResult;
  userUrl?: string;
  error?: unknown;
  errorHeading?: string;
  isChecking = false;
  isEnabling = false;

  private contactId?: string;
  private latestCheck = 0;
  private focusSummary = false;

  /** The platform sets it after the component was created, so loading starts here. */
  @api
  get recordId(): string | undefined {
    return this.contactId;
  }
  set recordId(recordId: string | undefined) {
    if (recordId === this.contactId) return;
    this.contactId = recordId;
    this.step = 'check';
    if (recordId && this.isPermitted) void this.start();
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

  get shownSteps(): object[] {
    return STEPS.map(({ name, label }) => ({
      name,
      label,
      current: name === this.step ? 'step' : null,
      className: name === this.step ? 'step step_current' : 'step',
    }));
  }

  get isCheck(): boolean {
    return this.step === 'check';
  }

  get isChoose(): boolean {
    return this.step === 'choose';
  }

  get isConfirm(): boolean {
    return this.step === 'confirm';
  }

  get isResult(): boolean {
    return this.step === 'result';
  }

  get isDone(): boolean {
    return this.report?.status === 'done';
  }

  get contentClass(): string {
    return this.isBusy ? 'content content_busy' : 'content';
  }

  /** At the check everything; later only what needs attention; for a contact that is a user already, only who that is. */
  get shownResults(): readonly ChecklistItem[] {
    const results = this.report?.results ?? [];
    switch (this.step) {
      case 'check':
        return this.isDone ? results.filter(({ link }) => link?.objectApiName === 'User') : results;
      case 'choose':
        return this.count('blocked') > 0 ? results.filter(isOutcome('blocked')) : [];
      case 'confirm':
        return results.filter(isOutcome('warning'));
      case 'result':
        return [];
      default:
        return this.step satisfies never;
    }
  }

  get hasResults(): boolean {
    return this.shownResults.length > 0;
  }

  get summary(): string {
    if (!this.report) return '';
    const name = this.report.recordName;
    if (!name) return notPermitted;
    if (this.isDone) return fillLabel(already, name);
    const blockers = this.count('blocked');
    if (blockers === 1) return fillLabel(oneToFix, name);
    if (blockers > 1) return fillLabel(manyToFix, name, blockers);
    switch (this.step) {
      case 'check':
        return fillLabel(ready, name);
      case 'choose':
        return fillLabel(choose, name);
      case 'confirm':
        return fillLabel(this.count('warning') > 0 ? confirmWithWarnings : confirm, name);
      case 'result':
        return fillLabel(success, name);
      default:
        return this.step satisfies never;
    }
  }

  get confirmRows(): object[] {
    const chosen = this.choice;
    const sets = this.choices?.permissionSets.filter(({ id }) =>
      chosen.permissionSetIds.includes(id),
    );
    const rows: [string, string | undefined][] = [
      [profile, this.choices?.profiles.find(({ id }) => id === chosen.profileId)?.name],
      [tier, this.tierLabel],
      [username, chosen.username],
      [permissionSets, sets?.map(({ label }) => label).join(', ')],
      [mail, chosen.sendWelcomeMail ? mailYes : mailNo],
      [reason, chosen.reason],
    ];
    return toRows(rows);
  }

  get resultRows(): object[] {
    return toRows([
      [username, this.result?.username ?? undefined],
      [tier, this.tierLabel],
    ]);
  }

  get closeLabel(): string {
    return this.isResult || this.isDone || !this.isPermitted ? close : cancel;
  }

  get showsRecheck(): boolean {
    return this.isPermitted && this.isCheck && !this.isDone;
  }

  get showsBack(): boolean {
    return this.isChoose || this.isConfirm;
  }

  get showsNext(): boolean {
    return this.isChoose || (this.isCheck && this.report?.status === 'ready');
  }

  renderedCallback(): void {
    if (!this.focusSummary || this.isBusy) return;
    this.focusSummary = false;
    this.template?.querySelector<HTMLElement>('.summary')?.focus();
  }

  handleChoice(event: CustomEvent<Partial<PartnerUserChoice>>): void {
    this.choice = { ...this.choice, ...event.detail };
  }

  async handleRecheck(): Promise<void> {
    this.focusSummary = true;
    await this.start();
  }

  async handleNext(): Promise<void> {
    if (this.isBusy) return;
    if (this.isCheck) {
      this.goTo('choose');
      return;
    }
    const form = this.template?.querySelector<HTMLElement & { reportValidity(): boolean }>(
      'c-partner-user-form',
    );
    if (!form?.reportValidity()) return;
    await this.check();
    if (this.report?.status === 'ready') this.goTo('confirm');
    else this.goTo(this.isDone ? 'check' : 'choose');
  }

  handleBack(): void {
    this.clearError();
    this.goTo(this.isConfirm ? 'choose' : 'check');
  }

  async handleEnable(): Promise<void> {
    if (this.isBusy || !this.contactId) return;
    this.isEnabling = true;
    this.clearError();
    try {
      await this.showResult(await enableUser<PartnerUserResult>({ request: this.request }));
    } catch (error: unknown) {
      this.showError(error);
    } finally {
      this.isEnabling = false;
    }
  }

  handleClose(): void {
    closeAction(this);
  }

  private get request(): object {
    return { contactId: this.contactId, ...this.choice };
  }

  private get tierLabel(): string | undefined {
    return this.choices?.tiers.find(({ value }) => value === this.choice.tier)?.label;
  }

  private count(outcome: ChecklistOutcome): number {
    return this.report?.results.filter(isOutcome(outcome)).length ?? 0;
  }

  /** Loads what can be chosen and checks with the proposed choice, so that the check speaks of a real profile and username. */
  private async start(): Promise<void> {
    await this.ask(async (isLatest) => {
      const choices = await getChoices<PartnerUserChoices>({ contactId: this.contactId });
      if (!isLatest()) return;
      this.choices = choices;
      this.choice = {
        ...NOTHING_CHOSEN,
        profileId: choices.defaultProfileId ?? choices.profiles[0]?.id ?? null,
        tier: choices.tiers.find(({ isOpen }) => isOpen)?.value ?? '',
        username: choices.username ?? '',
      };
      await this.loadReport(isLatest);
    });
  }

  private async check(): Promise<void> {
    await this.ask((isLatest) => this.loadReport(isLatest));
  }

  private async loadReport(isLatest: () => boolean): Promise<void> {
    const report = await getReadiness<ReadinessReport>({ request: this.request });
    if (isLatest()) this.report = report;
  }

  private async ask(load: (isLatest: () => boolean) => Promise<void>): Promise<void> {
    const thisCheck = ++this.latestCheck;
    const isLatest = (): boolean => thisCheck === this.latestCheck;
    this.isChecking = true;
    this.clearError();
    try {
      await load(isLatest);
    } catch (error: unknown) {
      if (isLatest()) {
        this.report = undefined;
        this.showError(error);
      }
    } finally {
      if (isLatest()) this.isChecking = false;
    }
  }

  private async showResult(result: PartnerUserResult): Promise<void> {
    this.result = result;
    this.report = result.report;
    switch (result.outcome) {
      case 'enabled':
        await this.finish(result);
        break;
      case 'alreadyUser':
        // Somebody else was faster: the page may still show the old state.
        await refreshRecord(this, this.contactId);
        this.goTo('check');
        break;
      case 'blocked':
        this.goTo('check');
        break;
      case 'failed':
        this.showError(result.message, fillLabel(failed, result.report.recordName ?? ''));
        break;
      default:
        result.outcome satisfies never;
    }
  }

  private async finish({ userId }: PartnerUserResult): Promise<void> {
    this.userUrl = await this[NavigationMixin.GenerateUrl]({
      type: 'standard__recordPage',
      attributes: { recordId: userId, objectApiName: 'User', actionName: 'view' },
    });
    this.goTo('result');
    await refreshRecord(this, this.contactId);
  }

  private goTo(step: Step): void {
    this.step = step;
    this.focusSummary = true;
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

function isOutcome(wanted: ChecklistOutcome): (item: ChecklistItem) => boolean {
  return ({ outcome }) => outcome === wanted;
}

function toRows(rows: readonly [string, string | undefined][]): object[] {
  return rows.map(([label, value]) => ({ label, value: value || none }));
}
