import type { SaveHook } from '../dml/hooks.ts';
import { channelProgramHook } from './channel-programs/program-hook.ts';
import { contentVersionHook } from './files/content-hooks.ts';
import { contentDistributionHook } from './files/distribution-hooks.ts';
import { emailMessageHook } from './mail/email-message-hooks.ts';
import { groupHook } from './groups/group-hooks.ts';
import { managerGroupHook } from './groups/manager-group-hook.ts';
import { groupMemberHook } from './groups/member-hook.ts';
import { networkMemberHooks } from './networks/member-hooks.ts';
import { activationHook } from './permissions/activation-hook.ts';
import { assignmentHook } from './permissions/assignment-hooks.ts';
import { partnerAccountHook } from './partners/account-hooks.ts';
import { portalContactHook } from './partners/contact-hooks.ts';
import { personAccountHook } from './person-accounts/person-account-hook.ts';
import { mergedRolesHook } from './partners/moved-role-hooks.ts';
import { roleHook } from './partners/role-hooks.ts';
import { partnerUserHook } from './partners/user-hooks.ts';
import { recalculationHook } from './sharing/recalculation-hook.ts';
import { territoryHook } from './territories/territory-hook.ts';
import { oneShareHook } from './sharing/one-share-hook.ts';
import { shareHook } from './sharing/share-hook.ts';
import { caseTeamTemplateHook } from './sharing/case-team-templates.ts';
import { highVolumeHook } from './sharing/high-volume-hook.ts';
import { caseHook, opportunityHook, taskHook } from './sales/status-hooks.ts';
import { userHook } from './users/user-hooks.ts';

/** Every platform service that takes part in saves, in the order in which it is asked. */
export const SAVE_HOOKS: readonly SaveHook[] = [
  userHook,
  partnerUserHook,
  personAccountHook,
  partnerAccountHook,
  portalContactHook,
  roleHook,
  mergedRolesHook,
  assignmentHook,
  activationHook,
  ...networkMemberHooks,
  groupHook,
  groupMemberHook,
  managerGroupHook,
  opportunityHook,
  caseHook,
  taskHook,
  contentVersionHook,
  contentDistributionHook,
  emailMessageHook,
  channelProgramHook,
  territoryHook,
  shareHook,
  oneShareHook,
  highVolumeHook,
  caseTeamTemplateHook,
  recalculationHook,
];
