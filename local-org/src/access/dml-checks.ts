import { apexException } from '../apex/values/exception.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import type { DmlOperation } from '../execution/contract.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import { fieldAccess, objectAccess } from './permissions.ts';
import { viewerOf } from './viewer.ts';

/**
 * User mode: refuses DML on an object the user has no such permission for (documented: Enforce User Mode; text reported by practitioners,
 * also for triggers).
 */
export function checkObjectAccess(
  store: OrgStore,
  userId: string,
  object: ObjectInfo,
  operation: DmlOperation,
): void {
  const access = objectAccess(viewerOf(store, userId), object);
  const allowed = {
    insert: access.create,
    update: access.edit,
    upsert: access.create && access.edit,
    delete: access.delete,
    undelete: access.delete || access.create,
    merge: access.edit && access.delete,
  }[operation];
  if (allowed) return;
  // Practitioner-reported: the one text without read access, the other with it.
  const message = access.read
    ? `DML operation ${operation.toUpperCase()} not allowed on ${object.name}`
    : `Access to entity '${object.name}' denied`;
  throw apexException('System.SecurityException', message);
}

/** Names of the fields that a record sets and the user may not write. `changed` says which fields count. */
export function inaccessibleFields(
  store: OrgStore,
  userId: string,
  record: SObjectValue,
  changed: (field: string) => boolean,
): string[] {
  const viewer = viewerOf(store, userId);
  const names: string[] = [];
  for (const [name] of record.populated()) {
    const field = record.object.fields.get(name.toLowerCase());
    if (
      field === undefined ||
      field.name === 'Id' ||
      field.formula !== undefined ||
      field.rollup !== undefined ||
      !changed(field.name)
    )
      continue;
    if (field.createable === false && field.updateable === false) continue;
    if (!fieldAccess(viewer, record.object, field).edit) names.push(field.name);
  }
  return names;
}

/** The platform's text about such fields (documented: Enforce User Mode for Database Operations, example). */
export function inaccessibleMessage(object: string): string {
  return `Operation failed due to fields being inaccessible on Sobject ${object}, check errors on Exception or Result!`;
}
