import type { AccessContext } from '../execution/contract.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { visibility } from './predicate.ts';
import { restrictionOn } from './restrictions.ts';
import type { AccessLevel, Shape } from './terms.ts';
import { idsWhere } from './visible-ids.ts';

/**
 * The records that code reaches, as a condition on the alias; null when it is all of them. Sharing where it is enforced, and in user mode what a restriction
 * rule leaves of it. Documented: Restriction Rules Developer Guide, "Considerations": "Restriction rules aren't applied for code executed in System
 * Mode"; Apex Developer Guide, "Enforce User Mode for Database Operations". For a class `with sharing`, which runs
 * in system mode as well, there is a second answer (`restriction-in-sharing-code`).
 */
export function reachableTo(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  context: AccessContext,
  level: AccessLevel,
  shape: Shape = 'narrow',
): Fragment | null {
  const shared = context.sharing
    ? visibility(store, object, alias, context.userId, level, shape)
    : null;
  if (!isRestricted(store, context)) return shared;
  const restriction = restrictionOn(store, object, alias, context.userId, level);
  if (restriction === null) return shared;
  return shared === null ? restriction.condition : sql`(${shared} AND ${restriction.condition})`;
}

function isRestricted(store: OrgStore, { access, sharing }: AccessContext): boolean {
  if (access === 'user') return true;
  return sharing && assumed(store.schema.shape, 'restriction-in-sharing-code') === 'with-sharing';
}

/** Which of the Ids code reaches at a level. */
export function reachableIds(
  store: OrgStore,
  object: ObjectInfo,
  ids: readonly string[],
  context: AccessContext,
  level: AccessLevel,
): Set<string> {
  const condition = reachableTo(store, object, 't', context, level);
  return condition === null
    ? new Set(ids)
    : idsWhere(store, object, ids, condition, context.userId);
}
