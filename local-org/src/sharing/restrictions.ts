import { objectAccess } from '../access/permissions.ts';
import { viewerOf } from '../access/viewer.ts';
import { assumed } from '../inferred/index.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { bindParams, sql } from '../storage/sql.ts';
import type { Fragment } from '../storage/sql.ts';
import type { OrgStore } from '../storage/store.ts';
import { parseCriterion } from './restriction-criteria.ts';
import { aboutUser, restrictionRules } from './restriction-rules.ts';
import type { RestrictionRule } from './restriction-rules.ts';
import { criterionSql } from './restriction-sql.ts';
import type { AccessLevel } from './terms.ts';

/** What a restriction rule leaves of the records that sharing grants. */
export interface Restriction {
  readonly rule: RestrictionRule;
  readonly condition: Fragment;
}

/**
 * The restriction that a user is under on an object. Documented: Restriction Rules Developer Guide, "Considerations" and "How Do Restriction Rules
 * Affect Record Access": the rule filters what sharing has granted, whatever granted it, also one's own records; View All takes it off reading, Modify All
 * off everything; children are not restricted with it; "only one of the active rules is observed" where two apply (which one is
 * inferred: `observed-restriction`).
 */
export function restrictionOn(
  store: OrgStore,
  object: ObjectInfo,
  alias: string,
  userId: string,
  level: AccessLevel,
): Restriction | null {
  const rules = restrictionRules(store);
  if (rules.length === 0) return null;
  const name = object.name.toLowerCase();
  const own = rules.filter((rule) => rule.object.toLowerCase() === name);
  if (own.length === 0) return null;
  const access = objectAccess(viewerOf(store, userId), object);
  if (access.modifyAll || (level === 'read' && access.viewAll)) return null;
  const last = assumed(store.schema.shape, 'observed-restriction') === 'last-by-name';
  const rule = (last ? own.toReversed() : own).find((each) => appliesTo(store, each, userId));
  if (rule === undefined) return null;
  const condition = criterionSql(
    store.schema,
    object,
    alias,
    parseCriterion(rule.recordFilter),
    userId,
  );
  return { rule, condition };
}

/** Whether the user is one whom the rule is for. */
function appliesTo(store: OrgStore, rule: RestrictionRule, userId: string): boolean {
  const criterion = parseCriterion(rule.userCriteria);
  const own = aboutUser(criterion);
  if (own === null) {
    const { path, value } = criterion;
    const wanted = value.kind === 'literals' && value.texts[0]?.toLowerCase() !== 'false';
    const name = path.split('.')[1]?.toLowerCase() ?? '';
    return viewerOf(store, userId).customPermissions.has(name) === wanted;
  }
  const user = store.schema.object('User');
  if (user === undefined) return false;
  const condition = criterionSql(store.schema, user, 'u', own, userId);
  const { text, params } = sql`SELECT 1 FROM "User" u WHERE u."Id" = ${userId} AND ${condition}`;
  const run = { binds: [], now: store.now, zone: 'UTC', userId, parents: '[]' };
  return store.db.get(text, bindParams(params, run)) !== undefined;
}
