import { createElement } from 'lwc';
import { notify } from 'c/portalNotify';
import PortalToast from 'c/portalToast';

function open(): HTMLElement {
  const toast = createElement('c-portal-toast', { is: PortalToast });
  document.body.appendChild(toast);
  return toast;
}

function messages(toast: HTMLElement): (string | null)[] {
  return [...toast.shadowRoot!.querySelectorAll('.message')].map(({ textContent }) => textContent);
}

describe('c-portal-toast', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('says what happened and goes away', async () => {
    const toast = open();
    notify({ kind: 'success', message: 'Saved' });
    await Promise.resolve();
    expect(messages(toast)).toEqual(['Saved']);
    jest.advanceTimersByTime(6000);
    await Promise.resolve();
    expect(messages(toast)).toEqual([]);
  });

  it('keeps an error until it is closed', async () => {
    const toast = open();
    notify({ kind: 'error', message: 'Refused' });
    jest.advanceTimersByTime(60_000);
    await Promise.resolve();
    expect(messages(toast)).toEqual(['Refused']);
    toast.shadowRoot!.querySelector('button')!.click();
    await Promise.resolve();
    expect(messages(toast)).toEqual([]);
  });

  it('shows the last three', async () => {
    const toast = open();
    for (const message of ['1', '2', '3', '4']) notify({ kind: 'info', message });
    await Promise.resolve();
    expect(messages(toast)).toEqual(['2', '3', '4']);
    jest.useRealTimers();
    await expect(toast).toBeAccessible();
  });

  it('hears nothing any more once it is gone', () => {
    const toast = open();
    toast.remove();
    notify({ kind: 'info', message: 'Lost' });
    expect(jest.getTimerCount()).toBe(0);
  });
});
