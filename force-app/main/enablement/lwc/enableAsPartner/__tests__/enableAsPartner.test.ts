import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import EnableAsPartner from 'c/enableAsPartner';
import type { PartnerAccountResult, ReadinessReport } from 'c/enableAsPartner';
import enable from '@salesforce/apex/PartnerAccountController.enable';
import getReadiness from '@salesforce/apex/PartnerAccountController.getReadiness';
import blockedReport from './data/getReadinessBlocked.json';
import readyReport from './data/getReadinessReady.json';
import warningReport from './data/getReadinessWarning.json';
import doneReport from './data/getReadinessDone.json';
import { click, find, openAction, settled, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerAccountController.getReadiness',
  () => ({ __esModule: true, default: jest.fn() }),
  {
    virtual: true,
  },
);
jest.mock(
  '@salesforce/apex/PartnerAccountController.enable',
  () => ({ __esModule: true, default: jest.fn() }),
  {
    virtual: true,
  },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Accounts',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);

const ACCOUNT_ID = '001000000000001AAA';
const readinessMock = getReadiness as unknown as jest.Mock<Promise<ReadinessReport>>;
const enableMock = enable as unknown as jest.Mock<Promise<PartnerAccountResult>>;

function open(recordId = ACCOUNT_ID): Promise<OpenedAction> {
  return openAction('c-enable-as-partner', EnableAsPartner, recordId);
}

function answer(report: unknown): ReadinessReport {
  return report as ReadinessReport;
}

describe('c-enable-as-partner', () => {
  beforeEach(() => {
    readinessMock.mockResolvedValue(answer(readyReport));
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('waits for the record before it asks', async () => {
    await open('');

    expect(readinessMock).not.toHaveBeenCalled();
  });

  it('says that it is checking while it waits', async () => {
    readinessMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();

    expect(text(opened, '.busy')).toBe('c.Enable_Partner_Checking');
    expect(find(opened, 'lightning-spinner')).not.toBeNull();
    expect(find(opened, '.enable')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('offers Enable when nothing blocks', async () => {
    const opened = await open();

    expect(readinessMock).toHaveBeenCalledWith({ accountId: ACCOUNT_ID });
    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Ready');
    expect(find(opened, '.enable')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('offers Enable with warnings, and says so', async () => {
    readinessMock.mockResolvedValue(answer(warningReport));
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Ready_With_Warnings');
    expect(find(opened, '.enable')).not.toBeNull();
  });

  it('does not offer Enable while something blocks, and hands the results to the checklist', async () => {
    readinessMock.mockResolvedValue(answer(blockedReport));
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Many_To_Fix');
    expect(find(opened, '.enable')).toBeNull();
    expect(find<HTMLElement & { items: unknown }>(opened, 'c-checklist')?.items).toEqual(
      blockedReport.results,
    );
    await expect(opened.element).toBeAccessible();
  });

  it('checks again without closing, and moves the focus to the new summary', async () => {
    readinessMock.mockResolvedValueOnce(answer(blockedReport));
    const opened = await open();
    await click(opened, '.recheck');

    expect(readinessMock).toHaveBeenCalledTimes(2);
    expect(find(opened, '.enable')).not.toBeNull();
    expect(opened.element.shadowRoot!.activeElement).toBe(find(opened, '.summary'));
    expect(opened.events).toHaveLength(0);
  });

  it('does not show the answer of an older check over a newer one', async () => {
    let answerOld: (report: ReadinessReport) => void = () => undefined;
    readinessMock.mockReturnValueOnce(new Promise((resolve) => (answerOld = resolve)));
    const opened = await open();
    opened.element.recordId = '001000000000002AAA';
    await settled();
    answerOld(answer(blockedReport));
    await settled();

    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Ready');
  });

  it('enables, tells it, refreshes the record and closes', async () => {
    enableMock.mockResolvedValue({
      accountId: ACCOUNT_ID,
      outcome: 'enabled',
      report: answer(readyReport),
    });
    const opened = await open();
    await click(opened, '.enable');

    expect(enableMock).toHaveBeenCalledWith({ accountId: ACCOUNT_ID });
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: ACCOUNT_ID }]);
    const [toast, refresh, close] = opened.events;
    expect((toast as CustomEvent).detail).toEqual({
      title: 'c.Enable_Partner_Success',
      variant: 'success',
    });
    expect([refresh.type, close.type]).toEqual([
      'lightning__refresh',
      'lightning__actionsclosescreen',
    ]);
  });

  it('cannot be clicked twice', async () => {
    enableMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();
    await click(opened, '.enable');
    await click(opened, '.enable');

    expect(enableMock).toHaveBeenCalledTimes(1);
    expect(text(opened, '.busy')).toBe('c.Enable_Partner_Enabling');
  });

  it('shows the new reasons when the account is no longer ready at the click', async () => {
    enableMock.mockResolvedValue({
      accountId: ACCOUNT_ID,
      outcome: 'blocked',
      report: answer(blockedReport),
    });
    const opened = await open();
    await click(opened, '.enable');

    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Many_To_Fix');
    expect(opened.events).toHaveLength(0);
  });

  it('shows why the save failed', async () => {
    enableMock.mockResolvedValue({
      accountId: ACCOUNT_ID,
      outcome: 'failed',
      message: 'Locked by another process',
      report: answer(readyReport),
    });
    const opened = await open();
    await click(opened, '.enable');

    const panel = find<HTMLElement & { errors: unknown; heading: string }>(opened, 'c-error-panel');
    expect(panel).toMatchObject({
      errors: 'Locked by another process',
      heading: 'c.Enable_Partner_Failed',
    });
    expect(opened.events).toHaveLength(0);
  });

  it('shows an error of the server and stays open for another try', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    readinessMock.mockRejectedValueOnce(error);
    const opened = await open();

    expect(find<HTMLElement & { errors: unknown }>(opened, 'c-error-panel')?.errors).toEqual(error);
    expect(find(opened, '.recheck')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('has nothing to do for a partner account', async () => {
    readinessMock.mockResolvedValue(answer(doneReport));
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Enable_Partner_Already');
    expect(find(opened, '.enable')).toBeNull();
    expect(find(opened, '.recheck')).toBeNull();
    expect(find(opened, 'c-checklist')).toBeNull();
    expect(find<HTMLElement & { label: string }>(opened, '.close')?.label).toBe(
      'c.Enable_Partner_Close',
    );
    await expect(opened.element).toBeAccessible();
  });

  it('closes without a change', async () => {
    const opened = await open();
    await click(opened, '.close');

    expect(enableMock).not.toHaveBeenCalled();
    expect(opened.events.map(({ type }) => type)).toEqual(['lightning__actionsclosescreen']);
  });
});
