import type { Schema } from '../../schema/contract.ts';
import type { LibraryIndex } from './library-index.ts';
import type { TypeSymbol } from './symbols.ts';

/** Everything names can resolve to: the project's types, the library and the schema. */
export interface Program {
  readonly schema: Schema;
  readonly library: LibraryIndex;
  /** Top-level classes, interfaces and enums by lower-case name. */
  readonly types: Map<string, TypeSymbol>;
  /** Lower-case names of classes that could not be parsed: they exist, but nothing can be said about them. */
  readonly opaque: ReadonlySet<string>;
  /** Visualforce pages by lower-case name; null when the project does not tell, so that nothing is refused. */
  readonly pages: ReadonlySet<string> | null;
}

/** Canonical name of an sObject type, or undefined when the org has none of that name. */
export function canonicalObject(schema: Schema, name: string): string | undefined {
  if (name.toLowerCase() === 'aggregateresult') return 'AggregateResult';
  return schema.object(name)?.name;
}
