import type { ObjectMetadata } from '../project/model.ts';
import type { FieldInfo, RecordTypeInfo, FieldSetInfo } from './contract.ts';
import { common } from './custom-object.ts';
import { MASTER_RECORD_TYPE_ID, recordTypeId } from './identifiers.ts';

/** Record types of the project, and the master that every object has. */
export function recordTypesOf(
  objectName: string,
  metadata: ObjectMetadata | undefined,
): RecordTypeInfo[] {
  const own = [...(metadata?.recordTypes.values() ?? [])];
  return [
    ...own.map((type) => ({
      id: recordTypeId(objectName, type.name),
      developerName: type.name,
      label: type.label,
      active: type.active,
      isDefault: false,
      isMaster: false,
    })),
    {
      id: MASTER_RECORD_TYPE_ID,
      developerName: 'Master',
      label: 'Master',
      active: true,
      isDefault: own.length === 0,
      isMaster: true,
    },
  ];
}

/** The record type that an org with person accounts has from the beginning (documented: Help, "Person Account Record Types"). */
export function personRecordType(): RecordTypeInfo {
  return {
    id: recordTypeId('Account', 'PersonAccount'),
    developerName: 'PersonAccount',
    label: 'Person Account',
    active: true,
    isDefault: false,
    isMaster: false,
    isPerson: true,
  };
}

/** The lookup that an object with record types has. */
export function recordTypeField(): FieldInfo {
  return {
    ...common('RecordTypeId'),
    reference: {
      targets: ['RecordType'],
      relationshipName: 'RecordType',
      polymorphic: false,
      masterDetail: false,
      reparentable: true,
      onDelete: 'setNull',
    },
  };
}

/** Parent relationships by lower-case name. */
export function parentsOf(fields: Iterable<FieldInfo>): Map<string, FieldInfo> {
  const parents = new Map<string, FieldInfo>();
  for (const field of fields) {
    const name = field.reference?.relationshipName;
    if (name !== undefined) parents.set(name.toLowerCase(), field);
  }
  return parents;
}

/** The field marked as name, else the usual ones in the order of the Object Reference's habit (inferred). */
export function nameFieldOf(fields: ReadonlyMap<string, FieldInfo>): string | undefined {
  for (const field of fields.values()) if (field.nameField) return field.name;
  for (const usual of ['name', 'subject', 'title', 'masterlabel', 'developername']) {
    const field = fields.get(usual);
    if (field !== undefined) return field.name;
  }
  return undefined;
}

/** The project's field sets by lower-case name. */
export function fieldSetsOf(
  metadata: ObjectMetadata | undefined,
): ReadonlyMap<string, FieldSetInfo> {
  return new Map(
    [...(metadata?.fieldSets.values() ?? [])].map((set) => [
      set.name.toLowerCase(),
      {
        name: set.name,
        label: set.label,
        fields: set.fields.map(({ field, required }) => ({ path: field, required })),
      },
    ]),
  );
}
