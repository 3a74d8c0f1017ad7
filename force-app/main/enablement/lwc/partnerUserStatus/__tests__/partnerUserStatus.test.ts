import { createElement } from 'lwc';
import { registerRefreshHandler } from 'lightning/refresh';
import PartnerUserStatus from 'c/partnerUserStatus';
import { maySeeAccess } from 'c/partnerAccess';
import type { PartnerContactCard, PartnerUserState } from 'c/partnerAccess';
import getCard from '@salesforce/apex/PartnerCardController.getContactCard';
import { find, settled, text } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerCardController.getContactCard',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock('c/partnerAccess', () => ({
  ...jest.requireActual<object>('c/partnerAccess'),
  maySeeAccess: jest.fn(),
}));

const CONTACT_ID = '003000000000001AAA';
const contactMock = getCard as unknown as jest.Mock<Promise<PartnerContactCard>>;
const permittedMock = maySeeAccess as unknown as jest.Mock<boolean>;
const USER: PartnerUserState = {
  userId: '005000000000001AAA',
  contactId: CONTACT_ID,
  name: 'Pia Petersen',
  username: 'pia@harborlight.example',
  tier: 'MANAGER',
  tierLabel: 'Partner Manager',
  isActive: true,
  isFrozen: false,
  lastLogin: '2026-11-20T10:00:00.000Z',
};
const NO_USER: PartnerContactCard = {
  isAvailable: true,
  isPartner: true,
  user: null,
  sites: null,
  mayEnableUsers: true,
  mayManageTiers: true,
  mayDisable: true,
};

async function open(recordId = CONTACT_ID): Promise<HTMLElement> {
  const card = createElement('c-partner-user-status', { is: PartnerUserStatus });
  document.body.appendChild(card);
  Object.assign(card, { recordId });
  await settled();
  return card;
}

function badge(card: HTMLElement): string | undefined {
  return find<HTMLElement & { label: string }>(card, 'lightning-badge')?.label;
}

describe('c-partner-user-status', () => {
  beforeEach(() => {
    permittedMock.mockReturnValue(true);
    contactMock.mockResolvedValue({ ...NO_USER, user: USER, sites: ['Partner Central'] });
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  it('offers the other tiers that the account has roles for', async () => {
    const tiers = [
      { value: 'USER', label: 'Partner User', exists: true },
      { value: 'MANAGER', label: 'Partner Manager', exists: true },
    ];
    contactMock.mockResolvedValue({ ...NO_USER, user: USER, tiers });
    const card = await open();
    const actions = find<HTMLElement>(card, 'c-partner-user-actions');

    expect([...actions!.shadowRoot!.querySelectorAll('lightning-menu-item')]).toContainEqual(
      expect.objectContaining({ value: 'changeTier' }),
    );
  });

  it('says that it is loading', async () => {
    contactMock.mockReturnValue(new Promise(() => undefined));
    const card = await open();

    expect(find(card, 'lightning-spinner')).not.toBeNull();
    await expect(card).toBeAccessible();
  });

  it('shows who gets in, in which tier, and where', async () => {
    const card = await open();

    expect(contactMock).toHaveBeenCalledWith({ contactId: CONTACT_ID });
    expect(badge(card)).toBe('c.Access_Active');
    expect(find(card, 'c-partner-user-actions')).toMatchObject({ user: USER });
    expect(find(card, 'c-partner-login')).toMatchObject({ recordId: CONTACT_ID });
    expect(text(card, '.user')).toBe('Pia Petersen');
    expect(text(card, '.tier')).toBe('Partner Manager');
    expect(text(card, '.site')).toBe('Partner Central');
    expect(find(card, '.last-login lightning-formatted-date-time')).not.toBeNull();
    expect(find(card, '.user')?.getAttribute('href')).toBeTruthy();
    await expect(card).toBeAccessible();
  });

  it.each([
    ['frozen', { isFrozen: true }, 'c.Access_Frozen'],
    ['inactive', { isActive: false }, 'c.Access_Inactive'],
  ])('tells that a user is %s', async (_name, state, expected) => {
    contactMock.mockResolvedValue({ ...NO_USER, user: { ...USER, ...state } });
    const card = await open();

    expect(badge(card)).toBe(expected);
    expect(find(card, 'c-partner-login')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it('tells that there is no site, and that nobody has logged in', async () => {
    contactMock.mockResolvedValue({ ...NO_USER, user: { ...USER, lastLogin: null }, sites: [] });
    const card = await open();

    expect(text(card, '.site')).toBe('c.Access_No_Site');
    expect(text(card, '.last-login')).toBe('c.Access_Never');
  });

  it.each([
    ['a contact without a user', NO_USER, 'c.Access_No_User', 'c.Access_No_User_Explain'],
    [
      'a contact of another account',
      { ...NO_USER, isPartner: false },
      'c.Access_No_User',
      'c.Access_Not_Partner_Explain',
    ],
    [
      'an org without partner features',
      { ...NO_USER, isAvailable: false },
      'c.Partner_Status_Unavailable',
      'c.Partner_Status_Unavailable_Explain',
    ],
  ])('says what to do for %s', async (_name, view, label, explanation) => {
    contactMock.mockResolvedValue(view);
    const card = await open();

    expect(badge(card)).toBe(label);
    expect(text(card, '.explanation')).toBe(explanation);
    expect(find(card, 'dl')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it('leaves out the sites for somebody who may not know them', async () => {
    contactMock.mockResolvedValue({ ...NO_USER, user: USER });

    expect(find(await open(), '.site')).toBeNull();
  });

  it('shows an error', async () => {
    const error = { body: { message: 'Gone' } };
    contactMock.mockRejectedValue(error);
    const card = await open();

    expect(find<HTMLElement & { errors: unknown }>(card, 'c-error-panel')?.errors).toEqual(error);
    await expect(card).toBeAccessible();
  });

  it('asks nothing for somebody without a permission', async () => {
    permittedMock.mockReturnValue(false);
    const card = await open();

    expect(contactMock).not.toHaveBeenCalled();
    expect(text(card, '.locked')).toBe('c.Access_Locked');
    await expect(card).toBeAccessible();
  });

  it('loads again when the page is refreshed', async () => {
    contactMock.mockResolvedValueOnce(NO_USER);
    const card = await open();
    const [, refresh] = (registerRefreshHandler as jest.Mock<string, [object, () => Promise<void>]>)
      .mock.lastCall!;
    await refresh();
    await settled();

    expect(badge(card)).toBe('c.Access_Active');
  });
});
