import { apexException } from '../apex/values/exception.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { noSuchColumn, unsupportedObject } from '../soql/messages.ts';
import type { FieldRef, ResolvedQuery } from '../soql/resolved.ts';
import type { OrgStore } from '../storage/store.ts';
import { fieldAccess, objectAccess } from './permissions.ts';
import { viewerOf } from './viewer.ts';
import type { Viewer } from './viewer.ts';

/** What a query touches and the user may not read; the first one makes the message. */
class Refusals {
  readonly #viewer: Viewer;
  /** Refused fields by object, all of them. */
  readonly fields = new Map<string, Set<string>>();
  message: string | null = null;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }

  checkObject(object: ObjectInfo): void {
    if (objectAccess(this.#viewer, object).read) return;
    this.message ??= unsupportedObject(object.name);
    if (!this.fields.has(object.name)) this.fields.set(object.name, new Set());
  }

  checkField(object: ObjectInfo, field: FieldInfo): void {
    const readable = objectAccess(this.#viewer, object).read;
    if (readable && fieldAccess(this.#viewer, object, field).read) return;
    this.message ??= readable
      ? noSuchColumn(field.name, object.name)
      : unsupportedObject(object.name);
    const fields = this.fields.get(object.name) ?? new Set<string>();
    this.fields.set(object.name, fields.add(field.name));
  }
}

/**
 * User mode: an object or field that the user cannot read refuses the query (documented: Enforce User Mode for Database
 * Operations, with `getInaccessibleFields`). All clauses count, not only SELECT, but for WITH SECURITY_ENFORCED (documented: Apex Developer Guide,
 * "Filter SOQL Queries Using WITH SECURITY_ENFORCED"). The texts are those of unknown objects and fields (practitioner).
 */
export function checkQueryAccess(
  store: OrgStore,
  userId: string,
  touched: { readonly fields: readonly FieldRef[]; readonly queries: readonly ResolvedQuery[] },
  mode: 'user' | 'securityEnforced',
): void {
  const viewer = viewerOf(store, userId);
  const refusals = new Refusals(viewer);
  for (const query of touched.queries) refusals.checkObject(query.object);
  for (const ref of touched.fields) {
    checkSteps(refusals, ref, touched.queries);
    const readable = ref.owners.filter((owner) => objectAccess(viewer, owner.object).read);
    const owners = readable.length === 0 ? ref.owners.slice(0, 1) : readable;
    for (const owner of owners) refusals.checkField(owner.object, owner.field);
  }
  if (refusals.message === null) return;
  const exception = apexException(
    'System.QueryException',
    mode === 'user'
      ? refusals.message
      : 'Insufficient permissions: secure query included inaccessible field',
  );
  exception.$inaccessible = refusals.fields;
  throw exception;
}

/** The lookups along a parent path. */
function checkSteps(refusals: Refusals, ref: FieldRef, queries: readonly ResolvedQuery[]): void {
  ref.steps.forEach((step, index) => {
    const owners =
      index === 0 ? queries.map((query) => query.object) : (ref.steps[index - 1]?.targets ?? []);
    const owner = owners.find(
      (object) => object.fields.get(step.field.name.toLowerCase()) === step.field,
    );
    if (owner !== undefined) refusals.checkField(owner, step.field);
  });
}
