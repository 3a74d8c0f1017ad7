import { currentTransaction } from '../../../execution/current.ts';
import type { FieldInfo, ObjectInfo } from '../../../schema/contract.ts';
import { libraryType } from '../../../schema/library-signatures.ts';
import {
  allFields,
  ApexBlob,
  ApexDatetime,
  ApexDouble,
  apexException,
  ApexId,
  ApexList,
  ApexMap,
  ApexSet,
  ApexTime,
  Decimal,
  parseDatetime,
  parseIsoDate,
  runtimeTypeText,
  stringToId,
  toId18,
  Types,
  type RuntimeClass,
  type RuntimeType,
  type SObjectValue,
} from '../../values/index.ts';
import { beanProperties, newBean } from '../bean.ts';
import { enumConstant } from '../enums.ts';
import { parseType } from '../type-text.ts';
import { JsonNumber, JsonObject, type JsonNode } from './tree.ts';

function problem(message: string): Error {
  return apexException('System.JSONException', message);
}

/** `JSON.deserializeUntyped`: maps, lists, strings, numbers, booleans. */
export function toUntyped(node: JsonNode): unknown {
  if (node === null || typeof node === 'boolean' || typeof node === 'string') return node;
  if (node instanceof JsonNumber) return untypedNumber(node);
  if (node instanceof JsonObject) {
    return new ApexMap<string, unknown>(
      Types.String,
      Types.Object,
      [...node.members].map(([key, value]) => [key, toUntyped(value)] as const),
    );
  }
  return new ApexList(Types.Object, node.map(toUntyped));
}

/** The narrowest of Integer, Long and Decimal. */
function untypedNumber(node: JsonNumber): unknown {
  if (node.isFloat) return Decimal.parse(node.text);
  const value = BigInt(node.text);
  if (BigInt.asIntN(32, value) === value) return Number(value);
  return BigInt.asIntN(64, value) === value ? value : Decimal.parse(node.text);
}

/** `JSON.deserialize` and `deserializeStrict`: the value in the raw form of `type`. */
export function toTyped(node: JsonNode, type: RuntimeType, strict: boolean): unknown {
  if (node === null) return null;
  switch (type.kind) {
    case 'primitive':
      return toPrimitive(node, type.name);
    case 'list':
      return new ApexList(
        type.element,
        items(node).map((item) => toTyped(item, type.element, strict)),
      );
    case 'set':
      return new ApexSet(
        type.element,
        items(node).map((item) => toTyped(item, type.element, strict)),
      );
    case 'map':
      return new ApexMap(
        type.key,
        type.value,
        [...members(node).entries()].map(
          ([key, value]) =>
            [toTyped(key, type.key, strict), toTyped(value, type.value, strict)] as const,
        ),
      );
    case 'sobject':
      return toRecord(node, type.name, strict);
    case 'user':
      return type.cls.kind === 'enum' ? toEnum(node, type.cls) : toInstance(node, type.cls, strict);
    case 'library':
      return toLibrary(node, type, strict);
    case 'void':
      throw problem('Apex Type unsupported in JSON: void');
    default:
      return type satisfies never;
  }
}

function items(node: JsonNode): readonly JsonNode[] {
  if (Array.isArray(node)) return node as readonly JsonNode[];
  throw problem("Malformed JSON: Expected '[' at the beginning of List/Set");
}

function members(node: JsonNode): ReadonlyMap<string, JsonNode> {
  if (node instanceof JsonObject) return node.members;
  throw problem("Malformed JSON: Expected '{' at the beginning of object");
}

function scalarText(node: JsonNode): string {
  if (typeof node === 'string') return node;
  if (node instanceof JsonNumber) return node.text;
  if (typeof node === 'boolean') return String(node);
  throw problem(
    node instanceof JsonObject ? 'Illegal value for primitive' : 'Illegal value for primitive',
  );
}

function toPrimitive(node: JsonNode, name: string): unknown {
  switch (name) {
    case 'Object':
      return toUntyped(node);
    case 'String':
      return scalarText(node);
    case 'Boolean':
      return toBoolean(node);
    case 'Integer':
      return checkInteger(toDecimal(node));
    case 'Long':
      return toDecimal(node).toLong();
    case 'Double':
      return toDecimal(node).toDouble();
    case 'Decimal':
      return toDecimal(node);
    case 'Id':
      return stringToId(scalarText(node));
    case 'Date':
      return orInvalid(parseIsoDate(scalarText(node)), node);
    case 'Datetime':
      return toDatetime(node);
    case 'Time':
      return orInvalid(ApexTime.tryParse(scalarText(node)), node);
    case 'Blob':
      return new ApexBlob(Buffer.from(scalarText(node), 'base64'));
    default:
      throw problem(`Apex Type unsupported in JSON: ${name}`);
  }
}

function toBoolean(node: JsonNode): boolean {
  if (typeof node === 'boolean') return node;
  const text = scalarText(node).toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  throw problem(`Illegal value for primitive: ${scalarText(node)}`);
}

function toDecimal(node: JsonNode): Decimal {
  const value = Decimal.tryParse(scalarText(node));
  if (value === null) throw problem(`Illegal value for primitive: ${scalarText(node)}`);
  return value;
}

function checkInteger(value: Decimal): number {
  const whole = value.toBigInt();
  if (BigInt.asIntN(32, whole) !== whole)
    throw problem(`Numeric value (${value.toString()}) out of range of int`);
  return Number(whole);
}

function orInvalid<T>(value: T | null, node: JsonNode): T {
  if (value === null) throw problem(`Invalid format: "${scalarText(node)}"`);
  return value;
}

