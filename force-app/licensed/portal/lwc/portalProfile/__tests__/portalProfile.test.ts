import { createElement } from 'lwc';
import getProfile from '@salesforce/apex/PortalProfileController.getProfile';
import saveProfile from '@salesforce/apex/PortalProfileController.saveProfile';
import PortalProfile from 'c/portalProfile';
import { find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalProfileController.getProfile',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalProfileController.saveProfile',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const getMock = getProfile as unknown as jest.Mock<Promise<unknown>>;
const saveMock = saveProfile as unknown as jest.Mock<Promise<unknown>>;
const PROFILE = {
  firstName: 'Pia',
  lastName: 'Petersen',
  language: 'en_US',
  locale: 'en_US',
  timeZone: 'Europe/Berlin',
  username: 'pia@x.example',
  email: 'pia@x.example',
  accountName: 'Harborlight',
  tierLabel: 'Partner User',
  languages: [{ value: 'en_US', label: 'English' }],
  locales: [{ value: 'en_US', label: 'English (United States)' }],
  timeZones: [{ value: 'Europe/Berlin', label: 'Berlin' }],
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-profile', { is: PortalProfile });
  document.body.appendChild(page);
  await settled();
  return page;
}

async function save(page: HTMLElement): Promise<void> {
  const detail = { lastName: 'Olsen', language: 'en_US' };
  find(page, 'c-portal-form')!.dispatchEvent(new CustomEvent('save', { detail }));
  await settled();
}

describe('c-portal-profile', () => {
  beforeEach(() => {
    getMock.mockResolvedValue(PROFILE);
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

  it('says what failed, and tries again', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, '.access')).not.toBeNull();
  });

  it('shows what can be changed, and what cannot', async () => {
    const page = await open();
    expect(find(page, 'c-portal-form')).toMatchObject({
      values: { firstName: 'Pia', timeZone: 'Europe/Berlin', phone: '' },
      cannotCancel: true,
    });
    expect(find(page, '.access c-portal-detail')).toMatchObject({
      fields: expect.arrayContaining([
        { label: 'c.Site_Username', text: 'pia@x.example' },
      ]) as object[],
    });
    await expect(page).toBeAccessible();
  });

  it('saves', async () => {
    saveMock.mockResolvedValue({ profile: { ...PROFILE, lastName: 'Olsen' }, problems: [] });
    const page = await open();
    await save(page);
    expect(saveMock).toHaveBeenCalledWith({ profile: { lastName: 'Olsen', language: 'en_US' } });
    expect(find(page, 'c-portal-form')).toMatchObject({ values: { lastName: 'Olsen' } });
  });

  it('says what is wrong, and what the server refuses', async () => {
    const problem = { field: 'lastName', message: 'Too long' };
    saveMock.mockResolvedValueOnce({ profile: null, problems: [problem] });
    saveMock.mockRejectedValueOnce({ body: { message: 'No access' } });
    const page = await open();
    await save(page);
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [problem], busy: false });
    await save(page);
    expect(find(page, 'c-portal-form')).toMatchObject({ problems: [{ message: 'No access' }] });
  });
});
