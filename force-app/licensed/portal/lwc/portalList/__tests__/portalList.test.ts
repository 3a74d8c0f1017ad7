import { createElement } from 'lwc';
import getList from '@salesforce/apex/PortalRecordsController.getList';
import getPage from '@salesforce/apex/PortalRecordsController.getPage';
import PortalList from 'c/portalList';
import { click, find } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalRecordsController.getList',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalRecordsController.getPage',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

interface Asked {
  readonly request: Readonly<Record<string, unknown>>;
}

const listMock = getList as unknown as jest.Mock<Promise<unknown>>;
const pageMock = getPage as unknown as jest.Mock<Promise<unknown>, [Asked]>;

const COLUMNS = [
  { name: 'Name', label: 'Number', type: 'text', isSortable: true },
  { name: 'Status__c', label: 'Status', type: 'picklist', isSortable: true },
  { name: 'Amount__c', label: 'Amount', type: 'currency', isSortable: true },
  { name: 'Close_Date__c', label: 'Close', type: 'date', isSortable: true },
  { name: 'Url__c', label: 'Link', type: 'url', isSortable: false },
  { name: 'Owner.Name', label: 'Owner', type: 'text', isSortable: false },
];
const ROW = {
  id: 'a01000000000001AAA',
  values: {
    Name: 'D-0001',
    Status__c: 'Approved',
    Amount__c: 12500,
    Close_Date__c: '2026-12-01',
    Url__c: 'https://example.com/x',
    'Owner.Name': 'Pia',
  },
  labels: { Status__c: 'Genehmigt' },
};
const INFO = {
  objectName: 'Deal_Registration__c',
  label: 'Deal',
  pluralLabel: 'Deals',
  views: [
    { value: 'open', label: 'Open' },
    { value: 'all', label: 'All' },
  ],
};
const PAGE = { columns: COLUMNS, rows: [ROW], total: 41, nextPageToken: '20', isCut: false };
const EMPTY = { columns: COLUMNS, rows: [], total: 0, nextPageToken: null, isCut: false };

async function settled(): Promise<void> {
  await new Promise(process.nextTick);
}

async function open(properties: object = {}): Promise<HTMLElement> {
  const list = createElement('c-portal-list', { is: PortalList });
  Object.assign(list, { objectName: 'Deal_Registration__c', ...properties });
  document.body.appendChild(list);
  await settled();
  return list;
}

function asked(): Readonly<Record<string, unknown>> {
  return pageMock.mock.calls.at(-1)![0].request;
}

