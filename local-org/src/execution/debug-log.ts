import { randomUUID } from 'node:crypto';
import type { DebugLogEntry } from '../server/contract.ts';

const KEPT = 100;
const MAX_CHARACTERS = 2_000_000;

/**
 * The debug log of one transaction in the platform's form: `09:01:02.3 (12345678)|USER_DEBUG|[3]|DEBUG|text`. Documented: Apex Developer Guide, "Debug Log"
 * (a log is cut at 20 MB there; here earlier).
 */
export class DebugLog {
  readonly #lines: string[] = [];
  readonly #start = performance.now();
  #characters = 0;

  /** Adds one line. `line` is the Apex line, 0 for events without one. */
  add(event: string, line: number, text: string): void {
    if (this.#characters > MAX_CHARACTERS) return;
    const position = line > 0 ? `|[${line}]` : '';
    const entry = `${this.#clock()}|${event}${position}${text === '' ? '' : `|${text}`}`;
    this.#characters += entry.length;
    this.#lines.push(
      this.#characters > MAX_CHARACTERS ? '*** Skipped: the log is too long ***' : entry,
    );
  }

  get text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  #clock(): string {
    const now = new Date();
    const pad = (value: number, width: number) => String(value).padStart(width, '0');
    const nanos = Math.round((performance.now() - this.#start) * 1_000_000);
    return `${pad(now.getHours(), 2)}:${pad(now.getMinutes(), 2)}:${pad(now.getSeconds(), 2)}.${Math.floor(now.getMilliseconds() / 100)} (${nanos})`;
  }
}

/** The logs of the last transactions, for the debug log page. They live in memory: a restart forgets them. */
export class DebugLogs {
  #kept: { readonly entry: DebugLogEntry; readonly text: string }[] = [];

  add(
    log: DebugLog,
    facts: Pick<DebugLogEntry, 'userName' | 'operation' | 'status' | 'durationMs'>,
  ): void {
    const text = log.text;
    const entry = {
      id: randomUUID(),
      startedAt: new Date(Date.now() - facts.durationMs).toISOString(),
      length: text.length,
      ...facts,
    };
    this.#kept = [{ entry, text }, ...this.#kept].slice(0, KEPT);
  }

  /** Text of the newest log, empty when there is none. */
  latest(): string {
    return this.#kept[0]?.text ?? '';
  }

  list(): readonly DebugLogEntry[] {
    return this.#kept.map(({ entry }) => entry);
  }

  text(id: string): string | null {
    return this.#kept.find(({ entry }) => entry.id === id)?.text ?? null;
  }
}
