import { createElement } from 'lwc';
import PortalWelcome from 'c/portalWelcome';

describe('c-portal-welcome', () => {
  it('says where one is', async () => {
    const welcome = createElement('c-portal-welcome', { is: PortalWelcome });
    document.body.appendChild(welcome);
    expect(welcome.shadowRoot!.querySelector('h1')!.textContent).toBe('c.Site_Welcome');
    await expect(welcome).toBeAccessible();
  });
});
