import { createElement } from 'lwc';
import PortalConfirm from 'c/portalConfirm';

function open(properties: object): HTMLElement {
  const question = createElement('c-portal-confirm', { is: PortalConfirm });
  Object.assign(question, { question: 'Sure?', confirmLabel: 'Yes, go', ...properties });
  document.body.appendChild(question);
  return question;
}

function heard(question: HTMLElement): { confirm: jest.Mock; cancel: jest.Mock } {
  const handlers = { confirm: jest.fn(), cancel: jest.fn() };
  question.addEventListener('confirm', handlers.confirm);
  question.addEventListener('cancel', handlers.cancel);
  return handlers;
}

function press(question: HTMLElement, selector: string): void {
  question.shadowRoot!.querySelector<HTMLElement>(selector)!.click();
}

function escape(question: HTMLElement): void {
  const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
  question.shadowRoot!.querySelector('.confirm')!.dispatchEvent(event);
}

describe('c-portal-confirm', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('asks, and hears yes and no', async () => {
    const question = open({ explanation: 'It stays.' });
    const { confirm, cancel } = heard(question);
    press(question, '.go');
    press(question, '.cancel');
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(cancel).toHaveBeenCalledTimes(1);
    await expect(question).toBeAccessible();
  });

  it('starts with the cursor on Cancel', () => {
    const question = open({});
    const cancel = question.shadowRoot!.querySelector('.cancel')!;
    expect(question.shadowRoot!.activeElement).toBe(cancel);
  });

  it('hears Escape as no, but not while it works', async () => {
    const question = open({});
    const { cancel } = heard(question);
    escape(question);
    Object.assign(question, { busy: true });
    await Promise.resolve();
    escape(question);
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});
