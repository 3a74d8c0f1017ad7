import { currentTransaction } from '../../../execution/current.ts';
import {
  apexException,
  ApexList,
  ApexMap,
  ApexSet,
  Types,
  type ApexEnum,
  type SObjectValue,
} from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';

type Right = 'read' | 'create' | 'edit' | 'upsert';

const RIGHTS: Readonly<Record<string, Right>> = {
  READABLE: 'read',
  CREATABLE: 'create',
  UPDATABLE: 'edit',
  UPSERTABLE: 'upsert',
};

function objectAllows(object: string, right: Right): boolean {
  const access = currentTransaction().services.permissions.objectAccess(object);
  if (right === 'upsert') return access.create && access.edit;
  return access[right];
}

function fieldAllows(object: string, field: string, right: Right): boolean {
  if (field === 'Id') return true;
  const access = currentTransaction().services.permissions.fieldAccess(object, field);
  return right === 'read' ? access.read : access.edit;
}

/** A copy of the record without what the user may not touch; what was taken away is noted in `removed`. */
function strip(
  record: SObjectValue,
  right: Right,
  removed: ApexMap<string, ApexSet<string>>,
): { readonly copy: SObjectValue; readonly changed: boolean } {
  const copy = record.clone(true, true, true, true);
  const { name } = record.object;
  let changed = false;
  const remove = (field: string): void => {
    changed = true;
    const fields = removed.get(name) ?? new ApexSet<string>(Types.String);
    fields.add(field);
    removed.put(name, fields);
  };
  for (const field of record.values.keys()) {
    if (fieldAllows(name, field, right)) continue;
    copy.values.delete(field);
    remove(field);
  }
  for (const [relationship, parent] of record.parents ?? []) {
    const lookup = record.object.parents.get(relationship.toLowerCase())?.name;
    const hidden = parent !== null && !objectAllows(parent.object.name, 'read');
    if (hidden || (lookup !== undefined && !fieldAllows(name, lookup, right))) {
      copy.parents?.delete(relationship);
      remove(relationship);
    } else if (parent !== null) {
      const stripped = strip(parent, 'read', removed);
      copy.parents?.set(relationship, stripped.copy);
      changed = changed || stripped.changed;
    }
  }
  for (const [relationship, children] of record.children ?? []) {
    const child = record.object.children.get(relationship.toLowerCase())?.childObject;
    if (child !== undefined && !objectAllows(child, 'read')) {
      copy.children?.delete(relationship);
      remove(relationship);
      continue;
    }
    const stripped = children.items.map((child) => strip(child, 'read', removed));
    copy.children?.set(
      relationship,
      new ApexList(
        children.elementType,
        stripped.map((each) => each.copy),
      ),
    );
    changed = changed || stripped.some((each) => each.changed);
  }
  return { copy, changed };
}

function stripInaccessible(
  type: ApexEnum | null,
  records: ApexList<SObjectValue> | null,
  enforceRootObjectCrud: boolean | null = true,
): Bean {
  const right = RIGHTS[required(type).name] ?? 'read';
  const list = required(records);
  const removed = new ApexMap<string, ApexSet<string>>(Types.String, Types.set(Types.String));
  const modified = new ApexSet<number>(Types.Integer);
  const [first] = list.items;
  // Text as published Apex catches it; the type is inferred.
  if (first?.object.name === 'AggregateResult') {
    throw apexException(
      'System.InvalidParameterValueException',
      'AggregateResult SObject types are not supported',
    );
  }
  if (
    enforceRootObjectCrud !== false &&
    first !== undefined &&
    !objectAllows(first.object.name, right)
  ) {
    throw apexException('System.NoAccessException', `No access to entity: ${first.object.name}`);
  }
  const copies = list.items.map((record, index) => {
    const { copy, changed } = strip(record, right, removed);
    if (changed) modified.add(index);
    return copy;
  });
  return new Bean('System.SObjectAccessDecision', {
    records: new ApexList(list.elementType, copies),
    removedFields: removed,
    modifiedIndexes: modified,
  });
}

export const securityTypes = [
  define('Security', {
    'stripInaccessible(AccessType,List<SObject>)': (
      type: ApexEnum | null,
      records: ApexList<SObjectValue> | null,
    ) => stripInaccessible(type, records),
    'stripInaccessible(AccessType,List<SObject>,Boolean)': stripInaccessible,
  }),
  defineBean('SObjectAccessDecision', () => ({
    modifiedIndexes: new ApexSet(Types.Integer),
    records: new ApexList(Types.SObject),
    removedFields: new ApexMap(Types.String, Types.set(Types.String)),
  })),
];
