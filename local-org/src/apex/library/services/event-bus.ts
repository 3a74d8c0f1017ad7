import { currentTransaction } from '../../../execution/current.ts';
import { ApexList, Types, type SObjectValue } from '../../values/index.ts';
import type { Bean } from '../bean.ts';
import { define, required } from '../define.ts';
import { dmlResult } from '../database/results.ts';

const uuids = new WeakMap<object, string>();

function publishAll(events: readonly SObjectValue[]): Bean[] {
  return currentTransaction()
    .services.events.publish(events)
    .map((row) => {
      // The platform puts the event's UUID where the error code would stand and no record Id.
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

function publishList(events: ApexList<SObjectValue> | null): ApexList<Bean> {
  return new ApexList(Types.library('Database.SaveResult'), publishAll(required(events).items));
}

function publishOne(event: SObjectValue | null): Bean | null {
  return publishAll([required(event)])[0] ?? null;
}

export const eventBusType = define('EventBus', {
  'getOperationId(Object)': (result: object | null) => uuids.get(required(result)) ?? null,
  'publish(List<SObject>)': publishList,
  'publish(SObject)': publishOne,
});
