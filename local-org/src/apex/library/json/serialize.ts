import {
  allFields,
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDouble,
  ApexEnum,
  apexException,
  ApexException,
  ApexId,
  ApexList,
  ApexMap,
  ApexSet,
  ApexTime,
  Decimal,
  doubleToText,
  LibraryObject,
  SObjectValue,
  toText,
  Types,
  userClassOf,
  type RuntimeClass,
  type RuntimeType,
} from '../../values/index.ts';
import { JsonWriter, quote } from './writer.ts';

/** API version that record urls name. */
const VERSION = 'v67.0';

export interface SerializeOptions {
  readonly pretty: boolean;
  /** Leave out fields of class instances that are null. */
  readonly suppressNulls: boolean;
}

/** `JSON.serialize`. */
export function serialize(value: unknown, options: SerializeOptions): string {
  const writer = new JsonWriter(options.pretty);
  writeValue(writer, value, Types.Object, options);
  return writer.text;
}

/** A value of a static type; also for JSONGenerator.writeObject. */
export function writeValue(
  writer: JsonWriter,
  value: unknown,
  type: RuntimeType,
  options: SerializeOptions,
): void {
  if (value === null) writer.raw('null');
  else if (typeof value === 'string') writer.raw(quote(value));
  else if (typeof value === 'number')
    writer.raw(
      type.kind === 'primitive' && type.name === 'Double' ? doubleToText(value) : String(value),
    );
  else if (typeof value === 'boolean' || typeof value === 'bigint') writer.raw(String(value));
  else writeObject(writer, value, options);
}

function writeObject(writer: JsonWriter, value: unknown, options: SerializeOptions): void {
  if (value instanceof ApexId) writer.raw(quote(value.value));
  else if (value instanceof Decimal) writer.raw(value.toString());
  else if (value instanceof ApexDouble) writer.raw(doubleToText(value.value));
  else if (value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime)
    writer.raw(quote(value.toIso()));
  else if (value instanceof ApexBlob) writer.raw(quote(value.toBase64()));
  else if (value instanceof ApexEnum) writer.raw(quote(value.name));
  else if (value instanceof ApexList) writeItems(writer, value.items, value.elementType, options);
  else if (value instanceof ApexSet)
    writeItems(writer, value.toArray(), value.elementType, options);
  else if (value instanceof ApexMap) writeMap(writer, value, options);
  else if (value instanceof SObjectValue) writeRecord(writer, value, options);
  else writeInstance(writer, value, options);
}

function writeItems(
  writer: JsonWriter,
  items: readonly unknown[],
  type: RuntimeType,
  options: SerializeOptions,
): void {
  writer.start('[');
  for (const item of items) writeValue(writer, item, type, options);
  writer.end();
}

function writeMap(writer: JsonWriter, map: ApexMap, options: SerializeOptions): void {
  writer.start('{');
  for (const [key, value] of map.entries()) {
    writer.name(keyText(key, map.keyType));
    writeValue(writer, value, map.valueType, options);
  }
  writer.end();
}

function keyText(key: unknown, type: RuntimeType): string {
  if (key instanceof ApexDate || key instanceof ApexDatetime || key instanceof ApexTime)
    return key.toIso();
  return toText(key, type);
}

function writeRecord(writer: JsonWriter, record: SObjectValue, options: SerializeOptions): void {
  writer.start('{');
  writer.name('attributes');
  writer.start('{');
  writer.name('type');
  writer.raw(quote(record.object.name));
  if (record.id !== null) {
    writer.name('url');
    writer.raw(quote(`/services/data/${VERSION}/sobjects/${record.object.name}/${record.id}`));
  }
  writer.end();
  for (const [name, value] of record.populated()) {
    writer.name(name);
    const isDouble = record.object.fields.get(name.toLowerCase())?.apexType === 'Double';
    // Instants in records carry an offset instead of the Z (practitioner).
    if (value instanceof ApexDatetime) writer.raw(quote(value.toIso().replace('Z', '+0000')));
    else writeValue(writer, value, isDouble ? Types.Double : Types.Object, options);
  }
  for (const [name, parent] of record.parents ?? []) {
    if (parent === null) continue;
    writer.name(name);
    writeRecord(writer, parent, options);
  }
  for (const [name, children] of record.children ?? []) {
    if (children.items.length === 0) continue;
    writer.name(name);
    writer.start('{');
    writer.name('totalSize');
    writer.raw(String(children.items.length));
    writer.name('done');
    writer.raw('true');
    writer.name('records');
    writeItems(writer, children.items, children.elementType, options);
    writer.end();
  }
  writer.end();
}

function writeInstance(writer: JsonWriter, value: unknown, options: SerializeOptions): void {
  const cls = userClassOf(value);
  if (cls !== null && !(value instanceof ApexException)) {
    writeFields(writer, value as object, cls, options);
    return;
  }
  const text = value instanceof LibraryObject ? value.jsonText?.() : undefined;
  if (text !== undefined) {
    writer.raw(quote(text));
    return;
  }
  const properties = value instanceof LibraryObject ? value.jsonProperties?.() : undefined;
  if (properties === undefined)
    throw apexException(
      'System.JSONException',
      `Apex Type unsupported in JSON: ${typeName(value)}`,
    );
  writer.start('{');
  for (const [name, item] of properties) {
    writer.name(name);
    writeValue(writer, item, Types.Object, options);
  }
  writer.end();
}

function typeName(value: unknown): string {
  if (value instanceof ApexException) return value.$typeName;
  return value instanceof LibraryObject ? value.apexTypeName : 'Object';
}

function writeFields(
  writer: JsonWriter,
  value: object,
  cls: RuntimeClass,
  options: SerializeOptions,
): void {
  const open = openInstances;
  if (open.has(value))
    throw apexException('System.JSONException', 'Circular reference in the object graph');
  open.add(value);
  try {
    writer.start('{');
    for (const field of allFields(cls)) {
      if (field.isTransient || field.get === null) continue;
      const item = field.get(value as never) ?? null;
      if (item === null && options.suppressNulls) continue;
      writer.name(field.name);
      writeValue(writer, item, field.type, options);
    }
    writer.end();
  } finally {
    open.delete(value);
  }
}

/** Instances being written: a circle is refused instead of running out of stack. */
const openInstances = new Set<object>();
