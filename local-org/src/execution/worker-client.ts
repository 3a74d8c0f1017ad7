import { Worker } from 'node:worker_threads';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { fromPortable } from './worker-messages.ts';
import type { WorkerReply, WorkerRequest } from './worker-messages.ts';
import type { OrgOptions } from './options.ts';

/**
 * How long the worker may stay silent while it owes an answer. Apex ends itself at its time limit long before; this is for what cannot, such as a
 * single SQL statement without end.
 */
const WATCHDOG_SECONDS = 180;

interface Pending {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's side of the org worker. Calls queue up; the worker runs them one after another. */
export class OrgWorkerClient {
  #options: OrgOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: string, data: unknown) => void>();
  #worker: Worker | null = null;
  #nextId = 1;
  #watchdog: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: OrgOptions) {
    this.#options = options;
  }

  /** Calls a method of the worker's org. Rejects with the error that the method threw, or when the worker stopped meanwhile. */
  call(method: string, args: readonly unknown[] = []): Promise<unknown> {
    if (this.#closed) return Promise.reject(raise(Diagnostics.WORKER_STOPPED, ['it was closed']));
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      worker.postMessage({ id, method, args } satisfies WorkerRequest);
      this.#rewind();
    });
  }

  /** What a worker that has to be started anew runs. */
  useSource(sourceRoot: string): void {
    this.#options = { ...this.#options, sourceRoot };
  }

  /** Events of the worker that answer no call (progress, log entries). */
  onEvent(listener: (event: string, data: unknown) => void): void {
    this.#listeners.add(listener);
  }

  /** Stops the worker; uncommitted work is undone. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = null;
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    if (worker !== null) await worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker-host.ts', import.meta.url), {
      workerData: this.#options,
      // A list without end must end as an error of the worker, not of the process.
      resourceLimits: { maxOldGenerationSizeMb: 2048, stackSizeMb: 8 },
    });
    worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    worker.on('error', (error: unknown) =>
      this.#lost(worker, error instanceof Error ? error.message : String(error)),
    );
    worker.on('exit', (code) => this.#lost(worker, `exit code ${code}`));
    return worker;
  }

  #receive(reply: WorkerReply): void {
    this.#rewind();
    if (reply.id === null) {
      for (const listener of this.#listeners) listener(reply.event, reply.data);
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (pending === undefined) return;
    if (reply.ok) pending.resolve(reply.value);
    else pending.reject(fromPortable(reply.error));
    this.#rewind();
  }

  /** The worker is gone: everybody who waits is told, the next call starts a new one on the same data. */
  #lost(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#rejectAll(raise(Diagnostics.WORKER_STOPPED, [reason]));
  }

  #rejectAll(error: Error): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    this.#rewind();
    for (const pending of waiting) pending.reject(error);
  }

  /** Any sign of life restarts the clock; nobody waiting stops it. */
  #rewind(): void {
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.#watchdog = null;
    const [first] = this.#pending.values();
    if (first === undefined) return;
    this.#watchdog = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = null;
      void worker?.terminate();
      this.#rejectAll(raise(Diagnostics.WORKER_HUNG, [first.method, WATCHDOG_SECONDS]));
    }, WATCHDOG_SECONDS * 1000);
    this.#watchdog.unref();
  }
}
