import { createElement } from 'lwc';
import getAnnouncement from '@salesforce/apex/PortalResourceController.getAnnouncement';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalAnnouncement from 'c/portalAnnouncement';
import { find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalResourceController.getAnnouncement',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ID = 'a04000000000001AAA';
const getMock = getAnnouncement as unknown as jest.Mock<Promise<unknown>>;
const RECORD = { id: ID, title: 'News', body: 'Long text', publishedOn: '2026-11-20' };

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-announcement', { is: PortalAnnouncement });
  Object.assign(page, { recordId: ID });
  document.body.appendChild(page);
  await settled();
  return page;
}

describe('c-portal-announcement', () => {
  beforeEach(() => {
    getMock.mockResolvedValue(RECORD);
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

  it('shows itself', async () => {
    const page = await open();
    expect(find(page, 'c-portal-page-title')).toMatchObject({ heading: RECORD.title });
    expect(find(page, '.body')!.textContent).toBe('Long text');
    await expect(page).toBeAccessible();
  });

  it('says what failed, and tries again', async () => {
    getMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    const page = await open();
    expect(find(page, 'c-portal-panel')).toMatchObject({ errors: { body: { message: 'Down' } } });
    find(page, 'c-portal-panel')!.dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(find(page, 'c-portal-page-title')).toMatchObject({ heading: RECORD.title });
  });

  it('says that what is not published was not found', async () => {
    getMock.mockRejectedValue({ body: { message: notFound } });
    expect(find(await open(), 'c-portal-message')).not.toBeNull();
  });
});
