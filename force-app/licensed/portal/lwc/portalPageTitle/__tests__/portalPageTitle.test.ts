import { createElement } from 'lwc';
import PortalPageTitle from 'c/portalPageTitle';

describe('c-portal-page-title', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('says what this page is and where one came from', async () => {
    const title = createElement('c-portal-page-title', { is: PortalPageTitle });
    Object.assign(title, {
      heading: 'Acme',
      intro: 'A deal',
      backLabel: 'All deals',
      backTarget: { page: 'Deals__c' },
    });
    document.body.appendChild(title);
    expect(title.shadowRoot!.querySelector('h1')!.textContent).toBe('Acme');
    expect(title.shadowRoot!.querySelector('.intro')!.textContent).toBe('A deal');
    expect(title.shadowRoot!.querySelector('c-portal-link')!).toMatchObject({
      label: 'All deals',
      target: { page: 'Deals__c' },
    });
    await expect(title).toBeAccessible();
  });

  it('needs neither', () => {
    const title = createElement('c-portal-page-title', { is: PortalPageTitle });
    Object.assign(title, { heading: 'Acme' });
    document.body.appendChild(title);
    expect(title.shadowRoot!.querySelector('c-portal-link, .intro')).toBeNull();
  });
});
