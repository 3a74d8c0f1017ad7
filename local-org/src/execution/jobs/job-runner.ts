import { bridgeName } from '../../apex/library/contract.ts';
import {
  FinalizerContextValue,
  QueueableContextValue,
  SchedulableContextValue,
} from '../../apex/library/async/contexts.ts';
import { enumConstant } from '../../apex/library/enums.ts';
import { ApexException } from '../../apex/values/exception.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import { nextFire } from '../../platform/scheduling/cron-expression.ts';
import { TriggerFailure } from '../../dml/env.ts';
import type { EntryKind } from '../contract.ts';
import type { OrgTransaction } from '../org-transaction.ts';
import { ProgramTriggers } from '../trigger-runner.ts';
import { finishAsyncJob } from './async-job-rows.ts';
import type { RunningJob } from './async-services.ts';
import { runBatchStep } from './batch-jobs.ts';
import type { JobTable, QueuedJob } from './job-table.ts';
import { nextDelivery } from './event-delivery.ts';
import { thawArray, thawObject } from './job-payloads.ts';
import type {
  EventPayload,
  FuturePayload,
  QueueablePayload,
  ScheduledPayload,
} from './job-payloads.ts';
import type { GraphHost } from '../object-graph.ts';
import type { OrgStore } from '../../storage/store.ts';

/** What running jobs needs of the org. */
export interface JobHost {
  readonly store: OrgStore;
  readonly graphs: GraphHost;
  /** User that subscribers of platform events run as. */
  readonly automatedProcessId: string;
  /** How many events of an object its subscribers get at once at most. */
  subscriberBatchSize(object: string): number;
  /** Runs `body` in a transaction of its own, inside the database transaction of a test when one is open. */
  run<T>(
    entry: EntryKind,
    userId: string,
    operation: string,
    body: (transaction: OrgTransaction) => T,
    job?: RunningJob,
  ): T;
}

/** Works off the queue: each job in a transaction of its own, its removal in the same one. */
export class JobRunner {
  readonly #host: JobHost;
  readonly #table: JobTable;

  constructor(host: JobHost, table: JobTable) {
    this.#host = host;
    this.#table = table;
  }

  /** How long until the next job is due, null when none is queued. */
  millisecondsToNext(now = Date.now()): number | null {
    const due = this.#table.nextDue();
    return due === null ? null : Math.max(0, due - now);
  }

  /** Runs the next step of the first job that is due. A job that fails says so in its row; nothing is thrown. */
  runDue(now = Date.now()): void {
    const job = this.#table.next(now);
    if (job === null) return;
    try {
      this.step(job);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // Said in the job's row and in the debug log already.
    }
  }

  /** Runs everything that was queued after `seq`, as `Test.stopTest` does. Throws the first error of a job, after the others ran. */
  runSince(seq: number): void {
    let firstError: unknown = null;
    for (let guard = 0; guard < 10_000; guard += 1) {
      const [job] = this.#table.since(seq);
      if (job === undefined) break;
      try {
        this.step(job, true);
      } catch (error) {
        firstError ??= error;
      }
    }
    if (firstError !== null) throw firstError as Error;
  }

  /** One step of a job: the whole of it, or one phase or chunk of a batch job. `once`: a scheduled job is not armed again. */
  step(job: QueuedJob, once = false): void {
    switch (job.kind) {
      case 'queueable': {
        this.#queueable(job);
        return;
      }
      case 'future': {
        this.#future(job);
        return;
      }
      case 'batch': {
        runBatchStep(this.#host, this.#table, job);
        return;
      }
      case 'scheduled': {
        this.#scheduled(job, once);
        return;
      }
      case 'event': {
        this.#event(job);
        return;
      }
      default:
        return job.kind satisfies never;
    }
  }

  #queueable(job: QueuedJob): void {
    const payload = JSON.parse(job.payload) as QueueablePayload;
    const running: RunningJob = {
      jobId: job.jobId,
      depth: job.depth,
      isQueueable: true,
      finalizer: null,
    };
    let failure: unknown = null;
    try {
      this.#host.run(
        'queueable',
        job.userId,
        `${payload.className}.execute`,
        () => {
          this.#table.remove(job.seq);
          const instance = thawObject(payload.instance, this.#host.graphs);
          callBridge(instance, 'Queueable', 'execute(QueueableContext)', [
            new QueueableContextValue(job.jobId ?? ''),
          ]);
          this.#finish(job, null);
        },
        running,
      );
    } catch (error) {
      failure = error;
      this.#fail(job, error);
    }
    if (running.finalizer !== null)
      this.#finalize(job, payload.className, running.finalizer, failure);
    if (failure !== null) throw failure as Error;
  }

