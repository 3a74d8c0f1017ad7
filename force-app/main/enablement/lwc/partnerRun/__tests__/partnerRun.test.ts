import { createElement } from 'lwc';
import PartnerRun from 'c/partnerRun';
import type { RunItem, RunView } from 'c/partnerRun';
import getNames from '@salesforce/apex/PartnerConsoleController.getNames';
import cancel from '@salesforce/apex/PartnerRunController.cancel';
import getItems from '@salesforce/apex/PartnerRunController.getItems';
import getRun from '@salesforce/apex/PartnerRunController.getRun';
import launch from '@salesforce/apex/PartnerRunController.launch';
import retryFailed from '@salesforce/apex/PartnerRunController.retryFailed';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerConsoleController.getNames',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.cancel',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.getItems',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.getRun',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.launch',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.retryFailed',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const RUN_ID = 'a00000000000001AAA';
const runMock = getRun as unknown as jest.Mock<Promise<RunView>>;
const itemsMock = getItems as unknown as jest.Mock<Promise<RunItem[]>>;
const namesMock = getNames as unknown as jest.Mock<Promise<Record<string, string>>>;

const COMPLETED: RunView = {
  id: RUN_ID,
  name: 'RUN-0001',
  operation: 'enableAccounts',
  isDryRun: false,
  status: 'completed',
  total: 2,
  succeeded: 1,
  blocked: 1,
  failed: 0,
  waiting: 0,
  groups: [
    { state: 'blocked', code: 'Owner_Has_Role', title: 'The account owner has a role', records: 1 },
    { state: 'done', code: null, title: null, records: 1 },
  ],
};
const ITEMS: RunItem[] = [
  { id: 'a01A', recordId: '001A', state: 'done', code: null, reason: null },
  { id: 'a01B', recordId: '001B', state: 'blocked', code: 'Owner_Has_Role', reason: 'No "role".' },
];

interface Opened {
  readonly element: HTMLElement;
  readonly finished: jest.Mock;
}

async function open(): Promise<Opened> {
  const element = createElement('c-partner-run', { is: PartnerRun });
  const finished = jest.fn();
  element.addEventListener('finished', finished);
  document.body.appendChild(element);
  Object.assign(element, { runId: RUN_ID });
  await settled();
  return { element, finished };
}

function texts({ element }: Opened, selector: string): string[] {
  return [...element.shadowRoot!.querySelectorAll(selector)].map(
    ({ textContent }) => textContent ?? '',
  );
}

