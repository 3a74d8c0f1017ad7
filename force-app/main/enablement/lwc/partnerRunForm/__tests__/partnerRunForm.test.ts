import { createElement } from 'lwc';
import PartnerRunForm from 'c/partnerRunForm';
import type { WantedRun } from 'c/partnerRunForm';
import { find } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/customPermission/Enable_Partner_Accounts',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Enable_Partner_Users',
  () => ({ __esModule: true, default: undefined }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Manage_Partner_Tiers',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);
jest.mock(
  '@salesforce/customPermission/Disable_Partners',
  () => ({ __esModule: true, default: true }),
  { virtual: true },
);

interface Opened {
  readonly element: HTMLElement & Record<string, unknown>;
  readonly started: WantedRun[];
}

function open(selected = 2): Opened {
  const element = createElement('c-partner-run-form', {
    is: PartnerRunForm,
  }) as unknown as HTMLElement & Record<string, unknown>;
  const started: WantedRun[] = [];
  element.addEventListener('start', (event) => {
    started.push((event as CustomEvent<WantedRun>).detail);
  });
  element.selected = selected;
  document.body.appendChild(element);
  return { element, started };
}

async function change(
  opened: Opened,
  selector: string,
  detail: Record<string, unknown>,
  name = 'change',
): Promise<void> {
  find(opened, selector)!.dispatchEvent(new CustomEvent(name, { detail }));
  await Promise.resolve();
}

async function click(opened: Opened, selector: string): Promise<void> {
  find(opened, selector)!.click();
  await Promise.resolve();
}

describe('c-partner-run-form', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('offers what the user may do, and begins with enabling', async () => {
    const opened = open();
    const options = find(opened, '.operation')?.options as { value: string }[];

    expect(options.map(({ value }) => value)).toEqual([
      'enableAccounts',
      'ensureTiers',
      'changeTier',
      'freezeUsers',
      'unfreezeUsers',
      'deactivateUsers',
      'disableUsers',
      'disableAccounts',
    ]);
    await click(opened, '.run');
    expect(opened.started).toEqual([
      { operation: 'enableAccounts', isDryRun: false, parameters: {} },
    ]);
    await expect(opened.element).toBeAccessible();
  });

  it.each([
    ['nothing is selected', 0, false],
    ['another run is being prepared', 2, true],
  ])('starts nothing while %s', async (_name, selected, disabled) => {
    const opened = open(selected);
    opened.element.disabled = disabled;
    await Promise.resolve();
    await click(opened, '.dry-run');
    await click(opened, '.run');

    expect(find(opened, '.dry-run')?.disabled).toBe(true);
    expect(opened.started).toEqual([]);
  });

  it('builds as many tiers as are chosen', async () => {
    const opened = open();
    await change(opened, '.operation', { value: 'ensureTiers' });
    await change(opened, '.tiers', { value: '2' });
    await click(opened, '.run');

    expect(opened.started[0]?.parameters).toEqual({ tiers: 2 });
  });

  it('asks for the tier before it is changed', async () => {
    const opened = open();
    await change(opened, '.operation', { value: 'changeTier' });
    await click(opened, '.run');
    expect(opened.started).toEqual([]);
    await change(opened, '.tier', { value: 'MANAGER' });
    await change(opened, '.reason', { value: 'Promoted' });
    await click(opened, '.run');

    expect(opened.started[0]?.parameters).toEqual({ tier: 'MANAGER', reason: 'Promoted' });
    await expect(opened.element).toBeAccessible();
  });

  it('disables users only once it is understood, and dry without', async () => {
    const opened = open();
    await change(opened, '.operation', { value: 'disableUsers' });
    await click(opened, '.run');
    await click(opened, '.dry-run');
    await change(opened, '.understood', { checked: true });
    await click(opened, '.run');

    expect(find(opened, '.run')?.variant).toBe('destructive');
    expect(opened.started.map(({ isDryRun, parameters }) => [isDryRun, parameters])).toEqual([
      [true, { reason: '', confirmed: false }],
      [false, { reason: '', confirmed: true }],
    ]);
    await expect(opened.element).toBeAccessible();
  });

  it.each(['', '1', '22'])('ends no partnerships with "%s" typed for two', async (value) => {
    const opened = open();
    await change(opened, '.operation', { value: 'disableAccounts' });
    await change(opened, '.typed', { value });
    await click(opened, '.run');

    expect(opened.started).toEqual([]);
    await expect(opened.element).toBeAccessible();
  });

  it('ends partnerships once their number is typed, and gives records to whoever is chosen', async () => {
    const opened = open();
    await change(opened, '.operation', { value: 'disableAccounts' });
    await change(opened, '.owner', { id: '005A', name: 'Maya' }, 'choose');
    await change(opened, '.typed', { value: '2' });
    await click(opened, '.run');

    expect(opened.started).toEqual([
      {
        operation: 'disableAccounts',
        isDryRun: false,
        parameters: { reason: '', newOwnerId: '005A' },
      },
    ]);
    expect(find(opened, '.run')?.disabled).toBe(true);
  });

  it('forgets a confirmation when something else is to be done', async () => {
    const opened = open();
    await change(opened, '.operation', { value: 'disableUsers' });
    await change(opened, '.understood', { checked: true });
    await change(opened, '.operation', { value: 'freezeUsers' });
    await change(opened, '.operation', { value: 'disableUsers' });

    expect(find(opened, '.understood')?.checked).toBe(false);
    expect(find(opened, '.run')?.disabled).toBe(true);
  });
});
