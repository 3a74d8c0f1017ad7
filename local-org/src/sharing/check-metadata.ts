import { Diagnostics, LocalOrgError, raise } from '../diagnostics/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type {
  Project,
  SharingRuleMetadata,
  SharingSetMetadata,
  SharingTarget,
} from '../project/model.ts';
import type { Schema } from '../schema/contract.ts';
import { checkDefaults } from './check-defaults.ts';
import { checkRestrictions } from './check-restrictions.ts';
import { criteriaSql } from './criteria.ts';
import { checkLimits } from './rule-limits.ts';
import { PROGRAM_TARGETS } from './channel-programs.ts';
import { MANAGER_TARGETS } from './managers.ts';
import { TERRITORY_TARGETS } from './territories.ts';
import {
  GROUP_TARGETS,
  GUEST_TARGET,
  KIND_TARGETS,
  PORTAL_TARGETS,
  ROLE_TARGETS,
} from './targets.ts';

/** Documented: Metadata API, SharingSet: objects that a set may give access to. Lead is not among them. */
const SET_OBJECTS = new Set([
  'account',
  'campaign',
  'case',
  'contact',
  'opportunity',
  'order',
  'servicecontract',
  'user',
  'workorder',
]);
const SET_USER_FIELD =
  /^(Account(Id)?|Contact(Id)?|Account\.\w+|Contact\.\w+|Manager\.(Account|Contact))$/i;

/** What is wrong with organisation-wide defaults, sharing rules and sharing sets: nothing of them is left out silently. */
export function checkSharing(project: Project, schema: Schema): LocalOrgError[] {
  const problems: LocalOrgError[] = [
    ...checkDefaults(project, schema),
    ...checkRestrictions(project, schema),
    ...checkTerritories(project, schema),
  ];
  const problem = (
    at: { readonly file: string; readonly line: number },
    diagnostic: Diagnostic,
    values: readonly string[],
  ): void => {
    problems.push(raise(diagnostic, values, { file: at.file, line: at.line, column: 1 }));
  };
  for (const rule of project.sharingRules) {
    const at = (diagnostic: Diagnostic, values: readonly string[]): void =>
      problem(rule, diagnostic, values);
    checkRule(rule, schema, at);
    for (const target of [...rule.sharedTo, ...rule.sharedFrom])
      checkTarget(target, project, schema, at);
  }
  problems.push(...checkLimits(project.sharingRules));
  for (const set of project.sharingSets.values())
    checkSet(set, project, schema, (diagnostic, values) => problem(set, diagnostic, values));
  return problems;
}

/** Territories need an org that has them; rules that assign records to them are not built. */
function checkTerritories(project: Project, schema: Schema): LocalOrgError[] {
  return project.components.flatMap(({ type, fullName, xml, file, line }) => {
    const at = { file, line, column: 1 };
    if (type === 'Territory2Rule')
      return xml?.text('active') === 'false'
        ? []
        : [raise(Diagnostics.METADATA_NOT_IMPLEMENTED, [`Territory2Rule ${fullName}`], at)];
    if (!/^Territory2(Model|Type)?$/.test(type) || schema.object('Territory2') !== undefined)
      return [];
    const text = `${type} ${fullName}: the org has no territories (scratch definition, feature TerritoryManagement)`;
    return [raise(Diagnostics.METADATA_INVALID, [text], at)];
  });
}

type Report = (diagnostic: Diagnostic, values: readonly string[]) => void;

function checkRule(rule: SharingRuleMetadata, schema: Schema, report: Report): void {
  const name = `${rule.object}.${rule.name}`;
  const object = schema.object(rule.object);
  const invalid = (text: string): void =>
    report(Diagnostics.METADATA_INVALID, [`Sharing rule ${name}: ${text}`]);
  if (object?.shareObject === undefined) {
    invalid(`${rule.object} has no sharing rules in this org`);
    return;
  }
  checkGuests(rule, invalid);
  if (rule.kind === 'territory') checkTerritoryRule(rule, invalid);
  const levels =
    rule.kind === 'guest'
      ? ['Read']
      : object.name === 'Campaign'
        ? ['Read', 'Edit', 'All']
        : ['Read', 'Edit'];
  if (!levels.includes(rule.accessLevel)) invalid(`no access level ${rule.accessLevel}`);
  if (rule.sharedTo.length === 0) invalid('it is shared to nobody');
  if (rule.kind === 'owner' || rule.kind === 'territory') {
    if (rule.sharedFrom.length === 0) invalid('it does not say whose records it shares');
    return;
  }
  try {
    criteriaSql(object, 'r', rule.criteria, rule.booleanFilter ?? null);
  } catch (error) {
    if (!(error instanceof LocalOrgError)) throw error;
    if (error.kind === 'unsupported')
      report(Diagnostics.METADATA_NOT_IMPLEMENTED, [`${name}: ${error.message}`]);
    else invalid(error.message);
  }
}

