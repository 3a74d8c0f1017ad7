import { createElement } from 'lwc';
import PortalThemeLayout from 'c/portalThemeLayout';

function open(): HTMLElement {
  const layout = createElement('c-portal-theme-layout', { is: PortalThemeLayout });
  document.body.appendChild(layout);
  return layout;
}

describe('c-portal-theme-layout', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('has a place for header, content and footer', async () => {
    const layout = open();
    const slots = [...layout.shadowRoot!.querySelectorAll('slot')].map(({ name }) => name);
    expect(slots).toEqual(['header', '', 'footer']);
    expect(layout.shadowRoot!.querySelectorAll('main')).toHaveLength(1);
    await expect(layout).toBeAccessible();
  });

  it('skips the navigation', () => {
    const layout = open();
    const skip = layout.shadowRoot!.querySelector<HTMLAnchorElement>('.skip')!;
    const event = new MouseEvent('click', { cancelable: true });
    skip.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(layout.shadowRoot!.activeElement).toBe(layout.shadowRoot!.querySelector('main'));
  });
});
