import { createElement } from 'lwc';
import acceptOffer from '@salesforce/apex/PortalLeadController.acceptOffer';
import declineOffer from '@salesforce/apex/PortalLeadController.declineOffer';
import getOffer from '@salesforce/apex/PortalLeadController.getOffer';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalLeadOffer from 'c/portalLeadOffer';
import { onNotice } from 'c/portalNotify';
import type { Notice } from 'c/portalNotify';
import { click, find, settled } from '../../../../../../config/jest/component';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const mixin = (Base: new () => object): unknown =>
    class extends Base {
      [Navigate](page: unknown): void {
        mockNavigate(page);
      }

      [GenerateUrl](): Promise<string> {
        return Promise.resolve('/partners');
      }
    };
  return { NavigationMixin: Object.assign(mixin, { Navigate, GenerateUrl }) };
});
jest.mock(
  '@salesforce/apex/PortalLeadController.acceptOffer',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalLeadController.declineOffer',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalLeadController.getOffer',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const OFFER_ID = 'a01000000000001AAA';
const getMock = getOffer as unknown as jest.Mock<Promise<unknown>>;
const acceptMock = acceptOffer as unknown as jest.Mock<Promise<unknown>>;
const declineMock = declineOffer as unknown as jest.Mock<Promise<unknown>>;
const OFFER = {
  id: OFFER_ID,
  name: 'LO-1',
  region: 'North',
  summary: 'Forty shops',
  status: 'Offered',
  statusLabel: 'Offered',
  expiresOn: '2026-12-01T10:00:00.000Z',
  mayAnswer: true,
};
const GONE = { ...OFFER, status: 'Withdrawn', statusLabel: 'Withdrawn', mayAnswer: false };

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-lead-offer', { is: PortalLeadOffer });
  Object.assign(page, { recordId: OFFER_ID });
  document.body.appendChild(page);
  await settled();
  return page;
}

async function confirm(page: HTMLElement): Promise<void> {
  find(page, 'c-portal-confirm')!.dispatchEvent(new CustomEvent('confirm'));
  await settled();
}

describe('c-portal-lead-offer', () => {
  const notices: Notice[] = [];
  const stop = onNotice((notice) => notices.push(notice));

  beforeEach(() => {
    notices.length = 0;
    getMock.mockResolvedValue(OFFER);
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  afterAll(stop);

  it('loads', async () => {
    getMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ isLoading: true });
    await expect(page).toBeAccessible();
  });

  it('says that an offer to somebody else was not found', async () => {
    getMock.mockRejectedValue({ body: { message: notFound } });
    const page = await open();
    expect(find(page, 'c-portal-message')).not.toBeNull();
  });

  it('says what failed', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, 'c-portal-detail')).not.toBeNull();
  });

  it('accepts, and goes to the lead', async () => {
    acceptMock.mockResolvedValue({ ...OFFER, leadId: '00Q000000000001AAA' });
    const page = await open();
    await click(page, '.accept');
    await expect(page).toBeAccessible();
    await confirm(page);
    expect(acceptMock).toHaveBeenCalledWith({ offerId: OFFER_ID });
    expect(notices).toEqual([{ kind: 'success', message: 'c.Site_Offer_Accepted' }]);
    expect(mockNavigate).toHaveBeenCalledWith(
      expect.objectContaining({
        attributes: expect.objectContaining({ recordId: '00Q000000000001AAA' }) as object,
      }),
    );
  });

  it('says that somebody was faster, and shows what is now', async () => {
    acceptMock.mockRejectedValue({ body: { message: 'Taken' } });
    const page = await open();
    await click(page, '.accept');
    getMock.mockResolvedValue(GONE);
    await confirm(page);
    expect(notices).toEqual([{ kind: 'error', message: 'Taken' }]);
    expect(find(page, 'c-portal-badge')).toMatchObject({ label: 'Withdrawn' });
    expect(find(page, '.accept')).toBeNull();
  });

  it('declines with a reason, and not without', async () => {
    declineMock.mockResolvedValue(GONE);
    const page = await open();
    await click(page, '.decline');
    await expect(page).toBeAccessible();
    await confirm(page);
    expect(declineMock).not.toHaveBeenCalled();
    const area = find(page, '.reason')!.shadowRoot!.querySelector('textarea')!;
    area.value = ' Too far away ';
    area.dispatchEvent(new CustomEvent('input'));
    await confirm(page);
    expect(declineMock).toHaveBeenCalledWith({ offerId: OFFER_ID, reason: 'Too far away' });
    expect(mockNavigate).toHaveBeenCalledWith(
      expect.objectContaining({ attributes: { name: 'Leads__c' } }),
    );
  });

  it('answers nothing when asked to stop', async () => {
    const page = await open();
    await click(page, '.accept');
    find(page, 'c-portal-confirm')!.dispatchEvent(new CustomEvent('cancel'));
    await settled();
    expect(acceptMock).not.toHaveBeenCalled();
    expect(find(page, '.accept')).not.toBeNull();
  });
});
