import {
  ABSENT_FIELDS,
  FIELD_CONDITIONS,
  OBJECT_CONDITIONS,
  RELATIONSHIP_CONDITIONS,
} from '../../schema-data/facts/conditions.ts';
import type {
  ApexFieldType,
  DisplayType,
  FieldInfo,
  ObjectKind,
  OrgFeature,
  ReferenceInfo,
  SharingModel,
} from './contract.ts';
import { commonFieldFacts, fieldFacts, objectFacts } from './facts.ts';
import type { FieldFacts, ObjectFacts } from './facts.ts';
import { fieldInfo, labelFromName } from './field-info.ts';
import { platformObject } from './platform-objects.ts';
import type { PlatformChild, PlatformField } from './platform-objects.ts';

/** What Salesforce itself defines of an object, before the project's metadata. */
export interface StandardObject {
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly kind: ObjectKind;
  /** Null where there is none. */
  readonly keyPrefix: string | null | undefined;
  readonly factsKnown: boolean;
  readonly abilities: ReadonlySet<string> | undefined;
  readonly defaultSharing: SharingModel | undefined;
  readonly fields: readonly FieldInfo[];
  readonly children: readonly StandardChild[];
}

/** A child relationship; `field` is undefined where we do not know which field carries it. */
export interface StandardChild {
  readonly name: string;
  readonly childObject: string;
  readonly field: string | undefined;
}

type Features = ReadonlySet<OrgFeature>;

/** A standard object as it is in an org with these features; undefined when such an org has none of that name. */
export function standardObject(name: string, features: Features): StandardObject | undefined {
  const platform = platformObject(name);
  const facts = objectFacts(name);
  if (platform === undefined && facts === undefined) return undefined;
  const objectName = facts?.name ?? platform?.name ?? name;
  const needed =
    facts?.feature ?? OBJECT_CONDITIONS.find(({ pattern }) => pattern.test(objectName))?.feature;
  if (needed !== undefined && !features.has(needed)) return undefined;
  const sharing = [...(facts?.abilities ?? [])].find((word) => word.startsWith('owd:'));
  return {
    name: objectName,
    label: facts?.label ?? labelFromName(objectName),
    pluralLabel: facts?.pluralLabel ?? labelFromName(objectName),
    kind: kindOf(objectName, facts),
    keyPrefix: facts?.keyPrefix,
    factsKnown: facts !== undefined,
    abilities: facts?.abilities,
    defaultSharing: sharing?.slice('owd:'.length) as SharingModel | undefined,
    fields: standardFields(objectName, platform?.fields ?? [], facts, features),
    children: standardChildren(
      objectName,
      (platform?.children ?? []).filter((child) =>
        isRelationshipInOrg(objectName, child, features),
      ),
      facts,
    ),
  };
}

function kindOf(name: string, facts: ObjectFacts | undefined): ObjectKind {
  if (facts?.abilities.has('virtual')) return 'virtual';
  if (/Share$/.test(name) && platformObject(name.slice(0, -'Share'.length))) return 'share';
  if (
    /Event$/.test(name) &&
    platformObject(name)?.fields.some((field) => field.name === 'ReplayId')
  ) {
    return 'platformEvent';
  }
  return 'standard';
}

function standardFields(
  objectName: string,
  jarFields: readonly PlatformField[],
  facts: ObjectFacts | undefined,
  features: Features,
): FieldInfo[] {
  const fields: FieldInfo[] = [];
  const seen = new Set<string>();
  const add = (name: string, jar: PlatformField | undefined): void => {
    const key = name.toLowerCase();
    if (seen.has(key)) return;
    seen.add(key);
    const known = fieldFacts(facts, name) ?? commonFieldFacts(name);
    if (isInOrg(objectName, name, known, facts, features))
      fields.push(standardField(name, jar, known));
  };
  for (const jar of jarFields) add(jar.name, jar);
  // What the jars lack, such as Lead.PartnerAccountId.
  for (const known of facts?.fields.values() ?? []) add(known.name, undefined);
  return fields;
}

/** Whether a standard object's field exists in an org with these features, as far as facts and conditions say. */
export function isFieldInOrg(objectName: string, fieldName: string, features: Features): boolean {
  const facts = objectFacts(objectName);
  const known = fieldFacts(facts, fieldName) ?? commonFieldFacts(fieldName);
  return isInOrg(objectName, fieldName, known, facts, features);
}

function isInOrg(
  objectName: string,
  fieldName: string,
  known: FieldFacts | undefined,
  facts: ObjectFacts | undefined,
  features: Features,
): boolean {
  const qualified = `${objectName}.${fieldName}`;
  if (facts?.absent.has(fieldName.toLowerCase())) return false;
  if (known === undefined && ABSENT_FIELDS.some((pattern) => pattern.test(qualified))) return false;
  const needed =
    known?.feature ?? FIELD_CONDITIONS.find(({ pattern }) => pattern.test(qualified))?.feature;
  return needed === undefined || features.has(needed);
}

