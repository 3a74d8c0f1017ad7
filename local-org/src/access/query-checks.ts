import { apexException } from '../apex/values/exception.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { noSuchColumn } from '../soql/messages.ts';
import type { FieldRef, ResolvedQuery } from '../soql/resolved.ts';
import type { OrgStore } from '../storage/store.ts';
import { fieldAccess, objectAccess } from './permissions.ts';
import { viewerOf } from './viewer.ts';

/**
 * User mode: an object or field that the user cannot read refuses the query (documented: Enforce User Mode for Database
 * Operations). All clauses count, not only SELECT.
 */
export function checkQueryAccess(
  store: OrgStore,
  userId: string,
  touched: { readonly fields: readonly FieldRef[]; readonly queries: readonly ResolvedQuery[] },
  mode: 'user' | 'securityEnforced',
): void {
  const viewer = viewerOf(store, userId);
  const refuse = (exception: Error): Error =>
    mode === 'user'
      ? exception
      : apexException(
          'System.QueryException',
          'Insufficient permissions: secure query included inaccessible field',
        );
  const objectAllowed = (object: ObjectInfo): void => {
    // Practitioner-reported: an object without access is a SecurityException, a field without access reads as unknown.
    if (!objectAccess(viewer, object).read)
      throw refuse(
        apexException('System.SecurityException', `Access to entity '${object.name}' denied`),
      );
  };
  const fieldAllowed = (object: ObjectInfo, field: FieldInfo): void => {
    if (!fieldAccess(viewer, object, field).read)
      throw refuse(apexException('System.QueryException', noSuchColumn(field.name, object.name)));
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