function toDatetime(node: JsonNode): ApexDatetime {
  if (node instanceof JsonNumber) return new ApexDatetime(Number(node.text));
  const text = scalarText(node);
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseIsoDate(text) : null;
  return date === null
    ? orInvalid(parseDatetime(text, 'GMT'), node)
    : new ApexDatetime(date.days * 86_400_000);
}

function toEnum(node: JsonNode, cls: RuntimeClass): unknown {
  const text = scalarText(node);
  const constant = cls.constants().find((each) => each.name.toLowerCase() === text.toLowerCase());
  if (constant === undefined) throw problem(`Invalid value for enum ${cls.name}: ${text}`);
  return constant;
}

function toInstance(node: JsonNode, cls: RuntimeClass, strict: boolean): unknown {
  const values = members(node);
  const create = cls.allocate ?? cls.construct;
  if (create === null || cls.kind !== 'class' || cls.isAbstract)
    throw problem(`Apex Type unsupported in JSON: ${cls.name}`);
  const instance = create();
  const fields = new Map(allFields(cls).map((field) => [field.name.toLowerCase(), field]));
  for (const [name, value] of values) {
    const field = fields.get(name.toLowerCase());
    if (field === undefined) {
      if (strict) throw problem(`Unrecognized field "${name}" on type ${cls.name}`);
    } else if (!field.isTransient && field.set !== null) {
      field.set(instance as never, toTyped(value, field.type, strict));
    }
  }
  return instance;
}

/** Ids of results are not checked: tests make them up (practitioner). */
function toProperty(value: JsonNode, type: RuntimeType, strict: boolean): unknown {
  if (type.kind === 'primitive' && type.name === 'Id' && typeof value === 'string')
    return toId18(value) ?? value;
  return toTyped(value, type, strict);
}

const readers = new Map<string, (text: string) => unknown>();

/** Lets a library type that is one text (UUID) be read from JSON. */
export function readFromText(type: string, read: (text: string) => unknown): void {
  readers.set(type.toLowerCase(), read);
}

function toLibrary(node: JsonNode, type: RuntimeType, strict: boolean): unknown {
  const name = runtimeTypeText(type);
  if (libraryType(name)?.kind === 'enum') return enumConstant(name, scalarText(node));
  if (/^(system\.)?iterable</i.test(name) && type.kind === 'library')
    return toTyped(node, Types.list(type.args[0] ?? Types.Object), strict);
  const read = readers.get(name.toLowerCase());
  if (read !== undefined) return read(scalarText(node));
  const bean = newBean(name);
  if (bean === undefined) throw problem(`Apex Type unsupported in JSON: ${name}`);
  const fields = beanProperties(name);
  for (const [key, value] of members(node)) {
    const field = fields.find((each) => each.name.toLowerCase() === key.toLowerCase());
    const fieldType = field === undefined ? null : parseType(field.type, null);
    if (fieldType !== null) bean.set(key, toProperty(value, fieldType, strict));
  }
  return bean;
}

function toRecord(node: JsonNode, name: string, strict: boolean): SObjectValue {
  const values = members(node);
  const transaction = currentTransaction();
  const attributes = values.get('attributes');
  const told = attributes instanceof JsonObject ? attributes.members.get('type') : undefined;
  const wanted = name === 'SObject' || typeof told === 'string' ? told : name;
  if (typeof wanted !== 'string')
    throw problem('No such column attributes on sobject of type SObject');
  const object = transaction.schema.object(wanted);
  if (object === undefined) throw problem(`Invalid sobject type: ${wanted}`);
  const record = transaction.newSObject(object);
  for (const [key, value] of values) {
    if (key !== 'attributes') readRecordMember(record, object, key, value, strict);
  }
  return record;
}

/** Every object takes these, also where it does not show them (practitioner: published suites write LastActivityDate to all objects). */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
  'createdbyid',
  'createddate',
  'isdeleted',
  'lastactivitydate',
  'lastmodifiedbyid',
  'lastmodifieddate',
  'systemmodstamp',
]);

function readRecordMember(
  record: SObjectValue,
  object: ObjectInfo,
  key: string,
  value: JsonNode,
  strict: boolean,
): void {
  const lower = key.toLowerCase();
  const field = object.fields.get(lower);
  if (field !== undefined) {
    record.load(field.name, toFieldForm(value, field));
    return;
  }
  const parent = object.parents.get(lower);
  if (parent !== undefined) {
    const target =
      parent.reference?.polymorphic === true
        ? 'SObject'
        : (parent.reference?.targets[0] ?? 'SObject');
    const name = parent.reference?.relationshipName ?? key;
    record.setParent(name, value === null ? null : toRecord(value, target, strict));
    return;
  }
  const child = object.children.get(lower);
  if (child === undefined && SYSTEM_FIELDS.has(lower)) return;
  if (child === undefined)
    throw problem(`No such column '${key}' on sobject of type ${object.name}`);
  const rows = value instanceof JsonObject ? (value.members.get('records') ?? null) : value;
  const type = Types.sobject(child.childObject);
  record.setChildren(
    child.name,
    new ApexList(
      type,
      rows === null ? [] : items(rows).map((row) => toRecord(row, child.childObject, strict)),
    ),
  );
}

function toFieldForm(value: JsonNode, field: FieldInfo): unknown {
  if (value === null) return null;
  if (field.apexType === 'Address' || field.apexType === 'Location') return null;
  return toPrimitive(value, field.apexType);
}

/** The raw form of `type` as it stands in an `Object`. */
export function boxed(value: unknown, type: RuntimeType): unknown {
  if (type.kind !== 'primitive') return value;
  if (type.name === 'Double' && typeof value === 'number') return new ApexDouble(value);
  return type.name === 'Id' && typeof value === 'string' ? new ApexId(value) : value;
}
