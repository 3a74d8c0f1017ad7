import { apexException } from '../../apex/values/exception.ts';
import { userClassOf } from '../../apex/values/object.ts';
import { checkCronExpression, nextFire } from '../../platform/scheduling/cron-expression.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import type { AsyncServices } from '../contract.ts';
import type { OrgTransaction } from '../org-transaction.ts';
import { insertAsyncJob } from './async-job-rows.ts';
import type { AsyncJobType } from './async-job-rows.ts';
import type { JobTable } from './job-table.ts';
import { freeze } from './job-payloads.ts';
import type {
  BatchPayload,
  FuturePayload,
  QueueablePayload,
  ScheduledPayload,
} from './job-payloads.ts';

/** Documented: a chain of queueable jobs stops at depth 5 in Developer Edition and trial orgs; our scratch edition is one. */
const MAX_CHAIN = 5;
const MINUTE = 60_000;

/** The job a transaction is, for chains and finalizers. */
export interface RunningJob {
  readonly jobId: string | null;
  readonly depth: number;
  readonly isQueueable: boolean;
  /** Attached by `System.attachFinalizer`. */
  finalizer: object | null;
}

/** Queues work in the transaction that asks for it. */
export class OrgAsyncServices implements AsyncServices {
  readonly #transaction: OrgTransaction;
  readonly #jobs: JobTable;
  readonly #running: RunningJob | null;

  constructor(transaction: OrgTransaction, jobs: JobTable, running: RunningJob | null) {
    this.#transaction = transaction;
    this.#jobs = jobs;
    this.#running = running;
  }

  get currentJobId(): string | null {
    return this.#running?.jobId ?? null;
  }

