import { createElement } from 'lwc';
import PortalButton from 'c/portalButton';

function open(properties: object): HTMLElement {
  const button = createElement('c-portal-button', { is: PortalButton });
  Object.assign(button, properties);
  document.body.appendChild(button);
  return button;
}

function inner(button: HTMLElement): HTMLButtonElement {
  return button.shadowRoot!.querySelector('button')!;
}

describe('c-portal-button', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('can be pressed', async () => {
    const button = open({ label: 'Save', look: 'primary', description: 'Save the deal' });
    const pressed = jest.fn();
    button.addEventListener('click', pressed);
    inner(button).click();
    expect(pressed).toHaveBeenCalledTimes(1);
    expect(inner(button).getAttribute('aria-label')).toBe('Save the deal');
    await expect(button).toBeAccessible();
  });

  it('says that it works, and cannot be pressed meanwhile', async () => {
    const button = open({ label: 'Save', busy: true });
    const pressed = jest.fn();
    button.addEventListener('click', pressed);
    inner(button).click();
    expect(pressed).not.toHaveBeenCalled();
    expect(inner(button).textContent).toBe('c.Site_Working');
    await expect(button).toBeAccessible();
  });

  it('takes the cursor', () => {
    const button = open({ label: 'Save' });
    (button as HTMLElement & { focus(): void }).focus();
    expect(button.shadowRoot!.activeElement).toBe(inner(button));
  });
});
