import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { RefreshEvent } from 'lightning/refresh';
import changeTier from '@salesforce/apex/PartnerCardController.changeTier';
import deactivate from '@salesforce/apex/PartnerCardController.deactivate';
import disableUser from '@salesforce/apex/PartnerCardController.disableUser';
import freeze from '@salesforce/apex/PartnerCardController.freeze';
import reactivate from '@salesforce/apex/PartnerCardController.reactivate';
import unfreeze from '@salesforce/apex/PartnerCardController.unfreeze';
import actions from '@salesforce/label/c.User_Actions';
import cancel from '@salesforce/label/c.Enable_Partner_Cancel';
import changeTierExplain from '@salesforce/label/c.User_Action_Tier_Explain';
import changeTierLabel from '@salesforce/label/c.User_Action_Tier';
import confirmed from '@salesforce/label/c.User_Action_Disable_Confirmed';
import deactivateExplain from '@salesforce/label/c.User_Action_Deactivate_Explain';
import deactivateLabel from '@salesforce/label/c.User_Action_Deactivate';
import disableExplain from '@salesforce/label/c.User_Action_Disable_Explain';
import disableLabel from '@salesforce/label/c.User_Action_Disable';
import done from '@salesforce/label/c.User_Action_Done';
import failed from '@salesforce/label/c.User_Action_Failed';
import freezeExplain from '@salesforce/label/c.User_Action_Freeze_Explain';
import freezeLabel from '@salesforce/label/c.User_Action_Freeze';
import newTier from '@salesforce/label/c.User_Action_Tier_New';
import nothingToDo from '@salesforce/label/c.User_Action_Nothing';
import reactivateExplain from '@salesforce/label/c.User_Action_Reactivate_Explain';
import reactivateLabel from '@salesforce/label/c.User_Action_Reactivate';
import reason from '@salesforce/label/c.Enable_User_Reason';
import reasonHelp from '@salesforce/label/c.User_Action_Reason_Help';
import unfreezeExplain from '@salesforce/label/c.User_Action_Unfreeze_Explain';
import unfreezeLabel from '@salesforce/label/c.User_Action_Unfreeze';
import working from '@salesforce/label/c.User_Action_Working';
import { fillLabel } from 'c/fillLabel';
import type { PartnerRights, PartnerTierView, PartnerUserState } from 'c/partnerAccess';

/** What Apex did. */
export interface PartnerActionResult {
  readonly userId: string;
  readonly outcome: 'done' | 'nothingToDo' | 'blocked' | 'failed';
  readonly message?: string | null;
}

type ActionName = 'changeTier' | 'freeze' | 'unfreeze' | 'deactivate' | 'reactivate' | 'disable';

interface UserAction {
  readonly name: ActionName;
  readonly label: string;
  readonly explanation: string;
}

/** As in the menu: the fastest help first, what cannot be undone last. */
const ACTIONS: readonly UserAction[] = [
  { name: 'freeze', label: freezeLabel, explanation: freezeExplain },
  { name: 'unfreeze', label: unfreezeLabel, explanation: unfreezeExplain },
  { name: 'deactivate', label: deactivateLabel, explanation: deactivateExplain },
  { name: 'reactivate', label: reactivateLabel, explanation: reactivateExplain },
  { name: 'changeTier', label: changeTierLabel, explanation: changeTierExplain },
  { name: 'disable', label: disableLabel, explanation: disableExplain },
];

/** What can be done with one partner user: a menu, and below it the question before anything happens. */
export default class PartnerUserActions extends LightningElement {
  @api user?: PartnerUserState;
  @api rights?: PartnerRights;
  /** The tiers that the account has roles for; without them the tier cannot be changed here. */
  @api tiers: readonly PartnerTierView[] = [];

  readonly labels = Object.freeze({ cancel, confirmed, newTier, reason, reasonHelp, working });

  chosen?: UserAction;
  tier = '';
  reasonText = '';
  isConfirmed = false;
  isWorking = false;
  error?: unknown;

  private focusQuestion = false;
  private focusMenu = false;

  get offered(): readonly UserAction[] {
    return ACTIONS.filter(({ name }) => this.isOffered(name));
  }

  get hasActions(): boolean {
    return this.offered.length > 0;
  }

  get menuLabel(): string {
    return fillLabel(actions, this.user?.name ?? '');
  }

