import { bridgeName, type LibraryFunction } from '../contract.ts';
import {
  apexEquals,
  apexHashCode,
  bridgeOf,
  defaultText,
  identityOf,
  toText,
  type ApexEnum,
} from '../../values/index.ts';
import { define } from '../define.ts';

/** A shallow copy: a new object of the same class with the same fields (documented: "Using the clone method"). */
function clone(value: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
}

/** Called with an object that overrides the method, this can only be its `super` call: then `inherited` answers. */
function unlessOverridden(
  key: string,
  member: LibraryFunction,
  inherited: LibraryFunction,
): LibraryFunction {
  const bridge = bridgeName('Object', key);
  return (self: never, ...args: never[]) =>
    bridgeOf(self, bridge) === null
      ? (member as (...all: unknown[]) => unknown)(self, ...args)
      : (inherited as (...all: unknown[]) => unknown)(self, ...args);
}

export const objectType = define('Object', {
  '<init>()': () => ({}),
  'clone()': clone,
  'equals(Object)': unlessOverridden(
    'equals(Object)',
    (a: unknown, b: unknown) => apexEquals(a, b),
    (a: unknown, b: unknown) => a === b,
  ),
  'hashCode()': unlessOverridden(
    'hashCode()',
    (a: unknown) => apexHashCode(a),
    (a: unknown) => identityOf(a),
  ),
  'toString()': unlessOverridden(
    'toString()',
    (a: unknown) => toText(a),
    (a: object) => defaultText(a),
  ),
});

/** What enums of the project can do; those of the library are served by `enums.ts`. */
export const enumType = define('Enum', {
  'name()': (value: ApexEnum) => value.name,
  'ordinal()': (value: ApexEnum) => value.ordinal,
});
