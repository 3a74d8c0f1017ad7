import { createElement } from 'lwc';
import getHome from '@salesforce/apex/PortalHomeController.getHome';
import PortalHome from 'c/portalHome';
import { all } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalHomeController.getHome',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const homeMock = getHome as unknown as jest.Mock<Promise<unknown>>;

const day = (days: number): string => {
  const moment = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  // The stub of @salesforce/i18n/timeZone.
  // eslint-disable-next-line @salesforce/lightning/prefer-i18n-service
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(moment);
};
const task = (kind: string, dueOn: string | null, more: object = {}): object => ({
  kind,
  recordId: 'a00000000000001AAA',
  objectName: 'Deal_Registration__c',
  title: `Title of ${kind}`,
  detail: 'Detail',
  dueOn,
  isOverdue: false,
  ...more,
});
const EMPTY = {
  firstName: 'Pia',
  userName: 'Pia Petersen',
  accountName: 'Harborlight',
  tierLabel: 'Partner User',
  isTeam: false,
  mayRegisterDeals: false,
  tasks: [],
  pipeline: [],
  currencyCode: 'EUR',
  announcements: [],
};
const FULL = {
  ...EMPTY,
  isTeam: true,
  mayRegisterDeals: true,
  tasks: [
    task('opportunityOverdue', day(-3), { objectName: 'Opportunity', isOverdue: true }),
    task('answerOffer', day(0), { objectName: 'Lead_Offer__c' }),
    task('dealExpires', day(1)),
    task('opportunityCloses', day(3), { objectName: 'Opportunity' }),
    task('dealExpires', day(12)),
    task('requestDecided', null, { objectName: 'Partner_User_Request__c' }),
  ],
  pipeline: [{ stage: 'Prospecting', label: 'Prospecting', count: 2, amount: 1000 }],
  announcements: [{ id: 'a04000000000001AAA', title: 'News', publishedOn: '2026-11-20' }],
};

async function open(): Promise<HTMLElement> {
  const home = createElement('c-portal-home', { is: PortalHome });
  document.body.appendChild(home);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  return home;
}

describe('c-portal-home', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('loads', async () => {
    homeMock.mockReturnValue(new Promise(() => undefined));
    const home = await open();
    expect(all(home, '.tasks')[0]).toMatchObject({ isLoading: true });
    expect(all(home, '.side')).toHaveLength(0);
    await expect(home).toBeAccessible();
  });

  it('says what failed, and tries again', async () => {
    homeMock.mockRejectedValueOnce({ body: { message: 'Down' } });
    homeMock.mockResolvedValueOnce(EMPTY);
    const home = await open();
    expect(all(home, '.tasks')[0]).toMatchObject({ errors: { body: { message: 'Down' } } });
    await expect(home).toBeAccessible();
    all(home, '.tasks')[0].dispatchEvent(new CustomEvent('retry'));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(all(home, '.side')).toHaveLength(1);
  });

  it('is empty for somebody who starts', async () => {
    homeMock.mockResolvedValue(EMPTY);
    const home = await open();
    expect(all(home, 'c-portal-page-title')[0]).toMatchObject({
      heading: 'c.Site_Greeting',
      intro: 'Harborlight · Partner User',
    });
    expect(all(home, '.tasks')[0]).toMatchObject({ emptyText: 'c.Site_No_Tasks' });
    expect(all(home, '.pipeline')[0]).toMatchObject({
      heading: 'c.Site_Pipeline_Mine',
      emptyText: 'c.Site_No_Pipeline',
    });
    expect(all(home, '.news')[0]).toMatchObject({ emptyText: 'c.Site_No_News' });
    expect(all(home, 'c-portal-page-title c-portal-link')).toHaveLength(0);
    await expect(home).toBeAccessible();
  });

  it('shows a manager what waits, the pipeline of the team, and news', async () => {
    homeMock.mockResolvedValue(FULL);
    const home = await open();
    expect(all(home, '.kind').map(({ textContent }) => textContent)).toEqual([
      'c.Site_Task_Opportunity_Overdue',
      'c.Site_Task_Answer_Offer',
      'c.Site_Task_Deal_Expires',
      'c.Site_Task_Opportunity_Closes',
      'c.Site_Task_Deal_Expires',
      'c.Site_Task_Request_Decided',
    ]);
    const badges = all<HTMLElement & { label: string; tone: string }>(home, '.task c-portal-badge');
    expect(badges.map(({ label, tone }) => [label, tone])).toEqual([
      ['c.Site_Overdue', 'bad'],
      ['c.Site_Due_Today', 'warn'],
      ['c.Site_Due_Tomorrow', 'warn'],
      ['c.Site_Due_In', 'warn'],
      ['c.Site_Due_In', 'info'],
    ]);
    const links = all<HTMLElement & { target: object }>(home, '.task c-portal-link');
    expect(links[1].target).toEqual({
      recordId: 'a00000000000001AAA',
      objectApiName: 'Lead_Offer__c',
    });
    expect(links[5].target).toEqual({ page: 'Team__c' });
    expect(all(home, '.pipeline')[0]).toMatchObject({ heading: 'c.Site_Pipeline_Team' });
    expect(all(home, 'c-portal-pipeline')[0]).toMatchObject({ currencyCode: 'EUR' });
    expect(all(home, '.news-item')).toHaveLength(1);
    expect(all(home, 'c-portal-page-title c-portal-link')).toHaveLength(1);
    await expect(home).toBeAccessible();
  });
});
