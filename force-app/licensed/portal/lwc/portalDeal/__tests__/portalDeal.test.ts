import { createElement } from 'lwc';
import getDeal from '@salesforce/apex/PortalDealController.getDeal';
import submitDeal from '@salesforce/apex/PortalDealController.submitDeal';
import withdrawDeal from '@salesforce/apex/PortalDealController.withdrawDeal';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalDeal from 'c/portalDeal';
import { onNotice } from 'c/portalNotify';
import type { Notice } from 'c/portalNotify';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalDealController.getDeal',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.submitDeal',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.withdrawDeal',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.saveDraft',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.findOwnMatches',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const DEAL_ID = 'a00000000000001AAA';
const getMock = getDeal as unknown as jest.Mock<Promise<unknown>>;
const submitMock = submitDeal as unknown as jest.Mock<Promise<unknown>>;
const withdrawMock = withdrawDeal as unknown as jest.Mock<Promise<unknown>>;
const DRAFT = {
  id: DEAL_ID,
  name: 'DR-1',
  customerName: 'Acme',
  customerWebsite: 'www.acme.example',
  amount: 1000,
  closeDate: '2026-12-24',
  status: 'Draft',
  statusLabel: 'Draft',
  ownerName: 'Pia',
  mayEdit: true,
  maySubmit: true,
  mayWithdraw: false,
};
const SUBMITTED = {
  ...DRAFT,
  status: 'Submitted',
  statusLabel: 'Submitted',
  mayEdit: false,
  maySubmit: false,
  mayWithdraw: true,
};
const APPROVED = {
  ...SUBMITTED,
  status: 'Approved',
  statusLabel: 'Approved',
  mayWithdraw: false,
  decisionReason: 'Good',
  expiresOn: '2027-01-01',
  opportunityId: '006000000000001AAA',
  opportunityName: 'Acme – sensors',
};

async function open(recordId = DEAL_ID): Promise<HTMLElement> {
  const page = createElement('c-portal-deal', { is: PortalDeal });
  Object.assign(page, { recordId });
  document.body.appendChild(page);
  await settled();
  return page;
}

async function answer(page: HTMLElement, kind: 'confirm' | 'cancel'): Promise<void> {
  find(page, 'c-portal-confirm')!.dispatchEvent(new CustomEvent(kind));
  await settled();
}

describe('c-portal-deal', () => {
  const notices: Notice[] = [];
  const stop = onNotice((notice) => notices.push(notice));

  beforeEach(() => {
    notices.length = 0;
    getMock.mockResolvedValue(DRAFT);
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

  it('says that a record of somebody else was not found', async () => {
    getMock.mockRejectedValue({ body: { message: notFound } });
    const page = await open();
    expect(find(page, 'c-portal-message')).toMatchObject({ kind: 'notFound' });
    await expect(page).toBeAccessible();
  });

  it('says the same of an address that is no record', async () => {
    const page = await open('nonsense');
    expect(find(page, 'c-portal-message')).not.toBeNull();
    expect(getMock).not.toHaveBeenCalled();
  });

  it('says what failed, and tries again', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, 'c-portal-detail')).not.toBeNull();
  });

  it('submits a draft after a question', async () => {
    submitMock.mockResolvedValue({ deal: SUBMITTED, problems: [], ownMatches: [] });
    const page = await open();
    await click(page, '.submit');
    await expect(page).toBeAccessible();
    await answer(page, 'cancel');
    expect(submitMock).not.toHaveBeenCalled();
    await click(page, '.submit');
    await answer(page, 'confirm');
    expect(submitMock).toHaveBeenCalledWith({ dealId: DEAL_ID });
    expect(notices).toEqual([{ kind: 'success', message: 'c.Site_Deal_Submitted' }]);
    expect(find(page, '.withdraw')).not.toBeNull();
    expect(find(page, 'c-portal-badge')).toMatchObject({ label: 'Submitted', tone: 'info' });
  });

  it('says what a draft lacks', async () => {
    submitMock.mockResolvedValue({
      deal: null,
      problems: [{ field: 'amount', message: 'How much?' }],
      ownMatches: [],
    });
    const page = await open();
    await click(page, '.submit');
    await answer(page, 'confirm');
    expect(find(page, '.problems li')!.textContent).toBe('How much?');
    expect(notices).toEqual([]);
    await expect(page).toBeAccessible();
  });

  it('withdraws', async () => {
    getMock.mockResolvedValue(SUBMITTED);
    withdrawMock.mockResolvedValue(DRAFT);
    const page = await open();
    await click(page, '.withdraw');
    await answer(page, 'confirm');
    expect(notices).toEqual([{ kind: 'success', message: 'c.Site_Deal_Withdrawn' }]);
    expect(find(page, '.edit')).not.toBeNull();
  });

  it('says why the server refuses, and changes nothing', async () => {
    getMock.mockResolvedValue(SUBMITTED);
    withdrawMock.mockRejectedValue({ body: { message: 'It has moved on' } });
    const page = await open();
    await click(page, '.withdraw');
    await answer(page, 'confirm');
    expect(notices).toEqual([{ kind: 'error', message: 'It has moved on' }]);
    expect(find(page, 'c-portal-confirm')).toMatchObject({ busy: false });
  });

  it('edits a draft in place', async () => {
    const page = await open();
    await click(page, '.edit');
    const form = find(page, 'c-portal-deal-form')!;
    expect(form).toMatchObject({ deal: DRAFT });
    form.dispatchEvent(
      new CustomEvent('saved', { detail: { ...DRAFT, customerName: 'Acme Europe' } }),
    );
    await settled();
    expect(find(page, 'c-portal-page-title')).toMatchObject({ heading: 'Acme Europe' });
    expect(find(page, 'c-portal-deal-form')).toBeNull();
  });

  it('shows what was decided, and the way to the opportunity', async () => {
    getMock.mockResolvedValue(APPROVED);
    const page = await open();
    expect(page.shadowRoot!.querySelectorAll('.edit, .submit, .withdraw')).toHaveLength(0);
    const { fields } = find<HTMLElement & { fields: { label: string; text?: string }[] }>(
      page,
      'c-portal-detail',
    )!;
    const texts = Object.fromEntries(fields.map(({ label, text }) => [label, text]));
    expect(texts).toMatchObject({
      'c.Site_Amount': '$1,000',
      'c.Site_Decision_Reason': 'Good',
      'c.Site_Opportunity': 'Acme – sensors',
      'c.Site_Protected_Until': 'Jan 1, 2027',
    });
    await expect(page).toBeAccessible();
  });
});
