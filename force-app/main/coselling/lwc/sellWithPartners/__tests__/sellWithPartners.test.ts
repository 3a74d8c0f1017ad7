import SellWithPartners from 'c/sellWithPartners';
import findPartnerUsers from '@salesforce/apex/ParticipantController.findPartnerUsers';
import getParticipants from '@salesforce/apex/ParticipantController.getParticipants';
import invite from '@salesforce/apex/ParticipantController.invite';
import remove from '@salesforce/apex/ParticipantController.remove';
import { change, click, find, openAction, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/ParticipantController.findPartnerUsers',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/ParticipantController.getParticipants',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/ParticipantController.invite',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/ParticipantController.remove',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const RECORD_ID = '006000000000001AAA';
const findPartnerUsersMock = findPartnerUsers as unknown as jest.Mock<Promise<unknown>>;
const getParticipantsMock = getParticipants as unknown as jest.Mock<Promise<unknown>>;
const inviteMock = invite as unknown as jest.Mock<Promise<unknown>>;
const removeMock = remove as unknown as jest.Mock<Promise<unknown>>;

function open(): Promise<OpenedAction> {
  return openAction('c-sell-with-partners', SellWithPartners, RECORD_ID);
}

const SELLER = {
  id: 'a02000000000001AAA',
  userId: '005000000000001AAA',
  userName: 'Alder Seller',
  accountName: 'Alder',
  accessLabel: 'Read',
};
const FOUND = { userId: '005000000000002AAA', name: 'Birch Seller', accountName: 'Birch' };

describe('c-sell-with-partners', () => {
  beforeEach(() => {
    getParticipantsMock.mockResolvedValue([SELLER]);
    findPartnerUsersMock.mockResolvedValue([
      FOUND,
      { userId: SELLER.userId, name: SELLER.userName, accountName: 'Alder' },
    ]);
    inviteMock.mockResolvedValue([SELLER]);
    removeMock.mockResolvedValue(null);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('shows who takes part', async () => {
    const opened = await open();

    expect(getParticipantsMock).toHaveBeenCalledWith({ opportunityId: RECORD_ID });
    expect(text(opened, '.participants li')).toContain('c.Sell_Person');
    await expect(opened.element).toBeAccessible();
  });

  it('says when nobody does', async () => {
    getParticipantsMock.mockResolvedValue([]);
    const opened = await open();

    expect(text(opened, '.nobody')).toBe('c.Sell_Nobody');
  });

  it('finds partner users who do not take part yet, and invites', async () => {
    const opened = await open();
    await change(opened, '.search', 'b');
    expect(findPartnerUsersMock).not.toHaveBeenCalled();
    await change(opened, '.search', 'bi');
    expect(opened.element.shadowRoot!.querySelectorAll('.invite')).toHaveLength(1);
    await change(opened, '.access', 'Edit');
    await click(opened, '.invite');

    expect(inviteMock).toHaveBeenCalledWith({
      opportunityId: RECORD_ID,
      userId: FOUND.userId,
      accessLevel: 'Edit',
    });
  });

  it('says when nothing was found', async () => {
    findPartnerUsersMock.mockResolvedValue([]);
    const opened = await open();
    await change(opened, '.search', 'zz');

    expect(text(opened, '.nothing-found')).toBe('c.Sell_Nothing_Found');
  });

  it('removes, and asks again who takes part', async () => {
    const opened = await open();
    await click(opened, '.remove');

    expect(removeMock).toHaveBeenCalledWith({ participantId: SELLER.id, reason: null });
    expect(getParticipantsMock).toHaveBeenCalledTimes(2);
  });

  it('shows what went wrong', async () => {
    inviteMock.mockRejectedValue({ body: { message: 'Not yours' } });
    const opened = await open();
    await change(opened, '.search', 'bi');
    await click(opened, '.invite');

    expect(find<HTMLElement & { errors?: unknown }>(opened, 'c-error-panel')!.errors).toEqual({
      body: { message: 'Not yours' },
    });
  });
});
