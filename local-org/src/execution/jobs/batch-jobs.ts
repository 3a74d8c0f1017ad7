import { BatchableContextValue } from '../../apex/library/async/contexts.ts';
import { ApexList } from '../../apex/values/list.ts';
import { userClassOf } from '../../apex/values/object.ts';
import { Types } from '../../apex/values/runtime-type.ts';
import type { RuntimeClass, RuntimeType } from '../../apex/values/runtime-type.ts';
import type { SObjectValue } from '../../apex/values/sobject.ts';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { decodeGraph, encodeGraph } from '../object-graph.ts';
import { finishAsyncJob } from './async-job-rows.ts';
import type { RunningJob } from './async-services.ts';
import { callBridge } from './job-runner.ts';
import type { JobHost } from './job-runner.ts';
import type { JobTable, QueuedJob } from './job-table.ts';
import { thawObject } from './job-payloads.ts';
import type { BatchPayload } from './job-payloads.ts';

const START = 'start(Database.BatchableContext)';
const EXECUTE = 'execute(Database.BatchableContext,List<T>)';
const FINISH = 'finish(Database.BatchableContext)';

/** What `Database.getQueryLocator` answers, as far as batch jobs read it. */
interface RowSource {
  rows(): readonly SObjectValue[];
}

/**
 * One phase of a batch job, or one chunk of its middle phase, in a transaction of its own. Documented (Apex Developer Guide, "Using Batch Apex"): a chunk that
 * fails is undone and the others go on; instance members keep their values only for `Database.Stateful`; `finish` runs in any case.
 */
export function runBatchStep(host: JobHost, table: JobTable, job: QueuedJob): void {
  const payload = JSON.parse(job.payload) as BatchPayload;
  switch (payload.phase) {
    case 'start': {
      start(host, table, job, payload);
      return;
    }
    case 'execute': {
      execute(host, table, job, payload);
      return;
    }
    case 'finish': {
      finish(host, table, job, payload);
      return;
    }
    default:
      return payload.phase satisfies never;
  }
}

function start(host: JobHost, table: JobTable, job: QueuedJob, payload: BatchPayload): void {
  const jobId = job.jobId ?? '';
  guarded(host, table, job, () =>
    host.run(
      'batch-start',
      job.userId,
      `${payload.className}.start`,
      () => {
        const instance = thawObject(payload.instance, host.graphs);
        const scope = callBridge(instance, 'Database.Batchable', START, [
          new BatchableContextValue(jobId, null),
        ]);
        const { elements, type } = scopeElements(scope);
        let chunks = 0;
        for (let index = 0; index < elements.length; index += payload.scopeSize) {
          const part = new ApexList(type, elements.slice(index, index + payload.scopeSize));
          table.addChunk(job.seq, chunks, encodeGraph(part));
          chunks += 1;
        }
        host.store.updateRow('AsyncApexJob', jobId, {
          Status: 'Processing',
          TotalJobItems: chunks,
          JobItemsProcessed: 0,
        });
        const next: BatchPayload = {
          ...payload,
          instance: encodeGraph(instance),
          phase: chunks === 0 ? 'finish' : 'execute',
          chunks,
        };
        table.update(job.seq, JSON.stringify(next), job.runAfter);
      },
      runningJob(job),
    ),
  );
}

function execute(host: JobHost, table: JobTable, job: QueuedJob, payload: BatchPayload): void {
  const jobId = job.jobId ?? '';
  const advance = (instance: string, error: string | null): void => {
    const nextChunk = payload.nextChunk + 1;
    const next: BatchPayload = {
      ...payload,
      instance,
      nextChunk,
      phase: nextChunk < payload.chunks ? 'execute' : 'finish',
      errors: payload.errors + (error === null ? 0 : 1),
      firstError: payload.firstError ?? error,
    };
    table.update(job.seq, JSON.stringify(next), job.runAfter);
    host.store.updateRow('AsyncApexJob', jobId, {
      JobItemsProcessed: nextChunk,
      NumberOfErrors: next.errors,
    });
  };
  try {
    host.run(
      'batch-execute',
      job.userId,
      `${payload.className}.execute`,
      () => {
        const instance = thawObject(payload.instance, host.graphs);
        const scope = decodeGraph(table.chunk(job.seq, payload.nextChunk) ?? 'null', host.graphs);
        callBridge(instance, 'Database.Batchable', EXECUTE, [
          new BatchableContextValue(jobId, jobId),
          scope,
        ]);
        advance(isStateful(instance) ? encodeGraph(instance) : payload.instance, null);
      },
      runningJob(job),
    );
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    host.run('batch-execute', job.userId, `${payload.className}.execute failed`, () =>
      advance(payload.instance, `First error: ${text}`),
    );
    throw error;
  }
}

function finish(host: JobHost, table: JobTable, job: QueuedJob, payload: BatchPayload): void {
  const jobId = job.jobId ?? '';
  guarded(host, table, job, () =>
    host.run(
      'batch-finish',
      job.userId,
      `${payload.className}.finish`,
      () => {
        const instance = thawObject(payload.instance, host.graphs);
        table.remove(job.seq);
        finishAsyncJob(host.store, jobId, payload.firstError, payload.errors);
        callBridge(instance, 'Database.Batchable', FINISH, [
          new BatchableContextValue(jobId, null),
        ]);
      },
      runningJob(job),
    ),
  );
}

/** A failing `start` or `finish` ends the job. */
function guarded(host: JobHost, table: JobTable, job: QueuedJob, body: () => void): void {
  try {
    body();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    host.run('batch-finish', job.userId, 'batch job failed', () => {
      table.remove(job.seq);
      host.store.updateRow('AsyncApexJob', job.jobId ?? '', {
        Status: 'Failed',
        ExtendedStatus: text.slice(0, 255),
        NumberOfErrors: 1,
      });
    });
    throw error;
  }
}

function scopeElements(scope: unknown): { elements: readonly unknown[]; type: RuntimeType } {
  if (isRowSource(scope)) {
    const rows = scope.rows();
    const object = rows[0]?.object.name;
    return { elements: rows, type: object === undefined ? Types.SObject : Types.sobject(object) };
  }
  if (scope instanceof ApexList) return { elements: scope.items, type: scope.elementType };
  if (userClassOf(scope) === null) throw raise(Diagnostics.JOB_STATE, ['the answer of start']);
  const iterator = callBridge(scope as object, 'Iterable', 'iterator()', []) as object;
  const elements: unknown[] = [];
  while (callBridge(iterator, 'Iterator', 'hasNext()', []) === true)
    elements.push(callBridge(iterator, 'Iterator', 'next()', []));
  return { elements, type: Types.Object };
}

function isRowSource(scope: unknown): scope is RowSource {
  return (
    typeof scope === 'object' &&
    scope !== null &&
    'rows' in scope &&
    typeof scope.rows === 'function'
  );
}

function isStateful(instance: object): boolean {
  const names = (cls: RuntimeClass | null): boolean =>
    cls !== null &&
    (cls.interfaces.some(
      (type) => type.kind === 'library' && /^database\.stateful$/i.test(type.name),
    ) ||
      (cls.superType?.kind === 'user' && names(cls.superType.cls)));
  return names(userClassOf(instance));
}

function runningJob(job: QueuedJob): RunningJob {
  return { jobId: job.jobId, depth: job.depth, isQueueable: false, finalizer: null };
}
