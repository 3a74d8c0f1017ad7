import { createElement } from 'lwc';
import PortalDeals from 'c/portalDeals';

jest.mock(
  '@salesforce/apex/PortalRecordsController.getList',
  () => ({ __esModule: true, default: jest.fn(() => new Promise(() => undefined)) }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalRecordsController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

jest.mock(
  '@salesforce/customPermission/Register_Deals',
  () => ({ __esModule: true, default: true }),
  {
    virtual: true,
  },
);

function open(): HTMLElement {
  const page = createElement('c-portal-deals', { is: PortalDeals });
  document.body.appendChild(page);
  return page;
}

describe('c-portal-deals', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('has its heading and its lists', async () => {
    const page = open();
    expect(page.shadowRoot!.querySelector('c-portal-page-title')).toMatchObject({
      heading: 'c.Site_Deals',
    });
    const lists = page.shadowRoot!.querySelectorAll<HTMLElement & { objectName: string }>(
      'c-portal-list',
    );
    expect([...lists].map(({ objectName }) => objectName)).toEqual(['Deal_Registration__c']);
    await expect(page).toBeAccessible();
  });

  it('offers the form to who may register', () => {
    expect(open().shadowRoot!.querySelector('c-portal-page-title c-portal-link')).toMatchObject({
      label: 'c.Site_Register_Deal',
      target: { page: 'Register_Deal__c' },
    });
  });
});
