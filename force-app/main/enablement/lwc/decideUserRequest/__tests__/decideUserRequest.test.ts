import DecideUserRequest from 'c/decideUserRequest';
import approve from '@salesforce/apex/UserRequestController.approve';
import decline from '@salesforce/apex/UserRequestController.decline';
import enable from '@salesforce/apex/UserRequestController.enable';
import getReview from '@salesforce/apex/UserRequestController.getReview';
import { change, click, find, openAction, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/UserRequestController.approve',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/UserRequestController.decline',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/UserRequestController.enable',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/UserRequestController.getReview',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const RECORD_ID = 'a00000000000001AAA';
const approveMock = approve as unknown as jest.Mock<Promise<unknown>>;
const declineMock = decline as unknown as jest.Mock<Promise<unknown>>;
const enableMock = enable as unknown as jest.Mock<Promise<unknown>>;
const getReviewMock = getReview as unknown as jest.Mock<Promise<unknown>>;

function open(): Promise<OpenedAction> {
  return openAction('c-decide-user-request', DecideUserRequest, RECORD_ID);
}

const WAITING = {
  accountName: 'Alder',
  personName: 'Nora Newcomer',
  email: 'nora@alder.example',
  tierLabel: 'User',
  note: 'Joins in May',
  statusLabel: 'Requested',
  mayDecide: true,
  mayEnable: false,
};

describe('c-decide-user-request', () => {
  beforeEach(() => {
    getReviewMock.mockResolvedValue(WAITING);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('shows who is asked for', async () => {
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Decide_Request_Summary');
    expect(text(opened, '.note')).toBe('Joins in May');
    await expect(opened.element).toBeAccessible();
  });

  it('approves and closes', async () => {
    approveMock.mockResolvedValue({ ...WAITING, statusLabel: 'Approved', mayDecide: false });
    const opened = await open();
    await click(opened, '.approve');

    expect(approveMock).toHaveBeenCalledWith({ requestId: RECORD_ID, reason: '' });
    expect(opened.events).toHaveLength(3);
  });

  it('declines with a reason only', async () => {
    declineMock.mockResolvedValue({ ...WAITING, statusLabel: 'Declined', mayDecide: false });
    const opened = await open();
    expect(find<HTMLButtonElement>(opened, '.reject')!.disabled).toBe(true);
    await change(opened, '.reason', 'Left');
    await click(opened, '.reject');

    expect(declineMock).toHaveBeenCalledWith({ requestId: RECORD_ID, reason: 'Left' });
  });

  it('enables who was approved', async () => {
    getReviewMock.mockResolvedValue({
      ...WAITING,
      note: null,
      mayDecide: false,
      mayEnable: true,
      decisionReason: 'No seat is free',
    });
    enableMock.mockResolvedValue(WAITING);
    const opened = await open();
    expect(text(opened, '.decision-reason')).toBe('No seat is free');
    await click(opened, '.enable');

    expect(enableMock).toHaveBeenCalledWith({ requestId: RECORD_ID });
  });

  it('shows what went wrong', async () => {
    getReviewMock.mockRejectedValue({ body: { message: 'Not there' } });
    const opened = await open();

    expect(find<HTMLElement & { errors?: unknown }>(opened, 'c-error-panel')!.errors).toEqual({
      body: { message: 'Not there' },
    });
    expect(find(opened, '.approve')).toBeNull();
  });
});
