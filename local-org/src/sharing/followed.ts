import type { ObjectInfo } from '../schema/contract.ts';

/** How records without an owner, or whose owner does not decide, follow other records. */
export interface Following {
  /** Lookups to what is followed; whoever reaches what one of them names reaches the record, or with `all` what each of them names. */
  readonly fields: readonly string[];
  readonly all?: boolean;
  /** Lookups may name a record of any object. */
  readonly any?: boolean;
  /** A checkbox that hides the record from everybody but its owner. */
  readonly privateBy?: string;
  /** A checkbox that external users need. */
  readonly publishedBy?: string;
}

/**
 * Standard objects that have no sharing of their own and are read by whoever reads what they are about. Documented: Object Reference, "Special Access Rules" and
 * descriptions of these objects (Attachment and Note: the parent's sharing, and `IsPrivate`; CaseComment: the case, and `IsPublished` for portal users; roles, teams and
 * history: their record); Help, "Organization-Wide Default Access Settings" (campaign members: controlled by campaign). Files: `files.ts`. That changing one
 * takes editing what it is about, and that a role for two records needs both, is inferred, the stricter answer.
 */
const FOLLOWING: Readonly<Record<string, Following>> = {
  AccountContactRelation: { fields: ['AccountId', 'ContactId'], all: true },
  AccountContactRole: { fields: ['AccountId'] },
  AccountPartner: { fields: ['AccountFromId'] },
  AccountTeamMember: { fields: ['AccountId'] },
  Attachment: { fields: ['ParentId'], any: true, privateBy: 'IsPrivate' },
  CampaignMember: { fields: ['CampaignId'] },
  CampaignMemberStatus: { fields: ['CampaignId'] },
  CaseComment: { fields: ['ParentId'], publishedBy: 'IsPublished' },
  CaseContactRole: { fields: ['CasesId'] },
  CaseTeamMember: { fields: ['ParentId'] },
  CaseTeamTemplateRecord: { fields: ['ParentId'] },
  ContractContactRole: { fields: ['ContractId'] },
  EmailMessage: { fields: ['ParentId', 'RelatedToId', 'ActivityId'], any: true },
  EventRelation: { fields: ['EventId'] },
  FeedItem: { fields: ['ParentId'], any: true },
  FeedComment: { fields: ['ParentId'], any: true },
  Note: { fields: ['ParentId'], any: true, privateBy: 'IsPrivate' },
  OpportunityCompetitor: { fields: ['OpportunityId'] },
  OpportunityContactRole: { fields: ['OpportunityId'] },
  OpportunityFieldHistory: { fields: ['OpportunityId'] },
  OpportunityPartner: { fields: ['OpportunityId'] },
  OpportunitySplit: { fields: ['OpportunityId'] },
  OpportunityTeamMember: { fields: ['OpportunityId'] },
  Partner: { fields: ['AccountFromId', 'OpportunityId'] },
  ProcessInstance: { fields: ['TargetObjectId'], any: true },
  TaskRelation: { fields: ['TaskId'] },
  TopicAssignment: { fields: ['EntityId'], any: true },
};

/** What an object follows; undefined for objects with sharing of their own, and for those that nothing is known of. */
export function followingOf(object: ObjectInfo): Following | undefined {
  if (object.kind !== 'standard' || object.internalSharing !== undefined) return undefined;
  const known = FOLLOWING[object.name];
  if (known !== undefined) return known;
  // `AccountHistory`, `AccountFeed`: of one object each.
  const about = /^(\w+?)(?:History|Feed)$/.exec(object.name)?.[1];
  if (about === undefined) return undefined;
  const field = [`${about}Id`, 'ParentId'].find((name) => object.fields.has(name.toLowerCase()));
  return field === undefined ? undefined : { fields: [field] };
}
