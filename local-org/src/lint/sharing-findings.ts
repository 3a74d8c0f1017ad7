import type { Component, ObjectMetadata, Project, SharingRuleMetadata } from '../project/index.ts';
import type { Finding } from './finding.ts';

/** Defaults that leave access to the owner, or to a parent that is judged by itself. Documented: Metadata API, CustomObject.externalSharingModel. */
const CLOSED = new Set([
  'Private',
  'ControlledByParent',
  'ControlledByCampaign',
  'ControlledByLeadOrContact',
]);
/** Objects whose records have no owner and no sharing: custom metadata, events, settings, big and external objects. */
const WITHOUT_SHARING = /__(mdt|e|b|x|xo|Share|History|Feed)$/i;
const ALL_EXTERNAL = new Set(['allPartnerUsers', 'allCustomerPortalUsers', 'allExternalUsers']);

/** Open defaults and sharing rules that reach further than their author meant. */
export function sharingFindings(project: Project): Finding[] {
  const objects = project.components.filter(
    (component) => component.type === 'CustomObject' && component.xml !== undefined,
  );
  return [
    ...objects.flatMap((component) => {
      const object = project.objects.get(component.fullName.toLowerCase());
      return object === undefined ? [] : defaultFindings(component, object);
    }),
    ...project.sharingRules.flatMap(ruleFindings),
    ...project.components
      .filter(({ type }) => type === 'Queue')
      .flatMap(({ xml, file, fullName }) =>
        (xml?.child('queueMembers')?.all('roleAndSubordinates') ?? []).map(({ line }) => ({
          rule: 'target-subordinates' as const,
          file,
          line,
          message: `Members of the queue ${fullName} are a role and all below it: partner roles stand below the role of their account's owner`,
        })),
      ),
  ];
}

function defaultFindings({ xml, file }: Component, object: ObjectMetadata): Finding[] {
  const custom = /__c$/i.test(object.name);
  if (WITHOUT_SHARING.test(object.name) || object.customSettingsType !== undefined) return [];
  const { sharingModel: internal, externalSharingModel: external } = object;
  const at = (element: string): number => xml?.child(element)?.line ?? object.line;
  const finding = (line: number, message: string): Finding[] => [
    { rule: 'external-default-open', file, line, message: `${object.name}: ${message}` },
  ];
  if (external !== undefined) {
    return CLOSED.has(external)
      ? []
      : finding(
          at('externalSharingModel'),
          `the external default is ${external}, so every partner user reaches every record`,
        );
  }
  if (internal !== undefined) {
    return CLOSED.has(internal)
      ? []
      : finding(
          at('sharingModel'),
          `there is no external default beside the internal default ${internal}, which then holds for external users`,
        );
  }
  return custom && object.defined
    ? finding(object.line, 'no default is stated, and a new object is public')
    : [];
}

function ruleFindings(rule: SharingRuleMetadata): Finding[] {
  const { file, line } = rule;
  const name = `${rule.object}.${rule.name}`;
  if (rule.kind === 'guest')
    return [
      {
        rule: 'target-guest',
        file,
        line,
        message: `${name} is a rule for guests (${rule.accessLevel})`,
      },
    ];
  return rule.sharedTo.flatMap((target): Finding[] => {
    if (target.kind === 'guestUser')
      return [
        {
          rule: 'target-guest',
          file,
          line,
          message: `${name} shares with the guest user ${target.name}`,
        },
      ];
    if (ALL_EXTERNAL.has(target.kind))
      return [
        {
          rule: 'target-all-partners',
          file,
          line,
          message: `${name} shares with ${target.kind}: share with a public group of your own`,
        },
      ];
    if (/^roles?AndSubordinates$/.test(target.kind))
      return [
        {
          rule: 'target-subordinates',
          file,
          line,
          message: `${name} shares with ${target.name} and all roles below it, partner roles included: roleAndSubordinatesInternal leaves them out`,
        },
      ];
    return [];
  });
}
