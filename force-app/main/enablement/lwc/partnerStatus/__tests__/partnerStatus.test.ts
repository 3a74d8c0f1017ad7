import { createElement } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import type { TestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import PartnerStatus from 'c/partnerStatus';
import { maySeeAccess } from 'c/partnerAccess';

jest.mock(
  '@salesforce/apex/PartnerCardController.getCard',
  () => ({ __esModule: true, default: jest.fn(() => new Promise(() => undefined)) }),
  { virtual: true },
);
jest.mock('c/partnerAccess', () => ({
  ...jest.requireActual<object>('c/partnerAccess'),
  maySeeAccess: jest.fn(),
}));

const ACCOUNT_ID = '001000000000001AAA';
const recordWire = getRecord as unknown as TestWireAdapter;

function mount(): HTMLElement {
  const card = createElement('c-partner-status', { is: PartnerStatus });
  Object.assign(card, { recordId: ACCOUNT_ID });
  document.body.appendChild(card);
  return card;
}

async function answer(fields: Record<string, { value: unknown }>): Promise<void> {
  recordWire.emit({ apiName: 'Account', id: ACCOUNT_ID, fields });
  await Promise.resolve();
}

function badge(card: HTMLElement): string | undefined {
  return card.shadowRoot!.querySelector<HTMLElement & { label: string }>('lightning-badge')?.label;
}

describe('c-partner-status', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('asks for IsPartner as a field that may be missing', async () => {
    mount();
    await Promise.resolve();

    const { fields, optionalFields, recordId } = recordWire.getLastConfig() ?? {};
    expect({ fields, optionalFields, recordId }).toEqual({
      fields: ['Account.Name'],
      optionalFields: ['Account.IsPartner'],
      recordId: ACCOUNT_ID,
    });
  });

  it('says that it is loading', () => {
    expect(mount().shadowRoot!.querySelector('lightning-spinner')).not.toBeNull();
  });

  it.each([
    ['a partner account', { IsPartner: { value: true } }, 'c.Partner_Status_Partner'],
    ['another account', { IsPartner: { value: false } }, 'c.Partner_Status_Not_Partner'],
    ['an org without partner features', {}, 'c.Partner_Status_Unavailable'],
  ])('recognises %s', async (_name, fields, expected) => {
    const card = mount();
    await answer({ Name: { value: 'Alder Consulting' }, ...fields });

    expect(badge(card)).toBe(expected);
    await expect(card).toBeAccessible();
  });

  it.each([
    ['a partner account', true, true, true],
    ['a partner account, but not to everybody', true, false, false],
    ['no other account', false, true, false],
  ])('shows the details of %s', async (_name, isPartner, isPermitted, expected) => {
    (maySeeAccess as unknown as jest.Mock<boolean>).mockReturnValue(isPermitted);
    const card = mount();
    await answer({ Name: { value: 'Alder Consulting' }, IsPartner: { value: isPartner } });

    expect(card.shadowRoot!.querySelector('c-partner-account-details') !== null).toBe(expected);
  });

  it('shows an error', async () => {
    const card = mount();
    recordWire.emitError({ body: { message: 'Gone' } });
    await Promise.resolve();

    expect(badge(card)).toBeUndefined();
    expect(card.shadowRoot!.querySelector('c-error-panel')).not.toBeNull();
    await expect(card).toBeAccessible();
  });
});
