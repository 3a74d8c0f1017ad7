import { createElement } from 'lwc';
import getTeam from '@salesforce/apex/PortalTeamController.getTeam';
import PortalTeam from 'c/portalTeam';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalTeamController.getTeam',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalTeamController.requestUser',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const teamMock = getTeam as unknown as jest.Mock<Promise<unknown>>;
const ME = {
  userId: '005000000000001AAA',
  name: 'Anke Ahlers',
  email: 'anke@northgate.example',
  tierLabel: 'Partner Executive',
  isActive: true,
  lastLogin: '2026-11-20T10:00:00.000Z',
  isMe: true,
};
const USER = {
  accountName: 'Northgate',
  members: [ME],
  requests: [],
  mayRequest: false,
  tiers: [],
};
const EXECUTIVE = {
  ...USER,
  mayRequest: true,
  members: [
    ME,
    {
      ...ME,
      userId: '005000000000002AAA',
      name: 'Bernd',
      title: 'Sales',
      isActive: false,
      lastLogin: null,
      isMe: false,
    },
  ],
  requests: [
    {
      id: 'a05000000000001AAA',
      firstName: 'Lukas',
      lastName: 'Lerch',
      email: 'lukas@northgate.example',
      tierLabel: 'Partner User',
      status: 'Declined',
      statusLabel: 'Declined',
      decisionReason: 'No seat is free',
      requestedOn: '2026-11-20T10:00:00.000Z',
    },
  ],
  tiers: [{ value: 'USER', label: 'Partner User' }],
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-team', { is: PortalTeam });
  document.body.appendChild(page);
  await settled();
  return page;
}

describe('c-portal-team', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('loads', async () => {
    teamMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();
    expect(find(page, '.colleagues')).toMatchObject({ isLoading: true });
    await expect(page).toBeAccessible();
  });

  it('says what failed, and tries again', async () => {
    teamMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    teamMock.mockResolvedValueOnce(USER);
    const page = await open();
    expect(find(page, '.colleagues')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, '.colleagues')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, '.member')).not.toBeNull();
  });

  it('tells a user why there is nobody else, and offers no request', async () => {
    teamMock.mockResolvedValue(USER);
    const page = await open();
    expect(find(page, '.hint')!.textContent).toBe('c.Site_Only_Me');
    expect(find(page, '.ask, .requests')).toBeNull();
    await expect(page).toBeAccessible();
  });

  it('shows an executive colleagues and requests', async () => {
    teamMock.mockResolvedValue(EXECUTIVE);
    const page = await open();
    const texts = [...page.shadowRoot!.querySelectorAll('.colleagues .name')];
    expect(texts.map(({ textContent }) => textContent)).toEqual(['c.Site_Me', 'Bernd']);
    expect(page.shadowRoot!.querySelectorAll('.colleagues c-portal-badge')).toHaveLength(3);
    expect(find(page, '.requests')!.textContent).toContain('No seat is free');
    expect(find(page, '.hint')).toBeNull();
    await expect(page).toBeAccessible();
  });

  it('says that nobody was asked for yet', async () => {
    teamMock.mockResolvedValue({ ...EXECUTIVE, requests: [] });
    expect(find(await open(), '.requests')).toMatchObject({ emptyText: 'c.Site_No_Requests' });
  });

  it('asks for a user, and shows the request afterwards', async () => {
    teamMock.mockResolvedValue(EXECUTIVE);
    const page = await open();
    await click(page, '.ask');
    expect(find(page, 'c-portal-user-request')).toMatchObject({ tiers: EXECUTIVE.tiers });
    expect(find(page, '.ask')).toBeNull();
    find(page, 'c-portal-user-request')!.dispatchEvent(new CustomEvent('requested'));
    await settled();
    expect(teamMock).toHaveBeenCalledTimes(2);
    expect(find(page, 'c-portal-user-request')).toBeNull();
  });

  it('forgets about it when cancelled', async () => {
    teamMock.mockResolvedValue(EXECUTIVE);
    const page = await open();
    await click(page, '.ask');
    find(page, 'c-portal-user-request')!.dispatchEvent(new CustomEvent('cancel'));
    await settled();
    expect(teamMock).toHaveBeenCalledTimes(1);
    expect(find(page, '.ask')).not.toBeNull();
  });
});