  get explanation(): string {
    return fillLabel(this.chosen?.explanation ?? '', this.user?.name ?? '');
  }

  get asksTier(): boolean {
    return this.chosen?.name === 'changeTier';
  }

  get asksConfirmation(): boolean {
    return this.chosen?.name === 'disable';
  }

  get tierOptions(): { label: string; value: string }[] {
    return this.otherTiers.map(({ label, value }) => ({ label, value }));
  }

  get isIncomplete(): boolean {
    return (
      this.isWorking ||
      (this.asksTier && this.tier === '') ||
      (this.asksConfirmation && !this.isConfirmed)
    );
  }

  get runVariant(): string {
    return this.asksConfirmation ? 'destructive' : 'brand';
  }

  renderedCallback(): void {
    if (this.focusQuestion) {
      this.focusQuestion = false;
      this.template?.querySelector<HTMLElement>('.explanation')?.focus();
    }
    if (this.focusMenu) {
      this.focusMenu = false;
      this.template?.querySelector<HTMLElement>('lightning-button-menu')?.focus();
    }
  }

  handleSelect(event: CustomEvent<{ value: string }>): void {
    this.chosen = ACTIONS.find(({ name }) => name === event.detail.value);
    this.tier = '';
    this.reasonText = '';
    this.isConfirmed = false;
    this.error = undefined;
    this.focusQuestion = true;
  }

  handleTier(event: CustomEvent<{ value: string }>): void {
    this.tier = event.detail.value;
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reasonText = event.detail.value;
  }

  handleConfirmed(event: CustomEvent<{ checked: boolean }>): void {
    this.isConfirmed = event.detail.checked;
  }

  handleCancel(): void {
    this.close();
  }

  async handleRun(): Promise<void> {
    if (this.isIncomplete || !this.chosen || !this.user) return;
    this.isWorking = true;
    this.error = undefined;
    try {
      this.show(await this.run(this.chosen.name, this.user.userId));
    } catch (error: unknown) {
      this.error = error ?? '';
    } finally {
      this.isWorking = false;
    }
  }

  private get otherTiers(): readonly PartnerTierView[] {
    return this.tiers.filter(({ value }) => value !== this.user?.tier);
  }

  private isOffered(name: ActionName): boolean {
    const { user, rights } = this;
    if (!user || !rights) return false;
    switch (name) {
      case 'changeTier':
        return rights.mayManageTiers && user.isActive && this.otherTiers.length > 0;
      case 'freeze':
        return rights.mayDisable && user.isActive && !user.isFrozen;
      case 'unfreeze':
        return rights.mayDisable && user.isActive && user.isFrozen;
      case 'deactivate':
        return rights.mayDisable && user.isActive;
      case 'reactivate':
        return rights.mayEnableUsers && !user.isActive;
      case 'disable':
        return rights.mayDisable;
      default:
        return name satisfies never;
    }
  }

  private run(name: ActionName, userId: string): Promise<PartnerActionResult> {
    const parameters = { userId, reason: this.reasonText };
    switch (name) {
      case 'changeTier':
        return changeTier({ ...parameters, tier: this.tier });
      case 'freeze':
        return freeze(parameters);
      case 'unfreeze':
        return unfreeze(parameters);
      case 'deactivate':
        return deactivate(parameters);
      case 'reactivate':
        return reactivate(parameters);
      case 'disable':
        return disableUser({ ...parameters, confirmed: this.isConfirmed });
      default:
        return name satisfies never;
    }
  }

  private show({ outcome, message }: PartnerActionResult): void {
    const name = this.user?.name ?? '';
    switch (outcome) {
      case 'done':
      case 'nothingToDo':
        this.dispatchEvent(
          new ShowToastEvent({
            title: fillLabel(
              outcome === 'done' ? done : nothingToDo,
              this.chosen?.label ?? '',
              name,
            ),
            variant: outcome === 'done' ? 'success' : 'info',
          }),
        );
        this.close();
        this.dispatchEvent(new RefreshEvent());
        break;
      case 'blocked':
      case 'failed':
        this.error = message ?? fillLabel(failed, name);
        break;
      default:
        outcome satisfies never;
    }
  }

  private close(): void {
    this.chosen = undefined;
    this.error = undefined;
    this.focusMenu = true;
  }
}
