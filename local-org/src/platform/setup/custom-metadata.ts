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
        ...columns(record, object),
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
  for (const declared of project.objects.values()) {
    const object = schema.object(declared.name);
    if (object?.kind !== 'customMetadata') continue;
    const kept = seen.get(object.name) ?? new Set();
    for (const row of store.rowsWhere(object.name, 'Language', ['en_US'])) {
      if (!kept.has(String(row['Id']))) store.deleteRow(object.name, String(row['Id']));
    }
  }
}

function columns(record: CustomMetadataRecord, object: ObjectInfo): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of object.fields.values()) {
    if (field.custom) values[field.name] = null;
  }
  for (const [name, value] of record.values) {
    const field: FieldInfo | undefined = object.fields.get(name.toLowerCase());
    if (field === undefined) {
      throw raise(Diagnostics.METADATA_REFERENCE, ['field', `${object.name}.${name}`], {
        file: record.file,
        line: value.line,
      });
    }
    values[field.name] = value.text === null ? null : storedValueOf(field, value.text);
  }
  return values;
}
