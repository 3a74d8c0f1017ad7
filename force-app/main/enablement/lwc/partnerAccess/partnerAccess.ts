import disablePartners from '@salesforce/customPermission/Disable_Partners';
import enableAccounts from '@salesforce/customPermission/Enable_Partner_Accounts';
import enableUsers from '@salesforce/customPermission/Enable_Partner_Users';
import manageTiers from '@salesforce/customPermission/Manage_Partner_Tiers';
import active from '@salesforce/label/c.Access_Active';
import activeExplain from '@salesforce/label/c.Access_Active_Explain';
import frozen from '@salesforce/label/c.Access_Frozen';
import frozenExplain from '@salesforce/label/c.Access_Frozen_Explain';
import inactive from '@salesforce/label/c.Access_Inactive';
import inactiveExplain from '@salesforce/label/c.Access_Inactive_Explain';

/** A partner user as they are now, as Apex tells it. */
export interface PartnerUserState {
  readonly userId: string;
  readonly contactId?: string | null;
  readonly name: string;
  readonly username: string;
  readonly isActive: boolean;
  readonly isFrozen: boolean;
  readonly tier: string;
  readonly tierLabel: string;
  readonly lastLogin?: string | null;
}

/** What the viewer may do. */
export interface PartnerRights {
  readonly mayEnableUsers: boolean;
  readonly mayManageTiers: boolean;
  readonly mayDisable: boolean;
}

/** A tier of an account; `exists` when the account has a role for it. */
export interface PartnerTierView {
  readonly value: string;
  readonly label: string;
  readonly exists: boolean;
}

/** A partner account at one look. */
export interface PartnerCard extends PartnerRights {
  readonly accountName: string;
  readonly isPartner: boolean;
  readonly partnerSince?: string | null;
  readonly ownerName: string;
  readonly ownerRole?: string | null;
  readonly tiers: readonly PartnerTierView[];
  readonly users: readonly PartnerUserState[];
  readonly seats: readonly {
    readonly licenseName: string;
    readonly free: number;
    readonly total: number;
  }[];
}

/** A contact at one look. */
export interface PartnerContactCard extends PartnerRights {
  readonly isAvailable: boolean;
  readonly isPartner: boolean;
  readonly user?: PartnerUserState | null;
  readonly sites?: readonly string[] | null;
  /** What the user's tier can be changed to, and what it is. */
  readonly tiers?: readonly PartnerTierView[];
}

type UserState = 'active' | 'frozen' | 'inactive';

/** How a state looks: always in words, never by colour alone. */
export interface StateLook {
  readonly label: string;
  readonly explanation: string;
  readonly icon: string;
  readonly badgeClass: string;
}

const LOOKS: Readonly<Record<UserState, StateLook>> = {
  active: {
    label: active,
    explanation: activeExplain,
    icon: 'utility:success',
    badgeClass: 'slds-theme_success badge_coloured',
  },
  frozen: {
    label: frozen,
    explanation: frozenExplain,
    icon: 'utility:lock',
    badgeClass: 'slds-theme_warning',
  },
  inactive: {
    label: inactive,
    explanation: inactiveExplain,
    icon: 'utility:ban',
    badgeClass: '',
  },
};

/** How to show whether the user gets in. */
export function lookOf({ isActive, isFrozen }: PartnerUserState): StateLook {
  if (!isActive) return LOOKS.inactive;
  return isFrozen ? LOOKS.frozen : LOOKS.active;
}

/** Whether the running user may see who gets in; Apex refuses everybody else. */
export function maySeeAccess(): boolean {
  return [disablePartners, enableAccounts, enableUsers, manageTiers].includes(true);
}
