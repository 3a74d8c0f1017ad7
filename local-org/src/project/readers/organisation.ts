import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { LocalOrgError } from '../../diagnostics/index.ts';
import type {
  CustomMetadataRecord,
  EmailTemplateMetadata,
  EventSubscriberMetadata,
  GroupMetadata,
  LabelMetadata,
  QueueMetadata,
  RoleMetadata,
  SharingRuleMetadata,
  SharingSetMetadata,
  SharingTarget,
} from '../model.ts';
import type { XmlElement } from '../xml.ts';
import { readFilters } from './object.ts';

/** The labels of a labels file. */
export function readLabels(xml: XmlElement, file: string): LabelMetadata[] {
  return xml.all('labels').map((label) => ({
    name: label.text('fullName') ?? '',
    value: label.text('value') ?? '',
    language: label.text('language') ?? 'en_US',
    description: label.text('shortDescription'),
    categories: label.text('categories'),
    isProtected: label.flag('protected'),
    translations: new Map(),
    file,
    line: label.line,
  }));
}

/** A custom metadata record; `fullName` is `Check.OwnerHasRole`. */
export function readCustomMetadata(
  xml: XmlElement,
  fullName: string,
  file: string,
): CustomMetadataRecord {
  const dot = fullName.indexOf('.');
  const values = xml.all('values').map((item) => {
    const value = item.child('value');
    const isNull = value === undefined || value.attributes.get('xsi:nil') === 'true';
    const entry = {
      text: isNull ? null : value.rawText,
      type: value?.attributes.get('xsi:type') ?? 'xsd:string',
      line: item.line,
    };
    return [item.text('field') ?? '', entry] as const;
  });
  return {
    typeName: `${fullName.slice(0, dot)}__mdt`,
    developerName: fullName.slice(dot + 1),
    label: xml.text('label') ?? fullName.slice(dot + 1),
    isProtected: xml.flag('protected'),
    values: new Map(values),
    file,
    line: xml.line,
  };
}

/** A role. */
export function readRole(xml: XmlElement, name: string, file: string): RoleMetadata {
  return {
    name,
    label: xml.text('name') ?? name,
    parentRole: xml.text('parentRole'),
    caseAccessLevel: xml.text('caseAccessLevel'),
    contactAccessLevel: xml.text('contactAccessLevel'),
    opportunityAccessLevel: xml.text('opportunityAccessLevel'),
    mayForecastManagerShare: xml.flag('mayForecastManagerShare'),
    file,
    line: xml.line,
  };
}

/** A public group. */
export function readGroup(xml: XmlElement, name: string): GroupMetadata {
  return {
    name,
    label: xml.text('name') ?? name,
    // Grant Access Using Hierarchies: on unless the file says otherwise.
    doesIncludeBosses: xml.text('doesIncludeBosses') !== 'false',
  };
}

/** A queue. */
export function readQueue(xml: XmlElement, name: string): QueueMetadata {
  const members = xml.child('queueMembers');
  const list = (outer: string, inner: string): string[] =>
    members?.all(outer).flatMap((element) => element.texts(inner)) ?? [];
  return {
    name,
    label: xml.text('name') ?? name,
    email: xml.text('email'),
    doesSendEmailToMembers: xml.flag('doesSendEmailToMembers'),
    objects: xml.all('queueSobject').map((item) => item.text('sobjectType') ?? ''),
    members: {
      publicGroups: list('publicGroups', 'publicGroup'),
      roles: list('roles', 'role'),
      roleAndSubordinates: list('roleAndSubordinates', 'roleAndSubordinate'),
      users: list('users', 'user'),
    },
  };
}

const SHARING_RULE_ELEMENTS: Readonly<Record<string, SharingRuleMetadata['kind']>> = {
  sharingOwnerRules: 'owner',
  sharingCriteriaRules: 'criteria',
  sharingGuestRules: 'guest',
  sharingTerritoryRules: 'territory',
};

/** All rules of an object's sharing rules file. */
export function readSharingRules(
  xml: XmlElement,
  object: string,
  file: string,
): SharingRuleMetadata[] {
  return xml.children.flatMap((rule) => readSharingRule(rule, rule.name, object, file));
}