/** Documented: Help, "Create Account Territory Sharing Rules". The texts are ours. */
function checkTerritoryRule(rule: SharingRuleMetadata, invalid: (text: string) => void): void {
  if (rule.object.toLowerCase() !== 'account') invalid('only accounts have territory rules');
  else if (rule.sharedFrom.some(({ kind }) => TERRITORY_TARGETS[kind] === undefined))
    invalid('a territory rule shares the accounts of territories');
}

/** Documented: Metadata API, SharedTo (`guestUser` only with guest rules) and SharingGuestRule (its level is Read). The texts are ours. */
function checkGuests(rule: SharingRuleMetadata, invalid: (text: string) => void): void {
  const guests = (target: SharingTarget): boolean => target.kind === GUEST_TARGET;
  if (rule.kind !== 'guest') {
    if (rule.sharedTo.some(guests) || rule.sharedFrom.some(guests))
      invalid('guestUser can be used only in a guest user sharing rule');
  } else if (!rule.sharedTo.every(guests))
    invalid('a guest user sharing rule shares with guest users only');
}

function checkTarget(
  { kind, name }: SharingTarget,
  project: Project,
  schema: Schema,
  report: Report,
): void {
  // Users and portal roles are in no source: whether they exist shows when the rules are written.
  if (KIND_TARGETS[kind] !== undefined || PORTAL_TARGETS[kind] !== undefined) return;
  if (kind === GUEST_TARGET) return;
  if (PROGRAM_TARGETS.includes(kind)) {
    // Programmes are data: whether they exist shows when the rules are written.
    if (schema.object('ChannelProgram') === undefined)
      report(Diagnostics.METADATA_INVALID, [
        `Sharing rule target ${kind} ${name}: the org has no channel programs (partner features are off)`,
      ]);
    return;
  }
  if (TERRITORY_TARGETS[kind] !== undefined) {
    if (schema.object('Territory2') === undefined)
      report(Diagnostics.METADATA_INVALID, [
        `Sharing rule target ${kind} ${name}: the org has no territories (scratch definition, feature TerritoryManagement)`,
      ]);
    return;
  }
  if (MANAGER_TARGETS[kind] !== undefined) {
    // Documented: Metadata API, SharingSettings.enableManagerGroups; the text is ours.
    if (project.settings.get('sharing')?.get('enableManagerGroups') !== 'true')
      report(Diagnostics.METADATA_INVALID, [
        `Sharing rule target ${kind} ${name}: the org has no manager groups (Sharing settings, enableManagerGroups)`,
      ]);
    return;
  }
  const declared =
    ROLE_TARGETS[kind] !== undefined
      ? project.roles
      : GROUP_TARGETS[kind] === 'Queue'
        ? project.queues
        : GROUP_TARGETS[kind] === 'Regular'
          ? project.groups
          : undefined;
  if (declared === undefined)
    report(Diagnostics.METADATA_NOT_IMPLEMENTED, [`SharingRules target ${kind} ${name}`]);
  else if (!declared.has(name.toLowerCase())) report(Diagnostics.METADATA_REFERENCE, [kind, name]);
}

/** Documented: Metadata API, SharingSet, "Special Access Rules": "Sharing sets are available with these licenses", their log-in variants taken for them. */
const SET_LICENCES =
  /^(?:Overage )?(?:Authenticated Website|Customer Community|Partner Community|High Volume)/i;

function checkSet(set: SharingSetMetadata, project: Project, schema: Schema, report: Report): void {
  for (const name of set.profiles) {
    const licence = project.profiles.get(name.toLowerCase())?.userLicense;
    // Profiles of the platform are in no source.
    if (licence !== undefined && !SET_LICENCES.test(licence))
      report(Diagnostics.METADATA_INVALID, [
        `Sharing set ${set.name}: profile ${name} has the licence ${licence}, which cannot use sharing sets`,
      ]);
  }
  for (const mapping of set.mappings) {
    const invalid = (text: string): void =>
      report(Diagnostics.METADATA_INVALID, [`Sharing set ${set.name}: ${text}`]);
    const object = schema.object(mapping.object);
    const allowed = object?.kind === 'custom' || SET_OBJECTS.has(mapping.object.toLowerCase());
    if (object === undefined || !allowed)
      invalid(`${mapping.object} cannot be shared by a sharing set`);
    if (mapping.accessLevel !== 'Read' && mapping.accessLevel !== 'Edit')
      invalid(`no access level ${mapping.accessLevel}`);
    if (!SET_USER_FIELD.test(mapping.userField))
      invalid(`${mapping.userField} is no field of the user that a sharing set knows`);
  }
}
