import { createElement } from 'lwc';
import PortalField from 'c/portalField';

type Field = HTMLElement & { reportValidity(): boolean; focus(): void };
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function open(properties: object): Field {
  const field = createElement('c-portal-field', { is: PortalField });
  Object.assign(field, { name: 'x', label: 'Thing', ...properties });
  document.body.appendChild(field);
  return field;
}

function control(field: Field): Control {
  return field.shadowRoot!.querySelector<Control>('.control')!;
}

async function message(field: Field): Promise<string | undefined> {
  await Promise.resolve();
  return field.shadowRoot!.querySelector('.message')?.textContent ?? undefined;
}

function type(field: Field, value: string): void {
  control(field).value = value;
  const kind = control(field).tagName === 'SELECT' ? 'change' : 'input';
  control(field).dispatchEvent(new CustomEvent(kind));
}

describe('c-portal-field', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('says what was typed', async () => {
    const field = open({ help: 'As on the card' });
    const changed = jest.fn<void, [CustomEvent]>();
    field.addEventListener('change', changed as unknown as EventListener);
    type(field, 'Acme');
    expect(changed.mock.calls[0]?.[0].detail).toEqual({ name: 'x', value: 'Acme' });
    await expect(field).toBeAccessible();
  });

  it('misses what is required, and stops complaining once something is typed', async () => {
    const field = open({ required: true, value: '  ' });
    expect(field.reportValidity()).toBe(false);
    expect(await message(field)).toBe('c.Site_Field_Missing');
    expect(control(field).getAttribute('aria-invalid')).toBe('true');
    await expect(field).toBeAccessible();
    type(field, 'Acme');
    expect(await message(field)).toBeUndefined();
    expect(field.reportValidity()).toBe(true);
  });

  it.each([
    ['email', 'nobody', 'c.Site_Invalid_Email', 'somebody@example.com'],
    ['url', 'acme', 'c.Site_Invalid_Url', 'www.acme.example/shop'],
    ['url', 'data:text/html,x', 'c.Site_Invalid_Url', 'https://acme.example'],
    ['number', 'a lot', 'c.Site_Invalid_Number', '25000.50'],
    ['number', '-1', 'c.Site_Invalid_Number', '0'],
  ])('knows a wrong %s: %s', async (kind, wrong, complaint, right) => {
    const field = open({ type: kind, value: wrong, min: '0' });
    expect(field.reportValidity()).toBe(false);
    expect(await message(field)).toBe(complaint);
    type(field, right);
    expect(field.reportValidity()).toBe(true);
  });

  it('knows a day that is too early', async () => {
    const field = open({ type: 'date', value: '2026-01-01', min: '2026-02-01' });
    expect(field.reportValidity()).toBe(false);
    expect(await message(field)).toBe('c.Site_Too_Early');
  });

  it('has text areas', async () => {
    const field = open({ type: 'textarea', value: 'Long' });
    expect(control(field).tagName).toBe('TEXTAREA');
    expect(control(field).value).toBe('Long');
    await expect(field).toBeAccessible();
  });

  it('has picklists, which start with nothing unless told', async () => {
    const options = [
      { label: 'One', value: '1' },
      { label: 'Two', value: '2' },
    ];
    const field = open({ type: 'select', options, required: true });
    expect(control(field).querySelectorAll('option')).toHaveLength(3);
    expect(field.reportValidity()).toBe(false);
    type(field, '2');
    expect(field.reportValidity()).toBe(true);
    await expect(field).toBeAccessible();
  });

  it('says what the server says, and takes the cursor', async () => {
    const field = open({ message: 'Too long' });
    expect(await message(field)).toBe('Too long');
    field.focus();
    expect(field.shadowRoot!.activeElement).toBe(control(field));
  });
});
