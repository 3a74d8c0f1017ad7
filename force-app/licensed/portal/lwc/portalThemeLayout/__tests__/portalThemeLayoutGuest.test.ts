import { createElement } from 'lwc';
import PortalHeader from 'c/portalHeader';
import PortalThemeLayout from 'c/portalThemeLayout';

jest.mock('@salesforce/user/isGuest', () => ({ __esModule: true, default: true }), {
  virtual: true,
});

describe('c-portal-theme-layout for a guest', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('has no navigation and nothing to skip', async () => {
    const layout = createElement('c-portal-theme-layout', { is: PortalThemeLayout });
    document.body.appendChild(layout);
    expect(layout.shadowRoot!.querySelector('.skip')).toBeNull();
    expect(layout.shadowRoot!.querySelector('.main_guest')).not.toBeNull();
    await expect(layout).toBeAccessible();
  });

  it('has the name of the site only', async () => {
    const header = createElement('c-portal-header', { is: PortalHeader });
    document.body.appendChild(header);
    expect(header.shadowRoot!.querySelector('nav, button')).toBeNull();
    expect(header.shadowRoot!.querySelector('.brand-name')!.textContent).toBe('c.Site_Brand');
    await expect(header).toBeAccessible();
  });
});