function standardField(
  name: string,
  jar: PlatformField | undefined,
  known: FieldFacts | undefined,
): FieldInfo {
  const displayType = known?.displayType ?? displayTypeOf(name, jar);
  const reference = displayType === 'reference' ? referenceOf(name, jar, known) : undefined;
  const structure = {
    name: jar?.name ?? known?.name ?? name,
    displayType,
    ...(jar && { apexType: apexFieldType(jar.type) }),
    ...(reference && { reference }),
  };
  if (known === undefined) return fieldInfo(structure);
  const has = (flag: string): boolean => known.flags.has(flag);
  return fieldInfo({
    ...structure,
    label: known.label ?? familyLabel(structure.name, known),
    length: known.length ?? (displayType === 'id' || displayType === 'reference' ? 18 : undefined),
    precision: known.precision,
    scale: known.scale,
    nillable: has('N'),
    createable: has('C'),
    updateable: has('U'),
    defaultedOnCreate: has('D'),
    filterable: has('F'),
    groupable: has('G'),
    sortable: has('S'),
    unique: has('Q'),
    caseSensitive: has('X'),
    externalId: has('E'),
    idLookup: has('I'),
    nameField: has('M'),
    autoNumber: has('A'),
    picklist: known.values,
    restrictedPicklist: has('R'),
    ...(known.defaultValue !== undefined && { defaultValue: known.defaultValue }),
    ...(known.compound !== undefined && { compoundField: known.compound }),
  });
}

/** Label of a field that shares its facts with others: `PermissionsEditTask` → `Edit Task` (inferred). */
function familyLabel(name: string, { name: family }: FieldFacts): string | undefined {
  return family.endsWith('*') ? labelFromName(name.slice(family.length - 1)) : undefined;
}

/** What can be said of a field from its Apex type alone; enough to store and query it. */
function displayTypeOf(name: string, jar: PlatformField | undefined): DisplayType {
  if (name.toLowerCase() === 'id') return 'id';
  switch (jar?.type) {
    case 'Id':
      return 'reference';
    case 'Boolean':
      return 'boolean';
    case 'Integer':
      return 'int';
    case 'Long':
      return 'long';
    case 'Decimal':
    case 'Double':
      return 'double';
    case 'Date':
      return 'date';
    case 'Datetime':
      return 'datetime';
    case 'Time':
      return 'time';
    case 'Blob':
      return 'base64';
    case 'Address':
      return 'address';
    case 'Location':
      return 'location';
    case 'Object':
    case 'SObject':
      return 'anytype';
    case 'List<String>':
      return 'json';
    default:
      return 'string';
  }
}

function apexFieldType(type: string): ApexFieldType {
  switch (type) {
    case 'Id':
    case 'String':
    case 'Boolean':
    case 'Integer':
    case 'Long':
    case 'Double':
    case 'Decimal':
    case 'Date':
    case 'Datetime':
    case 'Time':
    case 'Blob':
    case 'Address':
    case 'Location':
      return type;
    default:
      // Junction id lists and variant values; nothing of ours computes with them.
      return 'Object';
  }
}

/** What the jars call the target of a lookup that may point to several objects. */
const POLYMORPHIC = new Set(['Name', 'SObject']);

function referenceOf(
  name: string,
  jar: PlatformField | undefined,
  known: FieldFacts | undefined,
): ReferenceInfo | undefined {
  const jarTargets = jar?.target === undefined || POLYMORPHIC.has(jar.target) ? [] : [jar.target];
  // A common fact (OwnerId: User or Group) yields to what the jars say of this very object.
  const isCommon = known !== undefined && known === commonFieldFacts(name);
  const knownTargets = known?.targets ?? [];
  const targets =
    knownTargets.length > 0 && !(isCommon && jarTargets.length > 0) ? knownTargets : jarTargets;
  const relationshipName = jar?.relationship ?? known?.relationshipName;
  return {
    targets,
    ...(relationshipName !== undefined && { relationshipName }),
    polymorphic: targets.length !== 1,
    masterDetail: false,
    reparentable: true,
    onDelete: known?.onDelete ?? 'setNull',
  };
}

function isRelationshipInOrg(parent: string, child: PlatformChild, features: Features): boolean {
  const qualified = `${parent}.${child.relationship}`;
  const needed = RELATIONSHIP_CONDITIONS.find(({ pattern }) => pattern.test(qualified))?.feature;
  return needed === undefined || features.has(needed);
}

function standardChildren(
  parent: string,
  jarChildren: readonly PlatformChild[],
  facts: ObjectFacts | undefined,
): StandardChild[] {
  const known = jarChildren.map((child) => ({
    name: child.relationship,
    childObject: child.child,
    field:
      facts?.childFields.get(child.relationship.toLowerCase())?.field ?? likelyField(parent, child),
  }));
  const added = [...(facts?.childFields.values() ?? [])].flatMap(({ name, childObject, field }) =>
    childObject === undefined ? [] : [{ name, childObject, field }],
  );
  return [...known, ...added];
}

/**
 * Which field carries a child relationship, where the jars leave several: certain with one candidate; else the one whose
 * name the relationship shares, or the usual names of a polymorphic parent (inferred). Undefined when nothing speaks for one.
 */
function likelyField(
  parent: string,
  { relationship, child, ...jar }: PlatformChild,
): string | undefined {
  // Audit fields carry no child relationship, and the owner only those of users and queues.
  const isOwner = parent === 'User' || parent === 'Group';
  const candidates = jar.candidates.filter(
    (field) =>
      field !== 'CreatedById' && field !== 'LastModifiedById' && (isOwner || field !== 'OwnerId'),
  );
  if (candidates.length === 1) return candidates[0];
  const stems = candidates.filter((field) => {
    const stem = field.replace(/Id$/, '').toLowerCase();
    return relationship.toLowerCase().includes(stem) && !child.toLowerCase().includes(stem);
  });
  if (stems.length === 1) return stems[0];
  const preferred = [
    'ParentId',
    'WhatId',
    'WhoId',
    'LinkedEntityId',
    'TargetObjectId',
    'RelatedToId',
    'AccountId',
  ];
  return preferred.find((field) => candidates.includes(field));
}
