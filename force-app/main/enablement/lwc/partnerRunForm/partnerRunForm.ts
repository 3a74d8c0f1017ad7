import { LightningElement, api } from 'lwc';
import confirmAccounts from '@salesforce/label/c.Run_Confirm_Accounts';
import confirmUsers from '@salesforce/label/c.Run_Confirm_Users';
import dryRun from '@salesforce/label/c.Console_Dry_Run';
import executive from '@salesforce/label/c.Tier_Executive';
import manager from '@salesforce/label/c.Tier_Manager';
import newTier from '@salesforce/label/c.User_Action_Tier_New';
import operation from '@salesforce/label/c.Run_Op';
import reason from '@salesforce/label/c.Enable_User_Reason';
import reasonHelp from '@salesforce/label/c.User_Action_Reason_Help';
import tiersLabel from '@salesforce/label/c.Run_Tiers';
import user from '@salesforce/label/c.Tier_User';
import { fillLabel } from 'c/fillLabel';
import { permittedOperations } from 'c/partnerOperations';
import type { PartnerOperation, RunQuestion } from 'c/partnerOperations';
import type { OwnerCandidate } from 'c/partnerOwnerPicker';

/** A run that somebody wants. */
export interface WantedRun {
  readonly operation: string;
  readonly isDryRun: boolean;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What is to be done with the selection, and what has to be said for it. Tells `start` with a {@link WantedRun}. */
export default class PartnerRunForm extends LightningElement {
  /** How many accounts are selected. */
  @api selected = 0;
  @api disabled = false;

  readonly labels = Object.freeze({
    confirmUsers,
    dryRun,
    newTier,
    operation,
    reason,
    reasonHelp,
    tiers: tiersLabel,
  });
  /** Tiers as Apex names them. */
  readonly tierOptions = [
    { label: user, value: 'USER' },
    { label: manager, value: 'MANAGER' },
    { label: executive, value: 'EXECUTIVE' },
  ];
  readonly tiersOptions = ['1', '2', '3'].map((value) => ({ label: value, value }));

  chosen?: PartnerOperation = permittedOperations()[0];
  tier = '';
  tiers = '3';
  reasonText = '';
  isUnderstood = false;
  typed = '';

  private newOwner?: OwnerCandidate;

  get operationOptions(): { label: string; value: string }[] {
    return permittedOperations().map(({ name, label }) => ({ label, value: name }));
  }

  get asks(): Readonly<Record<RunQuestion, boolean>> {
    const questions = this.chosen?.questions ?? [];
    return {
      tier: questions.includes('tier'),
      tiers: questions.includes('tiers'),
      reason: questions.includes('reason'),
      newOwner: questions.includes('newOwner'),
      understood: questions.includes('understood'),
      // Nothing is confirmed of nothing.
      count: questions.includes('count') && this.selected > 0,
    };
  }

  get countLabel(): string {
    return fillLabel(confirmAccounts, this.selected);
  }

  get runVariant(): string {
    return this.chosen?.isIrreversible ? 'destructive' : 'brand';
  }

  get cannotTry(): boolean {
    return this.disabled || this.selected === 0 || !this.chosen || (this.asks.tier && !this.tier);
  }

  /** What cannot be undone is confirmed; a dry run needs no confirmation. */
  get cannotRun(): boolean {
    return (
      this.cannotTry ||
      (this.asks.understood && !this.isUnderstood) ||
      (this.asks.count && this.typed.trim() !== String(this.selected))
    );
  }

  handleOperation(event: CustomEvent<{ value: string }>): void {
    this.chosen = permittedOperations().find(({ name }) => name === event.detail.value);
    this.forgetConfirmation();
  }

  handleTier(event: CustomEvent<{ value: string }>): void {
    this.tier = event.detail.value;
  }

  handleTiers(event: CustomEvent<{ value: string }>): void {
    this.tiers = event.detail.value;
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reasonText = event.detail.value;
  }

  handleUnderstood(event: CustomEvent<{ checked: boolean }>): void {
    this.isUnderstood = event.detail.checked;
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    this.typed = event.detail.value;
  }

  handleNewOwner(event: CustomEvent<OwnerCandidate | undefined>): void {
    this.newOwner = event.detail ?? undefined;
  }

  handleDryRun(): void {
    if (!this.cannotTry) this.start(true);
  }

  handleRun(): void {
    if (this.cannotRun) return;
    this.start(false);
    // The next one is confirmed anew.
    this.forgetConfirmation();
  }

  private forgetConfirmation(): void {
    this.isUnderstood = false;
    this.typed = '';
  }

  private start(isDryRun: boolean): void {
    const { asks } = this;
    const detail: WantedRun = {
      operation: this.chosen?.name ?? '',
      isDryRun,
      parameters: {
        ...(asks.tier && { tier: this.tier }),
        ...(asks.tiers && { tiers: Number(this.tiers) }),
        ...(asks.reason && { reason: this.reasonText }),
        ...(asks.newOwner && this.newOwner && { newOwnerId: this.newOwner.id }),
        ...(asks.understood && { confirmed: this.isUnderstood }),
      },
    };
    this.dispatchEvent(new CustomEvent('start', { detail }));
  }
}
