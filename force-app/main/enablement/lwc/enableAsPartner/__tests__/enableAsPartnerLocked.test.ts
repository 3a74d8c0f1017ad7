import { createElement } from 'lwc';
import EnableAsPartner from 'c/enableAsPartner';
import getReadiness from '@salesforce/apex/PartnerAccountController.getReadiness';

jest.mock(
  '@salesforce/apex/PartnerAccountController.getReadiness',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
// The platform answers undefined, not false, for a permission that the user does not hold.
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Accounts',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);

describe('c-enable-as-partner without the permission', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('tells how to get the permission, and asks nothing', async () => {
    const action = createElement('c-enable-as-partner', { is: EnableAsPartner });
    document.body.appendChild(action);
    Object.assign(action, { recordId: '001000000000001AAA' });
    await Promise.resolve();

    expect(getReadiness).not.toHaveBeenCalled();
    expect(action.shadowRoot!.querySelector('.locked')?.textContent).toContain(
      'c.User_Permitted_Fix',
    );
    expect(action.shadowRoot!.querySelector('.enable, .recheck')).toBeNull();
    await expect(action).toBeAccessible();
  });
});