  #finalize(job: QueuedJob, className: string, finalizer: object, failure: unknown): void {
    const result = enumConstant(
      'System.ParentJobResult',
      failure === null ? 'SUCCESS' : 'UNHANDLED_EXCEPTION',
    );
    const exception = failure instanceof ApexException ? failure : null;
    const context = new FinalizerContextValue(
      job.jobId ?? '',
      `${job.jobId ?? ''}-${job.seq}`,
      result,
      exception,
    );
    this.#host.run('finalizer', job.userId, `${className} finalizer`, () =>
      callBridge(finalizer, 'Finalizer', 'execute(FinalizerContext)', [context]),
    );
  }

  #future(job: QueuedJob): void {
    const payload = JSON.parse(job.payload) as FuturePayload;
    this.#once(job, 'future', `${payload.className}.${payload.methodName}`, (transaction) => {
      const args = thawArray(payload.args, this.#host.graphs);
      transaction.host.program.callStatic(payload.className, payload.methodName, args);
    });
  }

  #scheduled(job: QueuedJob, once: boolean): void {
    const payload = JSON.parse(job.payload) as ScheduledPayload;
    const cronId = job.jobId ?? '';
    const body = (transaction: OrgTransaction): void => {
      const instance = thawObject(payload.instance, this.#host.graphs);
      if (payload.batchScope !== null)
        transaction.services.async.executeBatch(instance, payload.batchScope);
      else
        callBridge(instance, 'Schedulable', 'execute(SchedulableContext)', [
          new SchedulableContextValue(cronId),
        ]);
    };
    const next =
      once || payload.cron === ''
        ? null
        : nextFire(payload.cron, this.#host.store.now, this.#zoneOf(job.userId));
    try {
      this.#host.run('scheduled', job.userId, `${payload.className}.execute`, (transaction) => {
        this.#rearm(job, next, once);
        body(transaction);
      });
    } catch (error) {
      // Documented: a scheduled job that fails fires again at its next time.
      this.#host.run('scheduled', job.userId, `${payload.className} failed`, () =>
        this.#rearm(job, next, once),
      );
      throw error;
    }
  }

  /** A test's run of a scheduled job leaves no trace in its row (practitioner: tests find it never fired after stopTest). */
  #rearm(job: QueuedJob, next: number | null, once: boolean): void {
    if (once) {
      this.#table.remove(job.seq);
      return;
    }
    const { store } = this.#host;
    const row = store.rowsById('CronTrigger', [job.jobId ?? '']).get(job.jobId ?? '');
    const times = typeof row?.['TimesTriggered'] === 'number' ? row['TimesTriggered'] : 0;
    if (row !== undefined) {
      store.updateRow('CronTrigger', job.jobId ?? '', {
        TimesTriggered: times + 1,
        PreviousFireTime: new ApexDatetime(store.now),
        NextFireTime: next === null ? null : new ApexDatetime(next),
        State: next === null ? 'DELETED' : 'WAITING',
      });
    }
    if (next === null) this.#table.remove(job.seq);
    else this.#table.update(job.seq, job.payload, next);
  }

  #event(job: QueuedJob): void {
    const payload = JSON.parse(job.payload) as EventPayload;
    const { object: name, retries = 0 } = payload;
    const object = this.#host.store.schema.object(name);
    const size = this.#host.subscriberBatchSize(name);
    const delivery = nextDelivery(this.#table, job, size, this.#host.graphs);
    const userId = this.#host.automatedProcessId;
    try {
      this.#host.run('platform-event', userId, `${name} subscribers`, (transaction) => {
        delivery.settle();
        if (object === undefined) return;
        new ProgramTriggers(transaction).run(object, 'after', 'insert', delivery.records, null);
      });
    } catch (error) {
      const isRetried = asksForRetry(error) && retries < MAX_RETRIES;
      this.#host.run('finalizer', userId, 'job failed', () => {
        if (isRetried) {
          const again: EventPayload = { ...payload, retries: retries + 1 };
          this.#table.update(job.seq, JSON.stringify(again), job.runAfter);
        } else delivery.settle();
      });
      // Documented: subscribers run apart from the publisher, who never hears of their failures; the debug log does.
      if (!(error instanceof TriggerFailure)) throw error;
    }
  }

  /** Runs a job that is one transaction; when it fails it is gone all the same, and its row says why. */
  #once(
    job: QueuedJob,
    entry: EntryKind,
    operation: string,
    body: (transaction: OrgTransaction) => void,
  ): void {
    const running: RunningJob = {
      jobId: job.jobId,
      depth: job.depth,
      isQueueable: false,
      finalizer: null,
    };
    try {
      this.#host.run(
        entry,
        job.userId,
        operation,
        (transaction) => {
          this.#table.remove(job.seq);
          body(transaction);
          this.#finish(job, null);
        },
        running,
      );
    } catch (error) {
      this.#fail(job, error);
      throw error;
    }
  }

  #fail(job: QueuedJob, error: unknown): void {
    this.#host.run('finalizer', job.userId, 'job failed', () => {
      this.#table.remove(job.seq);
      this.#finish(job, error instanceof Error ? error.message : String(error));
    });
  }

  #finish(job: QueuedJob, error: string | null): void {
    if (job.jobId !== null) finishAsyncJob(this.#host.store, job.jobId, error);
  }

  #zoneOf(userId: string): string {
    const zone = this.#host.store.rowsById('User', [userId]).get(userId)?.['TimeZoneSidKey'];
    return typeof zone === 'string' ? zone : 'UTC';
  }
}

/**
 * Documented: Platform Events Developer Guide, "Retry Event Triggers with EventBus.RetryableException": the events come again, nine times at most. How long the
 * platform waits in between is not documented; here they come at once.
 */
const MAX_RETRIES = 9;

function asksForRetry(error: unknown): boolean {
  return (
    error instanceof TriggerFailure &&
    error.thrown instanceof ApexException &&
    error.thrown.$typeName === 'EventBus.RetryableException'
  );
}

/** Calls the method by which a class of the project implements a library interface. */
export function callBridge(
  instance: object,
  type: string,
  signature: string,
  args: readonly unknown[],
): unknown {
  const method = (instance as Record<string, unknown>)[bridgeName(type, signature)];
  if (typeof method !== 'function') return null;
  return (method as (...values: unknown[]) => unknown).apply(instance, [...args]) ?? null;
}
