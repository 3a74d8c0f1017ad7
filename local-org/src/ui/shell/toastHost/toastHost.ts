import { LightningElement } from 'lwc';
import { SHOW_TOAST } from 'platform/eventNames';

interface Part {
  readonly key: number;
  readonly text: string;
  readonly url: string | null;
}

interface Toast {
  readonly key: string;
  readonly title: string;
  readonly parts: readonly Part[] | null;
  readonly variant: string;
  readonly className: string;
  readonly role: string;
  readonly icon: string;
}

/** ShowToastEvent says `title`, the newer lightning/toast says `label`. */
interface ToastDetail {
  readonly title?: string;
  readonly label?: string;
  readonly message?: string;
  readonly messageData?: readonly (string | { readonly url: string; readonly label: string })[];
  readonly variant?: string;
  readonly mode?: string;
}

/** Durations as on the platform: three seconds when it may go by itself at once, else five. */
const PESTER_MS = 3000;
const DISMISSIBLE_MS = 5000;
const MOST_TOASTS = 3;
const ICONS: Readonly<Record<string, string>> = {
  success: 'utility:success',
  warning: 'utility:warning',
  error: 'utility:error',
  info: 'utility:info',
};

let count = 0;

/** Shows the toasts that components ask for. */
export default class ToastHost extends LightningElement {
  toasts: readonly Toast[] = [];

  private readonly onToast = (event: Event): void => {
    event.stopPropagation();
    const { detail } = event as CustomEvent<ToastDetail | undefined>;
    if (detail) this.show(detail);
  };

  connectedCallback(): void {
    window.addEventListener(SHOW_TOAST, this.onToast);
  }

  disconnectedCallback(): void {
    window.removeEventListener(SHOW_TOAST, this.onToast);
  }

  handleClose(event: Event): void {
    this.remove((event.currentTarget as HTMLElement).dataset['key']);
  }

  private show(detail: ToastDetail): void {
    count += 1;
    const key = `toast-${String(count)}`;
    const variant =
      detail.variant !== undefined && detail.variant in ICONS ? detail.variant : 'info';
    const toast: Toast = {
      key,
      title: detail.title ?? detail.label ?? '',
      parts:
        detail.message === undefined || detail.message === ''
          ? null
          : messageParts(detail.message, detail.messageData ?? []),
      variant,
      className: `toast toast_${variant}`,
      role: variant === 'error' || variant === 'warning' ? 'alert' : 'status',
      icon: ICONS[variant] ?? 'utility:info',
    };
    this.toasts = [toast, ...this.toasts].slice(0, MOST_TOASTS);
    if (detail.mode === 'sticky') return;
    // That is what a toast is.
    setTimeout(() => this.remove(key), detail.mode === 'pester' ? PESTER_MS : DISMISSIBLE_MS);
  }

  private remove(key: string | undefined): void {
    this.toasts = this.toasts.filter((toast) => toast.key !== key);
  }
}

/** `{0}` stands for the first of the message data: text, or a link. */
function messageParts(message: string, data: NonNullable<ToastDetail['messageData']>): Part[] {
  return message.split(/(\{\d+\})/).map((text, key) => {
    const index = /^\{(\d+)\}$/.exec(text)?.[1];
    const value = index === undefined ? undefined : data[Number(index)];
    if (value === undefined) return { key, text, url: null };
    return typeof value === 'string'
      ? { key, text: value, url: null }
      : { key, text: value.label, url: safeUrl(value.url) };
  });
}

/** A message is data: it may not carry a script. */
function safeUrl(url: string): string | null {
  return /^(https?:\/\/|\/)/.test(url) ? url : null;
}
