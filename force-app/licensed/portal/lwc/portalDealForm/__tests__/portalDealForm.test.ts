import { createElement } from 'lwc';
import findOwnMatches from '@salesforce/apex/PortalDealController.findOwnMatches';
import saveDraft from '@salesforce/apex/PortalDealController.saveDraft';
import submitDeal from '@salesforce/apex/PortalDealController.submitDeal';
import PortalDealForm from 'c/portalDealForm';
import { click, settled } from '../../../../../../config/jest/component';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const mixin = (Base: new () => object): unknown =>
    class extends Base {
      [Navigate](page: unknown): void {
        mockNavigate(page);
      }

      [GenerateUrl](): Promise<string> {
        return Promise.resolve('/partners');
      }
    };
  return { NavigationMixin: Object.assign(mixin, { Navigate, GenerateUrl }) };
});
jest.mock(
  '@salesforce/apex/PortalDealController.saveDraft',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.submitDeal',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);
jest.mock(
  '@salesforce/apex/PortalDealController.findOwnMatches',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const saveMock = saveDraft as unknown as jest.Mock<Promise<unknown>>;
const submitMock = submitDeal as unknown as jest.Mock<Promise<unknown>>;
const matchMock = findOwnMatches as unknown as jest.Mock<Promise<unknown>>;
const DEAL = {
  id: 'a00000000000001AAA',
  name: 'DR-1',
  customerName: 'Acme',
  amount: 250,
  status: 'Draft',
  statusLabel: 'Draft',
  mayEdit: true,
  maySubmit: true,
  mayWithdraw: false,
};
const SAVED = { deal: DEAL, problems: [], ownMatches: [] };
const MATCH = {
  id: 'a00000000000002AAA',
  name: 'DR-2',
  customerName: 'Acme',
  statusLabel: 'Draft',
};

function open(properties: object = {}): HTMLElement {
  const form = createElement('c-portal-deal-form', { is: PortalDealForm });
  Object.assign(form, properties);
  document.body.appendChild(form);
  return form;
}

function type(form: HTMLElement, name: string, value: string): void {
  const fields = [
    ...form.shadowRoot!.querySelectorAll<HTMLElement & { name: string }>('c-portal-field'),
  ];
  const field = fields.find((one) => one.name === name)!;
  field.dispatchEvent(new CustomEvent('change', { detail: { name, value } }));
}

describe('c-portal-deal-form', () => {
  beforeEach(() => {
    matchMock.mockResolvedValue([]);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('saves a draft with what there is, and shows it', async () => {
    saveMock.mockResolvedValue(SAVED);
    const form = open();
    type(form, 'customerName', 'Acme');
    type(form, 'amount', '250');
    await settled();
    await expect(form).toBeAccessible();
    await click(form, '.save');
    expect(saveMock).toHaveBeenCalledWith({
      draft: expect.objectContaining({
        id: null,
        customerName: 'Acme',
        amount: 250,
        closeDate: null,
      }) as object,
    });
    expect(mockNavigate).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'standard__recordPage' }),
    );
  });

  it('does not ask the server for a draft without customer', async () => {
    const form = open();
    await click(form, '.save');
    expect(saveMock).not.toHaveBeenCalled();
    await expect(form).toBeAccessible();
  });

  it('submits; what is missing stands at its field, and the draft is not made twice', async () => {
    saveMock.mockResolvedValue(SAVED);
    submitMock.mockResolvedValueOnce({
      deal: null,
      problems: [{ field: 'amount', message: 'How much?' }],
      ownMatches: [],
    });
    submitMock.mockResolvedValueOnce({ ...SAVED, deal: { ...DEAL, status: 'Submitted' } });
    const form = open();
    type(form, 'customerName', 'Acme');
    await settled();
    await click(form, '.submit');
    expect(form.shadowRoot!.querySelector('.problems li')!.textContent).toBe('How much?');
    expect(mockNavigate).not.toHaveBeenCalled();
    await expect(form).toBeAccessible();
    type(form, 'amount', '250');
    await settled();
    expect(form.shadowRoot!.querySelector('.problems')).toBeNull();
    await click(form, '.submit');
    expect(saveMock).toHaveBeenLastCalledWith({
      draft: expect.objectContaining({ id: DEAL.id }) as object,
    });
    expect(mockNavigate).toHaveBeenCalledTimes(1);
  });

  it('says what the server refuses', async () => {
    saveMock.mockRejectedValue({ body: { message: 'No access' } });
    const form = open();
    type(form, 'customerName', 'Acme');
    await settled();
    await click(form, '.save');
    expect(form.shadowRoot!.querySelector('.problems li')!.textContent).toBe('No access');
    expect(form.shadowRoot!.querySelector('.save')).toMatchObject({ busy: false });
  });

  it('points at registrations of the same customer while somebody types', async () => {
    matchMock.mockResolvedValue([MATCH]);
    const form = open();
    jest.useFakeTimers();
    type(form, 'customerName', 'Ac');
    type(form, 'customerName', 'Acme');
    jest.advanceTimersByTime(500);
    jest.useRealTimers();
    await settled();
    expect(matchMock).toHaveBeenCalledTimes(1);
    expect(form.shadowRoot!.querySelector('.matches c-portal-link')).toMatchObject({
      label: 'Acme (DR-2)',
      target: { recordId: MATCH.id, objectApiName: 'Deal_Registration__c' },
    });
    await expect(form).toBeAccessible();
  });

  it('does not take the draft that was just saved for another registration', async () => {
    let answerMatches: (matches: unknown) => void = () => undefined;
    matchMock.mockReturnValue(new Promise((resolve) => (answerMatches = resolve)));
    saveMock.mockResolvedValue(SAVED);
    submitMock.mockResolvedValue({ deal: null, problems: [{ message: 'When?' }], ownMatches: [] });
    const form = open();
    jest.useFakeTimers();
    type(form, 'customerName', 'Acme');
    jest.advanceTimersByTime(500);
    jest.useRealTimers();
    await settled();
    await click(form, '.submit');
    answerMatches([{ ...MATCH, id: DEAL.id }]);
    await settled();
    expect(form.shadowRoot!.querySelector('.problems li')!.textContent).toBe('When?');
    expect(form.shadowRoot!.querySelector('.matches c-portal-link')).toBeNull();
  });

  it('changes a draft on its page: says so instead of going anywhere', async () => {
    saveMock.mockResolvedValue(SAVED);
    const form = open({ deal: DEAL });
    const saved = jest.fn();
    const cancelled = jest.fn();
    form.addEventListener('saved', saved);
    form.addEventListener('cancel', cancelled);
    await click(form, '.save');
    await click(form, '.cancel');
    expect(saved).toHaveBeenCalledTimes(1);
    expect(cancelled).toHaveBeenCalledTimes(1);
    expect(mockNavigate).not.toHaveBeenCalled();
    expect(form.shadowRoot!.querySelector('c-portal-page-title')).toBeNull();
  });

  it('goes back to the list when a new one is cancelled', async () => {
    await click(open(), '.cancel');
    expect(mockNavigate).toHaveBeenCalledWith(
      expect.objectContaining({ attributes: { name: 'Deals__c' } }),
    );
  });
});
