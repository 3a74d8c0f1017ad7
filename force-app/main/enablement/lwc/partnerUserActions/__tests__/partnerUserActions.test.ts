import { createElement } from 'lwc';
import PartnerUserActions from 'c/partnerUserActions';
import type { PartnerActionResult } from 'c/partnerUserActions';
import type { PartnerRights, PartnerTierView, PartnerUserState } from 'c/partnerAccess';
import changeTier from '@salesforce/apex/PartnerCardController.changeTier';
import disableUser from '@salesforce/apex/PartnerCardController.disableUser';
import freeze from '@salesforce/apex/PartnerCardController.freeze';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerCardController.changeTier',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerCardController.disableUser',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerCardController.freeze',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

type ApexMock = jest.Mock<Promise<PartnerActionResult>>;
const changeTierMock = changeTier as unknown as ApexMock;
const disableMock = disableUser as unknown as ApexMock;
const freezeMock = freeze as unknown as ApexMock;

const USER: PartnerUserState = {
  userId: '005000000000001AAA',
  contactId: '003000000000001AAA',
  name: 'Pia Petersen',
  username: 'pia@harborlight.example',
  isActive: true,
  isFrozen: false,
  tier: 'USER',
  tierLabel: 'Partner User',
};
const ALL: PartnerRights = { mayEnableUsers: true, mayManageTiers: true, mayDisable: true };
const NONE: PartnerRights = { mayEnableUsers: false, mayManageTiers: false, mayDisable: false };
const TIERS: readonly PartnerTierView[] = [
  { value: 'USER', label: 'Partner User', exists: true },
  { value: 'MANAGER', label: 'Partner Manager', exists: true },
];

interface Opened {
  readonly element: HTMLElement;
  readonly events: Event[];
}

function mount(user: PartnerUserState = USER, rights = ALL, tiers = TIERS): Opened {
  const element = createElement('c-partner-user-actions', { is: PartnerUserActions });
  const events: Event[] = [];
  for (const name of ['lightning__showtoast', 'lightning__refresh']) {
    element.addEventListener(name, (event) => events.push(event));
  }
  Object.assign(element, { user, rights, tiers });
  document.body.appendChild(element);
  return { element, events };
}

function offered({ element }: Opened): string[] {
  return [
    ...element.shadowRoot!.querySelectorAll<HTMLElement & { value: string }>('lightning-menu-item'),
  ].map(({ value }) => value);
}

async function tell(opened: Opened, selector: string, type: string, detail: object): Promise<void> {
  find(opened, selector)!.dispatchEvent(new CustomEvent(type, { detail }));
  await settled();
}

async function choose(opened: Opened, action: string): Promise<void> {
  await tell(opened, 'lightning-button-menu', 'select', { value: action });
}

