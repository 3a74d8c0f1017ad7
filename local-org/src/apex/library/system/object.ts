import {
  apexEquals,
  apexHashCode,
  ApexEnum,
  identityOf,
  toText,
  userClassOf,
} from '../../values/index.ts';
import { define } from '../define.ts';

/** A shallow copy: a new object of the same class with the same fields (documented: "Using the clone method"). */
function clone(value: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
}

export const objectType = define(
  'Object',
  {
    '<init>()': () => ({}),
    'clone()': clone,
    'equals(Object)': (a: unknown, b: unknown) => apexEquals(a, b),
    'hashCode()': (a: unknown) => apexHashCode(a),
    'toString()': (a: unknown) => toText(a),
  },
  {
    superMembers: {
      'equals(Object)': (a: unknown, b: unknown) => a === b,
      'hashCode()': (a: unknown) => identityOf(a),
      'toString()': (a: unknown) => userClassOf(a)?.name ?? toText(a),
    },
  },
);

/** What enums of the project can do; those of the library are served by `enums.ts`. */
export const enumType = define('Enum', {
  'name()': (value: ApexEnum) => value.name,
  'ordinal()': (value: ApexEnum) => value.ordinal,
});
