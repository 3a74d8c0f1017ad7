import { createElement } from 'lwc';
import { registerRefreshHandler } from 'lightning/refresh';
import PartnerAccountDetails from 'c/partnerAccountDetails';
import type { PartnerCard, PartnerUserState } from 'c/partnerAccess';
import getCard from '@salesforce/apex/PartnerCardController.getCard';
import { find, settled, texts } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerCardController.getCard',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ACCOUNT_ID = '001000000000001AAA';
const accountMock = getCard as unknown as jest.Mock<Promise<PartnerCard>>;

function user(userId: string, tier: string, isActive: boolean): PartnerUserState {
  return {
    userId,
    contactId: `003${userId.slice(3)}`,
    name: `User ${userId}`,
    username: `${userId}@harborlight.example`,
    tier,
    tierLabel: tier,
    isActive,
    isFrozen: false,
  };
}

const PARTNER: PartnerCard = {
  accountName: 'Harborlight Partners',
  isPartner: true,
  partnerSince: '2026-01-15T10:00:00.000Z',
  ownerName: 'Maya Okafor',
  ownerRole: 'Channel Manager EMEA',
  tiers: [
    { value: 'USER', label: 'Partner User', exists: true },
    { value: 'MANAGER', label: 'Partner Manager', exists: true },
    { value: 'EXECUTIVE', label: 'Partner Executive', exists: false },
  ],
  users: [user('005000000000001AAA', 'USER', true), user('005000000000002AAA', 'USER', false)],
  seats: [{ licenseName: 'Partner Community', free: 38, total: 40 }],
  mayEnableUsers: true,
  mayManageTiers: true,
  mayDisable: true,
};

async function open(): Promise<HTMLElement> {
  const card = createElement('c-partner-account-details', { is: PartnerAccountDetails });
  document.body.appendChild(card);
  Object.assign(card, { recordId: ACCOUNT_ID });
  await settled();
  return card;
}

describe('c-partner-account-details', () => {
  beforeEach(() => {
    accountMock.mockResolvedValue(PARTNER);
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  it('says that it is loading', async () => {
    accountMock.mockReturnValue(new Promise(() => undefined));
    const card = await open();

    expect(find(card, 'lightning-spinner')).not.toBeNull();
    await expect(card).toBeAccessible();
  });

  it('shows since when, the owner and the seats', async () => {
    const card = await open();

    expect(accountMock).toHaveBeenCalledWith({ accountId: ACCOUNT_ID });
    expect(find(card, '.since lightning-formatted-date-time')).not.toBeNull();
    expect(texts(card, '.owner dd')).toEqual(['c.Access_Owner_Value']);
    expect(texts(card, '.seats dd')).toEqual(['c.Access_Seats_Value']);
    await expect(card).toBeAccessible();
  });

  it('shows who sits in which tier, and with which state', async () => {
    const card = await open();

    expect(texts(card, 'h3')).toEqual(['Partner Executive', 'Partner Manager', 'Partner User']);
    expect(texts(card, '[data-tier="USER"] a')).toEqual([
      'User 005000000000001AAA',
      'User 005000000000002AAA',
    ]);
    const badges = [
      ...card.shadowRoot!.querySelectorAll<HTMLElement & { label: string }>('lightning-badge'),
    ];
    expect(badges.map(({ label }) => label)).toEqual(['c.Access_Active', 'c.Access_Inactive']);
  });

  it('tells an empty tier from one that is not built', async () => {
    const card = await open();

    expect(texts(card, '[data-tier="EXECUTIVE"] .note')).toEqual(['c.Access_Tier_Not_Built']);
    expect(texts(card, '[data-tier="MANAGER"] .note')).toEqual(['c.Access_Tier_Empty']);
  });

  it('offers what can be done with each user, in the tiers that are built', async () => {
    const card = await open();
    const actions = [
      ...card.shadowRoot!.querySelectorAll<
        HTMLElement & { user: PartnerUserState; tiers: { value: string }[] }
      >('c-partner-user-actions'),
    ];

    expect(actions.map(({ user: { userId } }) => userId)).toEqual([
      '005000000000001AAA',
      '005000000000002AAA',
    ]);
    expect(actions[0].tiers.map(({ value }) => value)).toEqual(['USER', 'MANAGER']);
  });

  it('leaves out since when, for an account that was enabled in another way', async () => {
    accountMock.mockResolvedValue({ ...PARTNER, partnerSince: null, ownerRole: null });

    expect(find(await open(), '.since')).toBeNull();
  });

  it('shows nothing for an account that is no partner', async () => {
    accountMock.mockResolvedValue({ ...PARTNER, isPartner: false, tiers: [], users: [] });
    const card = await open();

    expect(find(card, 'dl, section, lightning-spinner')).toBeNull();
  });

  it('shows an error', async () => {
    const error = { body: { message: 'Gone' } };
    accountMock.mockRejectedValue(error);
    const card = await open();

    expect(find<HTMLElement & { errors: unknown }>(card, 'c-error-panel')?.errors).toEqual(error);
    await expect(card).toBeAccessible();
  });

  it('loads again when the page is refreshed', async () => {
    accountMock.mockResolvedValueOnce({ ...PARTNER, users: [] });
    const card = await open();
    const [, refresh] = (registerRefreshHandler as jest.Mock<string, [object, () => Promise<void>]>)
      .mock.lastCall!;
    await refresh();
    await settled();

    expect(texts(card, '.users a')).toHaveLength(2);
  });
});
