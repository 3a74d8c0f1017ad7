import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Component, Project } from '../project/model.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { OrgStore } from '../storage/store.ts';
import { parseCriterion } from './restriction-criteria.ts';
import type { Criterion } from './restriction-criteria.ts';
import { idsNamed } from './restriction-sql.ts';

/** An active restriction rule, its criteria as its metadata has them. */
export interface RestrictionRule {
  readonly name: string;
  readonly object: string;
  readonly recordFilter: string;
  readonly userCriteria: string;
}

const KEY = 'restrictionRules';
const parsed = new WeakMap<
  OrgStore,
  { readonly text: string; readonly rules: readonly RestrictionRule[] }
>();

/** Active restriction rules of the org, by name: kept with its data, so that queries know them without the project. */
export function restrictionRules(store: OrgStore): readonly RestrictionRule[] {
  const text = store.meta(KEY);
  if (text === undefined) return [];
  const known = parsed.get(store);
  if (known?.text === text) return known.rules;
  const rules = JSON.parse(text) as readonly RestrictionRule[];
  parsed.set(store, { text, rules });
  return rules;
}

/** Takes a project's restriction rules into the org; those that it no longer has are gone. Plans made for users before are stale. */
export function deployRestrictions(store: OrgStore, project: Project): void {
  const rules = activeRules(project)
    .map(({ component, rule }) => {
      checkIds(store, rule, component);
      return rule;
    })
    .sort((left, right) => left.name.localeCompare(right.name));
  keepRestrictionRules(store, rules);
}

/** Keeps rules as the org's only ones. */
export function keepRestrictionRules(store: OrgStore, rules: readonly RestrictionRule[]): void {
  const text = JSON.stringify(rules);
  if (text === (store.meta(KEY) ?? '[]')) return;
  store.setMeta(KEY, text);
  store.setupEpoch++;
}

/** Rules of a project that are on and restrict; `active` is off unless it says so (documented: Metadata API, RestrictionRule). */
export function activeRules(
  project: Project,
): { readonly component: Component; readonly rule: RestrictionRule }[] {
  return project.components.flatMap((component) => {
    const { type, fullName, xml } = component;
    if (type !== 'RestrictionRule' || xml?.text('active') !== 'true') return [];
    if (xml.text('enforcementType') !== 'Restrict') return [];
    const rule = {
      name: fullName,
      object: xml.text('targetEntity') ?? '',
      recordFilter: xml.text('recordFilter') ?? '',
      userCriteria: xml.text('userCriteria') ?? '',
    };
    return [{ component, rule }];
  });
}

/** The user criterion without its `$User`, as a criterion about a user; null where it asks for a custom permission. */
export function aboutUser(criterion: Criterion): Criterion | null {
  const [scope = '', ...rest] = criterion.path.split('.');
  return scope.toLowerCase() === '$user' ? { ...criterion, path: rest.join('.') } : null;
}

/**
 * Ids of roles, profiles and other records are the org's own, and have to be changed in the rule for each org (documented: Restriction Rules Developer Guide,
 * "Considerations"). One that the org does not have would restrict nobody: that stops the deployment.
 */
function checkIds(store: OrgStore, rule: RestrictionRule, { file, line }: Component): void {
  const { schema } = store;
  const named = (object: ObjectInfo | undefined, criterion: Criterion | null): void => {
    if (object === undefined || criterion === null || criterion.value.kind === 'user') return;
    for (const { id, targets } of idsNamed(schema, object, criterion)) {
      const objects = targets.flatMap((target) => schema.object(target) ?? []);
      if (objects.some((each) => store.existingIds(each, [id]).size > 0)) continue;
      throw raise(Diagnostics.METADATA_REFERENCE, [targets.join(' or '), id], {
        file,
        line,
        column: 1,
      });
    }
  };
  named(objectOf(schema, rule), parseCriterion(rule.recordFilter));
  named(schema.object('User'), aboutUser(parseCriterion(rule.userCriteria)));
}

/** The object that a rule restricts. */
export function objectOf(schema: Schema, rule: RestrictionRule): ObjectInfo | undefined {
  return schema.object(rule.object);
}
