import { LibraryObject } from '../../values/index.ts';
import type { ApexEnum, ApexException } from '../../values/index.ts';
import { define } from '../define.ts';

/** What `execute(QueueableContext)` gets. */
export class QueueableContextValue extends LibraryObject {
  readonly apexTypeName = 'System.QueueableContextImpl';
  readonly jobId: string;

  constructor(jobId: string) {
    super();
    this.jobId = jobId;
  }
}

/** What the three methods of a batch job get; `childJobId` is the job of one chunk. */
export class BatchableContextValue extends LibraryObject {
  readonly apexTypeName = 'Database.BatchableContextImpl';
  readonly jobId: string;
  readonly childJobId: string | null;

  constructor(jobId: string, childJobId: string | null) {
    super();
    this.jobId = jobId;
    this.childJobId = childJobId;
  }
}

/** What a scheduled class gets; null when it is run by hand. */
export class SchedulableContextValue extends LibraryObject {
  readonly apexTypeName = 'System.SchedulableContextImpl';
  readonly triggerId: string | null;

  constructor(triggerId: string | null) {
    super();
    this.triggerId = triggerId;
  }
}

/** What a finalizer gets: the job it follows and how that ended. */
export class FinalizerContextValue extends LibraryObject {
  readonly apexTypeName = 'System.FinalizerContextImpl';
  readonly jobId: string;
  readonly requestId: string;
  readonly result: ApexEnum;
  readonly exception: ApexException | null;

  constructor(jobId: string, requestId: string, result: ApexEnum, exception: ApexException | null) {
    super();
    this.jobId = jobId;
    this.requestId = requestId;
    this.result = result;
    this.exception = exception;
  }
}

/** The contexts of asynchronous Apex. Documented: Apex Reference, the interfaces of the same names. */
export const asyncContextTypes = [
  define(
    'QueueableContext',
    {
      'getJobId()': (context: QueueableContextValue) => context.jobId,
    },
    { instanceClass: QueueableContextValue },
  ),
  define(
    'Database.BatchableContext',
    {
      'getJobId()': (context: BatchableContextValue) => context.jobId,
      'getChildJobId()': (context: BatchableContextValue) => context.childJobId,
    },
    { instanceClass: BatchableContextValue },
  ),
  define(
    'SchedulableContext',
    {
      'getTriggerId()': (context: SchedulableContextValue) => context.triggerId,
    },
    { instanceClass: SchedulableContextValue },
  ),
  define(
    'FinalizerContext',
    {
      'getAsyncApexJobId()': (context: FinalizerContextValue) => context.jobId,
      'getRequestId()': (context: FinalizerContextValue) => context.requestId,
      'getResult()': (context: FinalizerContextValue) => context.result,
      'getException()': (context: FinalizerContextValue) => context.exception,
    },
    { instanceClass: FinalizerContextValue },
  ),
];