/**
 * One sharing rule; nothing for elements that are none.
 * @param element what a rule of this kind is called inside SharingRules
 * @param fileName the rule's name where the file is its own
 */
export function readSharingRule(
  rule: XmlElement,
  element: string,
  object: string,
  file: string,
  fileName = '',
): SharingRuleMetadata[] {
  const kind = SHARING_RULE_ELEMENTS[element];
  return kind === undefined ? [] : [sharingRule(rule, kind, object, file, fileName)];
}

function sharingRule(
  rule: XmlElement,
  kind: SharingRuleMetadata['kind'],
  object: string,
  file: string,
  fileName: string,
): SharingRuleMetadata {
  const account = rule.child('accountSettings');
  const level = (name: string): string => account?.text(name) ?? 'None';
  return {
    object,
    kind,
    name: rule.text('fullName') ?? fileName,
    label: rule.text('label') ?? rule.text('fullName') ?? fileName,
    accessLevel: rule.text('accessLevel') ?? 'Read',
    accountSettings: account && {
      caseAccessLevel: level('caseAccessLevel'),
      contactAccessLevel: level('contactAccessLevel'),
      opportunityAccessLevel: level('opportunityAccessLevel'),
    },
    includeRecordsOwnedByAll: rule.flag(
      kind === 'guest' ? 'includeHVUOwnedRecords' : 'includeRecordsOwnedByAll',
    ),
    sharedTo: targets(rule.child('sharedTo')),
    sharedFrom: targets(rule.child('sharedFrom')),
    criteria: readFilters(rule.all('criteriaItems')),
    booleanFilter: rule.text('booleanFilter'),
    file,
    line: rule.line,
  };
}

function targets(xml: XmlElement | undefined): SharingTarget[] {
  return (xml?.children ?? []).map((child) => ({ kind: child.name, name: child.rawText.trim() }));
}

/** A sharing set. */
export function readSharingSet(xml: XmlElement, name: string, file: string): SharingSetMetadata {
  return {
    name,
    label: xml.text('name') ?? name,
    profiles: xml.texts('profiles'),
    mappings: xml.all('accessMappings').map((item) => ({
      object: item.text('object') ?? '',
      objectField: item.text('objectField') ?? '',
      userField: item.text('userField') ?? '',
      accessLevel: item.text('accessLevel') ?? 'Read',
    })),
    file,
    line: xml.line,
  };
}

/**
 * A subscriber of platform events (Metadata API Developer Guide, "PlatformEventSubscriberConfig"). Another running user than the Automated Process is not
 * supported, and refused by name.
 */
export function readEventSubscriber(
  xml: XmlElement,
  name: string,
  file: string,
): EventSubscriberMetadata | LocalOrgError {
  const position = { file, line: xml.line, column: 1 };
  const batchSize = xml.number('batchSize') ?? 2000;
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 2000) {
    return raise(
      Diagnostics.METADATA_INVALID,
      [`batchSize of ${name} must be from 1 through 2000`],
      position,
    );
  }
  if (xml.text('user') !== undefined) {
    return raise(
      Diagnostics.METADATA_NOT_IMPLEMENTED,
      ['A running user for subscribers of platform events'],
      position,
    );
  }
  return {
    name,
    consumer: xml.text('platformEventConsumer') ?? '',
    batchSize,
    file,
    line: xml.line,
  };
}

/** An e-mail template; the body stands in the file beside its metadata. */
export function readEmailTemplate(
  xml: XmlElement,
  name: string,
  body: string,
): EmailTemplateMetadata {
  return {
    name,
    label: xml.text('name') ?? name,
    type: xml.text('type') ?? 'text',
    available: xml.flag('available'),
    subject: xml.text('subject') ?? '',
    body,
    textOnly: xml.text('textOnly'),
  };
}

/** Settings as dotted names and texts: `enableNetworksEnabled` → `true`. */
export function readSettings(xml: XmlElement): Map<string, string> {
  const settings = new Map<string, string>();
  const visit = (element: XmlElement, prefix: string): void => {
    for (const child of element.children) {
      const name = prefix + child.name;
      if (child.children.length > 0) visit(child, `${name}.`);
      else settings.set(name, child.rawText.trim());
    }
  };
  visit(xml, '');
  return settings;
}
