import { createElement } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import PartnerAccountDisable from 'c/partnerAccountDisable';
import type { PartnerDisablePlan, PartnerDisableResult } from 'c/partnerAccountDisable';
import type { PartnerActionResult } from 'c/partnerUserActions';
import disableAccount from '@salesforce/apex/PartnerCardController.disableAccount';
import disableNextUsers from '@salesforce/apex/PartnerCardController.disableNextUsers';
import getDisablePlan from '@salesforce/apex/PartnerCardController.getDisablePlan';
import reassignRecords from '@salesforce/apex/PartnerCardController.reassignRecords';
import { click, find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerCardController.disableAccount',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerCardController.disableNextUsers',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerCardController.getDisablePlan',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerCardController.reassignRecords',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ACCOUNT_ID = '001000000000001AAA';
const OWNER_ID = '005000000000008AAA';
const planMock = getDisablePlan as unknown as jest.Mock<Promise<PartnerDisablePlan>>;
const disableMock = disableAccount as unknown as jest.Mock<Promise<PartnerDisableResult>>;
const waveMock = disableNextUsers as unknown as jest.Mock<Promise<PartnerActionResult[]>>;
const reassignMock = reassignRecords as unknown as jest.Mock<Promise<string[]>>;

const PLAN: PartnerDisablePlan = {
  accountName: 'Harborlight Partners',
  users: [],
  waves: 0,
  owned: [],
  irreversible: ['The roles are deleted for good.', 'Sharing is lost.'],
  problem: null,
  confirmation: 'Harborlight Partners',
};
const WITH_RECORDS: PartnerDisablePlan = {
  ...PLAN,
  owned: [{ objectApiName: 'Lead', label: 'Leads', records: 3 }],
};
const TOO_MANY: PartnerDisablePlan = { ...PLAN, waves: 2, problem: 'Too many users' };

interface Opened {
  readonly element: HTMLElement;
  readonly events: Event[];
}

function errors(opened: Opened): unknown[] {
  const panels = opened.element.shadowRoot!.querySelectorAll<HTMLElement & { errors: unknown }>(
    'c-error-panel',
  );
  return [...panels].map((panel) => panel.errors).filter((shown) => shown !== undefined);
}

async function type(opened: Opened, value: string): Promise<void> {
  find(opened, '.typed')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

async function choose(opened: Opened): Promise<void> {
  const detail = { id: OWNER_ID, name: 'Maya Okafor', roleName: 'Channel Manager' };
  find(opened, '.new-owner')!.dispatchEvent(new CustomEvent('choose', { detail }));
  await settled();
}

async function open(): Promise<Opened> {
  const element = createElement('c-partner-account-disable', { is: PartnerAccountDisable });
  const events: Event[] = [];
  for (const name of ['lightning__showtoast', 'lightning__refresh']) {
    element.addEventListener(name, (event) => events.push(event));
  }
  Object.assign(element, { recordId: ACCOUNT_ID });
  document.body.appendChild(element);
  const opened = { element, events };
  await click(opened, '.open');
  return opened;
}

describe('c-partner-account-disable', () => {
  beforeEach(() => {
    planMock.mockResolvedValue(PLAN);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('names what is lost, takes the focus to the question, and does nothing yet', async () => {
    const opened = await open();

    expect(planMock).toHaveBeenCalledWith({ accountId: ACCOUNT_ID });
    const lines = [...opened.element.shadowRoot!.querySelectorAll('.irreversible li')];
    expect(lines.map(({ textContent }) => textContent)).toEqual(PLAN.irreversible);
    expect(opened.element.shadowRoot!.activeElement).toBe(find(opened, 'h3'));
    expect(disableMock).not.toHaveBeenCalled();
    await expect(opened.element).toBeAccessible();
  });

  it('shows that it is working while the plan loads', async () => {
    planMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();

    expect(find(opened, 'lightning-spinner')).not.toBeNull();
    expect(find(opened, '.run')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it.each(['', 'Harborlight', 'harborlight partners'])(
    'does not go on with "%s" typed',
    async (typed) => {
      const opened = await open();
      await type(opened, typed);
      await click(opened, '.run');

      expect(find(opened, '.run')?.disabled).toBe(true);
      expect(disableMock).not.toHaveBeenCalled();
    },
  );

  it('disables once the name is typed, tells it and refreshes the page', async () => {
    disableMock.mockResolvedValue({ outcome: 'disabled' });
    const opened = await open();
    await type(opened, 'Harborlight Partners');
    await click(opened, '.run');

    expect(disableMock).toHaveBeenCalledWith({
      accountId: ACCOUNT_ID,
      confirmation: 'Harborlight Partners',
      reason: '',
    });
    expect(opened.events.map(({ type: name }) => name)).toEqual([
      'lightning__showtoast',
      'lightning__refresh',
    ]);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: ACCOUNT_ID }]);
    expect(find(opened, '.question')).toBeNull();
  });

  it('says why the account cannot be disabled, and offers no way around', async () => {
    planMock.mockResolvedValue({ ...PLAN, problem: 'You may not edit it' });
    const opened = await open();
    await type(opened, 'Harborlight Partners');

    expect(errors(opened)).toEqual(['You may not edit it']);
    expect(find(opened, '.run')?.disabled).toBe(true);
    await expect(opened.element).toBeAccessible();
  });

  it.each([
    ['blocked', 'Somebody was faster', 'Somebody was faster'],
    ['failed', null, 'c.Disable_Account_Failed'],
  ] as const)('says why it was %s, and stays open', async (outcome, message, expected) => {
    disableMock.mockResolvedValue({ outcome, message });
    const opened = await open();
    await type(opened, 'Harborlight Partners');
    await click(opened, '.run');

    expect(errors(opened)).toEqual([expected]);
    expect(opened.events).toHaveLength(0);
  });

  it('disables users in rounds first when there are too many', async () => {
    planMock.mockResolvedValueOnce(TOO_MANY);
    waveMock.mockResolvedValue([{ userId: OWNER_ID, outcome: 'done' }]);
    const opened = await open();

    expect(find(opened, '.waves')?.textContent).toBe('c.Disable_Account_Waves');
    expect(errors(opened)).toEqual([]);
    expect(find(opened, '.run')?.label).toBe('c.Disable_Account_Next_Users');
    await type(opened, 'Harborlight Partners');
    await click(opened, '.run');
    expect(waveMock).toHaveBeenCalledTimes(1);
    expect(disableMock).not.toHaveBeenCalled();
    expect(find(opened, '.run')?.label).toBe('c.Disable_Account_Button');
    expect(find(opened, '.run')?.disabled).toBe(true);
  });

  it('says which users of a round could not be disabled', async () => {
    planMock.mockResolvedValue(TOO_MANY);
    waveMock.mockResolvedValue([{ userId: OWNER_ID, outcome: 'failed', message: 'Locked' }]);
    const opened = await open();
    await type(opened, 'Harborlight Partners');
    await click(opened, '.run');

    expect(errors(opened)).toEqual([['Locked']]);
  });

  it('lists what the users own, and gives it to whoever is chosen', async () => {
    planMock.mockResolvedValueOnce(WITH_RECORDS);
    reassignMock.mockResolvedValue([]);
    const opened = await open();

    expect(find(opened, '.owned li')?.textContent).toBe('c.Disable_Account_Owned_Line');
    expect(find(opened, '.reassign')?.disabled).toBe(true);
    await expect(opened.element).toBeAccessible();
    await choose(opened);
    expect(find(opened, '.reassign')?.label).toBe('c.Disable_Account_Reassign');
    await click(opened, '.reassign');
    expect(reassignMock).toHaveBeenCalledWith({ accountId: ACCOUNT_ID, newOwnerId: OWNER_ID });
    expect(find(opened, '.owned')).toBeNull();
    expect(find(opened, '.note')?.textContent).toBe('c.Disable_Account_Reassigned');
  });

  it('gives nothing to anybody while nobody is chosen', async () => {
    planMock.mockResolvedValue(WITH_RECORDS);
    const opened = await open();
    await choose(opened);
    find(opened, '.new-owner')!.dispatchEvent(new CustomEvent('choose'));
    await settled();
    await click(opened, '.reassign');

    expect(reassignMock).not.toHaveBeenCalled();
  });

  it('says why records stay where they are', async () => {
    planMock.mockResolvedValue(WITH_RECORDS);
    reassignMock.mockResolvedValue(['A rule refused it']);
    const opened = await open();
    await choose(opened);
    await click(opened, '.reassign');

    expect(errors(opened)).toEqual([['A rule refused it']]);
  });

  it('shows an error of the server', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    planMock.mockRejectedValue(error);
    const opened = await open();

    expect(errors(opened)).toEqual([error]);
    await expect(opened.element).toBeAccessible();
  });

  it('closes without a change, and returns the focus', async () => {
    const opened = await open();
    await click(opened, '.cancel');

    expect(find(opened, '.question')).toBeNull();
    expect(find(opened, '.open')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });
});
