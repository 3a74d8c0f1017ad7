import { SObjectValue } from '../apex/values/sobject.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { fieldValueOf } from '../platform/ui-api/saves.ts';
import type { ObjectInfo } from '../schema/contract.ts';
import { PlatformFault } from '../server/contract.ts';
import type { Json } from '../server/contract.ts';
import type { TreeFile, TreeRecord } from './demo-data.ts';
import type { LocalOrg } from './local-org.ts';

const CHUNK = 200;

/**
 * Inserts records in the Salesforce CLI's tree format as the administrator, file by file, all of a step in one transaction. `@ref` in a field stands for the Id
 * of the record with that reference; `references` keeps them for later steps.
 */
export function loadTree(
  org: LocalOrg,
  files: readonly TreeFile[],
  references: Map<string, string>,
): void {
  org.run('rest', org.adminId, 'load records', (transaction) => {
    const context = { userId: org.adminId, access: 'system', sharing: false } as const;
    for (const file of files) {
      let level: readonly Pending[] = file.records.map((record) => ({ record, parent: null }));
      while (level.length > 0) {
        const built = level.map((pending) => build(org, file.file, pending, references));
        for (let index = 0; index < built.length; index += CHUNK) {
          const part = built.slice(index, index + CHUNK);
          transaction.dml(
            'insert',
            part.map((item) => item.value),
            { context, allOrNone: true },
          );
        }
        built.forEach((item, index) => {
          const reference = level[index]?.record.attributes.referenceId;
          if (reference !== undefined && item.value.id !== null)
            references.set(reference, item.value.id);
        });
        level = built.flatMap((item) =>
          item.children.map((record) => ({ record, parent: item.value })),
        );
      }
    }
  });
}

interface Pending {
  readonly record: TreeRecord;
  /** Record that this one is nested in. */
  readonly parent: SObjectValue | null;
}

interface Built {
  readonly value: SObjectValue;
  readonly children: readonly TreeRecord[];
}

function build(
  org: LocalOrg,
  file: string,
  { record, parent }: Pending,
  references: ReadonlyMap<string, string>,
): Built {
  const object = org.schema.object(record.attributes.type);
  if (object === undefined)
    throw raise(Diagnostics.DEMO_DATA, [`there is no object ${record.attributes.type}`], { file });
  const value = new SObjectValue(object);
  const children: TreeRecord[] = [];
  for (const [name, json] of Object.entries(record)) {
    if (name === 'attributes') continue;
    if (typeof json === 'object' && json !== null && 'records' in json) {
      children.push(...(json.records as readonly TreeRecord[]));
      continue;
    }
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined)
      throw raise(Diagnostics.DEMO_DATA, [`${object.name} has no field ${name}`], { file });
    value.load(field.name, valueOf(file, object, field, json, references));
  }
  if (parent?.id != null) linkToParent(object, value, parent);
  return { value, children };
}

function valueOf(
  file: string,
  object: ObjectInfo,
  field: Parameters<typeof fieldValueOf>[1],
  json: unknown,
  references: ReadonlyMap<string, string>,
): unknown {
  if (typeof json === 'string' && json.startsWith('@')) {
    const id = references.get(json.slice(1));
    if (id === undefined)
      throw raise(Diagnostics.DEMO_DATA, [`nothing was loaded under the reference ${json}`], {
        file,
      });
    return id;
  }
  try {
    return fieldValueOf(object, field, json as Json);
  } catch (error) {
    if (error instanceof PlatformFault)
      throw raise(Diagnostics.DEMO_DATA, [error.message], { file });
    throw error;
  }
}

/** A nested record points to the one around it through its lookup to that object. */
function linkToParent(object: ObjectInfo, value: SObjectValue, parent: SObjectValue): void {
  for (const field of object.fields.values()) {
    const points =
      field.reference?.targets.length === 1 && field.reference.targets[0] === parent.object.name;
    if (points && !value.values.has(field.name)) {
      value.load(field.name, parent.id);
      return;
    }
  }
}