describe('c-partner-run', () => {
  beforeEach(() => {
    runMock.mockResolvedValue(COMPLETED);
    itemsMock.mockResolvedValue(ITEMS);
    namesMock.mockResolvedValue({ '001A': 'Alder', '001B': '=Brightline' });
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
    jest.clearAllMocks();
  });

  it('says that it is loading', async () => {
    runMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();

    expect(find(opened, 'lightning-spinner')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('shows the outcome of each record, and tells that the run has ended', async () => {
    const opened = await open();

    expect(texts(opened, '.status')).toEqual(['c.Run_Completed']);
    expect(find(opened, '[role="progressbar"]')?.ariaValueNow).toBe('100');
    expect(texts(opened, 'tbody th')).toEqual(['Alder', '=Brightline']);
    expect(texts(opened, '.state')).toEqual(['c.Run_State_Done', 'c.Run_State_Blocked']);
    expect(opened.finished).toHaveBeenCalledTimes(1);
    await expect(opened.element).toBeAccessible();
  });

  it('does not say of a dry run that anything was enabled', async () => {
    runMock.mockResolvedValue({ ...COMPLETED, isDryRun: true });

    expect(texts(await open(), '.state')[0]).toBe('c.Run_State_Ready');
  });

  it.each([
    [false, 'c.Run_State_Carried_Out'],
    [true, 'c.Run_State_Would'],
  ])(
    'says of other operations that they were carried out, or would be (dry: %s)',
    async (isDryRun, text) => {
      runMock.mockResolvedValue({ ...COMPLETED, operation: 'freezeUsers', isDryRun });

      expect(texts(await open(), '.state')[0]).toBe(text);
    },
  );

  it('names the step of each record where a run has several', async () => {
    runMock.mockResolvedValue({ ...COMPLETED, operation: 'disableAccounts' });
    itemsMock.mockResolvedValue(
      ['reassignRecords', 'disableUsers', 'disableAccounts'].map((step, index) => ({
        ...ITEMS[0],
        id: `a01${index}`,
        step,
      })),
    );
    const opened = await open();

    expect(texts(opened, '.step')).toEqual([
      'c.Run_Step_Reassign',
      'c.Run_Step_Users',
      'c.Run_Step_Account',
    ]);
    await expect(opened.element).toBeAccessible();
  });

  it('asks again while the run is at work, and can stop it', async () => {
    runMock.mockResolvedValueOnce({ ...COMPLETED, status: 'running', waiting: 1 });
    const opened = await open();

    expect(find(opened, '[role="progressbar"]')?.ariaValueNow).toBe('50');
    expect(itemsMock).not.toHaveBeenCalled();
    await expect(opened.element).toBeAccessible();
    runMock.mockResolvedValueOnce({ ...COMPLETED, status: 'cancelled', waiting: 1 });
    await click(opened, '.cancel');
    expect(cancel).toHaveBeenCalledWith({ runId: RUN_ID });
    expect(texts(opened, '.status')).toEqual(['c.Run_Cancelled']);
    await click(opened, '.resume');
    expect(launch).toHaveBeenCalledWith({ runId: RUN_ID });
  });

  it('polls until the end', async () => {
    jest.useFakeTimers();
    runMock.mockResolvedValueOnce({ ...COMPLETED, status: 'running' });
    const element = createElement('c-partner-run', { is: PartnerRun });
    document.body.appendChild(element);
    Object.assign(element, { runId: RUN_ID });
    await jest.advanceTimersByTimeAsync(1000);

    expect(runMock).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(5000);
    expect(runMock).toHaveBeenCalledTimes(2);
  });

  it('stops asking when it is gone', async () => {
    runMock.mockResolvedValue({ ...COMPLETED, status: 'running' });
    const opened = await open();
    jest.useFakeTimers();
    opened.element.remove();
    await jest.advanceTimersByTimeAsync(5000);

    expect(runMock).toHaveBeenCalledTimes(1);
  });

  it('tries again what did not go well', async () => {
    const opened = await open();
    await click(opened, '.retry');

    expect(retryFailed).toHaveBeenCalledWith({ runId: RUN_ID });
    expect(runMock).toHaveBeenCalledTimes(2);
  });

  it('offers no second try when all went well', async () => {
    runMock.mockResolvedValue({ ...COMPLETED, blocked: 0 });

    expect(find(await open(), '.retry')).toBeNull();
  });

  it('filters by reason', async () => {
    const opened = await open();
    find(opened, '.group')!.dispatchEvent(
      new CustomEvent('change', { detail: { value: 'blocked:Owner_Has_Role' } }),
    );
    await settled();

    expect(itemsMock).toHaveBeenLastCalledWith({
      runId: RUN_ID,
      state: 'blocked',
      code: 'Owner_Has_Role',
      afterId: null,
      pageSize: 50,
    });
  });

  it('shows more on demand', async () => {
    const full = Array.from({ length: 50 }, (_, index) => ({ ...ITEMS[0], id: `a01${index}` }));
    itemsMock.mockResolvedValueOnce(full);
    const opened = await open();
    await click(opened, '.more');

    expect(itemsMock.mock.lastCall).toEqual([expect.objectContaining({ afterId: 'a0149' })]);
    expect(texts(opened, 'tbody th')).toHaveLength(52);
    expect(find(opened, '.more')).toBeNull();
  });

  it('saves all outcomes as CSV: quoted, and never as a formula', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = jest.fn((blob: Blob) => {
      saved.push(blob);
      return 'blob:csv';
    });
    URL.revokeObjectURL = jest.fn();
    const clicked = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    const opened = await open();
    await click(opened, '.csv');
    const text = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsText(saved[0]);
    });

    expect(text).toBe(
      [
        '"c.Run_Record","Id","c.Run_Outcome","c.Enable_User_Reason"',
        '"Alder","001A","c.Run_State_Done",""',
        '"\'=Brightline","001B","c.Run_State_Blocked","No ""role""."',
      ].join('\r\n'),
    );
    expect(clicked).toHaveBeenCalledTimes(1);
    clicked.mockRestore();
  });

  it('shows an error', async () => {
    const error = { status: 500, body: { message: 'Gone' } };
    runMock.mockRejectedValue(error);
    const opened = await open();

    expect(find(opened, 'c-error-panel')?.errors).toEqual(error);
    await expect(opened.element).toBeAccessible();
  });
});
