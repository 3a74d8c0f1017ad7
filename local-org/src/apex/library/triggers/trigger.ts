import { currentTransaction } from '../../../execution/current.ts';
import type { TriggerContext } from '../../../execution/contract.ts';
import { ApexList, ApexMap, Types } from '../../values/index.ts';
import type { SObjectValue } from '../../values/index.ts';
import { define } from '../define.ts';
import { enumConstant } from '../enums.ts';

const lists = new WeakMap<readonly SObjectValue[], ApexList<SObjectValue>>();
const maps = new WeakMap<readonly SObjectValue[], ApexMap<string, SObjectValue>>();

/** The one read-only list of these records: `Trigger.new` is the same object each time it is named. */
function listOf(
  context: TriggerContext,
  records: readonly SObjectValue[] | null,
): ApexList<SObjectValue> | null {
  if (records === null) return null;
  let list = lists.get(records);
  if (list === undefined) {
    list = new ApexList(Types.sobject(context.object.name), [...records]);
    list.readOnly = true;
    lists.set(records, list);
  }
  return list;
}

/** Null while the records have no Ids (documented: `newMap` exists from after insert on). */
function mapOf(
  context: TriggerContext,
  records: readonly SObjectValue[] | null,
): ApexMap<string, SObjectValue> | null {
  if (records === null || records.some((record) => record.id === null)) return null;
  let map = maps.get(records);
  if (map === undefined) {
    map = new ApexMap<string, SObjectValue>(
      Types.Id,
      Types.sobject(context.object.name),
      records.map((record): [string, SObjectValue] => [record.id ?? '', record]),
    );
    map.store.readOnly = true;
    maps.set(records, map);
  }
  return map;
}

const context = (): TriggerContext | null => currentTransaction().trigger;

function read<T>(body: (trigger: TriggerContext) => T): () => T | null {
  return () => {
    const trigger = context();
    return trigger === null ? null : body(trigger);
  };
}

function is(test: (trigger: TriggerContext) => boolean): () => boolean {
  return () => {
    const trigger = context();
    return trigger !== null && test(trigger);
  };
}

/** Context variables of triggers; null and false outside of one. Documented: Apex Developer Guide, "Trigger Context Variables". */
export const triggerType = define('Trigger', {
  New: read((trigger) => listOf(trigger, trigger.newRecords)),
  old: read((trigger) => listOf(trigger, trigger.oldRecords)),
  newMap: read((trigger) => mapOf(trigger, trigger.newRecords)),
  oldMap: read((trigger) => mapOf(trigger, trigger.oldRecords)),
  size: read((trigger) => (trigger.newRecords ?? trigger.oldRecords ?? []).length),
  operationType: read((trigger) =>
    enumConstant('System.TriggerOperation', `${trigger.when}_${trigger.operation}`.toUpperCase()),
  ),
  isExecuting: is(() => true),
  isBefore: is((trigger) => trigger.when === 'before'),
  isAfter: is((trigger) => trigger.when === 'after'),
  isInsert: is((trigger) => trigger.operation === 'insert'),
  isUpdate: is((trigger) => trigger.operation === 'update'),
  isDelete: is((trigger) => trigger.operation === 'delete'),
  isUndelete: is((trigger) => trigger.operation === 'undelete'),
});
