import { createElement } from 'lwc';
import { CurrentPageReference } from 'lightning/navigation';
import { getRecord } from 'lightning/uiRecordApi';
import PortalHeader from 'c/portalHeader';
import type { TestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import { find } from '../../../../../../config/jest/component';

const pageMock = CurrentPageReference as unknown as TestWireAdapter;
const userMock = getRecord as unknown as TestWireAdapter;

async function open(): Promise<HTMLElement> {
  const header = createElement('c-portal-header', { is: PortalHeader });
  document.body.appendChild(header);
  pageMock.emit({ type: 'comm__namedPage', attributes: { name: 'Leads__c' } });
  userMock.emit({ id: '005', fields: { Name: { value: 'Pia Petersen' } } });
  await Promise.resolve();
  return header;
}

async function press(header: HTMLElement, selector: string): Promise<void> {
  find(header, selector)!.click();
  await Promise.resolve();
}

function type(header: HTMLElement, key: string): void {
  find(header, '.bar')!.dispatchEvent(new KeyboardEvent('keydown', { key }));
}

describe('c-portal-header', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows the pages, and which one is shown', async () => {
    const header = await open();
    const links = [
      ...header.shadowRoot!.querySelectorAll<HTMLElement & { label: string; current: boolean }>(
        'nav c-portal-link',
      ),
    ];
    expect(links.map(({ label }) => label)).toEqual([
      'c.Site_Home',
      'c.Site_Deals',
      'c.Site_Leads',
      'c.Site_Opportunities',
      'c.Site_Resources',
      'c.Site_Team',
    ]);
    expect(links.filter(({ current }) => current).map(({ label }) => label)).toEqual([
      'c.Site_Leads',
    ]);
    await expect(header).toBeAccessible();
  });

  it('opens the navigation on a phone, and closes it with the next page', async () => {
    const header = await open();
    await press(header, '.toggle');
    expect(find(header, '.toggle')!.getAttribute('aria-expanded')).toBe('true');
    expect(find(header, '.navigation_open')).not.toBeNull();
    pageMock.emit({ type: 'standard__recordPage', attributes: { objectApiName: 'Opportunity' } });
    await Promise.resolve();
    expect(find(header, '.navigation_open')).toBeNull();
  });

  it('opens the user menu, and Escape closes it', async () => {
    const header = await open();
    expect(find(header, '.initials')!.textContent).toBe('PP');
    await press(header, '.user');
    expect(find(header, '.menu-name')!.textContent).toBe('Pia Petersen');
    await expect(header).toBeAccessible();
    type(header, 'Escape');
    await Promise.resolve();
    expect(find(header, '.menu')).toBeNull();
    expect(header.shadowRoot!.activeElement).toBe(find(header, '.user'));
  });

  it('closes the user menu when the cursor leaves it', async () => {
    const header = await open();
    await press(header, '.user');
    find(header, '.person')!.dispatchEvent(new FocusEvent('focusout', { relatedTarget: null }));
    await Promise.resolve();
    expect(find(header, '.menu')).toBeNull();
  });
});
