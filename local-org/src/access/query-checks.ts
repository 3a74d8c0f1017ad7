import { apexException } from '../apex/values/exception.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { noSuchColumn, unsupportedObject } from '../soql/messages.ts';
import type { FieldRef, ResolvedQuery } from '../soql/resolved.ts';
import type { OrgStore } from '../storage/store.ts';
import { fieldAccess, objectAccess } from './permissions.ts';
import { viewerOf } from './viewer.ts';

/**
 * User mode: an object or field that the user cannot read is reported as if it did not exist (documented: Enforce User Mode for Database
 * Operations). All clauses count, not only SELECT.
 */
export function checkQueryAccess(
  store: OrgStore,
  userId: string,
  touched: { readonly fields: readonly FieldRef[]; readonly queries: readonly ResolvedQuery[] },
  mode: 'user' | 'securityEnforced',
): void {
  const viewer = viewerOf(store, userId);
  const refuse = (message: string): Error =>
    mode === 'user'
      ? apexException('System.QueryException', message)
      : apexException(
          'System.QueryException',
          'Insufficient permissions: secure query included inaccessible field',
        );
  const objectAllowed = (object: ObjectInfo): void => {
    if (!objectAccess(viewer, object).read) throw refuse(unsupportedObject(object.name));
  };
  const fieldAllowed = (object: ObjectInfo, field: FieldInfo): void => {
    if (!fieldAccess(viewer, object, field).read)
      throw refuse(noSuchColumn(field.name, object.name));
  };
  for (const query of touched.queries) objectAllowed(query.object);
  for (const ref of touched.fields) {
    ref.steps.forEach((step, index) => {
      const owners =
        index === 0
          ? touched.queries.map((query) => query.object)
          : (ref.steps[index - 1]?.targets ?? []);
      const owner = owners.find(
        (object) => object.fields.get(step.field.name.toLowerCase()) === step.field,
      );
      if (owner !== undefined) fieldAllowed(owner, step.field);
    });
    const readable = ref.owners.filter((owner) => objectAccess(viewer, owner.object).read);
    const [first] = ref.owners;
    if (first === undefined) continue;
    if (readable.length === 0) objectAllowed(first.object);
    for (const owner of readable) fieldAllowed(owner.object, owner.field);
  }
}