describe('c-portal-list', () => {
  beforeEach(() => {
    listMock.mockResolvedValue(INFO);
    pageMock.mockResolvedValue(PAGE);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('loads', async () => {
    listMock.mockReturnValue(new Promise(() => undefined));
    const list = await open();
    expect(find(list, 'c-portal-panel')).toMatchObject({ isLoading: true });
    await expect(list).toBeAccessible();
  });

  it('shows records, each value in its way', async () => {
    const list = await open();
    expect(find(list, '.first c-portal-link')).toMatchObject({
      label: 'D-0001',
      target: { recordId: ROW.id, objectApiName: 'Deal_Registration__c' },
    });
    expect(find(list, 'c-portal-badge')).toMatchObject({ label: 'Genehmigt', tone: 'good' });
    expect(find(list, 'a.url')!.getAttribute('href')).toBe('https://example.com/x');
    const texts = [...list.shadowRoot!.querySelectorAll('.text')].map(
      ({ textContent }) => textContent,
    );
    expect(texts).toEqual(['$12,500', 'Dec 1, 2026', 'Pia']);
    await expect(list).toBeAccessible();
  });

  it('follows no address but those of the web', async () => {
    const values = { ...ROW.values, Url__c: 'data:text/html,x' };
    pageMock.mockResolvedValue({ ...PAGE, rows: [{ ...ROW, values }] });
    const list = await open();
    expect(find(list, 'a.url')).toBeNull();
  });

  it('says that there is nothing, and that nothing matches', async () => {
    pageMock.mockResolvedValue(EMPTY);
    const list = await open({ emptyText: 'No deals yet' });
    expect(find(list, '.empty p')!.textContent).toBe('No deals yet');
    await expect(list).toBeAccessible();
    await click(list, '[data-view="all"]');
    expect(find(list, '.empty p')!.textContent).toBe('c.Site_List_Filtered_Out');
  });

  it('says what failed, and tries again', async () => {
    pageMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const list = await open();
    expect(find(list, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(list, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(list, '.row')).not.toBeNull();
  });

  it('says what failed before anything was asked for', async () => {
    listMock.mockRejectedValueOnce({ body: { message: 'No access' } });
    const list = await open();
    expect(find(list, 'c-portal-panel')).toMatchObject({
      errors: { body: { message: 'No access' } },
    });
    expect(pageMock).not.toHaveBeenCalled();
  });

  it('changes views', async () => {
    const list = await open();
    expect(asked()).toMatchObject({ objectName: 'Deal_Registration__c', view: null });
    await click(list, '[data-view="all"]');
    expect(asked()).toMatchObject({ view: 'all', pageToken: null });
    expect(find(list, '[data-view="all"]')!.getAttribute('aria-pressed')).toBe('true');
  });

  it('sorts up, then down, and starts at the first page', async () => {
    const list = await open();
    await click(list, '.next');
    await click(list, '[data-column="Amount__c"]');
    expect(asked()).toMatchObject({ sortBy: 'Amount__c', descending: false, pageToken: null });
    await click(list, '[data-column="Amount__c"]');
    expect(asked()).toMatchObject({ sortBy: 'Amount__c', descending: true });
    expect(find(list, '[aria-sort="descending"]')!.textContent).toContain('Amount');
    expect(find(list, '[data-column="Url__c"]')).toBeNull();
  });

  it('sorts by choice on a phone', async () => {
    const list = await open();
    const sort = find<HTMLSelectElement>(list, '#sort, .sort select')!;
    sort.value = 'Close_Date__c';
    sort.dispatchEvent(new CustomEvent('change'));
    await settled();
    expect(asked()).toMatchObject({ sortBy: 'Close_Date__c', descending: false });
    sort.value = '';
    sort.dispatchEvent(new CustomEvent('change'));
    await settled();
    expect(asked()).toMatchObject({ sortBy: null });
  });

  it('searches once the typing stops', async () => {
    const list = await open();
    jest.useFakeTimers();
    const search = find<HTMLInputElement>(list, 'input[type="search"]')!;
    for (const value of ['a', 'ac', 'acme ']) {
      search.value = value;
      search.dispatchEvent(new CustomEvent('input'));
    }
    expect(pageMock).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(300);
    jest.useRealTimers();
    await settled();
    expect(pageMock).toHaveBeenCalledTimes(2);
    expect(asked()).toMatchObject({ search: 'acme', pageToken: null });
  });

  it('turns pages forwards and backwards, keeping the count of the first', async () => {
    const list = await open();
    expect(find(list, '.previous')).toMatchObject({ disabled: true });
    pageMock.mockResolvedValue({ ...PAGE, total: null, nextPageToken: null });
    await click(list, '.next');
    expect(asked()).toMatchObject({ pageToken: '20' });
    expect(find(list, '.next')).toMatchObject({ disabled: true });
    pageMock.mockResolvedValue(PAGE);
    await click(list, '.previous');
    expect(asked()).toMatchObject({ pageToken: null });
    expect(find(list, '.previous')).toMatchObject({ disabled: true });
  });

  it('says where Salesforce stops', async () => {
    pageMock.mockResolvedValue({ ...PAGE, nextPageToken: null, isCut: true });
    const list = await open();
    expect(find(list, '.cut')!.textContent).toBe('c.Site_List_Cut');
  });

  it('shows the answer to the last question, whichever comes last', async () => {
    const list = await open();
    let answerSlow: (page: unknown) => void = () => undefined;
    pageMock.mockReturnValueOnce(new Promise((resolve) => (answerSlow = resolve)));
    find(list, '[data-view="all"]')!.click();
    pageMock.mockResolvedValueOnce(PAGE);
    await click(list, '[data-view="open"]');
    answerSlow(EMPTY);
    await settled();
    expect(find(list, '.row')).not.toBeNull();
  });

  it('loads again when told', async () => {
    const list = await open();
    await (list as HTMLElement & { refresh(): Promise<void> }).refresh();
    expect(pageMock).toHaveBeenCalledTimes(2);
  });
});
