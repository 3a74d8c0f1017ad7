import { randomUUID } from 'node:crypto';
import type { DebugLogEntry } from '../server/contract.ts';

const KEPT = 100;
const MAX_CHARACTERS = 2_000_000;

/** The levels at which the platform writes the lines that the local org writes, too. */
const LEVELS = 'APEX_CODE,DEBUG;APEX_PROFILING,INFO;DB,INFO';

/** What stands around the events of a log. */
export interface LogFrame {
  /** What runs: `execute_anonymous_apex`, `PartnerController.enable` … */
  readonly unit: string;
  readonly apiVersion: string;
  readonly user: { readonly id: string; readonly userName: string; readonly timeZone: string };
  /** Anonymous Apex, as it was given. */
  readonly source: string | null;
}

/**
 * The debug log of one transaction in the platform's form: `09:01:02.3 (12345678)|USER_DEBUG|[3]|DEBUG|text`. Documented: Apex Developer Guide, "Debug Log",
 * and Salesforce Help, "Debug Log Levels" (a log is cut at 20 MB there; here earlier).
 */
export class DebugLog {
  readonly #head: string[] = [];
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

  /** Opens the log. Not an event: a log with nothing else is empty. */
  begin({ unit, apiVersion, user, source }: LogFrame): void {
    this.#head.push(`${apiVersion} ${LEVELS}`);
    for (const line of source?.split(/\r?\n/) ?? []) this.#head.push(`Execute Anonymous: ${line}`);
    const offset = offsetOf(user.timeZone);
    const who = `${user.id.slice(0, 15)}|${user.userName}|(${offset}) ${user.timeZone}|${offset}`;
    for (const event of [
      `USER_INFO|[EXTERNAL]|${who}`,
      'EXECUTION_STARTED',
      `CODE_UNIT_STARTED|[EXTERNAL]|${unit}`,
    ])
      this.#head.push(`${this.#clock()}|${event}`);
  }

  /** Closes the log. @param limits the lines of `LIMIT_USAGE_FOR_NS` @param fatal what ended the transaction, with its trace; null when it went well */
  end(unit: string, limits: string, fatal: string | null): void {
    if (fatal !== null) this.add('FATAL_ERROR', 0, `${fatal}\n`);
    this.add('CUMULATIVE_LIMIT_USAGE', 0, '');
    this.add('LIMIT_USAGE_FOR_NS', 0, limits);
    this.add('CUMULATIVE_LIMIT_USAGE_END', 0, '\n');
    this.add('CODE_UNIT_FINISHED', 0, unit);
    this.add('EXECUTION_FINISHED', 0, '');
  }

  /** Whether nothing has happened that a log tells. */
  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  get text(): string {
    return this.isEmpty ? '' : `${[...this.#head, ...this.#lines].join('\n')}\n`;
  }

  #clock(): string {
    const now = new Date();
    const pad = (value: number, width: number) => String(value).padStart(width, '0');
    const nanos = Math.round((performance.now() - this.#start) * 1_000_000);
    return `${pad(now.getHours(), 2)}:${pad(now.getMinutes(), 2)}:${pad(now.getSeconds(), 2)}.${Math.floor(now.getMilliseconds() / 100)} (${nanos})`;
  }
}

/** `GMT+02:00`: the offset of a time zone now. */
function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'GMT+00:00' : name;
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
