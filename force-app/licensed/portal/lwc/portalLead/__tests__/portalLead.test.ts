import { createElement } from 'lwc';
import getLead from '@salesforce/apex/PortalLeadController.getLead';
import getStatuses from '@salesforce/apex/PortalLeadController.getStatuses';
import saveLead from '@salesforce/apex/PortalLeadController.saveLead';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalLead from 'c/portalLead';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalLeadController.getLead',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalLeadController.getStatuses',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalLeadController.saveLead',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const LEAD_ID = '00Q000000000001AAA';
const getMock = getLead as unknown as jest.Mock<Promise<unknown>>;
const statusMock = getStatuses as unknown as jest.Mock<Promise<unknown>>;
const saveMock = saveLead as unknown as jest.Mock<Promise<unknown>>;
const LEAD = {
  id: LEAD_ID,
  name: 'Hanna Heron',
  company: 'Heron',
  email: 'hanna@heron.example',
  phone: '+44 20 5550',
  website: 'heron.example',
  city: 'Leeds',
  postalCode: 'LS1',
  country: 'UK',
  status: 'Open',
  statusLabel: 'Open',
  mayEdit: true,
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-lead', { is: PortalLead });
  Object.assign(page, { recordId: LEAD_ID });
  document.body.appendChild(page);
  await settled();
  return page;
}

async function save(page: HTMLElement): Promise<void> {
  const detail = { status: 'Working', title: '', email: '', phone: '', description: 'Called' };
  find(page, 'c-portal-form')!.dispatchEvent(new CustomEvent('save', { detail }));
  await settled();
}

describe('c-portal-lead', () => {
  beforeEach(() => {
    getMock.mockResolvedValue(LEAD);
    statusMock.mockResolvedValue([
      { value: 'Open', label: 'Open' },
      { value: 'Working', label: 'Working' },
    ]);
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

  it('says that a lead of somebody else was not found', async () => {
    getMock.mockRejectedValue({ body: { message: notFound } });
    const page = await open();
    expect(find(page, 'c-portal-message')).not.toBeNull();
    await expect(page).toBeAccessible();
  });

  it('says what failed, and tries again', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, 'c-portal-detail')).not.toBeNull();
  });

  it('shows how to reach the person', async () => {
    const page = await open();
    const { fields } = find<HTMLElement & { fields: { text?: string; url?: string }[] }>(
      page,
      'c-portal-detail',
    )!;
    expect(fields.map(({ url }) => url).filter(Boolean)).toEqual([
      'mailto:hanna@heron.example',
      'tel:+44205550',
      'https://heron.example',
    ]);
    expect(fields.map(({ text }) => text)).toContain('LS1 Leeds\nUK');
    await expect(page).toBeAccessible();
  });

  it('does not offer to edit what one may only read', async () => {
    getMock.mockResolvedValue({ ...LEAD, mayEdit: false });
    expect(find(await open(), '.edit')).toBeNull();
  });

  it('saves what was typed', async () => {
    saveMock.mockResolvedValue({ lead: { ...LEAD, statusLabel: 'Working' }, problems: [] });
    const page = await open();
    await click(page, '.edit');
    expect(find(page, 'c-portal-form')).toMatchObject({ values: { status: 'Open' } });
    await expect(page).toBeAccessible();
    await save(page);
    expect(saveMock).toHaveBeenCalledWith({
      change: expect.objectContaining({ id: LEAD_ID, status: 'Working' }) as object,
    });
    expect(find(page, 'c-portal-badge')).toMatchObject({ label: 'Working' });
  });

  it('says what is wrong, and what the server refuses', async () => {
    const problem = { field: 'status', message: 'No such status' };
    saveMock.mockResolvedValueOnce({ lead: null, problems: [problem] });
    saveMock.mockRejectedValueOnce({ body: { message: 'No access' } });
    const page = await open();
    await click(page, '.edit');
    await save(page);
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [problem], busy: false });
    await save(page);
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [{ message: 'No access' }] });
    find(page, 'c-portal-form')!.dispatchEvent(new CustomEvent('cancel'));
    await settled();
    expect(find(page, 'c-portal-detail')).not.toBeNull();
  });

  it('stays as it is when the choices do not come', async () => {
    statusMock.mockRejectedValue({ body: { message: 'Down' } });
    const page = await open();
    await click(page, '.edit');
    expect(find(page, 'c-portal-form')).toBeNull();
  });
});
