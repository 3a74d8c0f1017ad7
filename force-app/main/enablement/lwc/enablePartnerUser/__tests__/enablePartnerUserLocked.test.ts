import { createElement } from 'lwc';
import EnablePartnerUser from 'c/enablePartnerUser';
import getChoices from '@salesforce/apex/PartnerUserController.getChoices';

jest.mock(
  '@salesforce/apex/PartnerUserController.getChoices',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
// The platform answers undefined, not false, for a permission that the user does not hold.
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Users',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);

describe('c-enable-partner-user without the permission', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('tells how to get the permission, and asks nothing', async () => {
    const action = createElement('c-enable-partner-user', { is: EnablePartnerUser });
    document.body.appendChild(action);
    Object.assign(action, { recordId: '003000000000001AAA' });
    await Promise.resolve();

    expect(getChoices).not.toHaveBeenCalled();
    expect(action.shadowRoot!.querySelector('.locked')?.textContent).toContain(
      'c.Contact_Permitted_Fix',
    );
    expect(action.shadowRoot!.querySelector('.enable, .recheck, .next')).toBeNull();
    await expect(action).toBeAccessible();
  });
});
