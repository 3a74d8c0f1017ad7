import { OBJECT_CONDITIONS } from '../../schema-data/facts/conditions.ts';
import { localizedLabel, localizedProject } from '../project/localized-project.ts';
import type { FieldMetadata, ObjectMetadata, Project, ValueMetadata } from '../project/model.ts';
import type {
  ChildRelationshipInfo,
  FieldInfo,
  ObjectInfo,
  ObjectKind,
  OrgShape,
  Schema,
  SharingModel,
} from './contract.ts';
import { customFields, picklistValues } from './custom-field.ts';
import type { CustomFieldContext } from './custom-field.ts';
import { featureOfFacts, keyPrefixesOfFacts, objectsWithFacts } from './facts.ts';
import { customKind, customSharing, systemFields } from './custom-object.ts';
import { customShare, customShareName } from './custom-share.ts';
import { assignKeyPrefixes } from './identifiers.ts';
import { ACTIVITY_CHILDREN, OPEN_LOOKUPS, RECORD_CHILDREN } from './implied-relationships.ts';
import { platformKeyPrefix, platformKeyPrefixes, substituteKeyPrefixes } from './key-prefixes.ts';
import { platformObject, platformObjectNames } from './platform-objects.ts';
import { isFieldInOrg, standardObject } from './standard-object.ts';
import type { StandardObject } from './standard-object.ts';
import {
  fieldSetsOf,
  nameFieldOf,
  parentsOf,
  personRecordType,
  recordTypeField,
  recordTypesOf,
} from './object-parts.ts';
import { schemaHash } from './schema-hash.ts';
import { standardFieldOfValueSet } from './standard-values.ts';

/** What a schema is resolved from. */
export interface SchemaSources {
  readonly shape: OrgShape;
  readonly project?: Project;
  /** Key prefixes that a database already uses, by lower-case object name. */
  readonly keyPrefixes?: ReadonlyMap<string, string>;
}

/** Resolves generated facts, hand-kept facts, project metadata and org features into one schema. Objects are resolved when asked for. */
export function createSchema(sources: SchemaSources): Schema {
  return new ResolvedSchema(sources);
}

class ResolvedSchema implements Schema {
  readonly shape: OrgShape;
  readonly labels: ReadonlyMap<string, string>;
  readonly hash: string;
  readonly keyPrefixes: ReadonlyMap<string, string>;
  readonly #project: Project | undefined;
  readonly #objects = new Map<string, ObjectInfo | null>();
  /** Lookups of the project by lower-case target: the children of that target. */
  readonly #lookups = new Map<string, ChildRelationshipInfo[]>();
  /** The schema of the project in another language. */
  readonly #localized = new WeakMap<Project, ResolvedSchema>();
  #prefixes: Map<string, string> | undefined;
  #names: readonly string[] | undefined;

  constructor({ shape, project, keyPrefixes }: SchemaSources) {
    this.shape = shape;
    this.#project = project;
    this.labels = new Map([...(project?.labels ?? [])].map(([name, label]) => [name, label.value]));
    const declared = [...(project?.objects.values() ?? [])].filter((object) =>
      this.#isDeclared(object),
    );
    this.keyPrefixes = assignKeyPrefixes(
      declared.map((object) => object.name),
      keyPrefixes ?? new Map(),
    );
    this.#indexLookups();
    this.hash = schemaHash(shape, project, this.keyPrefixes);
  }

  object(name: string): ObjectInfo | undefined {
    const key = name.toLowerCase();
    let info = this.#objects.get(key);
    if (info === undefined) {
      info = this.#resolve(key) ?? null;
      this.#objects.set(key, info);
    }
    return info ?? undefined;
  }

