import { createElement } from 'lwc';
import PartnerConsole from 'c/partnerConsole';
import type { ConsolePage } from 'c/partnerConsole';
import getIds from '@salesforce/apex/PartnerConsoleController.getIds';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';
import addRecords from '@salesforce/apex/PartnerRunController.addRecords';
import createRun from '@salesforce/apex/PartnerRunController.createRun';
import launch from '@salesforce/apex/PartnerRunController.launch';

jest.mock(
  '@salesforce/apex/PartnerConsoleController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerConsoleController.getIds',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.createRun',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.addRecords',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.launch',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerRunController.getRun',
  () => ({ __esModule: true, default: jest.fn(() => new Promise(() => undefined)) }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Accounts',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);

const RUN_ID = 'a00000000000001AAA';
const pageMock = getPage as unknown as jest.Mock<Promise<ConsolePage>>;
const idsMock = getIds as unknown as jest.Mock<Promise<string[]>>;
const createMock = createRun as unknown as jest.Mock<Promise<string>>;
const addMock = addRecords as unknown as jest.Mock<Promise<void>, [{ recordIds: string[] }]>;
const launchMock = launch as unknown as jest.Mock<Promise<void>>;

const FIRST: ConsolePage = {
  rows: [
    { id: '001A', name: 'Alder', ownerName: 'Maya', status: 'ready', reasons: [] },
    {
      id: '001B',
      name: 'Brightline',
      ownerName: 'Nils',
      status: 'notReady',
      reasons: ['The account owner has a role'],
    },
  ],
  hasMore: true,
};
const SECOND: ConsolePage = {
  rows: [{ id: '001C', name: 'Castellan', ownerName: 'Maya', status: 'done', reasons: [] }],
  hasMore: false,
};

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function open(): Promise<HTMLElement> {
  const page = createElement('c-partner-console', { is: PartnerConsole });
  document.body.appendChild(page);
  await settled();
  return page;
}

function find<Found extends Element = HTMLElement & Record<string, unknown>>(
  page: HTMLElement,
  selector: string,
): Found | null {
  return page.shadowRoot!.querySelector<Found>(selector);
}

function names(page: HTMLElement): string[] {
  return [...page.shadowRoot!.querySelectorAll('tbody a')].map(({ textContent }) => textContent);
}

async function click(page: HTMLElement, selector: string): Promise<void> {
  find(page, selector)!.click();
  await settled();
}

async function search(page: HTMLElement, value: string): Promise<void> {
  jest.useFakeTimers();
  find(page, '.search')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  jest.runAllTimers();
  jest.useRealTimers();
  await settled();
}

describe('c-partner-console', () => {
  beforeEach(() => {
    pageMock.mockResolvedValue(FIRST);
    createMock.mockResolvedValue(RUN_ID);
    addMock.mockResolvedValue(undefined);
    launchMock.mockResolvedValue(undefined);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says that it is loading', async () => {
    pageMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();

    expect(find(page, 'lightning-spinner')).not.toBeNull();
    await expect(page).toBeAccessible();
  });

  it('shows accounts with their readiness and the reasons', async () => {
    const page = await open();

    expect(pageMock).toHaveBeenCalledWith({ search: '', afterName: null, afterId: null });
    expect(names(page)).toEqual(['Alder', 'Brightline']);
    expect(find(page, '[data-row="001B"] .reasons')?.textContent).toBe('c.Console_Reasons');
    await expect(page).toBeAccessible();
  });

  it('pages forth and back', async () => {
    const page = await open();
    pageMock.mockResolvedValueOnce(SECOND);
    await click(page, '.next');

    expect(pageMock).toHaveBeenLastCalledWith({
      search: '',
      afterName: 'Brightline',
      afterId: '001B',
    });
    expect(find(page, '.next')?.disabled).toBe(true);
    await click(page, '.previous');
    expect(pageMock).toHaveBeenLastCalledWith({ search: '', afterName: null, afterId: null });
    expect(find(page, '.previous')?.disabled).toBe(true);
  });

  it('searches from the first page', async () => {
    const page = await open();
    await click(page, '.next');
    await search(page, 'cast');

    expect(pageMock).toHaveBeenLastCalledWith({ search: 'cast', afterName: null, afterId: null });
  });

  it('tells no accounts from no match', async () => {
    pageMock.mockResolvedValue({ rows: [], hasMore: false });
    const page = await open();

    expect(find(page, '.empty')?.textContent).toBe('c.Console_Empty');
    await expect(page).toBeAccessible();
    await search(page, 'zzz');
    expect(find(page, '.empty')?.textContent).toBe('c.Console_No_Match');
  });

  it('runs nothing without a selection', async () => {
    const page = await open();

    expect(find(page, '.dry-run')?.disabled).toBe(true);
    expect(find(page, '.enable')?.disabled).toBe(true);
  });

  it('keeps the selection across pages, and runs dry what is selected', async () => {
    const page = await open();
    await click(page, '[data-id="001A"]');
    pageMock.mockResolvedValueOnce(SECOND);
    await click(page, '.next');
    await click(page, '[data-id="001C"]');
    await click(page, '.dry-run');

    expect(createMock).toHaveBeenCalledWith({
      operation: 'enableAccounts',
      isDryRun: true,
      parameters: {},
    });
    expect(addMock).toHaveBeenCalledWith({ runId: RUN_ID, recordIds: ['001A', '001C'] });
    expect(launchMock).toHaveBeenCalledWith({ runId: RUN_ID });
    expect(find(page, 'c-partner-run')?.runId).toBe(RUN_ID);
  });

  it('selects and clears a page', async () => {
    const page = await open();
    await click(page, '.select-page');
    expect(find<HTMLInputElement>(page, '[data-id="001B"]')?.checked).toBe(true);
    await click(page, '.clear');

    expect(find<HTMLInputElement>(page, '[data-id="001B"]')?.checked).toBe(false);
  });

  it('selects beyond the page, and adds the records in chunks', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `001${index}`);
    idsMock.mockResolvedValueOnce(many).mockResolvedValueOnce(['001last']);
    const page = await open();
    await click(page, '.select-all');
    await click(page, '.enable');
    await settled();

    expect(idsMock).toHaveBeenLastCalledWith({ search: '', afterId: '0011999' });
    expect(createMock.mock.lastCall).toEqual([expect.objectContaining({ isDryRun: false })]);
    expect(addMock).toHaveBeenCalledTimes(11);
    expect(addMock.mock.calls.flatMap(([{ recordIds }]) => recordIds)).toHaveLength(2001);
  });

  it('cannot be started twice', async () => {
    createMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();
    await click(page, '[data-id="001A"]');
    await click(page, '.enable');
    await click(page, '.enable');

    expect(createMock).toHaveBeenCalledTimes(1);
  });

  it('loads again when a run has finished', async () => {
    const page = await open();
    await click(page, '[data-id="001A"]');
    await click(page, '.enable');
    pageMock.mockResolvedValueOnce(SECOND);
    find(page, 'c-partner-run')!.dispatchEvent(new CustomEvent('finished'));
    await settled();

    expect(names(page)).toEqual(['Castellan']);
  });

  it.each([
    ['the list', pageMock],
    ['a run', createMock],
  ])('shows an error of %s', async (_name, mock) => {
    const error = { status: 500, body: { message: 'No access' } };
    (mock as jest.Mock).mockRejectedValue(error);
    const page = await open();
    if (mock !== (pageMock as unknown)) {
      await click(page, '[data-id="001A"]');
      await click(page, '.enable');
    }

    expect(find(page, 'c-error-panel')?.errors).toEqual(error);
    await expect(page).toBeAccessible();
  });
});
