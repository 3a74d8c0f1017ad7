import mayDisable from '@salesforce/customPermission/Disable_Partners';
import mayEnableAccounts from '@salesforce/customPermission/Enable_Partner_Accounts';
import mayEnableUsers from '@salesforce/customPermission/Enable_Partner_Users';
import mayManageTiers from '@salesforce/customPermission/Manage_Partner_Tiers';
import changeTier from '@salesforce/label/c.Run_Op_Change_Tier';
import changeTierExplain from '@salesforce/label/c.Run_Op_Change_Tier_Explain';
import deactivateUsers from '@salesforce/label/c.Run_Op_Deactivate_Users';
import deactivateUsersExplain from '@salesforce/label/c.Run_Op_Deactivate_Users_Explain';
import disableAccounts from '@salesforce/label/c.Run_Op_Disable_Accounts';
import disableAccountsExplain from '@salesforce/label/c.Run_Op_Disable_Accounts_Explain';
import disableUsers from '@salesforce/label/c.Run_Op_Disable_Users';
import disableUsersExplain from '@salesforce/label/c.Run_Op_Disable_Users_Explain';
import enableAccounts from '@salesforce/label/c.Run_Op_Enable_Accounts';
import enableAccountsExplain from '@salesforce/label/c.Run_Op_Enable_Accounts_Explain';
import enableUsers from '@salesforce/label/c.Run_Op_Enable_Users';
import ensureTiers from '@salesforce/label/c.Run_Op_Ensure_Tiers';
import ensureTiersExplain from '@salesforce/label/c.Run_Op_Ensure_Tiers_Explain';
import freezeUsers from '@salesforce/label/c.Run_Op_Freeze_Users';
import freezeUsersExplain from '@salesforce/label/c.Run_Op_Freeze_Users_Explain';
import reactivateUsers from '@salesforce/label/c.Run_Op_Reactivate_Users';
import reactivateUsersExplain from '@salesforce/label/c.Run_Op_Reactivate_Users_Explain';
import unfreezeUsers from '@salesforce/label/c.Run_Op_Unfreeze_Users';
import unfreezeUsersExplain from '@salesforce/label/c.Run_Op_Unfreeze_Users_Explain';

/** What a run asks for besides the accounts. */
export type RunQuestion = 'tier' | 'tiers' | 'reason' | 'newOwner' | 'understood' | 'count';

/** An operation on the selected accounts, or on their users. */
export interface PartnerOperation {
  /** As Apex knows it. */
  readonly name: string;
  readonly label: string;
  readonly explanation: string;
  readonly isIrreversible: boolean;
  readonly questions: readonly RunQuestion[];
}

const OPERATIONS: readonly (PartnerOperation & { readonly isPermitted: boolean })[] = [
  {
    name: 'enableAccounts',
    label: enableAccounts,
    explanation: enableAccountsExplain,
    isPermitted: mayEnableAccounts === true,
    isIrreversible: false,
    questions: [],
  },
  {
    name: 'ensureTiers',
    label: ensureTiers,
    explanation: ensureTiersExplain,
    isPermitted: mayManageTiers === true,
    isIrreversible: false,
    questions: ['tiers'],
  },
  {
    name: 'changeTier',
    label: changeTier,
    explanation: changeTierExplain,
    isPermitted: mayManageTiers === true,
    isIrreversible: false,
    questions: ['tier', 'reason'],
  },
  {
    name: 'freezeUsers',
    label: freezeUsers,
    explanation: freezeUsersExplain,
    isPermitted: mayDisable === true,
    isIrreversible: false,
    questions: ['reason'],
  },
  {
    name: 'unfreezeUsers',
    label: unfreezeUsers,
    explanation: unfreezeUsersExplain,
    isPermitted: mayDisable === true,
    isIrreversible: false,
    questions: ['reason'],
  },
  {
    name: 'deactivateUsers',
    label: deactivateUsers,
    explanation: deactivateUsersExplain,
    isPermitted: mayDisable === true,
    isIrreversible: false,
    questions: ['reason'],
  },
  {
    name: 'reactivateUsers',
    label: reactivateUsers,
    explanation: reactivateUsersExplain,
    isPermitted: mayEnableUsers === true,
    isIrreversible: false,
    questions: ['reason'],
  },
  {
    name: 'disableUsers',
    label: disableUsers,
    explanation: disableUsersExplain,
    isPermitted: mayDisable === true,
    isIrreversible: true,
    questions: ['reason', 'understood'],
  },
  {
    name: 'disableAccounts',
    label: disableAccounts,
    explanation: disableAccountsExplain,
    isPermitted: mayDisable === true,
    isIrreversible: true,
    questions: ['newOwner', 'reason', 'count'],
  },
];

/** Operations that the running user may start; Apex refuses the others. */
export function permittedOperations(): readonly PartnerOperation[] {
  return OPERATIONS.filter(({ isPermitted }) => isPermitted);
}

/** What a run does, in words; also of runs that are started elsewhere. */
export function operationLabel(name: string): string {
  if (name === 'enableUsers') return enableUsers;
  return OPERATIONS.find((operation) => operation.name === name)?.label ?? name;
}