  enqueueQueueable(
    instance: object,
    options: {
      readonly delayMinutes?: number;
      readonly maximumDepth?: number;
      readonly duplicateSignature?: string;
    },
  ): string {
    this.#transaction.limits.add('QueueableJobs', 1);
    const depth = this.#running?.isQueueable === true ? this.#running.depth + 1 : 1;
    // Documented: chained jobs cannot run in Apex tests; the text is the one of a chain that is too deep (practitioner).
    const allowed = options.maximumDepth ?? (this.#transaction.isTest ? 1 : MAX_CHAIN);
    if (depth > allowed)
      throw apexException('System.AsyncException', 'Maximum stack depth has been reached.');
    const signature = options.duplicateSignature ?? null;
    if (signature !== null && this.#isQueued(signature)) {
      throw apexException(
        'System.DuplicateMessageException',
        'Attempt to enqueue job with duplicate queueable signature',
      );
    }
    const className = nameOf(instance);
    const payload: QueueablePayload = {
      className,
      instance: freeze(instance),
      signature,
      maximumDepth: options.maximumDepth ?? null,
    };
    const delay = Math.max(options.delayMinutes ?? 0, 0) * MINUTE;
    return this.#queue('queueable', 'Queueable', className, null, payload, delay, depth);
  }

  enqueueFuture(
    className: string,
    methodName: string,
    _types: readonly string[],
    args: readonly unknown[],
  ): void {
    this.#transaction.limits.add('FutureCalls', 1);
    const payload: FuturePayload = { className, methodName, args: freeze([...args]) };
    this.#queue('future', 'Future', className, methodName, payload, 0, 1);
  }

  executeBatch(instance: object, scopeSize: number): string {
    // Documented: the scope is 200 by default and at most 2,000.
    if (scopeSize < 1)
      throw apexException(
        'System.InvalidParameterValueException',
        'Invalid value for batchSize: must be greater than 0',
      );
    return this.#queueBatch(instance, Math.min(scopeSize, 2000), 0);
  }

  schedule(name: string, cronExpression: string, instance: object): string {
    checkCronExpression(cronExpression);
    const next = nextFire(cronExpression, this.#transaction.now(), this.#transaction.user.timeZone);
    if (next === null) {
      throw apexException(
        'System.AsyncException',
        'Based on configured schedule, the given trigger will never fire.',
      );
    }
    return this.#schedule(name, cronExpression, instance, null, next);
  }

  scheduleBatch(instance: object, name: string, minutesFromNow: number, scopeSize: number): string {
    return this.#schedule(
      name,
      '',
      instance,
      scopeSize,
      this.#transaction.now() + Math.max(minutesFromNow, 0) * MINUTE,
    );
  }

  abort(jobId: string): void {
    const { store } = this.#transaction.host;
    const queued = this.#jobs.byJobId(jobId);
    if (queued !== null) this.#jobs.remove(queued.seq);
    if (store.rowsById('AsyncApexJob', [jobId]).size > 0)
      store.updateRow('AsyncApexJob', jobId, { Status: 'Aborted' });
    else if (store.rowsById('CronTrigger', [jobId]).size > 0) store.deleteRow('CronTrigger', jobId);
    else throw apexException('System.StringException', `Invalid id: ${jobId}`);
  }

  attachFinalizer(instance: object): void {
    const running = this.#running;
    if (running?.isQueueable !== true) {
      throw apexException(
        'System.HandledException',
        'System.attachFinalizer can only be called from a queueable job',
      );
    }
    if (running.finalizer !== null) {
      throw apexException(
        'System.HandledException',
        'More than one Finalizer cannot be attached to same Async Apex Job',
      );
    }
    running.finalizer = instance;
  }

  #schedule(
    name: string,
    cron: string,
    instance: object,
    batchScope: number | null,
    next: number,
  ): string {
    const { store } = this.#transaction.host;
    const taken = store.rowsWhere('CronJobDetail', 'Name', [name])[0];
    if (taken !== undefined) {
      throw apexException(
        'System.AsyncException',
        `The Apex job named "${name}" is already scheduled for execution.`,
      );
    }
    const className = nameOf(instance);
    const detailId = store.insertRow('CronJobDetail', { Name: name, JobType: '7' });
    const cronId = store.insertRow('CronTrigger', {
      CronJobDetailId: detailId,
      CronExpression: cron === '' ? null : cron,
      State: 'WAITING',
      NextFireTime: new ApexDatetime(next),
      StartTime: new ApexDatetime(this.#transaction.now()),
      TimesTriggered: 0,
      TimeZoneSidKey: this.#transaction.user.timeZone,
      OwnerId: this.#transaction.user.id,
    });
    const payload: ScheduledPayload = { className, instance: freeze(instance), cron, batchScope };
    this.#add('scheduled', cronId, payload, next, 1);
    return cronId;
  }

  #queueBatch(instance: object, scopeSize: number, delay: number): string {
    const className = nameOf(instance);
    const payload: BatchPayload = {
      className,
      instance: freeze(instance),
      scopeSize,
      phase: 'start',
      nextChunk: 0,
      chunks: 0,
      errors: 0,
      firstError: null,
    };
    return this.#queue('batch', 'BatchApex', className, null, payload, delay, 1);
  }

  #queue(
    kind: 'queueable' | 'future' | 'batch',
    type: AsyncJobType,
    className: string,
    methodName: string | null,
    payload: object,
    delay: number,
    depth: number,
  ): string {
    const { store } = this.#transaction.host;
    const jobId = insertAsyncJob(store, {
      type,
      className,
      methodName,
      userId: this.#transaction.user.id,
    });
    this.#add(kind, jobId, payload, this.#transaction.now() + delay, depth);
    return jobId;
  }

  #add(
    kind: 'queueable' | 'future' | 'batch' | 'scheduled',
    jobId: string,
    payload: object,
    runAfter: number,
    depth: number,
  ): void {
    this.#jobs.add({
      kind,
      jobId,
      userId: this.#transaction.user.id,
      runAfter,
      payload: JSON.stringify(payload),
      depth,
    });
  }

  #isQueued(signature: string): boolean {
    return this.#jobs
      .since(0)
      .some(
        (job) =>
          job.kind === 'queueable' &&
          (JSON.parse(job.payload) as QueueablePayload).signature === signature,
      );
  }
}

function nameOf(instance: object): string {
  const name = userClassOf(instance)?.name;
  if (name === undefined)
    throw apexException('System.AsyncException', 'The job is no instance of an Apex class');
  return name;
}
