import { createElement } from 'lwc';
import PartnerLogin from 'c/partnerLogin';
import type { PartnerLoginView } from 'c/partnerLogin';
import getLogin from '@salesforce/apex/PartnerCardController.getLogin';

jest.mock(
  '@salesforce/apex/PartnerCardController.getLogin',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const mockNavigated = jest.fn();
jest.mock('lightning/navigation', () => {
  const actual = jest.requireActual<{ NavigationMixin: Record<string, symbol> }>(
    'lightning/navigation',
  );
  const { Navigate, GenerateUrl } = actual.NavigationMixin;
  const mixin = (Base: new () => object): unknown =>
    class extends Base {
      [Navigate as never](page: unknown): void {
        mockNavigated(page);
      }
    };
  return { ...actual, NavigationMixin: Object.assign(mixin, { Navigate, GenerateUrl }) };
});

const CONTACT_ID = '003000000000001AAA';
const loginMock = getLogin as unknown as jest.Mock<Promise<PartnerLoginView>>;
const PARTNERS = { siteName: 'Partners', url: 'https://acme.my.salesforce.com/servlet?site=1' };
const DEALERS = { siteName: 'Dealers', url: 'https://acme.my.salesforce.com/servlet?site=2' };

type Found = HTMLElement & Record<string, unknown>;

async function open(): Promise<HTMLElement> {
  const element = createElement('c-partner-login', { is: PartnerLogin });
  document.body.appendChild(element);
  Object.assign(element, { recordId: CONTACT_ID });
  await new Promise((resolve) => setTimeout(resolve, 0));
  return element;
}

function buttons(element: HTMLElement): Found[] {
  return [...element.shadowRoot!.querySelectorAll<Found>('.open')];
}

describe('c-partner-login', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says that it is loading', async () => {
    loginMock.mockReturnValue(new Promise(() => undefined));
    const element = await open();

    expect(element.shadowRoot!.querySelector('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('opens the site in a new window', async () => {
    loginMock.mockResolvedValue({ links: [PARTNERS], problem: null });
    const element = await open();
    const [button] = buttons(element);
    button?.click();

    expect(loginMock).toHaveBeenCalledWith({ contactId: CONTACT_ID });
    expect(button?.label).toBe('c.Login_Button');
    expect(mockNavigated).toHaveBeenCalledWith({
      type: 'standard__webPage',
      attributes: { url: PARTNERS.url },
    });
    await expect(element).toBeAccessible();
  });

  it('offers each of several sites by its name', async () => {
    loginMock.mockResolvedValue({ links: [PARTNERS, DEALERS], problem: null });
    const element = await open();
    buttons(element)[1]?.click();

    expect(buttons(element).map(({ label }) => label)).toEqual([
      'c.Login_Button_Site',
      'c.Login_Button_Site',
    ]);
    expect(mockNavigated).toHaveBeenCalledWith({
      type: 'standard__webPage',
      attributes: { url: DEALERS.url },
    });
  });

  it('says why nobody can log in', async () => {
    loginMock.mockResolvedValue({ links: [], problem: 'Member of no live site' });
    const element = await open();

    expect(buttons(element)).toEqual([]);
    expect(element.shadowRoot!.querySelector('.problem')?.textContent).toBe(
      'Member of no live site',
    );
    await expect(element).toBeAccessible();
  });

  it('shows an error', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    loginMock.mockRejectedValue(error);
    const element = await open();

    expect(element.shadowRoot!.querySelector<Found>('c-error-panel')?.errors).toEqual(error);
  });
});
