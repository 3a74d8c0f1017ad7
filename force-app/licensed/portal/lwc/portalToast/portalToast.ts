import { LightningElement } from 'lwc';
import close from '@salesforce/label/c.Site_Close';
import { onNotice } from 'c/portalNotify';
import type { Notice } from 'c/portalNotify';

interface Shown extends Notice {
  readonly key: number;
  readonly classes: string;
}

/** Long enough to read two lines. */
const VISIBLE_FOR = 6000;
const MOST_SHOWN = 3;

/** Says what happened, at the edge of the site. Errors stay until they are closed. */
export default class PortalToast extends LightningElement {
  readonly labels = Object.freeze({ close });

  notices: Shown[] = [];

  private lastKey = 0;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private stop?: () => void;

  connectedCallback(): void {
    this.stop = onNotice((notice) => this.show(notice));
  }

  disconnectedCallback(): void {
    this.stop?.();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  handleClose(event: Event): void {
    this.remove(Number((event.currentTarget as HTMLElement).dataset.key));
  }

  private show(notice: Notice): void {
    this.lastKey += 1;
    const key = this.lastKey;
    const shown = { ...notice, key, classes: `toast toast_${notice.kind}` };
    this.notices = [...this.notices, shown].slice(-MOST_SHOWN);
    if (notice.kind === 'error') return;
    // A success has nothing to act on, and is said to screen readers at once.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    const timer = setTimeout(() => this.remove(key), VISIBLE_FOR);
    this.timers.set(key, timer);
  }

  private remove(key: number): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.notices = this.notices.filter((notice) => notice.key !== key);
  }
}
