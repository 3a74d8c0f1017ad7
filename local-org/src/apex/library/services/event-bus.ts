import { currentTransaction } from '../../../execution/current.ts';
import { bridgeName } from '../contract.ts';
import { ApexList, bridgeOf, LibraryObject, Types, type SObjectValue } from '../../values/index.ts';
import type { Bean } from '../bean.ts';
import { define, required, stringList } from '../define.ts';
import { dmlResult } from '../database/results.ts';

const uuids = new WeakMap<object, string>();

const ON_SUCCESS = bridgeName(
  'EventBus.EventPublishSuccessCallback',
  'onSuccess(EventBus.SuccessResult)',
);
const ON_FAILURE = bridgeName(
  'EventBus.EventPublishFailureCallback',
  'onFailure(EventBus.FailureResult)',
);
const UUIDS_OF_SUCCESS = bridgeName('EventBus.SuccessResult', 'getEventUuids()');
const UUIDS_OF_FAILURE = bridgeName('EventBus.FailureResult', 'getEventUuids()');

/** What a publish callback is told: implements both result interfaces through their bridges. */
class PublishOutcome extends LibraryObject {
  readonly apexTypeName: string;
  readonly uuids: readonly string[];

  constructor(apexTypeName: string, all: readonly string[]) {
    super();
    this.apexTypeName = apexTypeName;
    this.uuids = all;
  }
}
for (const bridge of [UUIDS_OF_SUCCESS, UUIDS_OF_FAILURE]) {
  Object.defineProperty(PublishOutcome.prototype, bridge, {
    value(this: PublishOutcome) {
      return stringList([...this.uuids]);
    },
  });
}

interface PendingCallback {
  readonly callback: object;
  readonly uuids: readonly string[];
}
const pending = new WeakMap<object, PendingCallback[]>();

/** Tells the callbacks of events published so far; `failed` after `Test.getEventBus().fail()`. */
export function settlePublishCallbacks(failed: boolean): void {
  const transaction = currentTransaction();
  const waiting = pending.get(transaction) ?? [];
  pending.delete(transaction);
  for (const { callback, uuids: all } of waiting) {
    const type = failed ? 'EventBus.FailureResult' : 'EventBus.SuccessResult';
    bridgeOf(callback, failed ? ON_FAILURE : ON_SUCCESS)?.(new PublishOutcome(type, all));
  }
}

function publishAll(events: readonly SObjectValue[], callback: object | null = null): Bean[] {
  const transaction = currentTransaction();
  const rows = transaction.services.events.publish(events);
  const published = rows.flatMap((row) => (row.success ? [row.uuid] : []));
  if (callback !== null && published.length > 0) {
    const waiting = pending.get(transaction) ?? [];
    waiting.push({ callback, uuids: published });
    pending.set(transaction, waiting);
    // In a test the broker decides what became of the event; else it is published now.
    if (!transaction.isTest) settlePublishCallbacks(false);
  }
  return rows.map((row) => {
    // No record comes of an event: no Id, and the UUID is asked for through getOperationId.
    const bean = dmlResult('SaveResult', {
      id: null,
      success: row.success,
      created: row.success,
      errors: row.errors,
    });
    uuids.set(bean, row.uuid);
    return bean;
  });
}

function publishList(
  events: ApexList<SObjectValue> | null,
  callback: object | null = null,
): ApexList<Bean> {
  return new ApexList(
    Types.library('Database.SaveResult'),
    publishAll(required(events).items, callback),
  );
}

function publishOne(event: SObjectValue | null, callback: object | null = null): Bean | null {
  return publishAll([required(event)], callback)[0] ?? null;
}

export const eventBusType = define('EventBus', {
  'getOperationId(Object)': (result: object | null) => uuids.get(required(result)) ?? null,
  'publish(List<SObject>)': (events: ApexList<SObjectValue> | null) => publishList(events),
  'publish(SObject)': (event: SObjectValue | null) => publishOne(event),
  'publish(List<SObject>,Object)': publishList,
  'publish(SObject,Object)': publishOne,
});
