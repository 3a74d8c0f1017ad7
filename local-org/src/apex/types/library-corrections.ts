import type { LibraryMethod } from '../../schema/library-signatures.ts';

/**
 * What the compiler must know beyond the signature data: types that the jars give too vaguely, and members that the platform
 * offers on every value. Everything that is a plain fact about a type belongs into `schema-data/overlay` instead.
 */

/** Return or field type to use instead of the declared one; `key` is a signature key or a field name. */
export function correctType(owner: string, key: string): string | undefined {
  return CORRECTIONS[`${owner}.${key}`];
}

const CORRECTIONS: Readonly<Record<string, string>> = {};

/** Members that the signature data lacks. */
export function extraMembers(owner: string): readonly LibraryMethod[] {
  return EXTRA[owner] ?? [];
}

const method = (name: string, returns: string, ...types: readonly string[]): LibraryMethod => ({
  name,
  static: false,
  abstract: false,
  params: types.map((type, i) => ({ name: `param${i}`, type })),
  returns,
  typeParams: [],
});

const EXTRA: Readonly<Record<string, readonly LibraryMethod[]>> = {
  // Every object can be cloned (Apex Developer Guide, "Using the clone method"); the user class's own type is set by the checker
  Object: [method('clone', 'Object')],
};
