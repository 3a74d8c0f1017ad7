import { createElement } from 'lwc';
import ErrorPanel from 'c/errorPanel';

function mount(properties: { errors?: unknown; heading?: string }): HTMLElement {
  const panel = createElement('c-error-panel', { is: ErrorPanel });
  Object.assign(panel, properties);
  document.body.appendChild(panel);
  return panel;
}

describe('c-error-panel', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows nothing without an error', () => {
    expect(mount({}).shadowRoot?.textContent).toBe('');
  });

  it('shows every message under the general title', async () => {
    const panel = mount({ errors: { body: [{ message: 'First' }, { message: 'Second' }] } });

    const texts = [...panel.shadowRoot!.querySelectorAll('p')].map((p) => p.textContent);
    expect(texts).toEqual(['c.Error_Panel_Title', 'First', 'Second']);
    expect(panel.shadowRoot!.querySelector('[role="alert"]')).not.toBeNull();
    await expect(panel).toBeAccessible();
  });

  it('takes a title of its own', () => {
    const panel = mount({ errors: 'Broken', heading: 'Acme could not be enabled' });

    expect(panel.shadowRoot?.querySelector('p')?.textContent).toBe('Acme could not be enabled');
  });
});
