import { currentTransaction } from '../../../execution/current.ts';
import type { ApexList, SObjectFieldToken } from '../../values/index.ts';
import {
  apexException,
  ApexException,
  ApexMap,
  boxFieldValue,
  objectToken,
  SObjectValue,
  stringToId,
  Types,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { databaseErrors } from '../database/results.ts';
import { recalculateFormulas } from '../formula/formula-eval.ts';

type Ref = SObjectFieldToken | string | null;

function fieldName(record: SObjectValue, ref: Ref): string {
  const name = required(ref);
  if (typeof name === 'string') return name;
  if (name.object.name !== record.object.name) {
    throw apexException(
      'System.SObjectException',
      `${name.object.name}.${name.field.name} does not belong to SObject type ${record.object.name}`,
    );
  }
  return name.field.name;
}

/** Throws where a query did not ask for the relationship (practitioner: published code catches that). */
function parentOf(record: SObjectValue, ref: Ref): SObjectValue | null {
  return record.parent(parentName(record, ref));
}

/** Relationship name of a parent, from its own name or from the lookup field. */
function parentName(record: SObjectValue, ref: Ref): string {
  const name = required(ref);
  const field =
    typeof name === 'string' ? record.object.parents.get(name.toLowerCase()) : name.field;
  const relationship = field?.reference?.relationshipName;
  if (relationship === undefined) {
    throw apexException(
      'System.SObjectException',
      `Invalid relationship ${typeof name === 'string' ? name : name.field.name} for ${record.object.name}`,
    );
  }
  return relationship;
}

function childrenOf(record: SObjectValue, ref: Ref): ApexList | null {
  const name = required(ref);
  const text = typeof name === 'string' ? name : name.field.name;
  const child = record.object.children.get(text.toLowerCase());
  if (child === undefined) {
    throw apexException(
      'System.SObjectException',
      `Invalid relationship ${text} for ${record.object.name}`,
    );
  }
  const rows = record.children?.get(child.name) ?? null;
  if (rows === null) return null;
  // Practitioner: definitions without children answer an empty list (apex-recipes loops over it), records null.
  return rows.items.length === 0 && record.object.name !== 'EntityDefinition' ? null : rows;
}

function putParent(
  record: SObjectValue,
  ref: Ref,
  parent: SObjectValue | null,
): SObjectValue | null {
  const name = parentName(record, ref);
  const previous = record.parents?.get(name) ?? null;
  record.setParent(name, parent);
  return previous;
}

function messageOf(message: ApexException | string | null): string {
  return message instanceof ApexException ? message.$getMessage() : required(message);
}

function addError(record: SObjectValue, message: ApexException | string | null): void {
  record.addError(messageOf(message));
}

function addFieldError(record: SObjectValue, ref: Ref, message: string | null): void {
  record.addError(required(message), [record.fieldInfo(fieldName(record, ref)).name]);
}

function populatedFields(record: SObjectValue): ApexMap<string> {
  const map = new ApexMap<string, unknown>(Types.String, Types.Object);
  for (const [name, value] of record.populated()) {
    const type = record.object.fields.get(name.toLowerCase())?.apexType;
    map.put(name, type === undefined ? value : boxFieldValue(value, type));
  }
  for (const [name, parent] of record.parents ?? []) if (parent !== null) map.put(name, parent);
  for (const [name, children] of record.children ?? []) map.put(name, children);
  return map;
}

/** Options of a record (`setOptions`) do not belong to its data. */
const options = new WeakMap<SObjectValue, unknown>();

/** What `record.setOptions` set; the save pipeline reads it. */
export function recordOptions(record: SObjectValue): unknown {
  return options.get(record) ?? null;
}

function cloneRecord(
  record: SObjectValue,
  preserveId: boolean | null = false,
  deep: boolean | null = false,
  timestamps: boolean | null = false,
  autonumber: boolean | null = false,
) {
  return record.clone(preserveId ?? false, deep ?? false, timestamps ?? false, autonumber ?? false);
}

export const sobjectType = define(
  'SObject',
  {
    Id: (record: SObjectValue) => record.read('Id'),
    'addError(Exception)': addError,
    'addError(Exception,Boolean)': addError,
    'addError(String)': addError,
    'addError(String,Boolean)': addError,
    'addError(String,String)': addFieldError,
    'addError(String,String,Boolean)': addFieldError,
    'addError(Schema.SObjectField,String)': addFieldError,
    'addError(Schema.SObjectField,String,Boolean)': addFieldError,
    'clear()': (record: SObjectValue) => record.clear(),
    'clone()': (record: SObjectValue) => cloneRecord(record),
    'clone(Boolean)': cloneRecord,
    'clone(Boolean,Boolean)': cloneRecord,
    'clone(Boolean,Boolean,Boolean)': cloneRecord,
    'clone(Boolean,Boolean,Boolean,Boolean)': cloneRecord,
    'get(Schema.SObjectField)': (record: SObjectValue, ref: Ref) =>
      record.get(fieldName(record, ref)),
    'get(String)': (record: SObjectValue, ref: Ref) => record.get(fieldName(record, ref)),
    'getCloneSourceId()': (record: SObjectValue) => record.cloneSourceId,
    'getErrors()': (record: SObjectValue) => databaseErrors(record.errors),
    'getOptions()': recordOptions,
    'getPopulatedFieldsAsMap()': populatedFields,
    'getQuickActionName()': () => null,
    'getSObject(Schema.SObjectField)': parentOf,
    'getSObject(String)': parentOf,
    'getSObjectType()': (record: SObjectValue) => objectToken(record.object),
    'getSObjects(Schema.SObjectField)': childrenOf,
    'getSObjects(String)': childrenOf,
    'hasErrors()': (record: SObjectValue) => record.errors.length > 0,
    'isClone()': (record: SObjectValue) => record.isClone,
    'isSet(Schema.SObjectField)': (record: SObjectValue, ref: Ref) =>
      record.isSet(fieldName(record, ref)),
    'isSet(String)': (record: SObjectValue, ref: Ref) => record.isSet(fieldName(record, ref)),
    'put(Schema.SObjectField,Object)': (record: SObjectValue, ref: Ref, value: unknown) =>
      record.put(fieldName(record, ref), value),
    'put(String,Object)': (record: SObjectValue, ref: Ref, value: unknown) =>
      record.put(fieldName(record, ref), value),
    'putSObject(Schema.SObjectField,SObject)': putParent,
    'putSObject(String,SObject)': putParent,
    'recalculateFormulas()': recalculateFormulas,
    'setOptions(Object)': (record: SObjectValue, value: unknown) => {
      options.set(record, required(value));
    },
  },
  {
    instanceClass: SObjectValue,
    setters: {
      Id: (record: SObjectValue, id: string | null) => record.write('Id', stringToId(id)),
    },
  },
);

/** `Account.newSObject` of a name, for library code. */
export function newRecord(name: string): SObjectValue {
  const transaction = currentTransaction();
  const object = transaction.schema.object(name);
  if (object === undefined)
    throw apexException('System.TypeException', `Invalid sObject type: ${name}`);
  return transaction.newSObject(object);
}
