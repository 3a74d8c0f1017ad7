import OfferLead from 'c/offerLead';
import getCandidates from '@salesforce/apex/LeadDistributionController.getCandidates';
import getOffers from '@salesforce/apex/LeadDistributionController.getOffers';
import offer from '@salesforce/apex/LeadDistributionController.offer';
import withdraw from '@salesforce/apex/LeadDistributionController.withdraw';
import { change, click, find, openAction, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/LeadDistributionController.getCandidates',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/LeadDistributionController.getOffers',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/LeadDistributionController.offer',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/LeadDistributionController.withdraw',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const RECORD_ID = '00Q000000000001AAA';
const getCandidatesMock = getCandidates as unknown as jest.Mock<Promise<unknown>>;
const getOffersMock = getOffers as unknown as jest.Mock<Promise<unknown>>;
const offerMock = offer as unknown as jest.Mock<Promise<unknown>>;
const withdrawMock = withdraw as unknown as jest.Mock<Promise<unknown>>;

function open(): Promise<OpenedAction> {
  return openAction('c-offer-lead', OfferLead, RECORD_ID);
}

const ALDER = { accountId: '001000000000001AAA', name: 'Alder', score: 7 };
const BIRCH = {
  accountId: '001000000000002AAA',
  name: 'Birch',
  score: 4,
  earlierOffer: 'Declined',
};
const OPEN = {
  id: 'a01000000000001AAA',
  partnerName: 'Alder',
  statusLabel: 'Offered',
  isOpen: true,
};

describe('c-offer-lead', () => {
  beforeEach(() => {
    getCandidatesMock.mockResolvedValue([ALDER, BIRCH]);
    getOffersMock.mockResolvedValue([]);
    offerMock.mockResolvedValue([]);
    withdrawMock.mockResolvedValue(null);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('shows whom the lead fits, the best first', async () => {
    const opened = await open();

    const group = find<HTMLElement & { options?: { label: string; value: string }[] }>(
      opened,
      '.partners',
    )!;
    expect(group.options!.map(({ value }) => value)).toEqual([ALDER.accountId, BIRCH.accountId]);
    expect(group.options![1].label).toBe('c.Offer_Lead_Earlier');
    expect(find<HTMLButtonElement>(opened, '.offer')!.disabled).toBe(true);
    await expect(opened.element).toBeAccessible();
  });

  it('offers to those who were chosen, and closes', async () => {
    const opened = await open();
    await change(opened, '.partners', [ALDER.accountId]);
    await click(opened, '.offer');

    expect(offerMock).toHaveBeenCalledWith({ leadId: RECORD_ID, accountIds: [ALDER.accountId] });
    expect(opened.events).toHaveLength(3);
  });

  it('stays open when something could not be offered', async () => {
    offerMock.mockResolvedValue(['Offered already']);
    const opened = await open();
    await change(opened, '.partners', [ALDER.accountId]);
    await click(opened, '.offer');

    expect(opened.events).toEqual([]);
    expect(find<HTMLElement & { errors?: unknown }>(opened, 'c-error-panel')!.errors).toBe(
      'Offered already',
    );
  });

  it('withdraws an open offer', async () => {
    getOffersMock.mockResolvedValue([
      OPEN,
      { ...OPEN, id: 'x', isOpen: false, declineReason: 'No' },
    ]);
    const opened = await open();
    expect(opened.element.shadowRoot!.querySelectorAll('.withdraw')).toHaveLength(1);
    await click(opened, '.withdraw');

    expect(withdrawMock).toHaveBeenCalledWith({ offerId: OPEN.id });
    expect(getOffersMock).toHaveBeenCalledTimes(2);
  });

  it('says when there is nobody', async () => {
    getCandidatesMock.mockResolvedValue([]);
    const opened = await open();

    expect(text(opened, '.nobody')).toBe('c.Offer_Lead_Nobody');
    expect(find(opened, '.offer')).toBeNull();
  });

  it('shows what went wrong', async () => {
    getCandidatesMock.mockRejectedValue({ body: { message: 'Not permitted' } });
    const opened = await open();

    expect(find<HTMLElement & { errors?: unknown }>(opened, 'c-error-panel')!.errors).toEqual({
      body: { message: 'Not permitted' },
    });
  });
});
