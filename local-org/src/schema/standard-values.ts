/**
 * Which standard picklist a standard value set feeds (Metadata API Developer Guide, "StandardValueSet Names and Standard
 * Picklist Fields"). Keyed by lower-case set name.
 */
const VALUE_SETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accountcontactmultiroles: { AccountContactRelation: 'Roles' },
  accountcontactrole: { AccountContactRole: 'Role' },
  accountownership: { Account: 'Ownership' },
  accountrating: { Account: 'Rating', Lead: 'Rating' },
  accounttype: { Account: 'Type' },
  assetstatus: { Asset: 'Status' },
  campaignmemberstatus: { CampaignMember: 'Status' },
  campaignstatus: { Campaign: 'Status' },
  campaigntype: { Campaign: 'Type' },
  casecontactrole: { CaseContactRole: 'Role' },
  caseorigin: { Case: 'Origin' },
  casepriority: { Case: 'Priority' },
  casereason: { Case: 'Reason' },
  casestatus: { Case: 'Status' },
  casetype: { Case: 'Type' },
  contactrole: { OpportunityContactRole: 'Role', ContractContactRole: 'Role' },
  contractstatus: { Contract: 'Status' },
  eventsubject: { Event: 'Subject' },
  eventtype: { Event: 'Type' },
  industry: { Account: 'Industry', Lead: 'Industry' },
  leadsource: {
    Account: 'AccountSource',
    Contact: 'LeadSource',
    Lead: 'LeadSource',
    Opportunity: 'LeadSource',
  },
  leadstatus: { Lead: 'Status' },
  opportunitycompetitor: { OpportunityCompetitor: 'CompetitorName' },
  opportunitystage: { Opportunity: 'StageName' },
  opportunitytype: { Opportunity: 'Type' },
  orderstatus: { Order: 'Status' },
  ordertype: { Order: 'Type' },
  partnerrole: { Partner: 'Role', AccountPartner: 'Role', OpportunityPartner: 'Role' },
  product2family: { Product2: 'Family' },
  quotestatus: { Quote: 'Status' },
  salesteamrole: {
    AccountTeamMember: 'TeamMemberRole',
    OpportunityTeamMember: 'TeamMemberRole',
    UserTeamMember: 'TeamMemberRole',
  },
  salutation: { Contact: 'Salutation', Lead: 'Salutation', Account: 'Salutation' },
  taskpriority: { Task: 'Priority' },
  taskstatus: { Task: 'Status' },
  tasksubject: { Task: 'Subject' },
  tasktype: { Task: 'Type' },
};

/** The field of an object that a standard value set feeds; undefined when it feeds none there. */
export function standardFieldOfValueSet(setName: string, objectName: string): string | undefined {
  return VALUE_SETS[setName.toLowerCase()]?.[objectName];
}

/** Stage of an opportunity, as the rows of OpportunityStage have it. */
export interface OpportunityStage {
  readonly name: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  readonly probability: number;
  readonly forecastCategory: string;
}

/** The stages of a new org (practitioner: those of a Developer Edition). */
export const DEFAULT_STAGES: readonly OpportunityStage[] = [
  stage('Prospecting', 10, 'Pipeline'),
  stage('Qualification', 10, 'Pipeline'),
  stage('Needs Analysis', 20, 'Pipeline'),
  stage('Value Proposition', 50, 'Pipeline'),
  stage('Id. Decision Makers', 60, 'Pipeline'),
  stage('Perception Analysis', 70, 'Pipeline'),
  stage('Proposal/Price Quote', 75, 'Pipeline'),
  stage('Negotiation/Review', 90, 'Pipeline'),
  { ...stage('Closed Won', 100, 'Closed'), isClosed: true, isWon: true },
  { ...stage('Closed Lost', 0, 'Omitted'), isClosed: true },
];

/** Values of a status picklist that mean closed (or converted, for leads), in a new org. */
export const DEFAULT_CLOSED_VALUES: Readonly<Record<'Case' | 'Task' | 'Lead', readonly string[]>> =
  {
    Case: ['Closed'],
    Task: ['Completed'],
    Lead: ['Closed - Converted'],
  };

function stage(name: string, probability: number, forecastCategory: string): OpportunityStage {
  return { name, isClosed: false, isWon: false, probability, forecastCategory };
}
