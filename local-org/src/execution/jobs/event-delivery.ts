import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { Project } from '../../project/model.ts';
import { encodeGraph } from '../object-graph.ts';
import type { GraphHost } from '../object-graph.ts';
import { thawArray } from './job-payloads.ts';
import type { EventPayload } from './job-payloads.ts';
import type { JobTable, QueuedJob } from './job-table.ts';

/** Documented: Platform Events Developer Guide, "Configure the User and Batch Size for Your Platform Event Trigger". */
const DEFAULT_BATCH_SIZE = 2000;

/** What subscribers get at once, and what that leaves in the queue. */
export interface EventDelivery {
  readonly records: readonly SObjectValue[];
  /** Takes what is delivered off the queue. Inside the transaction of the subscribers, and again when it is undone. */
  settle(): void;
}

/**
 * How many events of an object subscribers get at once at most. Each trigger is a subscriber of its own on the platform; here all triggers of an object share a
 * transaction, and the smallest size of theirs holds.
 */
export function subscriberBatchSize(project: Project, object: string): number {
  let size = DEFAULT_BATCH_SIZE;
  for (const { consumer, batchSize } of project.eventSubscribers.values()) {
    const trigger = project.triggers.get(consumer.toLowerCase());
    const subscribed =
      trigger !== undefined && new RegExp(`\\bon\\s+${object}\\b`, 'i').test(trigger.source);
    if (subscribed) size = Math.min(size, batchSize);
  }
  return size;
}

/**
 * The first events that wait for the subscribers of an object, as many as they get at once: those of one publication are parted, and those of several ones come
 * together, as on the platform (documented: "the batch size corresponds to the maximum number of event messages that can be sent to a trigger in one execution").
 */
export function nextDelivery(
  table: JobTable,
  first: QueuedJob,
  size: number,
  graphs: GraphHost,
): EventDelivery {
  const { object } = JSON.parse(first.payload) as EventPayload;
  const due = Math.max(first.runAfter, Date.now());
  const records: SObjectValue[] = [];
  const consumed: number[] = [];
  let rest: { readonly seq: number; readonly payload: string; readonly runAfter: number } | null =
    null;
  for (const job of table.since(first.seq - 1)) {
    if (records.length >= size) break;
    if (job.kind !== 'event' || job.runAfter > due) continue;
    const payload = JSON.parse(job.payload) as EventPayload;
    if (payload.object !== object) continue;
    const waiting = thawArray(payload.graph, graphs) as SObjectValue[];
    const taken = waiting.splice(0, size - records.length);
    records.push(...taken);
    if (waiting.length === 0) {
      consumed.push(job.seq);
    } else {
      const left: EventPayload = { object, graph: encodeGraph(waiting) };
      rest = { seq: job.seq, payload: JSON.stringify(left), runAfter: job.runAfter };
    }
  }
  return {
    records,
    settle() {
      for (const seq of consumed) table.remove(seq);
      if (rest !== null) table.update(rest.seq, rest.payload, rest.runAfter);
    },
  };
}
