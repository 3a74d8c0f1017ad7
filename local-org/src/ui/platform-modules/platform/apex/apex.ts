import { unwrap } from 'lwc';
import { deepFreeze, request } from 'platform/http';
import type { Provisioned, DataCallback, WireConfig } from 'platform/wire';

/**
 * Answers of cacheable methods are kept for the life of the page, at most this long. Practitioner-reported for Lightning
 * Data Service; refreshApex is the documented way to newer data.
 */
const MAX_AGE_MS = 300_000;

interface ApexAnswer {
  readonly returnValue: unknown;
  readonly cacheable: boolean;
}

/** One question to Apex (class, method, parameters): what was answered, and the wires that show it. */
interface Entry {
  readonly className: string;
  readonly methodName: string;
  readonly parameters: WireConfig;
  readonly adapters: Set<ApexAdapter>;
  current: Provisioned | undefined;
  answeredAt: number;
  pending: Promise<Provisioned> | undefined;
}

const entries = new Map<string, Entry>();
/** Which question a provisioned value answers: that is what refreshApex is handed. */
const provisionedBy = new WeakMap<object, Entry>();

function entryFor(className: string, methodName: string, parameters: WireConfig): Entry {
  const key = `${className}.${methodName}:${stableJson(parameters)}`;
  let entry = entries.get(key);
  if (entry === undefined) {
    entry = {
      className,
      methodName,
      parameters,
      adapters: new Set(),
      current: undefined,
      answeredAt: 0,
      pending: undefined,
    };
    entries.set(key, entry);
  }
  return entry;
}

/** Same parameters, same text, whatever the order of their names. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

async function call(
  entry: Pick<Entry, 'className' | 'methodName'>,
  parameters: unknown,
  fromWire: boolean,
): Promise<ApexAnswer> {
  const url = `/api/apex/${encodeURIComponent(entry.className)}/${encodeURIComponent(entry.methodName)}`;
  return (await request('POST', url, { params: parameters ?? {}, fromWire })) as ApexAnswer;
}

/** Asks Apex for a wire. Questions that are under way are shared. */
function ask(entry: Entry): Promise<Provisioned> {
  entry.pending ??= call(entry, entry.parameters, true)
    .then(
      (answer): Provisioned => ({ data: deepFreeze(answer.returnValue ?? null), error: undefined }),
      (error: unknown): Provisioned => ({ data: undefined, error }),
    )
    .then((value) => {
      entry.pending = undefined;
      entry.answeredAt = Date.now();
      keep(entry, value);
      return value;
    });
  return entry.pending;
}

function keep(entry: Entry, value: Provisioned): void {
  entry.current = value;
  provisionedBy.set(value, entry);
}

function isFresh(entry: Entry): boolean {
  return (
    entry.current !== undefined &&
    entry.current.error === undefined &&
    Date.now() - entry.answeredAt < MAX_AGE_MS
  );
}

/** The wire adapter of one Apex method. */
class ApexAdapter {
  readonly #method: { readonly className: string; readonly methodName: string };
  readonly #give: DataCallback;
  #entry: Entry | undefined;
  #config: WireConfig | undefined;
  #connected = false;

  constructor(method: { className: string; methodName: string }, give: DataCallback) {
    this.#method = method;
    this.#give = give;
    give(Object.freeze({ data: undefined, error: undefined }));
  }

  connect(): void {
    this.#connected = true;
    this.start();
  }

  disconnect(): void {
    this.#connected = false;
    this.#entry?.adapters.delete(this);
    this.#entry = undefined;
  }

  update(config: WireConfig): void {
    this.#config = config;
    this.start();
  }

  provision(value: Provisioned): void {
    this.#give(value);
  }

  private start(): void {
    const config = this.#config;
    if (
      !this.#connected ||
      config === undefined ||
      Object.values(config).some((value) => value === undefined)
    )
      return;
    const entry = entryFor(this.#method.className, this.#method.methodName, config);
    if (entry === this.#entry) return;
    this.#entry?.adapters.delete(this);
    this.#entry = entry;
    entry.adapters.add(this);
    if (isFresh(entry) && entry.current !== undefined) {
      this.#give(entry.current);
      return;
    }
    void ask(entry).then((value) => {
      if (this.#entry === entry) this.#give(value);
    });
  }
}

/** What `import method from '@salesforce/apex/Class.method'` gives: a function that is also a wire adapter. */
export function apexMethod(
  className: string,
  methodName: string,
): (parameters?: WireConfig) => Promise<unknown> {
  const method = { className, methodName };
  const invoke = async (parameters?: WireConfig): Promise<unknown> => {
    const entry = entryFor(className, methodName, parameters ?? {});
    // Only an answer to a cacheable method is ever kept, so one that is here may be given.
    if (isFresh(entry) && entry.current !== undefined) return entry.current.data;
    const { returnValue, cacheable } = await call(method, parameters, false);
    if (!cacheable) return returnValue;
    entry.answeredAt = Date.now();
    keep(entry, { data: deepFreeze(returnValue ?? null), error: undefined });
    return entry.current?.data;
  };
  const adapter = class extends ApexAdapter {
    constructor(give: DataCallback) {
      super(method, give);
    }
  };
  return Object.assign(invoke, { adapter });
}

/**
 * Asks again what a wired value answered, and provisions all wires that show it when the answer differs.
 * https://developer.salesforce.com/docs/platform/lwc/guide/apex-result-caching.html
 */
export async function refreshApex(wiredValue: unknown): Promise<void> {
  // Components see wired values through LWC's read-only proxy; the registry knows the value itself.
  const raw: unknown =
    typeof wiredValue === 'object' && wiredValue !== null ? unwrap(wiredValue) : undefined;
  const entry = typeof raw === 'object' && raw !== null ? provisionedBy.get(raw) : undefined;
  if (entry === undefined) return;
  const before = entry.current;
  const after = await ask(entry);
  const unchanged =
    before !== undefined &&
    before.error === undefined &&
    after.error === undefined &&
    stableJson(before.data) === stableJson(after.data);
  if (unchanged) {
    // The component still holds the old value: it stays the current one, so that it can be refreshed again.
    keep(entry, before);
    return;
  }
  for (const adapter of entry.adapters) adapter.provision(after);
}

/** The value of a field, also of a related record, of an sObject that Apex returned. */
export function getSObjectValue(
  sobject: unknown,
  field: string | { fieldApiName: string },
): unknown {
  const path =
    typeof field === 'string' ? field.split('.').slice(1) : field.fieldApiName.split('.');
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as WireConfig)[name] : undefined,
    sobject,
  );
}
