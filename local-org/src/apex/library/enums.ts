import { libraryType } from '../../schema/library-signatures.ts';
import { ApexEnum, apexException, ApexList, Types } from '../values/index.ts';
import type { LibraryFunction } from './contract.ts';

const constants = new Map<string, ReadonlyMap<string, ApexEnum> | null>();

/** The constants of a library enum by lower-case name; null when the type is no enum. */
function constantsOf(type: string): ReadonlyMap<string, ApexEnum> | null {
  const key = type.toLowerCase();
  let found = constants.get(key);
  if (found === undefined) {
    const declared = libraryType(type);
    if (declared?.kind !== 'enum') {
      found = null;
    } else {
      const name = `${declared.namespace}.${declared.name}`;
      const same = constants.get(name.toLowerCase());
      found =
        same ??
        new Map(
          declared.enumConstants.map((each, index) => [
            each.toLowerCase(),
            new ApexEnum(name, each, index),
          ]),
        );
      constants.set(name.toLowerCase(), found);
    }
    constants.set(key, found);
  }
  return found;
}

/** A constant of a library enum: `enumConstant('System.TriggerOperation', 'BEFORE_INSERT')`. */
export function enumConstant(type: string, name: string): ApexEnum {
  const constant = constantsOf(type)?.get(name.toLowerCase());
  if (constant === undefined)
    throw apexException('System.NoSuchElementException', `No enum constant ${type}.${name}`);
  return constant;
}

/** Members that every library enum has: its constants, `values`, `valueOf`, `name`, `ordinal`. */
export function enumMember(type: string, key: string): LibraryFunction | undefined {
  const all = constantsOf(type);
  if (all === null) return undefined;
  switch (key) {
    case 'values()':
      return () => new ApexList(Types.library(type), [...all.values()]);
    case 'valueOf(String)':
      return (name: string | null) => enumConstant(type, name ?? 'null');
    case 'name()':
      return (value: ApexEnum) => value.name;
    case 'ordinal()':
      return (value: ApexEnum) => value.ordinal;
    default: {
      const constant = all.get(key.toLowerCase());
      return constant === undefined ? undefined : () => constant;
    }
  }
}
