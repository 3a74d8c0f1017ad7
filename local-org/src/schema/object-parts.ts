import type { ObjectMetadata, RecordTypeMetadata } from '../project/model.ts';
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
      isMaster: false,
      picklistValues: limitedPicklists(objectName, type, metadata),
    })),
    {
      id: MASTER_RECORD_TYPE_ID,
      developerName: 'Master',
      label: 'Master',
      active: true,
      isMaster: true,
    },
  ];
}

/** The picklist that a business process decides about. Documented: Metadata API, BusinessProcess. */
const PROCESS_PICKLISTS: Readonly<Record<string, string>> = {
  Case: 'status',
  Lead: 'status',
  Opportunity: 'stagename',
  Solution: 'status',
};

/** What a record type and its process leave of picklists. */
function limitedPicklists(
  objectName: string,
  type: RecordTypeMetadata,
  metadata: ObjectMetadata | undefined,
): NonNullable<RecordTypeInfo['picklistValues']> {
  const process = metadata?.businessProcesses.get(type.businessProcess?.toLowerCase() ?? '');
  const picklist = PROCESS_PICKLISTS[objectName];
  return process === undefined || picklist === undefined
    ? type.picklistValues
    : new Map([...type.picklistValues, [picklist, process.values]]);
}

/** The record type that an org with person accounts has from the beginning (documented: Help, "Person Account Record Types"). */
export function personRecordType(): RecordTypeInfo {
  return {
    id: recordTypeId('Account', 'PersonAccount'),
    developerName: 'PersonAccount',
    label: 'Person Account',
    active: true,
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
