import { PAGES, pageOf, toPageReference } from 'c/portalPages';

describe('c-portal-pages', () => {
  it('names pages as the site does', () => {
    expect(toPageReference({ page: PAGES.deals, state: { view: 'all' } })).toEqual({
      type: 'comm__namedPage',
      attributes: { name: 'Deals__c' },
      state: { view: 'all' },
    });
  });

  it('names records', () => {
    const target = { recordId: '006000000000001AAA', objectApiName: 'Opportunity' };
    expect(toPageReference(target)).toEqual({
      type: 'standard__recordPage',
      attributes: { ...target, actionName: 'view' },
    });
  });

  it('knows which page of the navigation a record belongs to', () => {
    expect(pageOf(toPageReference({ page: PAGES.home }))).toBe('Home');
    expect(pageOf(toPageReference({ page: PAGES.registerDeal }))).toBe('Deals__c');
    expect(pageOf(toPageReference({ recordId: 'x', objectApiName: 'Lead_Offer__c' }))).toBe(
      'Leads__c',
    );
    expect(pageOf(toPageReference({ recordId: 'x', objectApiName: 'Case' }))).toBeUndefined();
    expect(pageOf(undefined)).toBeUndefined();
  });
});
