import { writeTerritories } from '../platform/territories/territory-rows.ts';
import type { Project, SharingRuleMetadata } from '../project/model.ts';
import type { OrgStore } from '../storage/store.ts';
import { keepSharingDefinitions, sharingDefinitions } from './definitions.ts';
import type { SharingRule } from './definitions.ts';
import { deployRestrictions } from './restriction-rules.ts';
import { forgetEndedShares } from './forget-shares.ts';
import { writeManagerGroups } from './managers.ts';
import { recalculateAllRules } from './rules.ts';
import { groupOf } from './targets.ts';

/** Takes a project's sharing rules and sharing sets into the org, and writes the share rows of the rules. After roles and groups. */
export function deploySharing(store: OrgStore, project: Project): void {
  const setting = (name: string): boolean => project.settings.get('sharing')?.get(name) === 'true';
  const managerGroups = setting('enableManagerGroups');
  writeManagerGroups(store, managerGroups);
  writeTerritories(store, project);
  forgetEndedShares(store);
  const rules = project.sharingRules.map((rule) => resolve(store, rule));
  const sets = [...project.sharingSets.values()].map((set) => ({
    name: set.name,
    profiles: set.profiles.map((profile) => profile.toLowerCase()),
    mappings: set.mappings,
  }));
  const before = sharingDefinitions(store).rules;
  const superUsers = setting('enablePartnerSuperUserAccess');
  keepSharingDefinitions(store, {
    rules,
    sets,
    ...(superUsers && { superUsers }),
    ...(managerGroups && { managerGroups }),
  });
  recalculateAllRules(store, before);
  deployRestrictions(store, project);
}

function resolve(store: OrgStore, rule: SharingRuleMetadata): SharingRule {
  const account = rule.accountSettings;
  return {
    object: store.schema.object(rule.object)?.name ?? rule.object,
    kind: rule.kind,
    name: rule.name,
    accessLevel: rule.accessLevel,
    children:
      account === undefined
        ? null
        : {
            Case: account.caseAccessLevel,
            Contact: account.contactAccessLevel,
            Opportunity: account.opportunityAccessLevel,
          },
    to: rule.sharedTo.map((target) => groupOf(store, target)),
    from: rule.sharedFrom.map((target) => groupOf(store, target)),
    criteria: rule.criteria,
    booleanFilter: rule.booleanFilter ?? null,
    includeRecordsOwnedByAll: rule.includeRecordsOwnedByAll,
  };
}
