import { ApexList, nullArgument, Types } from '../values/index.ts';
import type { LibraryFunction, LibraryTypeImplementation } from './contract.ts';

/** Registers the members of one library type. */
export function define(
  name: string,
  members: Readonly<Record<string, LibraryFunction>>,
  more: Omit<LibraryTypeImplementation, 'name' | 'members'> = {},
): LibraryTypeImplementation {
  return { name, members, ...more };
}

/** Throws `System.NullPointerException: Argument cannot be null.` for null. */
export function required<T>(value: T | null): T {
  if (value === null) throw nullArgument();
  return value;
}

export function stringList(items: string[]): ApexList<string> {
  return new ApexList(Types.String, items);
}
