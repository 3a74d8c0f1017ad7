import type { RecordStore } from '../../dml/hooks.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';

/** `AsyncApexJob.JobType`. Documented: Object Reference, AsyncApexJob. */
export type AsyncJobType =
  'Future' | 'Queueable' | 'BatchApex' | 'BatchApexWorker' | 'ScheduledApex';

/** Writes the row by which Apex and people follow a job. @returns its Id */
export function insertAsyncJob(
  store: RecordStore,
  job: {
    readonly type: AsyncJobType;
    readonly className: string;
    readonly methodName: string | null;
    readonly userId: string;
    readonly parentId?: string;
  },
): string {
  const outer = job.className.split('.')[0] ?? job.className;
  const apexClass = store.rowsWhere('ApexClass', 'Name', [outer])[0];
  return store.insertRow('AsyncApexJob', {
    JobType: job.type,
    Status: job.type === 'BatchApex' ? 'Holding' : 'Queued',
    ApexClassId: apexClass?.['Id'] ?? null,
    MethodName: job.methodName,
    CreatedById: job.userId,
    CreatedDate: new ApexDatetime(store.now),
    JobItemsProcessed: 0,
    TotalJobItems: 0,
    NumberOfErrors: 0,
    ...(job.parentId === undefined ? {} : { ParentJobId: job.parentId }),
  });
}

/** Marks the end of a job. `error` is the first line that people read in Setup. */
export function finishAsyncJob(
  store: RecordStore,
  jobId: string,
  error: string | null,
  numberOfErrors = error === null ? 0 : 1,
): void {
  if (store.rowsById('AsyncApexJob', [jobId]).size === 0) return;
  store.updateRow('AsyncApexJob', jobId, {
    Status: error !== null && numberOfErrors > 0 && !isBatch(store, jobId) ? 'Failed' : 'Completed',
    CompletedDate: new ApexDatetime(store.now),
    NumberOfErrors: numberOfErrors,
    ExtendedStatus: error?.slice(0, 255) ?? null,
  });
}

function isBatch(store: RecordStore, jobId: string): boolean {
  return store.rowsById('AsyncApexJob', [jobId]).get(jobId)?.['JobType'] === 'BatchApex';
}
