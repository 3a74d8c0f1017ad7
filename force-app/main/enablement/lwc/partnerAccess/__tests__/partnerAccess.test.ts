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

  it('says each state in words', () => {
    expect((['active', 'frozen', 'inactive'] as const).map((state) => lookOf(state).label)).toEqual(
      ['c.Access_Active', 'c.Access_Frozen', 'c.Access_Inactive'],
    );
  });
});