  objectByPrefix(prefix: string): ObjectInfo | undefined {
    this.#prefixes ??= new Map([
      ...[...substituteKeyPrefixes()].map(([name, own]): [string, string] => [own, name]),
      ...platformKeyPrefixes(),
      ...keyPrefixesOfFacts(),
      ...[...this.keyPrefixes].map(([name, own]): [string, string] => [own, name]),
    ]);
    const name = this.#prefixes.get(prefix.slice(0, 3));
    return name === undefined ? undefined : this.object(name);
  }

  *objects(): Iterable<ObjectInfo> {
    for (const name of this.objectNames()) {
      const info = this.object(name);
      if (info !== undefined) yield info;
    }
  }

  objectNames(): readonly string[] {
    if (this.#names === undefined) {
      const names = new Map<string, string>();
      const add = (name: string): void => void names.set(name.toLowerCase(), name);
      platformObjectNames()
        .filter((name) => this.#hasStandard(name))
        .forEach(add);
      objectsWithFacts()
        .filter((name) => this.#hasStandard(name))
        .forEach(add);
      for (const object of this.#project?.objects.values() ?? []) {
        if (!this.#isDeclared(object)) continue;
        add(object.name);
        if (customShareName(object) !== undefined) add(object.name.replace(/__c$/i, '__Share'));
      }
      this.#names = [...names.values()];
    }
    return this.#names;
  }

  field(object: string, field: string): FieldInfo | undefined {
    return this.object(object)?.fields.get(field.toLowerCase());
  }

  label(name: string, language: string): string | undefined {
    const label = this.#project?.labels.get(name.toLowerCase());
    return label && localizedLabel(label, language);
  }

  hasTranslation(label: string, language: string): boolean {
    const found = this.#project?.labels.get(label.toLowerCase());
    return found?.language === language || found?.translations.has(language) === true;
  }

  localized(object: ObjectInfo, language: string): ObjectInfo {
    const project = this.#project && localizedProject(this.#project, language);
    if (project === undefined || project === this.#project) return object;
    let schema = this.#localized.get(project);
    if (schema === undefined) {
      const { shape, keyPrefixes } = this;
      schema = new ResolvedSchema({ shape, project, keyPrefixes });
      this.#localized.set(project, schema);
    }
    return schema.object(object.name) ?? object;
  }

  #resolve(key: string): ObjectInfo | undefined {
    const metadata = this.#project?.objects.get(key);
    if (metadata !== undefined && this.#isDeclared(metadata)) return this.#customObject(metadata);
    if (key.endsWith('__share')) {
      const parent = this.#project?.objects.get(key.replace(/__share$/, '__c'));
      return parent && customShare(parent);
    }
    const standard = this.#hasStandard(key) ? standardObject(key, this.shape.features) : undefined;
    return standard && this.#standardObject(standard, metadata);
  }

  #hasStandard(name: string): boolean {
    const needed =
      featureOfFacts(name) ?? OBJECT_CONDITIONS.find(({ pattern }) => pattern.test(name))?.feature;
    return needed === undefined || this.shape.features.has(needed);
  }

  #isChildInOrg(childObject: string, field: string | undefined): boolean {
    if (!this.#hasStandard(childObject)) return false;
    return field === undefined || isFieldInOrg(childObject, field, this.shape.features);
  }

  /** Whether metadata creates the object, rather than extending one of Salesforce's. */
  #isDeclared(object: ObjectMetadata): boolean {
    return /__(c|mdt|e|x|b)$/i.test(object.name);
  }

  #standardObject(standard: StandardObject, metadata: ObjectMetadata | undefined): ObjectInfo {
    const fields = new Map(standard.fields.map((field) => [field.name.toLowerCase(), field]));
    this.#applyStandardValueSets(standard.name, fields);
    this.#addCustomTargets(standard.name, fields);
    for (const object of this.#extensionsOf(standard.name, metadata)) {
      this.#addProjectFields(object, fields);
    }
    if (standard.name === 'Account' && this.shape.features.has('personAccounts')) {
      this.#addPersonFields(fields);
    }
    const can = (ability: string): boolean | undefined => standard.abilities?.has(ability);
    const internalSharing =
      (metadata?.sharingModel as SharingModel | undefined) ?? standard.defaultSharing;
    const share = `${standard.name}Share`;
    const noKeyPrefix = standard.keyPrefix === null;
    const keyPrefix = noKeyPrefix
      ? undefined
      : (standard.keyPrefix ?? platformKeyPrefix(standard.name));
    const localPrefix = keyPrefix ?? substituteKeyPrefixes().get(standard.name.toLowerCase());
    return {
      name: standard.name,
      label: metadata?.label ?? standard.label,
      pluralLabel: metadata?.pluralLabel ?? standard.pluralLabel,
      kind: standard.kind,
      custom: false,
      keyPrefix,
      ...(noKeyPrefix && { noKeyPrefix }),
      ...(localPrefix !== undefined && { localPrefix }),
      factsKnown: standard.factsKnown,
      createable: can('create'),
      updateable: can('update'),
      deletable: can('delete'),
      undeletable: can('undelete'),
      mergeable: can('merge'),
      queryable: can('query'),
      searchable: can('search'),
      setupObject: can('setup') ?? false,
      internalSharing,
      externalSharing:
        (metadata?.externalSharingModel as SharingModel | undefined) ??
        (internalSharing === 'ControlledByParent' ? internalSharing : internalSharing && 'Private'),
      fields,
      parents: parentsOf(fields.values()),
      children: this.#children(
        standard.name,
        standard.children
          .filter(({ childObject, field }) => this.#isChildInOrg(childObject, field))
          .map((child) => ({ ...child, field: child.field ?? '' })),
      ),
      nameField: nameFieldOf(fields),
      recordTypes: [
        ...(standard.name === 'Account' && this.shape.features.has('personAccounts')
          ? [personRecordType()]
          : []),
        ...recordTypesOf(standard.name, metadata),
      ],
      fieldSets: fieldSetsOf(metadata),
      shareObject: platformObject(share) ? share : undefined,
      ...(metadata?.description !== undefined && { description: metadata.description }),
    };
  }

  /** Metadata that adds to a standard object: its own, and for tasks and events that of Activity. */
  #extensionsOf(name: string, metadata: ObjectMetadata | undefined): ObjectMetadata[] {
    const isActivity = name === 'Task' || name === 'Event';
    const activity = isActivity ? this.#project?.objects.get('activity') : undefined;
    return [metadata, activity].filter((object) => object !== undefined);
  }

  #applyStandardValueSets(objectName: string, fields: Map<string, FieldInfo>): void {
    for (const [name, values] of this.#project?.standardValueSets ?? []) {
      const fieldName = standardFieldOfValueSet(name, objectName);
      const field = fieldName === undefined ? undefined : fields.get(fieldName.toLowerCase());
      if (field !== undefined) {
        fields.set(field.name.toLowerCase(), { ...field, picklist: picklistValues(values) });
      }
    }
  }

  /** A person account shows the custom fields of its contact with the suffix `__pc` (documented). */
  #addPersonFields(fields: Map<string, FieldInfo>): void {
    const contact = this.#project?.objects.get('contact');
    for (const metadata of contact?.fields.values() ?? []) {
      if (!/__c$/i.test(metadata.name)) continue;
      for (const field of customFields(metadata, this.#context('Contact'))) {
        const name = field.name.replace(/__c$/i, '__pc');
        fields.set(name.toLowerCase(), { ...field, name });
      }
    }
  }

  /** Activities, notes and files also belong to the project's own objects. */
  #addCustomTargets(objectName: string, fields: Map<string, FieldInfo>): void {
    const fieldName = OPEN_LOOKUPS[objectName];
    const field = fieldName === undefined ? undefined : fields.get(fieldName.toLowerCase());
    if (field?.reference === undefined) return;
    const isActivity = fieldName === 'WhatId';
    const own = [...(this.#project?.objects.values() ?? [])]
      .filter((object) => this.#isDeclared(object) && customKind(object) === 'custom')
      .filter((object) => !isActivity || object.enableActivities)
      .map((object) => object.name);
    const targets = [...field.reference.targets, ...own];
    fields.set(field.name.toLowerCase(), { ...field, reference: { ...field.reference, targets } });
  }

  #customObject(metadata: ObjectMetadata): ObjectInfo {
    const kind = customKind(metadata);
    const fields = new Map<string, FieldInfo>();
    for (const field of systemFields(metadata, kind, this.shape.features)) {
      fields.set(field.name.toLowerCase(), field);
    }
    this.#addProjectFields(metadata, fields);
    const isRecord =
      kind === 'custom' || kind === 'listCustomSetting' || kind === 'hierarchyCustomSetting';
    const internalSharing = customSharing(metadata, kind);
    const keyPrefix = this.keyPrefixes.get(metadata.name.toLowerCase());
    return {
      name: metadata.name,
      label: metadata.label ?? metadata.name,
      pluralLabel: metadata.pluralLabel ?? metadata.label ?? metadata.name,
      kind,
      custom: true,
      keyPrefix,
      ...(keyPrefix !== undefined && { localPrefix: keyPrefix }),
      factsKnown: true,
      createable: isRecord || kind === 'platformEvent' || kind === 'bigObject',
      updateable: isRecord,
      deletable: isRecord,
      undeletable: kind === 'custom',
      mergeable: false,
      queryable: kind !== 'platformEvent',
      searchable: kind === 'custom' && metadata.enableSearch,
      setupObject: false,
      internalSharing,
      externalSharing:
        internalSharing === undefined || internalSharing === 'ControlledByParent'
          ? internalSharing
          : ((metadata.externalSharingModel as SharingModel | undefined) ?? 'Private'),
      fields,
      parents: parentsOf(fields.values()),
      children: this.#children(metadata.name, this.#ownChildren(metadata, kind)),
      nameField: nameFieldOf(fields),
      recordTypes: recordTypesOf(metadata.name, metadata),
      fieldSets: fieldSetsOf(metadata),
      shareObject: customShareName(metadata),
      ...(metadata.description !== undefined && { description: metadata.description }),
    };
  }

  #ownChildren(metadata: ObjectMetadata, kind: ObjectKind): ChildRelationshipInfo[] {
    if (kind !== 'custom') return [];
    const share = customShareName(metadata);
    return [
      ...RECORD_CHILDREN,
      ...(metadata.enableActivities ? ACTIVITY_CHILDREN : []),
      ...(share === undefined ? [] : [{ name: 'Shares', childObject: share, field: 'ParentId' }]),
    ];
  }

  #addProjectFields(object: ObjectMetadata, fields: Map<string, FieldInfo>): void {
    for (const metadata of object.fields.values()) {
      const existing = fields.get(metadata.name.toLowerCase());
      if (existing !== undefined && !/__c$/i.test(metadata.name)) {
        fields.set(existing.name.toLowerCase(), this.#adjusted(existing, metadata));
        continue;
      }
      // A standard field of a feature that this org does not have.
      if (!/__c$/i.test(metadata.name)) continue;
      for (const field of customFields(metadata, this.#context(object.name))) {
        fields.set(field.name.toLowerCase(), field);
      }
    }
    if (object.recordTypes.size > 0 && !fields.has('recordtypeid')) {
      fields.set('recordtypeid', recordTypeField());
    }
  }

  /** A standard field with what metadata may change of it. */
  #adjusted(field: FieldInfo, metadata: FieldMetadata): FieldInfo {
    const values = metadata.valueSet?.values ?? [];
    return {
      ...field,
      ...(metadata.label !== undefined && { label: metadata.label }),
      ...(metadata.description !== undefined && { description: metadata.description }),
      ...(metadata.helpText !== undefined && { helpText: metadata.helpText }),
      ...(values.length > 0 && { picklist: picklistValues(values) }),
      ...(metadata.required && { nillable: false }),
    };
  }

  #context(objectName: string): CustomFieldContext {
    const project = this.#project;
    return {
      objectName,
      globalValueSet: (name): readonly ValueMetadata[] | undefined =>
        project?.globalValueSets.get(name.toLowerCase().replace(/__gvs$/, '')) ??
        project?.standardValueSets.get(name.toLowerCase()),
      summarizedField: (object, field) =>
        project?.objects.get(object.toLowerCase())?.fields.get(field.toLowerCase()),
    };
  }

  #indexLookups(): void {
    for (const object of this.#project?.objects.values() ?? []) {
      for (const field of object.fields.values()) {
        const target = field.type === 'Hierarchy' ? 'User' : field.referenceTo;
        if (target === undefined || field.relationshipName === undefined) continue;
        const carriers =
          object.name.toLowerCase() === 'activity' ? ['Task', 'Event'] : [object.name];
        const children = this.#lookups.get(target.toLowerCase()) ?? [];
        for (const childObject of carriers) {
          children.push({ name: `${field.relationshipName}__r`, childObject, field: field.name });
        }
        this.#lookups.set(target.toLowerCase(), children);
      }
    }
  }

  #children(
    objectName: string,
    own: readonly ChildRelationshipInfo[],
  ): Map<string, ChildRelationshipInfo> {
    const all = [...own, ...(this.#lookups.get(objectName.toLowerCase()) ?? [])];
    return new Map(all.map((child) => [child.name.toLowerCase(), child]));
  }
}
