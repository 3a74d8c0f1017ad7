import type { Schema } from '../../schema/contract.ts';
import type { LibrarySource } from '../types/library-index.ts';
import type { QueryChecker } from './world.ts';
import { libraryNamespaces, libraryType } from '../../schema/library-signatures.ts';
import { checkSoql, checkSosl } from '../../soql/index.ts';

let namespaces: ReadonlySet<string> | undefined;

/** The generated signatures of the platform library. */
export function platformLibrary(): LibrarySource {
  return {
    type: libraryType,
    isNamespace: (name) => {
      namespaces ??= new Set(libraryNamespaces().map((it) => it.toLowerCase()));
      return namespaces.has(name.toLowerCase());
    },
  };
}

/** SOQL and SOSL checked against the schema. */
export function platformQueries(schema: Schema): QueryChecker {
  return {
    soql: (text, binds) => checkSoql(text, schema, binds),
    sosl: (text, binds) => checkSosl(text, schema, binds),
  };
}
