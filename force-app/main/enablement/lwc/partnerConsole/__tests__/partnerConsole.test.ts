import { createElement } from 'lwc';
import PartnerConsole from 'c/partnerConsole';
import type { ConsoleFilter, ConsolePage, ConsoleSelection } from 'c/partnerConsole';
import type { WantedRun } from 'c/partnerRunForm';
import getFilters from '@salesforce/apex/PartnerConsoleController.getFilters';
import getNames from '@salesforce/apex/PartnerConsoleController.getNames';
import getPage from '@salesforce/apex/PartnerConsoleController.getPage';
import getSelection from '@salesforce/apex/PartnerConsoleController.getSelection';
import addRecords from '@salesforce/apex/PartnerRunController.addRecords';
import createRun from '@salesforce/apex/PartnerRunController.createRun';
import launch from '@salesforce/apex/PartnerRunController.launch';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerConsoleController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerConsoleController.getFilters',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerConsoleController.getNames',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerConsoleController.getSelection',
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
const filtersMock = getFilters as unknown as jest.Mock<Promise<ConsoleFilter[]>>;
const namesMock = getNames as unknown as jest.Mock<Promise<Record<string, string>>>;
const selectionMock = getSelection as unknown as jest.Mock<Promise<ConsoleSelection>>;
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
  afterName: 'Brightwater',
  afterId: '001D',
};
const FIRST_PAGE = { search: '', filter: null, afterName: null, afterId: null };
const SECOND: ConsolePage = {
  rows: [{ id: '001C', name: 'Castellan', ownerName: 'Maya', status: 'done', reasons: [] }],
  hasMore: false,
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-partner-console', { is: PartnerConsole });
  document.body.appendChild(page);
  await settled();
  return page;
}

function names(page: HTMLElement): string[] {
  return [...page.shadowRoot!.querySelectorAll('tbody a')].map(({ textContent }) => textContent);
}

async function search(page: HTMLElement, value: string): Promise<void> {
  jest.useFakeTimers();
  find(page, '.search')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  jest.runAllTimers();
  jest.useRealTimers();
  await settled();
}

