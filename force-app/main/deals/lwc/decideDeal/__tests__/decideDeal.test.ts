import DecideDeal from 'c/decideDeal';
import approve from '@salesforce/apex/DealDecisionController.approve';
import getReview from '@salesforce/apex/DealDecisionController.getReview';
import reject from '@salesforce/apex/DealDecisionController.reject';
import { change, click, find, openAction, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/DealDecisionController.approve',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/DealDecisionController.getReview',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/DealDecisionController.reject',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const RECORD_ID = 'a00000000000001AAA';
const approveMock = approve as unknown as jest.Mock<Promise<unknown>>;
const getReviewMock = getReview as unknown as jest.Mock<Promise<unknown>>;
const rejectMock = reject as unknown as jest.Mock<Promise<unknown>>;

function open(): Promise<OpenedAction> {
  return openAction('c-decide-deal', DecideDeal, RECORD_ID);
}

const WAITING = {
  customerName: 'Orion',
  partnerName: 'Alder',
  statusLabel: 'Submitted',
  conflictLabel: 'Registration',
  registrations: [{ id: '1', name: 'DR-000002', detail: 'Birch, Submitted' }],
  opportunities: [{ id: '2', name: 'Orion sensors', detail: 'Prospecting, Maya' }],
  mayDecide: true,
};

describe('c-decide-deal', () => {
  beforeEach(() => {
    getReviewMock.mockResolvedValue(WAITING);
    approveMock.mockResolvedValue({ ...WAITING, statusLabel: 'Approved', mayDecide: false });
    rejectMock.mockResolvedValue({ ...WAITING, statusLabel: 'Rejected', mayDecide: false });
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('says that it loads', async () => {
    getReviewMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();

    expect(text(opened, '.busy')).toBe('c.Action_Loading');
    expect(find(opened, '.approve')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('shows what else concerns the customer', async () => {
    const opened = await open();

    expect(getReviewMock).toHaveBeenCalledWith({ dealId: RECORD_ID });
    expect(text(opened, '.conflict')).toBe('c.Decide_Deal_Conflict');
    expect(text(opened, 'ul')).toContain('Birch');
    await expect(opened.element).toBeAccessible();
  });

  it('approves with the opportunity that was chosen, and closes', async () => {
    const opened = await open();
    await change(opened, '.opportunity', '2');
    await click(opened, '.approve');

    expect(approveMock).toHaveBeenCalledWith({
      dealId: RECORD_ID,
      opportunityId: '2',
      reason: '',
    });
    expect(opened.events.map(({ type }) => type)).toEqual([
      'lightning__showtoast',
      'lightning__refresh',
      'lightning__actionsclosescreen',
    ]);
  });

  it('makes a new opportunity unless one was chosen', async () => {
    const opened = await open();
    await click(opened, '.approve');

    expect(approveMock).toHaveBeenCalledWith({
      dealId: RECORD_ID,
      opportunityId: null,
      reason: '',
    });
  });

  it('rejects with a reason only', async () => {
    const opened = await open();
    expect(find<HTMLButtonElement>(opened, '.reject')!.disabled).toBe(true);
    await change(opened, '.reason', 'Already a customer');
    await click(opened, '.reject');

    expect(rejectMock).toHaveBeenCalledWith({ dealId: RECORD_ID, reason: 'Already a customer' });
  });

  it('stays open and shows why it could not be saved', async () => {
    approveMock.mockRejectedValue({ body: { message: 'It has moved on' } });
    const opened = await open();
    await click(opened, '.approve');

    expect(opened.events).toEqual([]);
    expect(find<HTMLElement & { errors?: unknown }>(opened, 'c-error-panel')!.errors).toEqual({
      body: { message: 'It has moved on' },
    });
  });

  it('offers nothing when no decision is waited for', async () => {
    getReviewMock.mockResolvedValue({ ...WAITING, conflictLabel: null, mayDecide: false });
    const opened = await open();

    expect(find(opened, '.approve')).toBeNull();
    expect(text(opened, '.waits-not')).toBe('c.Decide_Waits_Not');
    expect(text(opened, '.conflict')).toBe('c.Decide_Deal_No_Conflict');
  });
});
