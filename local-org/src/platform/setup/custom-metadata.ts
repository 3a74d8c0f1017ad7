import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { RecordStore } from '../../dml/hooks.ts';
import type { CustomMetadataRecord, Project } from '../../project/model.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../../schema/contract.ts';
import { storedValueOf } from './stored-values.ts';
import { upsertSetupRow } from './upsert.ts';

/** Writes the records of custom metadata types. A record of an unknown type or with an unknown field is an error of the source. */
export function writeCustomMetadata(store: RecordStore, schema: Schema, project: Project): void {
  const seen = new Map<string, Set<string>>();
  for (const record of project.customMetadata) {
    const object = schema.object(record.typeName);
    if (object === undefined) {
      throw raise(
        Diagnostics.METADATA_REFERENCE,
        ['custom metadata type', record.typeName],
        record,
      );
    }
    const id = upsertSetupRow(
      store,
      object.name,
      { DeveloperName: record.developerName },
      {
        ...columns(record, object, schema),
        MasterLabel: record.label,
        Label: record.label,
        Language: 'en_US',
        QualifiedApiName: record.developerName,
        NamespacePrefix: null,
      },
    );
    const ids = seen.get(object.name) ?? new Set();
    seen.set(object.name, ids.add(id));
  }
  for (const record of project.customMetadata) writeRelationships(store, schema, record);
  for (const declared of project.objects.values()) {
    const object = schema.object(declared.name);
    if (object?.kind !== 'customMetadata') continue;
    const kept = seen.get(object.name) ?? new Set();
    for (const row of store.rowsWhere(object.name, 'Language', ['en_US'])) {
      if (!kept.has(String(row['Id']))) store.deleteRow(object.name, String(row['Id']));
    }
  }
}

/**
 * A field is named with its object, which stands in the relationship to EntityDefinition that controls it (Metadata API, CustomField:
 * metadataRelationshipControllingField). It is a reference: names are as defined, however the record writes them.
 */
function qualifiedField(
  record: CustomMetadataRecord,
  field: FieldInfo,
  schema: Schema,
  name: string | null,
): string | null {
  if (name === null || name === '' || name.includes('.')) return name;
  const controlling = field.reference?.controllingField?.toLowerCase();
  const entity = [...record.values].find(([each]) => each.toLowerCase() === controlling)?.[1].text;
  if (entity === undefined || entity === null) return name;
  const object = schema.object(entity);
  return `${object?.name ?? entity}.${object?.fields.get(name.toLowerCase())?.name ?? name}`;
}

/** Relationships name the other record by its developer name; rows hold Ids. Written when all records are there, because they may form circles. */
function writeRelationships(
  store: RecordStore,
  schema: Schema,
  record: CustomMetadataRecord,
): void {
  const object = schema.object(record.typeName);
  const relationships = [...(object?.fields.values() ?? [])].filter(isRelationship);
  if (object === undefined || relationships.length === 0) return;
  const ids: Record<string, unknown> = {};
  for (const field of relationships) {
    const name = [...record.values].find(
      ([each]) => each.toLowerCase() === field.name.toLowerCase(),
    )?.[1].text;
    if (name === undefined || name === null || name === '') {
      ids[field.name] = null;
      continue;
    }
    // `Type.Record` as the Metadata API writes it, or the record alone.
    const developerName = name.slice(name.lastIndexOf('.') + 1);
    const target = field.reference?.targets[0] ?? '';
    const row = store.rowsWhere(target, 'DeveloperName', [developerName])[0];
    if (row === undefined)
      throw raise(Diagnostics.METADATA_REFERENCE, [`record of ${target}`, name], record);
    ids[field.name] = row['Id'];
  }
  upsertSetupRow(store, object.name, { DeveloperName: record.developerName }, ids);
}

function isRelationship(field: FieldInfo): boolean {
  return field.custom && field.reference?.targets.some((name) => name.endsWith('__mdt')) === true;
}

function columns(
  record: CustomMetadataRecord,
  object: ObjectInfo,
  schema: Schema,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of object.fields.values()) {
    if (field.custom && !isRelationship(field)) values[field.name] = null;
  }
  for (const [name, value] of record.values) {
    const field: FieldInfo | undefined = object.fields.get(name.toLowerCase());
    if (field === undefined) {
      throw raise(Diagnostics.METADATA_REFERENCE, ['field', `${object.name}.${name}`], {
        file: record.file,
        line: value.line,
      });
    }
    if (isRelationship(field)) continue;
    values[field.name] = value.text === null ? null : storedValueOf(field, value.text);
    if (field.reference?.targets.includes('FieldDefinition') === true)
      values[field.name] = qualifiedField(record, field, schema, value.text);
  }
  return values;
}
