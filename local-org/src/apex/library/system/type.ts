import { currentTransactionOrNull } from '../../../execution/current.ts';
import {
  apexException,
  ApexList,
  ApexMap,
  ApexSet,
  apexHashCode,
  apexEquals,
  isAssignable,
  runtimeTypeText,
  TypeValue,
} from '../../values/index.ts';
import { define, required } from '../define.ts';
import { notImplemented } from '../environment.ts';
import { parseType } from '../type-text.ts';
import { recordToken } from './list.ts';

function schemaOrNull() {
  return currentTransactionOrNull()?.schema ?? null;
}

function forName(name: string | null): TypeValue | null {
  const type = parseType(required(name), schemaOrNull());
  return type === null ? null : new TypeValue(type);
}

/** Namespaces other than the library's own belong to packages, which the local org has none of. */
function forNamespacedName(namespace: string | null, name: string | null): TypeValue | null {
  if (namespace === null || namespace === '') return forName(name);
  const type = parseType(`${namespace}.${required(name)}`, schemaOrNull());
  return type?.kind === 'library' || type?.kind === 'user' ? new TypeValue(type) : null;
}

/** Set by the registry: library classes are made by their registered constructor. */
let construct: (name: string) => unknown = (name) => {
  throw notImplemented(`Type.newInstance() of ${name}`);
};

/** How `newInstance` makes objects of library classes. */
export function setLibraryConstructor(make: (name: string) => unknown): void {
  construct = make;
}

function newInstance(value: TypeValue): unknown {
  const { type } = value;
  switch (type.kind) {
    case 'user': {
      const make = type.cls.construct;
      if (make === null)
        throw apexException('System.TypeException', `Type cannot be constructed: ${type.cls.name}`);
      return make();
    }
    case 'list':
      return new ApexList(type.element);
    case 'set':
      return new ApexSet(type.element);
    case 'map':
      return new ApexMap(type.key, type.value);
    case 'sobject': {
      const transaction = currentTransactionOrNull();
      const object = transaction?.schema.object(type.name);
      if (transaction === null || object === undefined)
        throw apexException('System.TypeException', `Type cannot be constructed: ${type.name}`);
      return transaction.newSObject(object);
    }
    case 'library':
      return construct(type.name);
    case 'primitive':
    case 'void':
      throw apexException(
        'System.TypeException',
        `Type cannot be constructed: ${runtimeTypeText(type)}`,
      );
    default:
      return type satisfies never;
  }
}

export const typeType = define(
  'Type',
  {
    'equals(Object)': (type: TypeValue, other: unknown) => apexEquals(type, other),
    'forName(String)': forName,
    'forName(String,String)': forNamespacedName,
    'getName()': (type: TypeValue) => type.toApexString(),
    'hashCode()': (type: TypeValue) => apexHashCode(type),
    'isAssignableFrom(Type)': (type: TypeValue, other: TypeValue | null) =>
      isAssignable(required(other).type, type.type),
    'newInstance()': newInstance,
    'toString()': (type: TypeValue) => type.toApexString(),
    SObjectType: (type: TypeValue) => recordToken(type.type),
  },
  { instanceClass: TypeValue },
);
