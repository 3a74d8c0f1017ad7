import { createElement } from 'lwc';
import PortalResources from 'c/portalResources';

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

function open(): HTMLElement {
  const page = createElement('c-portal-resources', { is: PortalResources });
  document.body.appendChild(page);
  return page;
}

describe('c-portal-resources', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('has its heading and its lists', async () => {
    const page = open();
    expect(page.shadowRoot!.querySelector('c-portal-page-title')).toMatchObject({
      heading: 'c.Site_Resources',
    });
    const lists = page.shadowRoot!.querySelectorAll<HTMLElement & { objectName: string }>(
      'c-portal-list',
    );
    expect([...lists].map(({ objectName }) => objectName)).toEqual([
      'Partner_Resource__c',
      'Partner_Announcement__c',
    ]);
    await expect(page).toBeAccessible();
  });
});
