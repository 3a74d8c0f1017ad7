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

/** Whether a partner user gets in. */
export type UserState = 'active' | 'frozen' | 'inactive';

/** A partner user, as Apex tells it. */
export interface PartnerUserView {
  readonly id: string;
  readonly contactId?: string | null;
  readonly name: string;
  readonly username: string;
  readonly profileName: string;
  readonly tier: string;
  readonly tierLabel: string;
  readonly state: UserState;
  readonly lastLogin?: string | null;
}

/** Who of an account or a contact gets in. */
export interface PartnerAccessView {
  readonly isAvailable: boolean;
  readonly isPartner: boolean;
  readonly partnerSince?: string | null;
  readonly ownerName?: string | null;
  readonly ownerRole?: string | null;
  readonly tiers: readonly {
    readonly value: string;
    readonly label: string;
    readonly isBuilt: boolean;
  }[];
  readonly users: readonly PartnerUserView[];
  readonly hasMoreUsers: boolean;
  readonly seats: readonly {
    readonly licenseName: string;
    readonly free: number;
    readonly total: number;
  }[];
  readonly sites: readonly string[];
}

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

/** How to show the state of a user. */
export function lookOf(state: UserState): StateLook {
  return LOOKS[state];
}

/** Whether the running user may see who gets in; Apex refuses everybody else. */
export function maySeeAccess(): boolean {
  return [disablePartners, enableAccounts, enableUsers, manageTiers].includes(true);
}
