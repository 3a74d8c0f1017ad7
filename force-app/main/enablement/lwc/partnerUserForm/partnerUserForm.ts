import { LightningElement, api } from 'lwc';
import mail from '@salesforce/label/c.Enable_User_Mail';
import mailHelp from '@salesforce/label/c.Enable_User_Mail_Help';
import noPermissionSets from '@salesforce/label/c.Enable_User_No_Permission_Sets';
import permissionSets from '@salesforce/label/c.Enable_User_Permission_Sets';
import profile from '@salesforce/label/c.Enable_User_Profile';
import profileOption from '@salesforce/label/c.Enable_User_Profile_Option';
import profilesNotOffered from '@salesforce/label/c.Enable_User_Profiles_Not_Offered';
import reason from '@salesforce/label/c.Enable_User_Reason';
import reasonHelp from '@salesforce/label/c.Enable_User_Reason_Help';
import tier from '@salesforce/label/c.Enable_User_Tier';
import tierFirst from '@salesforce/label/c.Enable_User_Tier_First';
import tierOption from '@salesforce/label/c.Enable_User_Tier_Option';
import tiersMissing from '@salesforce/label/c.Enable_User_Tiers_Missing';
import useSuggestion from '@salesforce/label/c.Enable_User_Use_Suggestion';
import username from '@salesforce/label/c.Enable_User_Username';
import usernameHelp from '@salesforce/label/c.Enable_User_Username_Help';
import { fillLabel } from 'c/fillLabel';

/** What Apex offers for one contact. */
export interface PartnerUserChoices {
  readonly profiles: readonly ProfileChoice[];
  readonly defaultProfileId?: string | null;
  readonly tiers: readonly TierChoice[];
  readonly isFirstUser: boolean;
  readonly permissionSets: readonly { readonly id: string; readonly label: string }[];
  readonly username?: string | null;
}

interface ProfileChoice {
  readonly id: string;
  readonly name: string;
  readonly licenseName: string;
  readonly freeSeats: number;
  readonly problem?: string | null;
}

interface TierChoice {
  readonly value: string;
  readonly label: string;
  readonly help: string;
  readonly isOpen: boolean;
}

/** What the admin has chosen. */
export interface PartnerUserChoice {
  readonly profileId?: string | null;
  readonly tier: string;
  readonly username: string;
  readonly permissionSetIds: readonly string[];
  readonly sendWelcomeMail: boolean;
  readonly reason: string;
}

interface Option {
  readonly label: string;
  readonly value: string;
}

interface Validity extends HTMLElement {
  reportValidity(): boolean;
}

/** The choices for a new partner user. It keeps nothing: every change goes to the parent as `choicechange`. */
export default class PartnerUserForm extends LightningElement {
  @api choices?: PartnerUserChoices;
  @api choice?: PartnerUserChoice;

  readonly labels = Object.freeze({
    mail,
    mailHelp,
    noPermissionSets,
    permissionSets,
    profile,
    profilesNotOffered,
    reason,
    reasonHelp,
    tier,
    useSuggestion,
    username,
    usernameHelp,
  });

  /** Whether every field is filled in; shows what is missing at the field. */
  @api
  reportValidity(): boolean {
    const fields = [...(this.template?.querySelectorAll<Validity>('.field') ?? [])];
    return fields.map((field) => field.reportValidity()).every(Boolean);
  }

  get profileOptions(): Option[] {
    return this.profiles
      .filter(({ problem }) => !problem)
      .map(({ id, name, licenseName, freeSeats }) => ({
        value: id,
        label: fillLabel(profileOption, name, licenseName, freeSeats),
      }));
  }

  get unusableProfiles(): readonly ProfileChoice[] {
    return this.profiles.filter(({ problem }) => problem);
  }

  get hasUnusableProfiles(): boolean {
    return this.unusableProfiles.length > 0;
  }

  get tierOptions(): Option[] {
    return this.openTiers.map(({ value, label, help }) => ({
      value,
      label: fillLabel(tierOption, label, help),
    }));
  }

  get isTierFixed(): boolean {
    return this.openTiers.length <= 1;
  }

  get fixedTier(): string {
    return this.openTiers[0]?.label ?? '';
  }

  get tierNote(): string | undefined {
    if (this.choices?.isFirstUser) return tierFirst;
    const closed = this.tiers.filter(({ isOpen }) => !isOpen).map(({ label }) => label);
    return closed.length > 0 ? fillLabel(tiersMissing, closed.join(', ')) : undefined;
  }

  get permissionSetOptions(): Option[] {
    return (this.choices?.permissionSets ?? []).map(({ id, label }) => ({ value: id, label }));
  }

  get hasPermissionSets(): boolean {
    return this.permissionSetOptions.length > 0;
  }

  get isOwnUsername(): boolean {
    const suggested = this.choices?.username;
    return Boolean(suggested) && suggested !== this.choice?.username;
  }

  handleProfile(event: CustomEvent<{ value: string }>): void {
    this.change({ profileId: event.detail.value });
  }

  handleTier(event: CustomEvent<{ value: string }>): void {
    this.change({ tier: event.detail.value });
  }

  handleUsername(event: CustomEvent<{ value: string }>): void {
    this.change({ username: event.detail.value });
  }

  handleSuggestion(): void {
    this.change({ username: this.choices?.username ?? '' });
  }

  handlePermissionSets(event: CustomEvent<{ value: string[] }>): void {
    this.change({ permissionSetIds: event.detail.value });
  }

  handleMail(event: CustomEvent<{ checked: boolean }>): void {
    this.change({ sendWelcomeMail: event.detail.checked });
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.change({ reason: event.detail.value });
  }

  private get profiles(): readonly ProfileChoice[] {
    return this.choices?.profiles ?? [];
  }

  private get tiers(): readonly TierChoice[] {
    return this.choices?.tiers ?? [];
  }

  private get openTiers(): readonly TierChoice[] {
    return this.tiers.filter(({ isOpen }) => isOpen);
  }

  private change(detail: Partial<PartnerUserChoice>): void {
    this.dispatchEvent(new CustomEvent('choicechange', { detail }));
  }
}