async function filter(page: HTMLElement, value: string): Promise<void> {
  find(page, '.filter')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

async function start(page: HTMLElement, wanted: Partial<WantedRun> = {}): Promise<void> {
  const detail = { operation: 'enableAccounts', isDryRun: false, parameters: {}, ...wanted };
  find(page, 'c-partner-run-form')!.dispatchEvent(new CustomEvent('start', { detail }));
  await settled();
}

describe('c-partner-console', () => {
  beforeEach(() => {
    filtersMock.mockResolvedValue([
      { code: 'Account_Owner_Role', title: 'The account owner has a role' },
    ]);
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

    expect(pageMock).toHaveBeenCalledWith(FIRST_PAGE);
    expect(names(page)).toEqual(['Alder', 'Brightline']);
    expect(find(page, '[data-row="001B"] .reasons')?.textContent).toBe('c.Console_Reasons');
    await expect(page).toBeAccessible();
  });

  it('pages forth and back', async () => {
    const page = await open();
    pageMock.mockResolvedValueOnce(SECOND);
    await click(page, '.next');

    expect(pageMock).toHaveBeenLastCalledWith({
      ...FIRST_PAGE,
      afterName: 'Brightwater',
      afterId: '001D',
    });
    expect(find(page, '.next')?.disabled).toBe(true);
    await click(page, '.previous');
    expect(pageMock).toHaveBeenLastCalledWith(FIRST_PAGE);
    expect(find(page, '.previous')?.disabled).toBe(true);
  });

  it('searches from the first page', async () => {
    const page = await open();
    await click(page, '.next');
    await search(page, 'cast');

    expect(pageMock).toHaveBeenLastCalledWith({ ...FIRST_PAGE, search: 'cast' });
  });

  it('tells no accounts from no match', async () => {
    pageMock.mockResolvedValue({ rows: [], hasMore: false });
    const page = await open();

    expect(find(page, '.empty')?.textContent).toBe('c.Console_Empty');
    await expect(page).toBeAccessible();
    await search(page, 'zzz');
    expect(find(page, '.empty')?.textContent).toBe('c.Console_No_Match');
  });

  it('filters by readiness and by reason, from the first page', async () => {
    const page = await open();
    const options = find(page, '.filter')?.options as { value: string }[];

    expect(options.map(({ value }) => value)).toEqual([
      'all',
      'ready',
      'notReady',
      'done',
      'Account_Owner_Role',
    ]);
    await click(page, '.next');
    await filter(page, 'Account_Owner_Role');
    expect(pageMock).toHaveBeenLastCalledWith({ ...FIRST_PAGE, filter: 'Account_Owner_Role' });
    expect(find(page, '.previous')?.disabled).toBe(true);
  });

  it('tells a page without a match from the end of the list', async () => {
    pageMock.mockResolvedValue({ rows: [], hasMore: true, afterName: 'M', afterId: '001M' });
    const page = await open();
    await filter(page, 'done');

    expect(find(page, '.empty')?.textContent).toBe('c.Console_None_Yet');
    expect(find(page, '.next')?.disabled).toBe(false);
    expect(find<HTMLInputElement>(page, '.select-page')).toBeNull();
    pageMock.mockResolvedValue({ rows: [], hasMore: false });
    await click(page, '.next');
    expect(find(page, '.empty')?.textContent).toBe('c.Console_No_Match_Filter');
  });

  it('tells the form how many are selected, across pages, and runs dry what is selected', async () => {
    const page = await open();
    expect(find(page, 'c-partner-run-form')?.selected).toBe(0);
    await click(page, '[data-id="001A"]');
    pageMock.mockResolvedValueOnce(SECOND);
    await click(page, '.next');
    await click(page, '[data-id="001C"]');
    expect(find(page, 'c-partner-run-form')?.selected).toBe(2);
    await start(page, { isDryRun: true });

    expect(createMock).toHaveBeenCalledWith({
      operation: 'enableAccounts',
      isDryRun: true,
      parameters: {},
    });
    expect(addMock).toHaveBeenCalledWith({ runId: RUN_ID, recordIds: ['001A', '001C'] });
    expect(launchMock).toHaveBeenCalledWith({ runId: RUN_ID });
    expect(find(page, 'c-partner-run')?.runId).toBe(RUN_ID);
  });

  it('names the accounts whose partnership ends, and none for a dry run', async () => {
    namesMock.mockResolvedValue({ '001A': 'Alder' });
    const page = await open();
    await click(page, '[data-id="001A"]');
    const parameters = { reason: 'Moved on' };
    await start(page, { operation: 'disableAccounts', isDryRun: true, parameters });
    expect(namesMock).not.toHaveBeenCalled();
    await start(page, { operation: 'disableAccounts', parameters });

    expect(namesMock).toHaveBeenCalledWith({ recordIds: ['001A'] });
    expect(createMock).toHaveBeenLastCalledWith({
      operation: 'disableAccounts',
      isDryRun: false,
      parameters: { reason: 'Moved on', confirmations: { '001A': 'Alder' } },
    });
  });

  it('ends no more partnerships at once than can be confirmed', async () => {
    selectionMock.mockResolvedValue({
      ids: Array.from({ length: 101 }, (_, index) => `001${index}`),
      hasMore: false,
    });
    const page = await open();
    await click(page, '.select-all');
    await start(page, { operation: 'disableAccounts' });

    expect(createMock).not.toHaveBeenCalled();
    expect(find(page, 'c-error-panel')?.errors).toEqual(new Error('c.Run_Too_Many_Names'));
  });

  it('selects and clears a page', async () => {
    const page = await open();
    await click(page, '.select-page');
    expect(find<HTMLInputElement>(page, '[data-id="001B"]')?.checked).toBe(true);
    await click(page, '.clear');

    expect(find<HTMLInputElement>(page, '[data-id="001B"]')?.checked).toBe(false);
  });

  it('selects beyond the page, under the filter, and adds the records in chunks', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => `001${index}`);
    selectionMock
      .mockResolvedValueOnce({ ids: many, hasMore: true, afterId: '001Z' })
      .mockResolvedValueOnce({ ids: ['001last'], hasMore: false, afterId: '001ZZ' });
    const page = await open();
    await filter(page, 'ready');
    await click(page, '.select-all');
    await start(page);
    await settled();

    expect(selectionMock).toHaveBeenLastCalledWith({
      search: '',
      filter: 'ready',
      afterId: '001Z',
    });
    expect(addMock).toHaveBeenCalledTimes(11);
    expect(addMock.mock.calls.flatMap(([{ recordIds }]) => recordIds)).toHaveLength(2001);
  });

  it('cannot be started twice', async () => {
    createMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();
    await click(page, '[data-id="001A"]');
    await start(page);
    await start(page);

    expect(createMock).toHaveBeenCalledTimes(1);
    expect(find(page, 'c-partner-run-form')?.disabled).toBe(true);
  });

  it('loads again when a run has finished', async () => {
    const page = await open();
    await click(page, '[data-id="001A"]');
    await start(page);
    pageMock.mockResolvedValueOnce(SECOND);
    find(page, 'c-partner-run')!.dispatchEvent(new CustomEvent('finished'));
    await settled();

    expect(names(page)).toEqual(['Castellan']);
  });

  it.each([
    ['the list', pageMock],
    ['the filters', filtersMock],
    ['a run', createMock],
  ])('shows an error of %s', async (_name, mock) => {
    const error = { status: 500, body: { message: 'No access' } };
    (mock as jest.Mock).mockRejectedValue(error);
    const page = await open();
    if (mock === (createMock as unknown)) {
      await click(page, '[data-id="001A"]');
      await start(page);
    }

    expect(find(page, 'c-error-panel')?.errors).toEqual(error);
    await expect(page).toBeAccessible();
  });
});
