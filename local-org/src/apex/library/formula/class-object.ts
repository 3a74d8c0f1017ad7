import { currentTransaction } from '../../../execution/current.ts';
import type {
  ApexFieldType,
  DisplayType,
  FieldInfo,
  ObjectInfo,
} from '../../../schema/contract.ts';
import { virtualObject } from '../../../schema/virtual-object.ts';
import {
  allFields,
  apexException,
  runtimeTypeText,
  userClassOf,
  type RuntimeField,
  type RuntimeType,
} from '../../values/index.ts';

const DISPLAY: Readonly<Record<string, DisplayType>> = {
  Boolean: 'boolean',
  Integer: 'int',
  Long: 'long',
  Double: 'double',
  Decimal: 'double',
  String: 'string',
  Id: 'id',
  Date: 'date',
  Datetime: 'datetime',
  Time: 'time',
};

/**
 * What a formula on a type may name, in the form the formula engine knows: a record's object itself, or an object whose fields are the members
 * of a class and whose parents are its members that hold records.
 */
export function classObject(type: RuntimeType): ObjectInfo {
  if (type.kind === 'sobject') {
    const object = currentTransaction().schema.object(type.name);
    if (object !== undefined) return object;
  }
  // Documented: FormulaEval.FormulaBuilder, a class that is the context of a formula must be global; the text is ours.
  if (type.kind !== 'user' || type.cls.isGlobal !== true)
    throw apexException(
      'System.FormulaValidationException',
      `Invalid context type: ${runtimeTypeText(type)}`,
    );
  const fields = new Map<string, FieldInfo>();
  const parents = new Map<string, FieldInfo>();
  for (const member of allFields(type.cls)) {
    if (member.type.kind === 'sobject')
      parents.set(member.name.toLowerCase(), lookup(member, member.type.name));
    else if (member.type.kind === 'primitive' && DISPLAY[member.type.name] !== undefined) {
      fields.set(
        member.name.toLowerCase(),
        field(member, DISPLAY[member.type.name] ?? 'string', member.type.name),
      );
    }
  }
  return {
    ...NO_OBJECT,
    name: `class ${type.cls.name}`,
    label: type.cls.name,
    pluralLabel: type.cls.name,
    fields,
    parents,
  };
}

/** The value of a member of a user object by name, in any case. */
export function memberValue(instance: unknown, name: string): unknown {
  const cls = userClassOf(instance);
  const member =
    cls === null
      ? undefined
      : allFields(cls).find((each) => each.name.toLowerCase() === name.toLowerCase());
  return member?.get?.(instance as never) ?? null;
}

function field(member: RuntimeField, displayType: DisplayType, apexType: ApexFieldType): FieldInfo {
  return { ...NO_FIELD, name: member.name, label: member.name, displayType, apexType };
}

function lookup(member: RuntimeField, target: string): FieldInfo {
  return {
    ...field(member, 'reference', 'Id'),
    reference: {
      targets: [target],
      relationshipName: member.name,
      polymorphic: false,
      masterDetail: false,
      reparentable: false,
      onDelete: 'setNull',
    },
  };
}

const NO_FIELD: FieldInfo = {
  name: '',
  label: '',
  displayType: 'string',
  apexType: 'String',
  custom: true,
  length: undefined,
  precision: undefined,
  scale: undefined,
  nillable: true,
  createable: false,
  updateable: false,
  defaultedOnCreate: false,
  filterable: false,
  groupable: false,
  sortable: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  idLookup: false,
  nameField: false,
  autoNumber: false,
  picklist: undefined,
  restrictedPicklist: false,
};

const NO_OBJECT = virtualObject({ custom: true });
