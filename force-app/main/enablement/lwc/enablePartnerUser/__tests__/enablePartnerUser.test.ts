import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import EnablePartnerUser from 'c/enablePartnerUser';
import type { PartnerUserResult } from 'c/enablePartnerUser';
import type { ReadinessReport } from 'c/enableAsPartner';
import type { PartnerUserChoices } from 'c/partnerUserForm';
import enable from '@salesforce/apex/PartnerUserController.enable';
import getChoices from '@salesforce/apex/PartnerUserController.getChoices';
import getReadiness from '@salesforce/apex/PartnerUserController.getReadiness';
import offered from './data/getChoices.json';
import blockedReport from './data/getReadinessBlocked.json';
import doneReport from './data/getReadinessDone.json';
import inactiveReport from './data/getReadinessInactive.json';
import readyReport from './data/getReadinessReady.json';
import usernameReport from './data/getReadinessUsername.json';
import warningReport from './data/getReadinessWarning.json';
import { click, find, openAction, settled, text } from '../../../../../../config/jest/component';
import type { OpenedAction } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerUserController.getReadiness',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerUserController.getChoices',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PartnerUserController.enable',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Users',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);

const CONTACT_ID = '003000000000001AAA';
const USER_ID = '005000000000009AAA';
const readinessMock = getReadiness as unknown as jest.Mock<Promise<ReadinessReport>>;
const choicesMock = getChoices as unknown as jest.Mock<Promise<PartnerUserChoices>>;
const enableMock = enable as unknown as jest.Mock<Promise<PartnerUserResult>>;
const PROPOSED = {
  contactId: CONTACT_ID,
  profileId: '00e000000000001AAA',
  tier: 'USER',
  username: 'imogen.clarke@ironbridge.example',
  permissionSetIds: [],
  sendWelcomeMail: true,
  reason: '',
};

function open(recordId = CONTACT_ID): Promise<OpenedAction> {
  return openAction('c-enable-partner-user', EnablePartnerUser, recordId);
}

function shownCodes(opened: OpenedAction): string[] {
  const list = find<HTMLElement & { items: readonly { code: string }[] }>(opened, 'c-checklist');
  return list?.items.map(({ code }) => code) ?? [];
}

function answer(report: unknown): ReadinessReport {
  return report as ReadinessReport;
}

/** In jsdom the base components validate nothing: the form says what a test wants. */
function formAnswers(opened: OpenedAction, isValid: boolean): void {
  const form = find<HTMLElement>(opened, 'c-partner-user-form')!;
  const fields = form.shadowRoot!.querySelectorAll('.field');
  fields.forEach((field) => Object.assign(field, { reportValidity: () => isValid }));
}

async function choose(opened: OpenedAction, detail: object): Promise<void> {
  find(opened, 'c-partner-user-form')!.dispatchEvent(new CustomEvent('choicechange', { detail }));
  await settled();
}

async function openAtConfirm(): Promise<OpenedAction> {
  const opened = await open();
  await click(opened, '.next');
  formAnswers(opened, true);
  await click(opened, '.next');
  return opened;
}

