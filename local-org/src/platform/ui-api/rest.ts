import type { SObjectValue } from '../../apex/values/sobject.ts';
import type { ApexList } from '../../apex/values/list.ts';
import type { Transaction } from '../../execution/contract.ts';
import type { FieldInfo, ObjectInfo, Schema } from '../../schema/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { Json, JsonObject, RestQueryResult } from '../../server/contract.ts';
import { selectedPaths } from '../../soql/selected-paths.ts';
import { notFound, userQuery } from './core.ts';
import { jsonValue } from './display-values.ts';
import { uiRecordType } from './object-info.ts';

/** Version in the URLs that answers carry. */
export const API_VERSION = '67.0';

/** Runs SOQL text of the caller as that user. Unlike in Apex there are no binds. */
export function restQuery(transaction: Transaction, soql: string): RestQueryResult {
  const query = transaction.prepareQuery(soql);
  const context = { userId: transaction.user.id, access: 'user', sharing: true } as const;
  const result = transaction.query(query, { context, binds: [] });
  const selected = query.shape === 'rows' ? new Set(selectedPaths(query)) : null;
  return {
    totalSize: result.count,
    done: true,
    records: result.rows.map((record) => restJson(record, selected)),
  };
}

/**
 * A queried record in the REST API's form: `attributes`, fields, parents and children nested.
 * @param selected field paths to answer; null for all that the record holds
 */
export function restJson(
  record: SObjectValue,
  selected: ReadonlySet<string> | null = null,
  prefix = '',
): JsonObject {
  const name = record.object.name;
  const aggregate = name === 'AggregateResult';
  const json: Record<string, Json> = {
    attributes:
      aggregate || record.id === null
        ? { type: name }
        : { type: name, url: `/services/data/v${API_VERSION}/sobjects/${name}/${record.id}` },
  };
  for (const [field, value] of record.values) {
    if (selected === null || selected.has(prefix + field)) json[field] = jsonValue(value);
  }
  for (const [relationship, parent] of record.parents ?? []) {
    const inner = `${prefix}${relationship}.`;
    json[relationship] = parent === null ? null : restJson(parent, selected, inner);
  }
  for (const [relationship, children] of record.children ?? [])
    json[relationship] = childrenJson(children);
  return json;
}

function childrenJson(children: ApexList<SObjectValue>): Json {
  if (children.items.length === 0) return null;
  return {
    totalSize: children.items.length,
    done: true,
    records: children.items.map((child) => restJson(child)),
  };
}

/** A record by Id with all fields that the user may read, or those named. */
export function restRecord(
  transaction: Transaction,
  object: ObjectInfo,
  id: string,
  fields: readonly string[] | null,
): JsonObject {
  const permissions = transaction.services.permissions;
  if (!permissions.objectAccess(object.name).read) throw notFound();
  const names: string[] = [];
  for (const name of fields ?? [...object.fields.values()].map((field) => field.name)) {
    const field = object.fields.get(name.toLowerCase());
    const readable = field !== undefined && permissions.fieldAccess(object.name, field.name).read;
    if (readable && field.apexType !== 'Address' && field.apexType !== 'Location')
      names.push(field.name);
    else if (fields !== null) {
      throw new PlatformFault({
        status: 400,
        errorCode: 'INVALID_FIELD',
        message: `No such column '${name}' on entity '${object.name}'`,
      });
    }
  }
  const columns = [...new Set(['Id', ...names])].join(', ');
  const record = userQuery(
    transaction,
    `SELECT ${columns} FROM ${object.name} WHERE Id = :id LIMIT 1`,
    [id],
  ).rows[0];
  if (record === undefined) throw notFound();
  return restJson(record);
}

/** `sobjects/`: every object that the org has, briefly. */
export function restObjects(schema: Schema): JsonObject {
  const sobjects: JsonObject[] = [];
  for (const object of schema.objects()) sobjects.push(objectHeader(object));
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
}

/** `sobjects/<object>/describe`. Facts that nobody wrote down are left out rather than guessed. */
export function restDescribe(transaction: Transaction, object: ObjectInfo): JsonObject {
  return {
    ...objectHeader(object),
    fields: [...object.fields.values()].map(describeField),
    childRelationships: [...object.children.values()].map((child) => ({
      childSObject: child.childObject,
      field: child.field,
      relationshipName: child.name,
    })),
    recordTypeInfos: object.recordTypes.map((type) => ({
      active: type.active,
      developerName: type.developerName,
      ...uiRecordType(transaction, object, type),
    })),
  };
}

function objectHeader(object: ObjectInfo): JsonObject {
  return defined({
    name: object.name,
    label: object.label,
    labelPlural: object.pluralLabel,
    keyPrefix: object.keyPrefix ?? null,
    custom: object.custom,
    customSetting: object.kind === 'listCustomSetting' || object.kind === 'hierarchyCustomSetting',
    createable: object.createable,
    updateable: object.updateable,
    deletable: object.deletable,
    undeletable: object.undeletable,
    mergeable: object.mergeable,
    queryable: object.queryable,
    searchable: object.searchable,
    urls: {
      sobject: `/services/data/v${API_VERSION}/sobjects/${object.name}`,
      describe: `/services/data/v${API_VERSION}/sobjects/${object.name}/describe`,
      rowTemplate: `/services/data/v${API_VERSION}/sobjects/${object.name}/{ID}`,
    },
  });
}

function describeField(field: FieldInfo): JsonObject {
  return defined({
    name: field.name,
    label: field.label,
    type: field.displayType,
    soapType: undefined,
    custom: field.custom,
    length: field.length,
    precision: field.precision,
    scale: field.scale,
    nillable: field.nillable,
    createable: field.createable,
    updateable: field.updateable,
    defaultedOnCreate: field.defaultedOnCreate,
    filterable: field.filterable,
    groupable: field.groupable,
    sortable: field.sortable,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.idLookup,
    nameField: field.nameField,
    autoNumber: field.autoNumber,
    calculated: field.formula !== undefined || field.rollup !== undefined,
    restrictedPicklist: field.restrictedPicklist,
    referenceTo: field.reference?.targets ?? [],
    relationshipName: field.reference?.relationshipName ?? null,
    inlineHelpText: field.helpText ?? null,
    picklistValues: (field.picklist ?? []).map((entry) => ({
      active: entry.isActive,
      defaultValue: entry.isDefault,
      label: entry.label,
      value: entry.value,
    })),
  });
}

/** Leaves out what is unknown to us. */
function defined(values: Readonly<Record<string, Json | undefined>>): JsonObject {
  const known: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) known[name] = value;
  return known;
}
