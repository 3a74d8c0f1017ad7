import { LightningElement, api } from 'lwc';
import type { PageReference } from 'platform/router';
import { get, messageOf } from 'shell/api';
import { setPageTitle } from 'shell/pageTitle';
import type { DebugLogEntry } from '../../../server/contract.ts';

/** Debug logs of recent transactions. */
export default class LogsPage extends LightningElement {
  @api page?: PageReference;
  logs: readonly DebugLogEntry[] | null = null;
  problem = '';
  texts: Readonly<Record<string, string>> = {};

  connectedCallback(): void {
    setPageTitle('Debug logs');
    void this.load();
  }

  get isEmpty(): boolean {
    return this.logs?.length === 0;
  }

  get shownLogs(): (DebugLogEntry & Record<string, unknown>)[] {
    return (this.logs ?? []).map((log) => ({
      ...log,
      expanded: log.id in this.texts ? 'true' : 'false',
      icon: log.id in this.texts ? 'utility:chevrondown' : 'utility:chevronright',
      text: this.texts[log.id],
      facts: `${new Date(log.startedAt).toLocaleTimeString()} · ${log.userName} · ${String(log.durationMs)} ms · ${log.status}`,
    }));
  }

  async load(): Promise<void> {
    try {
      this.logs = await get<DebugLogEntry[]>('logs');
      this.problem = '';
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  async handleToggle(event: Event): Promise<void> {
    const id = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    if (id in this.texts) {
      this.texts = Object.fromEntries(Object.entries(this.texts).filter(([key]) => key !== id));
      return;
    }
    try {
      const { text } = await get<{ text: string }>(`logs/${encodeURIComponent(id)}`);
      this.texts = { ...this.texts, [id]: text === '' ? '(empty)' : text };
    } catch (error) {
      this.texts = { ...this.texts, [id]: messageOf(error) };
    }
  }
}