describe('c-partner-user-actions', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it.each([
    ['an active user', USER, ALL, ['freeze', 'deactivate', 'changeTier', 'disable']],
    [
      'a frozen user',
      { ...USER, isFrozen: true },
      ALL,
      ['unfreeze', 'deactivate', 'changeTier', 'disable'],
    ],
    ['an inactive user', { ...USER, isActive: false }, ALL, ['reactivate', 'disable']],
    ['somebody who only manages tiers', USER, { ...NONE, mayManageTiers: true }, ['changeTier']],
    ['somebody without rights', USER, NONE, []],
  ])('offers what fits %s', (_name, user, rights, expected) => {
    expect(offered(mount(user, rights))).toEqual(expected);
  });

  it('shows no menu when there is nothing to do', () => {
    expect(find(mount(USER, NONE), 'lightning-button-menu')).toBeNull();
  });

  it('offers no other tier where none is built', () => {
    expect(offered(mount(USER, ALL, [TIERS[0]]))).not.toContain('changeTier');
  });

  it('asks before it does anything, and takes the focus to the question', async () => {
    const opened = mount();
    await choose(opened, 'freeze');

    expect(freezeMock).not.toHaveBeenCalled();
    expect(find(opened, '.explanation')?.textContent).toContain('c.User_Action_Freeze_Explain');
    expect(opened.element.shadowRoot!.activeElement).toBe(find(opened, '.explanation'));
    await expect(opened.element).toBeAccessible();
  });

  it('freezes with the reason, tells it and refreshes the page', async () => {
    freezeMock.mockResolvedValue({ userId: USER.userId, outcome: 'done' });
    const opened = mount();
    await choose(opened, 'freeze');
    await tell(opened, '.reason', 'change', { value: 'On leave' });
    await click(opened, '.run');

    expect(freezeMock).toHaveBeenCalledWith({ userId: USER.userId, reason: 'On leave' });
    expect(opened.events.map(({ type }) => type)).toEqual([
      'lightning__showtoast',
      'lightning__refresh',
    ]);
    expect(find(opened, '.question')).toBeNull();
  });

  it('offers the other tiers, and waits for one', async () => {
    changeTierMock.mockResolvedValue({ userId: USER.userId, outcome: 'done' });
    const opened = mount();
    await choose(opened, 'changeTier');

    expect(find(opened, '.tier')?.options).toEqual([
      { label: 'Partner Manager', value: 'MANAGER' },
    ]);
    await click(opened, '.run');
    expect(changeTierMock).not.toHaveBeenCalled();
    await tell(opened, '.tier', 'change', { value: 'MANAGER' });
    await click(opened, '.run');
    expect(changeTierMock).toHaveBeenCalledWith({
      userId: USER.userId,
      reason: '',
      tier: 'MANAGER',
    });
  });

  it('disables for good only after a confirmation', async () => {
    disableMock.mockResolvedValue({ userId: USER.userId, outcome: 'done' });
    const opened = mount();
    await choose(opened, 'disable');

    expect(find(opened, '.run')?.disabled).toBe(true);
    expect(find(opened, '.run')?.variant).toBe('destructive');
    await expect(opened.element).toBeAccessible();
    await tell(opened, '.confirmed', 'change', { checked: true });
    await click(opened, '.run');
    expect(disableMock).toHaveBeenCalledWith({
      userId: USER.userId,
      reason: '',
      confirmed: true,
    });
  });

  it('cannot be clicked twice', async () => {
    freezeMock.mockReturnValue(new Promise(() => undefined));
    const opened = mount();
    await choose(opened, 'freeze');
    await click(opened, '.run');
    await click(opened, '.run');

    expect(freezeMock).toHaveBeenCalledTimes(1);
    expect(find(opened, 'lightning-spinner')).not.toBeNull();
  });

  it('says when somebody else was faster', async () => {
    freezeMock.mockResolvedValue({ userId: USER.userId, outcome: 'nothingToDo' });
    const opened = mount();
    await choose(opened, 'freeze');
    await click(opened, '.run');

    expect((opened.events[0] as CustomEvent<{ variant: string }>).detail.variant).toBe('info');
  });

  it.each([
    ['blocked', 'All seats are taken', 'All seats are taken'],
    ['failed', null, 'c.User_Action_Failed'],
  ] as const)('says why it was %s, and stays open', async (outcome, message, expected) => {
    freezeMock.mockResolvedValue({ userId: USER.userId, outcome, message });
    const opened = mount();
    await choose(opened, 'freeze');
    await click(opened, '.run');

    expect(find(opened, 'c-error-panel')?.errors).toBe(expected);
    expect(opened.events).toHaveLength(0);
    await expect(opened.element).toBeAccessible();
  });

  it('shows an error of the server', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    freezeMock.mockRejectedValue(error);
    const opened = mount();
    await choose(opened, 'freeze');
    await click(opened, '.run');

    expect(find(opened, 'c-error-panel')?.errors).toEqual(error);
  });

  it('closes without a change', async () => {
    const opened = mount();
    await choose(opened, 'freeze');
    await click(opened, '.cancel');

    expect(find(opened, '.question')).toBeNull();
    expect(freezeMock).not.toHaveBeenCalled();
  });
});
