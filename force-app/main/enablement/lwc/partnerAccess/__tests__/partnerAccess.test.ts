import { lookOf, maySeeAccess } from 'c/partnerAccess';

// One of the four is enough. The platform answers undefined, not false, for a permission that is not held.
jest.mock(
  '@salesforce/customPermission/Disable_Partners',
  () => ({ __esModule: true, default: true }),
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

describe('c/partnerAccess', () => {
  it('lets everybody look who holds one of the permissions', () => {
    expect(maySeeAccess()).toBe(true);
  });

  it.each([
    [true, false, 'c.Access_Active'],
    [true, true, 'c.Access_Frozen'],
    [false, false, 'c.Access_Inactive'],
    [false, true, 'c.Access_Inactive'],
  ])('says the state in words: active %s, frozen %s', (isActive, isFrozen, expected) => {
    const user = {
      userId: '005000000000001AAA',
      name: 'Pia Petersen',
      username: 'pia@harborlight.example',
      isActive,
      isFrozen,
      tier: 'USER',
      tierLabel: 'Partner User',
    };
    expect(lookOf(user).label).toBe(expected);
  });
});
