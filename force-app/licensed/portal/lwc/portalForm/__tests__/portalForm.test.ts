import { createElement } from 'lwc';
import PortalForm from 'c/portalForm';

const FIELDS = [
  { name: 'lastName', label: 'Last name', required: true },
  { name: 'note', label: 'Note', type: 'textarea', wide: true },
];

function open(properties: object): HTMLElement {
  const form = createElement('c-portal-form', { is: PortalForm });
  Object.assign(form, { fields: FIELDS, saveLabel: 'Save', ...properties });
  document.body.appendChild(form);
  return form;
}

function field(form: HTMLElement, name: string): HTMLElement {
  const fields = [
    ...form.shadowRoot!.querySelectorAll<HTMLElement & { name: string }>('c-portal-field'),
  ];
  return fields.find((one) => one.name === name)!;
}

function type(form: HTMLElement, name: string, value: string): void {
  field(form, name).dispatchEvent(new CustomEvent('change', { detail: { name, value } }));
}

function press(form: HTMLElement, selector: string): void {
  form.shadowRoot!.querySelector<HTMLElement>(selector)!.click();
}

describe('c-portal-form', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('saves what was typed over what it started with, trimmed', async () => {
    const form = open({ values: { lastName: 'Olsen', note: 'Old' } });
    const saved = jest.fn<void, [CustomEvent]>();
    form.addEventListener('save', saved as unknown as EventListener);
    type(form, 'note', ' New ');
    await Promise.resolve();
    press(form, '.save');
    expect(saved.mock.calls[0]?.[0].detail).toEqual({ lastName: 'Olsen', note: 'New' });
    await expect(form).toBeAccessible();
  });

  it('does not save what lacks something', async () => {
    const form = open({ values: {} });
    const saved = jest.fn();
    form.addEventListener('save', saved);
    press(form, '.save');
    await Promise.resolve();
    expect(saved).not.toHaveBeenCalled();
    expect(field(form, 'lastName').shadowRoot!.querySelector('.message')).not.toBeNull();
    await expect(form).toBeAccessible();
  });

  it('says what the server says, at the field and above, until the field changes', async () => {
    const form = open({
      values: { lastName: 'Olsen' },
      problems: [{ field: 'lastName', message: 'Taken' }, { message: 'Not today' }],
    });
    const list = (): string[] =>
      [...form.shadowRoot!.querySelectorAll('.problems li')].map(({ textContent }) => textContent);
    expect(list()).toEqual(['Taken', 'Not today']);
    expect(field(form, 'lastName')).toMatchObject({ message: 'Taken' });
    await expect(form).toBeAccessible();
    type(form, 'lastName', 'Olsson');
    await Promise.resolve();
    expect(list()).toEqual(['Not today']);
  });

  it('can be cancelled, unless there is nothing to go back to', async () => {
    const form = open({});
    const cancelled = jest.fn();
    form.addEventListener('cancel', cancelled);
    press(form, '.cancel');
    expect(cancelled).toHaveBeenCalledTimes(1);
    Object.assign(form, { cannotCancel: true });
    await Promise.resolve();
    expect(form.shadowRoot!.querySelector('.cancel')).toBeNull();
  });

  it('does not save twice', () => {
    const form = open({ values: { lastName: 'Olsen' }, busy: true });
    const saved = jest.fn();
    form.addEventListener('save', saved);
    press(form, '.save');
    expect(saved).not.toHaveBeenCalled();
  });
});
