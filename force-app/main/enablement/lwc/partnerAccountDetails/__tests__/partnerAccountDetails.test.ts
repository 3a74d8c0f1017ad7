import { createElement } from 'lwc';
import { registerRefreshHandler } from 'lightning/refresh';
import PartnerAccountDetails from 'c/partnerAccountDetails';
import type { PartnerAccessView, PartnerUserView } from 'c/partnerAccess';
import getAccount from '@salesforce/apex/PartnerAccessController.getAccount';

jest.mock(
  '@salesforce/apex/PartnerAccessController.getAccount',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ACCOUNT_ID = '001000000000001AAA';
const accountMock = getAccount as unknown as jest.Mock<Promise<PartnerAccessView>>;

function user(id: string, tier: string, state: PartnerUserView['state']): PartnerUserView {
  return {
    id,
    contactId: `003${id.slice(3)}`,
    name: `User ${id}`,
    username: `${id}@harborlight.example`,
    profileName: 'Partner Portal User',
    tier,
    tierLabel: tier,
    state,
  };
}

const PARTNER: PartnerAccessView = {
  isAvailable: true,
  isPartner: true,
  partnerSince: '2026-01-15T10:00:00.000Z',
  ownerName: 'Maya Okafor',
  ownerRole: 'Channel Manager EMEA',
  tiers: [
    { value: 'EXECUTIVE', label: 'Partner Executive', isBuilt: false },
    { value: 'MANAGER', label: 'Partner Manager', isBuilt: true },
    { value: 'USER', label: 'Partner User', isBuilt: true },
  ],
  users: [
    user('005000000000001AAA', 'USER', 'active'),
    user('005000000000002AAA', 'USER', 'inactive'),
  ],
  hasMoreUsers: false,
  seats: [{ licenseName: 'Partner Community', free: 38, total: 40 }],
  sites: [],
};

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function open(): Promise<HTMLElement> {
  const card = createElement('c-partner-account-details', { is: PartnerAccountDetails });
  document.body.appendChild(card);
  Object.assign(card, { recordId: ACCOUNT_ID });
  await settled();
  return card;
}

function find<Found extends Element>(card: HTMLElement, selector: string): Found | null {
  return card.shadowRoot!.querySelector<Found>(selector);
}

function texts(card: HTMLElement, selector: string): string[] {
  return [...card.shadowRoot!.querySelectorAll(selector)].map(({ textContent }) =>
    (textContent ?? '').trim(),
  );
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

  it('says when not all users are shown', async () => {
    expect(find(await open(), '.more')).toBeNull();
    accountMock.mockResolvedValue({ ...PARTNER, hasMoreUsers: true });

    expect(texts(await open(), '.more')).toEqual(['c.Access_Users_More']);
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
