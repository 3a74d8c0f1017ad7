import { createElement } from 'lwc';
import Checklist from 'c/checklist';
import type { ChecklistItem } from 'c/checklist';
import { all, settled } from '../../../../../../config/jest/component';

const OWNER_BLOCKED: ChecklistItem = {
  code: 'Owner_Has_Role',
  outcome: 'blocked',
  title: 'The account owner has a role',
  reason: 'Nora Weiss has no role.',
  fix: 'Give the owner a role.',
  link: {
    kind: 'record',
    target: '005000000000001AAA',
    objectApiName: 'User',
    label: 'Open the owner',
  },
};
const SEATS_WARN: ChecklistItem = {
  code: 'Partner_Profile_Available',
  outcome: 'warning',
  title: 'A partner profile has a free seat',
  reason: '2 of 20 seats are free.',
  fix: 'Plan more seats.',
  link: { kind: 'setup', target: '/lightning/setup/CompanyProfileInfo/home', label: 'Licenses' },
};
const FEATURES_PASS: ChecklistItem = {
  code: 'Partner_Features_On',
  outcome: 'passed',
  title: 'Partner features are on',
  reason: 'They are there.',
};

function mount(items?: readonly ChecklistItem[]): HTMLElement {
  const list = createElement('c-checklist', { is: Checklist });
  Object.assign(list, { items });
  document.body.appendChild(list);
  return list;
}

describe('c-checklist', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows what blocks first, then warnings, then what passed, each with its number', () => {
    const list = mount([FEATURES_PASS, SEATS_WARN, OWNER_BLOCKED]);

    expect(all(list, 'h3').map((heading) => heading.textContent)).toEqual([
      'c.Checklist_Heading_Blocked (1)',
      'c.Checklist_Heading_Warning (1)',
      'c.Checklist_Heading_Passed (1)',
    ]);
    expect(all(list, 'li').map((item) => item.getAttribute('data-code'))).toEqual([
      'Owner_Has_Role',
      'Partner_Profile_Available',
      'Partner_Features_On',
    ]);
  });

  it('leaves out the headings of outcomes that nobody has', () => {
    expect(all(mount([FEATURES_PASS]), 'h3')).toHaveLength(1);
  });

  it('says the outcome in words, not by colour alone', () => {
    const icons = all<
      Element & {
        alternativeText: string;
      }
    >(mount([OWNER_BLOCKED, SEATS_WARN, FEATURES_PASS]), 'lightning-icon');

    expect(icons.map((icon) => icon.alternativeText)).toEqual([
      'c.Checklist_Blocked',
      'c.Checklist_Warning',
      'c.Checklist_Passed',
    ]);
  });

  it('shows reason and fix, and a link that leaves the checklist open', async () => {
    const list = mount([OWNER_BLOCKED]);
    await settled();

    expect(all(list, '.item__reason')[0].textContent).toBe('Nora Weiss has no role.');
    expect(all(list, '.item__fix')[0].textContent).toContain('Give the owner a role.');
    const link = all(list, 'a')[0] as HTMLAnchorElement;
    expect(link.textContent).toBe('Open the owner');
    expect(link.target).toBe('_blank');
    expect(link.getAttribute('href')).toBeTruthy();
  });

  it('shows neither fix nor link where there is nothing to fix', async () => {
    const list = mount([FEATURES_PASS]);
    await settled();

    expect(all(list, '.item__fix, a')).toHaveLength(0);
  });

  it('forgets the link of a check that has passed by now', async () => {
    const list = mount([OWNER_BLOCKED]);
    await settled();
    Object.assign(list, {
      items: [{ ...OWNER_BLOCKED, outcome: 'passed', fix: null, link: null }],
    });
    await settled();

    expect(all(list, 'li')).toHaveLength(1);
    expect(all(list, 'a')).toHaveLength(0);
  });

  it('shows nothing without items', () => {
    expect(all(mount(), '*').filter((element) => element.tagName !== 'STYLE')).toHaveLength(0);
  });

  it('is accessible', async () => {
    const list = mount([OWNER_BLOCKED, SEATS_WARN, FEATURES_PASS]);
    await settled();

    await expect(list).toBeAccessible();
  });
});
