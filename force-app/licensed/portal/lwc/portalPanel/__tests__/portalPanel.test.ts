import { createElement } from 'lwc';
import PortalPanel from 'c/portalPanel';
import { find } from '../../../../../../config/jest/component';

function open(properties: object): HTMLElement {
  const panel = createElement('c-portal-panel', { is: PortalPanel });
  Object.assign(panel, properties);
  document.body.appendChild(panel);
  return panel;
}

describe('c-portal-panel', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('loads', async () => {
    const panel = open({ heading: 'Deals', isLoading: true, errors: new Error('old') });
    expect(find(panel, '.loading')!.textContent).toContain('c.Site_Loading');
    expect(find(panel, 'section')!.getAttribute('aria-busy')).toBe('true');
    expect(find(panel, '.failed')).toBeNull();
    await expect(panel).toBeAccessible();
  });

  it('failed, and asks to be loaded again', async () => {
    const panel = open({ heading: 'Deals', errors: { body: { message: 'Down' } } });
    const retried = jest.fn();
    panel.addEventListener('retry', retried);
    expect(find(panel, '.failed')!.textContent).toContain('Down');
    find(panel, 'c-portal-button')!.click();
    expect(retried).toHaveBeenCalledTimes(1);
    await expect(panel).toBeAccessible();
  });

  it('is empty', async () => {
    const panel = open({ heading: 'Deals', emptyText: 'No deals' });
    expect(find(panel, '.empty')!.textContent).toBe('No deals');
    await expect(panel).toBeAccessible();
  });

  it('has content, framed or plain', async () => {
    const panel = open({ heading: 'Deals', intro: 'All', plain: true });
    expect(find(panel, 'slot:not([name])')).not.toBeNull();
    expect(find(panel, '.panel_plain')).not.toBeNull();
    expect(find(panel, 'h2')!.textContent).toBe('Deals');
    await expect(panel).toBeAccessible();
  });
});
