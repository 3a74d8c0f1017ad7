import { createElement } from 'lwc';
import PartnerAccessPreview from 'c/partnerAccessPreview';
import type { AccessPreviewView } from 'c/partnerAccessPreview';
import { maySeeAccess } from 'c/partnerAccess';
import type { PartnerUserState } from 'c/partnerAccess';
import getPreview from '@salesforce/apex/PartnerAccessPreviewController.getPreview';
import getUsers from '@salesforce/apex/PartnerAccessPreviewController.getUsers';
import { settled, text } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerAccessPreviewController.getPreview',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerAccessPreviewController.getUsers',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock('c/partnerAccess', () => ({
  ...jest.requireActual<object>('c/partnerAccess'),
  maySeeAccess: jest.fn(),
}));

const ACCOUNT_ID = '001000000000001AAA';
const CONTACT_ID = '003000000000001AAA';
const usersMock = getUsers as unknown as jest.Mock<Promise<readonly PartnerUserState[]>>;
const previewMock = getPreview as unknown as jest.Mock<Promise<AccessPreviewView>>;
const permittedMock = maySeeAccess as unknown as jest.Mock<boolean>;
const USER: PartnerUserState = {
  userId: '005000000000001AAA',
  name: 'Pia Petersen',
  username: 'pia@harborlight.example',
  tier: 'MANAGER',
  tierLabel: 'Partner Manager',
  isActive: true,
  isFrozen: false,
};
const OTHER = { ...USER, userId: '005000000000002AAA', name: 'Ole Olsen' };
const OWN = {
  recordId: ACCOUNT_ID,
  name: 'Harborlight',
  level: 'Read',
  causes: ['The own account'],
  isForeign: false,
};
const FOREIGN = {
  recordId: '001000000000002AAA',
  name: 'Northgate',
  level: 'Read',
  causes: ['Shared by hand', 'Team member'],
  isForeign: true,
};
const CASES = {
  name: 'Case',
  label: 'Cases',
  lookedAt: 0,
  refusal: 'No object permission',
  records: [],
};

function previewOf(records = [OWN], user = USER): AccessPreviewView {
  return {
    user,
    objects: [{ name: 'Account', label: 'Accounts', lookedAt: 7, refusal: null, records }, CASES],
  };
}

async function open(recordId = ACCOUNT_ID): Promise<HTMLElement> {
  const card = createElement('c-partner-access-preview', { is: PartnerAccessPreview });
  document.body.appendChild(card);
  Object.assign(card, { recordId });
  await settled();
  return card;
}

function find(card: HTMLElement, selector: string): HTMLElement | null {
  return card.shadowRoot!.querySelector<HTMLElement>(selector);
}

async function click(card: HTMLElement, selector: string): Promise<void> {
  find(card, selector)!.dispatchEvent(new CustomEvent('click'));
  await settled();
}

describe('c-partner-access-preview', () => {
  beforeEach(() => {
    permittedMock.mockReturnValue(true);
    usersMock.mockResolvedValue([USER, OTHER]);
    previewMock.mockResolvedValue(previewOf());
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says that it is loading', async () => {
    usersMock.mockReturnValue(new Promise(() => undefined));
    const card = await open();

    expect(find(card, 'lightning-spinner')).not.toBeNull();
    expect(find(card, '.user')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it('says that there is no partner user', async () => {
    usersMock.mockResolvedValue([]);
    const card = await open();

    expect(text(card, '.empty')).toBe('c.Preview_No_Users');
    expect(find(card, '.start')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it('shows what the chosen user sees, and why, or the layer that says no', async () => {
    const card = await open();
    find(card, '.user')!.dispatchEvent(
      new CustomEvent('change', { detail: { value: OTHER.userId } }),
    );
    await click(card, '.start');

    expect(previewMock).toHaveBeenCalledWith({ userId: OTHER.userId });
    expect(text(card, '[data-object="Account"] .seen')).toBe('1');
    expect(text(card, '[data-object="Account"] .levels')).toBe('Read (1)');
    expect(text(card, '[data-object="Account"] .causes')).toBe('The own account (1)');
    expect(text(card, '[data-object="Case"] .causes')).toBe('No object permission');
    expect(find(card, '[data-object="Case"] .toggle')).toBeNull();
    expect(text(card, '.clear')).toBe('c.Preview_Foreign_None');
    expect(find(card, '.record')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it('opens and closes the records of an object', async () => {
    const card = await open();
    await click(card, '.start');
    await click(card, '.toggle');

    expect(text(card, '.record a')).toBe('Harborlight');
    expect(text(card, '.record .text')).toBe('The own account');
    await expect(card).toBeAccessible();

    await click(card, '.toggle');
    expect(find(card, '.record')).toBeNull();
  });

  it('marks a record of another partner in words, open from the start', async () => {
    previewMock.mockResolvedValue(previewOf([OWN, FOREIGN]));
    const card = await open();
    await click(card, '.start');

    expect(text(card, '.warning')).toBe('c.Preview_Foreign_Found');
    expect(text(card, '.record_foreign .badge')).toBe('c.Preview_Foreign');
    expect(text(card, '.record_foreign .text')).toBe('Shared by hand; Team member');
    expect(card.shadowRoot!.querySelectorAll('.record_foreign')).toHaveLength(1);
    expect(find(card, '.clear')).toBeNull();
    await expect(card).toBeAccessible();
  });

  it.each([
    ['frozen', { isFrozen: true }, 'c.Access_Frozen_Explain'],
    ['inactive', { isActive: false }, 'c.Access_Inactive_Explain'],
  ])('says first that the user is %s', async (_name, state, expected) => {
    previewMock.mockResolvedValue(previewOf([OWN], { ...USER, ...state }));
    const card = await open();
    await click(card, '.start');

    expect(text(card, '.state')).toBe(expected);
  });

  it('forgets the answer when another user is chosen', async () => {
    const card = await open();
    await click(card, '.start');
    find(card, '.user')!.dispatchEvent(
      new CustomEvent('change', { detail: { value: OTHER.userId } }),
    );
    await settled();

    expect(find(card, '.object')).toBeNull();
  });

  it.each([ACCOUNT_ID, CONTACT_ID])('says where the hypothetical is, on %s', async (recordId) => {
    const card = await open(recordId);

    expect(text(card, '.hypothetical')).toBe('c.Preview_Hypothetical');
  });

  it('shows why users or the preview could not be read', async () => {
    usersMock.mockRejectedValue({ body: { message: 'No partner features' } });
    const card = await open();
    expect(find(card, 'c-error-panel')).toMatchObject({
      errors: { body: { message: 'No partner features' } },
    });
    expect(find(card, 'lightning-spinner')).toBeNull();

    usersMock.mockResolvedValue([USER]);
    previewMock.mockRejectedValue({ body: { message: 'Gone' } });
    Object.assign(card, { recordId: CONTACT_ID });
    await settled();
    await click(card, '.start');
    expect(find(card, 'c-error-panel')).toMatchObject({ errors: { body: { message: 'Gone' } } });
    await expect(card).toBeAccessible();
  });

  it('asks nothing for somebody without permission', async () => {
    permittedMock.mockReturnValue(false);
    const card = await open();

    expect(text(card, '.locked')).toBe('c.Access_Locked');
    expect(usersMock).not.toHaveBeenCalled();
    await expect(card).toBeAccessible();
  });
});
