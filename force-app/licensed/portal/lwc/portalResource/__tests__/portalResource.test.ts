import { createElement } from 'lwc';
import getResource from '@salesforce/apex/PortalResourceController.getResource';
import notFound from '@salesforce/label/c.Record_Not_Found';
import PortalResource from 'c/portalResource';
import { find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalResourceController.getResource',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const ID = 'a07000000000001AAA';
const getMock = getResource as unknown as jest.Mock<Promise<unknown>>;
const RECORD = {
  id: ID,
  title: 'Catalogue',
  summary: 'All sensors',
  url: 'https://example.com/catalogue',
  categoryLabel: 'Sales',
  publishedOn: '2026-11-20',
};

async function open(): Promise<HTMLElement> {
  const page = createElement('c-portal-resource', { is: PortalResource });
  Object.assign(page, { recordId: ID });
  document.body.appendChild(page);
  await settled();
  return page;
}

describe('c-portal-resource', () => {
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
    expect(find(page, '.open')!.getAttribute('href')).toBe('https://example.com/catalogue');
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

  it('follows no address but those of the web', async () => {
    getMock.mockResolvedValue({ ...RECORD, url: 'data:text/html,x' });
    expect(find(await open(), '.open')).toBeNull();
  });
});
