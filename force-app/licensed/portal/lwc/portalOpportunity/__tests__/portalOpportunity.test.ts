import { createElement } from 'lwc';
import getOpportunity from '@salesforce/apex/PortalOpportunityController.getOpportunity';
import saveOpportunity from '@salesforce/apex/PortalOpportunityController.saveOpportunity';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalOpportunity from 'c/portalOpportunity';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalOpportunityController.getOpportunity',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalOpportunityController.saveOpportunity',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ID = '006000000000001AAA';
const getMock = getOpportunity as unknown as jest.Mock<Promise<unknown>>;
const saveMock = saveOpportunity as unknown as jest.Mock<Promise<unknown>>;
const OPPORTUNITY = {
  id: ID,
  name: 'Acme – sensors',
  customerName: 'Acme',
  stage: 'Prospecting',
  stageLabel: 'Prospecting',
  amount: 1200,
  closeDate: '2026-12-24',
  isClosed: false,
  mayEdit: true,
  participants: [],
  stages: [{ value: 'Prospecting', label: 'Prospecting' }],
};
const SHARED = {
  ...OPPORTUNITY,
  mayEdit: false,
  participants: [
    { id: 'a02000000000001AAA', name: 'Pia', accessLabel: 'Read', isMe: true },
    { id: 'a02000000000002AAA', name: 'Malte', accessLabel: 'Edit', isMe: false },
  ],
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-opportunity', { is: PortalOpportunity });
  Object.assign(page, { recordId: ID });
  document.body.appendChild(page);
  await settled();
  return page;
}

async function save(page: HTMLElement, amount: string): Promise<void> {
  const detail = {
    stage: 'Closed Won',
    amount,
    closeDate: '2026-12-24',
    nextStep: '',
    description: '',
  };
  find(page, 'c-portal-form')!.dispatchEvent(new CustomEvent('save', { detail }));
  await settled();
}

describe('c-portal-opportunity', () => {
  beforeEach(() => {
    getMock.mockResolvedValue(OPPORTUNITY);
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  it('loads', async () => {
    getMock.mockReturnValue(new Promise(() => undefined));
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ isLoading: true });
    await expect(page).toBeAccessible();
  });

  it('says that one of somebody else was not found', async () => {
    getMock.mockRejectedValue({ body: { message: notFound } });
    expect(find(await open(), 'c-portal-message')).not.toBeNull();
  });

  it('says what failed, and tries again', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, 'c-portal-detail')).not.toBeNull();
  });

  it('shows one of ours that the partner takes part in', async () => {
    getMock.mockResolvedValue(SHARED);
    const page = await open();
    expect(find(page, '.edit')).toBeNull();
    const names = [...page.shadowRoot!.querySelectorAll('.name')];
    expect(names.map(({ textContent }) => textContent)).toEqual(['c.Site_Me', 'Malte']);
    await expect(page).toBeAccessible();
  });

  it('saves what was typed, no amount as none', async () => {
    const won = { ...OPPORTUNITY, stageLabel: 'Closed Won', isClosed: true };
    saveMock.mockResolvedValue({ opportunity: won, problems: [] });
    const page = await open();
    expect(find(page, '.participants')).toBeNull();
    await click(page, '.edit');
    expect(find(page, 'c-portal-form')).toMatchObject({ values: { amount: '1200' } });
    await expect(page).toBeAccessible();
    await save(page, '');
    expect(saveMock).toHaveBeenCalledWith({
      change: expect.objectContaining({ id: ID, stage: 'Closed Won', amount: null }) as object,
    });
    expect(find(page, 'c-portal-badge')).toMatchObject({ label: 'Closed Won', tone: 'neutral' });
  });

  it('says what is wrong, and what the server refuses', async () => {
    const problem = { field: 'stage', message: 'No such stage' };
    saveMock.mockResolvedValueOnce({ opportunity: null, problems: [problem] });
    saveMock.mockRejectedValueOnce({ body: { message: 'No access' } });
    const page = await open();
    await click(page, '.edit');
    await save(page, '10');
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [problem] });
    await save(page, '10');
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [{ message: 'No access' }] });
    find(page, 'c-portal-form')!.dispatchEvent(new CustomEvent('cancel'));
    await settled();
    expect(find(page, 'c-portal-form')).toBeNull();
  });
});
