import { randomUuid } from '../../execution/random-source.ts';
import type { RandomSource } from '../../execution/random-source.ts';
import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { DmlRowError, EventServices, LimitCounter } from '../../execution/contract.ts';
import { encodeGraph } from '../../execution/object-graph.ts';
import type { QueuedJob } from '../../execution/jobs/job-table.ts';
import type { Project } from '../../project/model.ts';

/** What publishing needs from the transaction it happens in. */
export interface EventHost {
  readonly project: Project;
  readonly limits: LimitCounter;
  readonly userId: string;
  /** Documented: in tests events wait in the test's own event bus until they are delivered. */
  readonly isTest: boolean;
  now(): number;
  readonly random: RandomSource;
  /** Queued with the transaction's own work: gone when it is undone. */
  queueAfterCommit(job: Omit<QueuedJob, 'seq'>): void;
  /** Kept whatever becomes of the transaction. */
  queueImmediately(job: Omit<QueuedJob, 'seq'>): void;
}

/** Payload of an event delivery: the event's object and its records. */
export interface EventPayload {
  readonly object: string;
  readonly graph: string;
}

/**
 * `EventBus.publish`. Events with "Publish After Commit" travel with the transaction, others do not (documented: Platform Events Developer Guide, "Publish
 * Behavior"); subscribers run later, as the Automated Process user, in transactions of their own.
 */
export function eventServices(host: () => EventHost): EventServices {
  return {
    publish(events) {
      const transaction = host();
      const { project, limits } = transaction;
      const results = events.map((event) => {
        const errors = missingFields(event);
        if (errors.length > 0) return { success: false, uuid: '', errors };
        const given = event.values.get('EventUuid');
        const uuid = typeof given === 'string' ? given : randomUuid(transaction.random);
        event.load('EventUuid', uuid);
        return { success: true, uuid, errors };
      });
      const byObject = new Map<string, SObjectValue[]>();
      events.forEach((event, index) => {
        if (results[index]?.success !== true) return;
        byObject.set(event.object.name, [...(byObject.get(event.object.name) ?? []), event]);
      });
      for (const [object, records] of byObject) {
        const immediately =
          project.objects.get(object.toLowerCase())?.publishBehavior !== 'PublishAfterCommit';
        if (immediately) limits.add('PublishImmediateDML', 1);
        else limits.add('DmlStatements', 1);
        const payload: EventPayload = { object, graph: encodeGraph(records) };
        const job = {
          kind: 'event' as const,
          jobId: null,
          userId: transaction.userId,
          runAfter: transaction.now(),
          payload: JSON.stringify(payload),
          depth: 0,
        };
        if (immediately && !transaction.isTest) transaction.queueImmediately(job);
        else transaction.queueAfterCommit(job);
      }
      return results;
    },
  };
}

function missingFields(event: SObjectValue): DmlRowError[] {
  const missing: string[] = [];
  for (const field of event.object.fields.values()) {
    const isEmpty = (event.values.get(field.name) ?? null) === null;
    if (field.custom && field.nillable === false && isEmpty && field.displayType !== 'boolean')
      missing.push(field.name);
  }
  if (missing.length === 0) return [];
  return [
    {
      statusCode: 'REQUIRED_FIELD_MISSING',
      message: `Required fields are missing: [${missing.join(', ')}]`,
      fields: missing,
    },
  ];
}
