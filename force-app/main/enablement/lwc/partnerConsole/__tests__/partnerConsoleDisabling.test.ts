import { createElement } from 'lwc';
import PartnerConsole from 'c/partnerConsole';
import type { ConsolePage } from 'c/partnerConsole';
import getFilters from '@salesforce/apex/PartnerConsoleController.getFilters';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';

jest.mock(
  '@salesforce/apex/PartnerConsoleController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerConsoleController.getFilters',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Accounts',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Users',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Manage_Partner_Tiers',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Disable_Partners',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);

const PAGE: ConsolePage = {
  rows: [{ id: '001A', name: 'Alder', ownerName: 'Maya', status: 'done', reasons: [] }],
  hasMore: false,
};

describe('c-partner-console of somebody who may only disable', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows what Apex shows, offers what ends partnerships, and no readiness to filter by', async () => {
    (getPage as unknown as jest.Mock).mockResolvedValue(PAGE);
    (getFilters as unknown as jest.Mock).mockResolvedValue([]);
    const page = createElement('c-partner-console', { is: PartnerConsole });
    document.body.appendChild(page);
    await new Promise((resolve) => setTimeout(resolve, 0));

    expect(page.shadowRoot!.querySelector('.locked')).toBeNull();
    expect(page.shadowRoot!.querySelector('tbody a')?.textContent).toBe('Alder');
    const filter = page.shadowRoot!.querySelector<HTMLElement & { options: { value: string }[] }>(
      '.filter',
    );
    expect(filter?.options.map(({ value }) => value)).toEqual(['all', 'done']);
    const form = page.shadowRoot!.querySelector('c-partner-run-form');
    const operations = form!.shadowRoot!.querySelector<
      HTMLElement & { options: { value: string }[] }
    >('lightning-combobox');
    expect(operations?.options.map(({ value }) => value)).toEqual([
      'freezeUsers',
      'unfreezeUsers',
      'deactivateUsers',
      'disableUsers',
      'disableAccounts',
    ]);
    await expect(page).toBeAccessible();
  });
});
