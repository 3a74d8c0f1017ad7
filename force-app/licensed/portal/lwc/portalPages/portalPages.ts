import type { PageReference } from 'lightning/navigation';

/** A page of the site by the name of its route, or a record. */
export type LinkTarget =
  | { readonly page: string; readonly state?: Readonly<Record<string, string>> }
  | { readonly recordId: string; readonly objectApiName: string };

/** Names of the site's routes, as the bundle writes them. */
export const PAGES = Object.freeze({
  home: 'Home',
  leads: 'Leads__c',
  opportunities: 'Opportunities__c',
  deals: 'Deals__c',
  registerDeal: 'Register_Deal__c',
  resources: 'Resources__c',
  team: 'Team__c',
  profile: 'My_Profile__c',
});

/** Which page of the navigation a record's page belongs to. */
const PAGE_OF_OBJECT: Readonly<Record<string, string>> = {
  Lead: PAGES.leads,
  Lead_Offer__c: PAGES.leads,
  Opportunity: PAGES.opportunities,
  Deal_Registration__c: PAGES.deals,
  Partner_Resource__c: PAGES.resources,
  Partner_Announcement__c: PAGES.resources,
};

/** The page reference of a target: https://developer.salesforce.com/docs/platform/lwc/guide/reference-page-reference-type.html */
export function toPageReference(target: LinkTarget): PageReference {
  if ('page' in target) {
    return {
      type: 'comm__namedPage',
      attributes: { name: target.page },
      state: target.state ?? {},
    };
  }
  return {
    type: 'standard__recordPage',
    attributes: {
      recordId: target.recordId,
      objectApiName: target.objectApiName,
      actionName: 'view',
    },
  };
}

/** The page of the navigation that is shown, or that the shown record belongs to. */
export function pageOf(reference: PageReference | undefined): string | undefined {
  const { name, objectApiName } = reference?.attributes ?? {};
  if (name === PAGES.registerDeal) return PAGES.deals;
  if (typeof name === 'string') return name;
  return typeof objectApiName === 'string' ? PAGE_OF_OBJECT[objectApiName] : undefined;
}
