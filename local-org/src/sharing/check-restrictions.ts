import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Component, Project } from '../project/model.ts';
import type { ObjectInfo, Schema } from '../schema/contract.ts';
import { parseCriterion } from './restriction-criteria.ts';
import type { Criterion } from './restriction-criteria.ts';
import { activeRules, aboutUser, objectOf } from './restriction-rules.ts';
import type { RestrictionRule } from './restriction-rules.ts';
import { criterionSql } from './restriction-sql.ts';

/** Documented: Metadata API, RestrictionRule.targetEntity, and Restriction Rules Developer Guide, "Considerations" (quotes). */
const OBJECTS = new Set(['contract', 'event', 'quote', 'task', 'timesheet', 'timesheetentry']);

/** Active rules that an object may have in a Developer Edition org, which the local org is (documented: "up to two active restriction rules per object"). */
const MAX_ACTIVE = 2;

const REQUIRED = [
  'description',
  'enforcementType',
  'masterLabel',
  'recordFilter',
  'targetEntity',
  'userCriteria',
  'version',
];

type Report = (component: Component, diagnostic: Diagnostic, values: readonly string[]) => void;

/** What is wrong with restriction rules. Texts are ours; what is refused is documented in the Restriction Rules Developer Guide, "Considerations". */
export function checkRestrictions(project: Project, schema: Schema): LocalOrgError[] {
  const problems: LocalOrgError[] = [];
  const report: Report = ({ file, line }, diagnostic, values) =>
    problems.push(raise(diagnostic, values, { file, line, column: 1 }));
  for (const component of project.components)
    if (component.type === 'RestrictionRule') checkElements(component, report);
  const active = new Map<string, number>();
  for (const { component, rule } of activeRules(project)) {
    const key = rule.object.toLowerCase();
    active.set(key, (active.get(key) ?? 0) + 1);
    checkRule(schema, rule, (diagnostic, values) => report(component, diagnostic, values));
    if ((active.get(key) ?? 0) === MAX_ACTIVE + 1)
      report(component, Diagnostics.METADATA_INVALID, [
        `${rule.object} has more than ${MAX_ACTIVE} active restriction rules, the limit of this edition`,
      ]);
  }
  return problems;
}

function checkElements(component: Component, report: Report): void {
  const { fullName, xml } = component;
  if (xml === undefined) return;
  const missing = REQUIRED.filter((name) => (xml.text(name) ?? '') === '');
  if (missing.length > 0)
    report(component, Diagnostics.METADATA_INVALID, [
      `Restriction rule ${fullName}: ${missing.join(', ')} is required`,
    ]);
  const type = xml.text('enforcementType') ?? '';
  // Scoping rules hide nothing for good, but they apply to queries by default: without them queries would answer more.
  if (type === 'Scoping' && xml.text('active') === 'true')
    report(component, Diagnostics.METADATA_NOT_IMPLEMENTED, [`scoping rule ${fullName}`]);
  if (type !== '' && type !== 'Scoping' && type !== 'Restrict')
    report(component, Diagnostics.METADATA_INVALID, [
      `Restriction rule ${fullName}: no enforcement type ${type}`,
    ]);
}

function checkRule(
  schema: Schema,
  rule: RestrictionRule,
  report: (diagnostic: Diagnostic, values: readonly string[]) => void,
): void {
  const invalid = (text: string): void =>
    report(Diagnostics.METADATA_INVALID, [`Restriction rule ${rule.name}: ${text}`]);
  const tried = (body: () => void): void => {
    try {
      body();
    } catch (error) {
      if (!(error instanceof LocalOrgError)) throw error;
      if (error.kind === 'unsupported')
        report(Diagnostics.METADATA_NOT_IMPLEMENTED, [`${rule.name}: ${error.message}`]);
      else invalid(error.message);
    }
  };
  const object = objectOf(schema, rule);
  if (object?.kind === 'external') {
    report(Diagnostics.METADATA_NOT_IMPLEMENTED, [
      `RestrictionRule ${rule.name} on the external object ${object.name}`,
    ]);
    return;
  }
  if (object === undefined || !isRestrictable(object)) {
    invalid(`${rule.object} cannot be restricted`);
    return;
  }
  tried(() => {
    const filter = parseCriterion(rule.recordFilter);
    if (filter.path.startsWith('$')) invalid(`${filter.path} is no field of ${object.name}`);
    else if (long(filter)) invalid(`${rule.recordFilter}: Ids have 15 characters here, not 18`);
    else criterionSql(schema, object, 'r', filter, '');
  });
  tried(() => checkUser(schema, parseCriterion(rule.userCriteria), invalid));
}

function isRestrictable(object: ObjectInfo): boolean {
  return object.kind === 'custom' || OBJECTS.has(object.name.toLowerCase());
}

/** Documented: "If you reference IDs in the recordFilter field, use 15-character IDs instead of 18-character IDs." */
function long({ value }: Criterion): boolean {
  return (
    value.kind === 'literals' &&
    value.texts.some((text) => /^[a-z0-9]{15}[A-Z0-5]{3}$/i.test(text) && /\d/.test(text))
  );
}

/** Documented: Security Implementation Guide, "Create a Restriction Rule": user criteria on a field of the user, or a custom permission. */
function checkUser(schema: Schema, criterion: Criterion, invalid: (text: string) => void): void {
  const user = schema.object('User');
  const own = aboutUser(criterion);
  if (own !== null && user !== undefined && own.value.kind === 'literals') {
    if (own.path.includes('.')) invalid(`${criterion.path} is no field of the user`);
    else criterionSql(schema, user, 'u', own, '');
    return;
  }
  const [scope, name, ...more] = criterion.path.split('.');
  const isPermission =
    scope?.toLowerCase() === '$permission' && name !== undefined && more.length === 0;
  const { value } = criterion;
  const truth =
    value.kind === 'literals' &&
    value.texts.length === 1 &&
    /^(?:true|false)$/i.test(value.texts[0] ?? '');
  if (!isPermission || !truth)
    invalid(`${criterion.path} has to be a field of $User, or a custom permission true or false`);
}
