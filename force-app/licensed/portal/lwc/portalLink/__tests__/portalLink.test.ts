import { createElement } from 'lwc';
import PortalLink from 'c/portalLink';

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
        return Promise.resolve('/partners/opportunity/006');
      }
    };
  return { NavigationMixin: Object.assign(mixin, { Navigate, GenerateUrl }) };
});

const TARGET = { recordId: '006000000000001AAA', objectApiName: 'Opportunity' };

function open(properties: object): HTMLElement {
  const link = createElement('c-portal-link', { is: PortalLink });
  Object.assign(link, properties);
  document.body.appendChild(link);
  return link;
}

function anchor(link: HTMLElement): HTMLAnchorElement {
  return link.shadowRoot!.querySelector('a')!;
}

describe('c-portal-link', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('is a link with a real address', async () => {
    const link = open({ label: 'Acme', target: TARGET });
    await Promise.resolve();
    await Promise.resolve();
    expect(anchor(link).textContent).toBe('Acme');
    expect(anchor(link).getAttribute('href')).toBe('/partners/opportunity/006');
    await expect(link).toBeAccessible();
  });

  it('goes there inside the site', () => {
    const link = open({ label: 'Acme', target: TARGET });
    const event = new MouseEvent('click', { cancelable: true });
    anchor(link).dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { ...TARGET, actionName: 'view' },
    });
  });

  it('leaves a click for another tab to the browser', () => {
    const link = open({ label: 'Acme', target: TARGET });
    const event = new MouseEvent('click', { cancelable: true, ctrlKey: true });
    anchor(link).addEventListener('click', (click) => {
      expect(click.defaultPrevented).toBe(false);
      click.preventDefault();
    });
    anchor(link).dispatchEvent(event);
    expect.assertions(1);
  });

  it('says that it is the page that is shown, and takes the cursor', async () => {
    const link = open({ label: 'Home', look: 'nav', current: true, target: { page: 'Home' } });
    await Promise.resolve();
    await Promise.resolve();
    expect(anchor(link).getAttribute('aria-current')).toBe('page');
    (link as HTMLElement & { focus(): void }).focus();
    expect(link.shadowRoot!.activeElement).toBe(anchor(link));
  });
});
