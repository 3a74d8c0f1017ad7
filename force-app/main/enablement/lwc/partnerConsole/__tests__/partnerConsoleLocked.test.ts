import { createElement } from 'lwc';
import PartnerConsole from 'c/partnerConsole';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';

jest.mock(
  '@salesforce/apex/PartnerConsoleController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
// The platform answers undefined, not false, for a permission that the user does not hold.
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
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);

describe('c-partner-console without the permission', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('tells how to get the permission, and asks nothing', async () => {
    const page = createElement('c-partner-console', { is: PartnerConsole });
    document.body.appendChild(page);
    await Promise.resolve();

    expect(getPage).not.toHaveBeenCalled();
    expect(page.shadowRoot!.querySelector('.locked')?.textContent).toContain(
      'c.User_Permitted_Fix',
    );
    await expect(page).toBeAccessible();
  });
});