describe('c-enable-partner-user', () => {
  beforeEach(() => {
    choicesMock.mockResolvedValue(offered);
    readinessMock.mockResolvedValue(answer(readyReport));
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('waits for the record before it asks', async () => {
    await open('');

    expect(choicesMock).not.toHaveBeenCalled();
  });

  it('says that it is checking while it waits', async () => {
    choicesMock.mockReturnValue(new Promise(() => undefined));
    const opened = await open();

    expect(text(opened, '.busy')).toBe('c.Enable_Partner_Checking');
    expect(find(opened, 'lightning-spinner')).not.toBeNull();
    expect(find(opened, '.next')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('checks the proposed choice, so that seat and username are real', async () => {
    const opened = await open();

    expect(readinessMock).toHaveBeenCalledWith({ request: PROPOSED });
    expect(text(opened, '.summary')).toBe('c.Enable_User_Ready');
    expect(text(opened, '[aria-current="step"]')).toBe('c.Enable_User_Step_Check');
    expect(find(opened, '.next')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('checks a profile that cannot be used, when there is no other, to say why', async () => {
    choicesMock.mockResolvedValue({
      ...offered,
      profiles: [offered.profiles[1]],
      defaultProfileId: null,
    });
    await open();

    expect(readinessMock).toHaveBeenCalledWith({
      request: { ...PROPOSED, profileId: '00e000000000002AAA' },
    });
  });

  it('does not go on while something blocks', async () => {
    readinessMock.mockResolvedValue(answer(blockedReport));
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Enable_User_One_To_Fix');
    expect(shownCodes(opened)).toEqual(['Contact_Account_Is_Partner', 'Contact_Site_Member']);
    expect(find(opened, '.next')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('checks again without closing, and moves the focus to the new summary', async () => {
    readinessMock.mockResolvedValueOnce(answer(blockedReport));
    const opened = await open();
    await click(opened, '.recheck');

    expect(find(opened, '.next')).not.toBeNull();
    expect(opened.element.shadowRoot!.activeElement).toBe(find(opened, '.summary'));
    expect(opened.events).toHaveLength(0);
  });

  it('points to the inactive user of the contact', async () => {
    readinessMock.mockResolvedValue(answer(inactiveReport));
    const opened = await open();

    expect(shownCodes(opened)).toContain('Contact_Not_Yet_User');
    expect(find(opened, '.next')).toBeNull();
  });

  it('has nothing to do for a partner user, and shows who that is', async () => {
    readinessMock.mockResolvedValue(answer(doneReport));
    const opened = await open();

    expect(text(opened, '.summary')).toBe('c.Enable_User_Already');
    expect(shownCodes(opened)).toEqual(['Contact_Not_Yet_User']);
    expect(find(opened, '.next, .recheck')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('does not show the answer of an older check over a newer one', async () => {
    let answerOld: (report: ReadinessReport) => void = () => undefined;
    readinessMock.mockReturnValueOnce(new Promise((resolve) => (answerOld = resolve)));
    const opened = await open();
    opened.element.recordId = '003000000000002AAA';
    await settled();
    answerOld(answer(blockedReport));
    await settled();

    expect(text(opened, '.summary')).toBe('c.Enable_User_Ready');
  });

  it('goes no further while the form is incomplete', async () => {
    const opened = await open();
    await click(opened, '.next');
    formAnswers(opened, false);
    await click(opened, '.next');

    expect(text(opened, '.summary')).toBe('c.Enable_User_Choose');
    expect(readinessMock).toHaveBeenCalledTimes(1);
    await expect(opened.element).toBeAccessible();
  });

  it('checks what was chosen, and stays with the reasons when it is refused', async () => {
    const opened = await open();
    await click(opened, '.next');
    await choose(opened, { username: 'taken@example.com' });
    formAnswers(opened, true);
    readinessMock.mockResolvedValue(answer(usernameReport));
    await click(opened, '.next');

    expect(readinessMock).toHaveBeenLastCalledWith({
      request: { ...PROPOSED, username: 'taken@example.com' },
    });
    expect(find(opened, 'c-partner-user-form')).not.toBeNull();
    expect(shownCodes(opened)).toEqual(['Contact_Username']);
  });

  it('shows the choice and the warnings for confirmation, and saves nothing before', async () => {
    readinessMock.mockResolvedValue(answer(warningReport));
    const opened = await open();
    await click(opened, '.next');
    await choose(opened, { tier: 'MANAGER', permissionSetIds: ['0PS000000000001AAA'] });
    formAnswers(opened, true);
    await click(opened, '.next');

    expect(text(opened, '.summary')).toBe('c.Enable_User_Confirm_With_Warnings');
    expect(shownCodes(opened)).toEqual(['Contact_Site_Member']);
    const values = [...opened.element.shadowRoot!.querySelectorAll('dd')].map(
      ({ textContent }) => textContent,
    );
    expect(values).toEqual([
      'Partner Portal User',
      'Partner Manager',
      'imogen.clarke@ironbridge.example',
      'Partner Deals',
      'c.Enable_User_Mail_Yes',
      'c.Enable_User_None',
    ]);
    expect(enableMock).not.toHaveBeenCalled();
    await expect(opened.element).toBeAccessible();
  });

  it('goes back to the choice, and keeps it', async () => {
    const opened = await openAtConfirm();
    await click(opened, '.back');

    const form = find<HTMLElement & { choice: object }>(opened, 'c-partner-user-form');
    expect(form?.choice).toMatchObject({ username: 'imogen.clarke@ironbridge.example' });
    await click(opened, '.back');
    expect(text(opened, '[aria-current="step"]')).toBe('c.Enable_User_Step_Check');
  });

  it('enables, shows the user and refreshes the page', async () => {
    enableMock.mockResolvedValue({
      contactId: CONTACT_ID,
      outcome: 'enabled',
      userId: USER_ID,
      username: 'imogen.clarke@ironbridge.example',
      report: answer(readyReport),
    });
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(enableMock).toHaveBeenCalledWith({ request: PROPOSED });
    expect(text(opened, '.summary')).toBe('c.Enable_User_Success');
    expect(find(opened, '.user-link a')?.getAttribute('href')).toBeTruthy();
    expect(find(opened, '.gap')).toBeNull();
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: CONTACT_ID }]);
    expect(opened.events.map(({ type }) => type)).toEqual(['lightning__refresh']);
    expect(opened.element.shadowRoot!.activeElement).toBe(find(opened, '.summary'));
    await expect(opened.element).toBeAccessible();
  });

  it('says what an enabled user still lacks', async () => {
    enableMock.mockResolvedValue({
      contactId: CONTACT_ID,
      outcome: 'enabled',
      userId: USER_ID,
      message: 'A permission set could not be given.',
      report: answer(readyReport),
    });
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(text(opened, '.gap')).toBe('A permission set could not be given.');
    await expect(opened.element).toBeAccessible();
  });

  it('cannot be clicked twice', async () => {
    enableMock.mockReturnValue(new Promise(() => undefined));
    const opened = await openAtConfirm();
    await click(opened, '.enable');
    await click(opened, '.enable');

    expect(enableMock).toHaveBeenCalledTimes(1);
    expect(text(opened, '.busy')).toBe('c.Enable_User_Enabling');
  });

  it('shows why the save failed, and lets the admin correct the choice', async () => {
    enableMock.mockResolvedValue({
      contactId: CONTACT_ID,
      outcome: 'failed',
      message: 'The username is taken in another org.',
      report: answer(readyReport),
    });
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(find(opened, 'c-error-panel')).toMatchObject({
      errors: 'The username is taken in another org.',
      heading: 'c.Enable_User_Failed',
    });
    await click(opened, '.back');
    expect(find(opened, 'c-error-panel')).toMatchObject({ errors: undefined });
    expect(find(opened, 'c-partner-user-form')).not.toBeNull();
  });

  it('returns to the check when the contact is no longer ready at the click', async () => {
    enableMock.mockResolvedValue({
      contactId: CONTACT_ID,
      outcome: 'blocked',
      report: answer(blockedReport),
    });
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(text(opened, '.summary')).toBe('c.Enable_User_One_To_Fix');
    expect(text(opened, '[aria-current="step"]')).toBe('c.Enable_User_Step_Check');
  });

  it('shows the user when somebody else was faster', async () => {
    enableMock.mockResolvedValue({
      contactId: CONTACT_ID,
      outcome: 'alreadyUser',
      userId: USER_ID,
      report: answer(doneReport),
    });
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(text(opened, '.summary')).toBe('c.Enable_User_Already');
    expect(shownCodes(opened)).toEqual(['Contact_Not_Yet_User']);
  });

  it('shows an error of the server and stays open for another try', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    choicesMock.mockRejectedValueOnce(error);
    const opened = await open();

    expect(find<HTMLElement & { errors: unknown }>(opened, 'c-error-panel')?.errors).toEqual(error);
    expect(find(opened, '.recheck')).not.toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('shows an error of the save', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    enableMock.mockRejectedValueOnce(error);
    const opened = await openAtConfirm();
    await click(opened, '.enable');

    expect(find<HTMLElement & { errors: unknown }>(opened, 'c-error-panel')?.errors).toEqual(error);
    expect(find(opened, '.enable')).not.toBeNull();
  });

  it('closes without a change', async () => {
    const opened = await open();
    await click(opened, '.close');

    expect(enableMock).not.toHaveBeenCalled();
    expect(opened.events.map(({ type }) => type)).toEqual(['lightning__actionsclosescreen']);
  });
});
