/** Ways from one object of the world to another: a query that follows them must show nothing that the persona does not read anyway. */
export const RELATIONSHIPS = [
  { child: 'Opportunity', lookup: 'AccountId', parent: 'Account', relationship: 'Opportunities' },
  { child: 'Contact', lookup: 'AccountId', parent: 'Account', relationship: 'Contacts' },
  {
    child: 'Lead_Offer__c',
    lookup: 'Partner_Account__c',
    parent: 'Account',
    relationship: 'Lead_Offers__r',
  },
  {
    child: 'Deal_Registration__c',
    lookup: 'Partner_Account__c',
    parent: 'Account',
    relationship: 'Deal_Registrations__r',
  },
] as const;

/** Objects on which no trigger of ours refuses more than sharing and permissions do: what the matrix allows there must work. */
export const OPEN_TO_EDITS: readonly string[] = ['Lead', 'Opportunity'];
