import { createElement } from 'lwc';
import PortalOpportunities from 'c/portalOpportunities';

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
  const page = createElement('c-portal-opportunities', { is: PortalOpportunities });
  document.body.appendChild(page);
  return page;
}

describe('c-portal-opportunities', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('has its heading and its lists', async () => {
    const page = open();
    expect(page.shadowRoot!.querySelector('c-portal-page-title')).toMatchObject({
      heading: 'c.Site_Opportunities',
    });
    const lists = page.shadowRoot!.querySelectorAll<HTMLElement & { objectName: string }>(
      'c-portal-list',
    );
    expect([...lists].map(({ objectName }) => objectName)).toEqual(['Opportunity']);
    await expect(page).toBeAccessible();
  });
});
