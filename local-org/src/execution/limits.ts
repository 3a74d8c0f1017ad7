import { apexException } from '../apex/values/exception.ts';
import type { EntryKind, LimitCounter, LimitName } from './contract.ts';

type LimitTable = Readonly<Record<LimitName, number>>;

// Documented: Apex Developer Guide, "Execution Governors and Limits" (per-transaction limits, synchronous and asynchronous).
const SYNCHRONOUS: LimitTable = {
  Queries: 100,
  QueryRows: 50_000,
  QueryLocatorRows: 10_000,
  AggregateQueries: 300,
  SoslQueries: 20,
  DmlStatements: 150,
  DmlRows: 10_000,
  CpuTime: 10_000,
  HeapSize: 6_000_000,
  Callouts: 100,
  EmailInvocations: 10,
  FutureCalls: 50,
  QueueableJobs: 50,
  MobilePushApexCalls: 10,
  PublishImmediateDML: 150,
  FetchCallsOnApexCursor: 10,
  ApexCursorRows: 50_000_000,
};

const ASYNCHRONOUS: LimitTable = {
  ...SYNCHRONOUS,
  Queries: 200,
  CpuTime: 60_000,
  HeapSize: 12_000_000,
  QueueableJobs: 1,
};

// Documented for batch and future contexts: no future calls from there; 50 from a queueable job.
const NO_FUTURE_CALLS: ReadonlySet<EntryKind> = new Set([
  'future',
  'batch-start',
  'batch-execute',
  'batch-finish',
]);

const ASYNCHRONOUS_ENTRIES: ReadonlySet<EntryKind> = new Set([
  'future',
  'queueable',
  'batch-start',
  'batch-execute',
  'batch-finish',
  'finalizer',
]);

/** The platform's text of each limit; `{0}` is the amount that was reached. */
const MESSAGES: Readonly<Record<LimitName, (reached: number, limit: number) => string>> = {
  Queries: (reached) => `Too many SOQL queries: ${reached}`,
  QueryRows: (reached) => `Too many query rows: ${reached}`,
  QueryLocatorRows: (reached) => `Too many query locator rows: ${reached}`,
  AggregateQueries: (reached) => `Too many Aggregate queries: ${reached}`,
  SoslQueries: (reached) => `Too many SOSL queries: ${reached}`,
  DmlStatements: (reached) => `Too many DML statements: ${reached}`,
  DmlRows: (reached) => `Too many DML rows: ${reached}`,
  CpuTime: () => 'Apex CPU time limit exceeded',
  HeapSize: (reached) => `Apex heap size too large: ${reached}`,
  Callouts: (reached) => `Too many callouts: ${reached}`,
  EmailInvocations: (reached) => `Too many Email Invocations: ${reached}`,
  FutureCalls: (reached) => `Too many future calls: ${reached}`,
  QueueableJobs: (reached) => `Too many queueable jobs added to the queue: ${reached}`,
  MobilePushApexCalls: (reached) => `Too many mobile push apex calls: ${reached}`,
  PublishImmediateDML: (reached) => `Too many publish immediate DML: ${reached}`,
  FetchCallsOnApexCursor: (reached) => `Too many Apex cursor fetch calls: ${reached}`,
  ApexCursorRows: (reached) => `Too many Apex cursor rows: ${reached}`,
};

/** Limits that apply to an entry of this kind. */
export function limitsFor(entry: EntryKind): LimitTable {
  const table = ASYNCHRONOUS_ENTRIES.has(entry) ? ASYNCHRONOUS : SYNCHRONOUS;
  return NO_FUTURE_CALLS.has(entry) ? { ...table, FutureCalls: 0 } : table;
}

/** True for entries that run with the asynchronous limits. */
export function isAsynchronous(entry: EntryKind): boolean {
  return ASYNCHRONOUS_ENTRIES.has(entry);
}

/** Counts what one transaction uses; beyond a limit it throws what no Apex can catch. CPU and heap are estimates fed from outside. */
export class Limits implements LimitCounter {
  readonly #limits: LimitTable;
  #used: Record<LimitName, number>;

  constructor(limits: LimitTable) {
    this.#limits = limits;
    this.#used = zero();
  }

  add(name: LimitName, amount: number): void {
    const reached = this.#used[name] + amount;
    this.#used[name] = reached;
    const limit = this.#limits[name];
    if (reached > limit)
      throw apexException('System.LimitException', MESSAGES[name](reached, limit));
  }

  used(name: LimitName): number {
    return this.#used[name];
  }

  limit(name: LimitName): number {
    return this.#limits[name];
  }

  /** `Test.startTest` gives a fresh set and `Test.stopTest` gives the first one back. */
  swap(used: Record<LimitName, number> = zero()): Record<LimitName, number> {
    const before = this.#used;
    this.#used = used;
    return before;
  }
}

function zero(): Record<LimitName, number> {
  const used: Partial<Record<LimitName, number>> = {};
  for (const name of Object.keys(SYNCHRONOUS) as LimitName[]) used[name] = 0;
  return used as Record<LimitName, number>;
}
