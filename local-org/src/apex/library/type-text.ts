import { libraryType } from '../../schema/library-signatures.ts';
import type { Schema } from '../../schema/contract.ts';
import { program, Types, type RuntimeType } from '../values/index.ts';

const PRIMITIVES: readonly RuntimeType[] = [
  Types.Boolean,
  Types.Integer,
  Types.Long,
  Types.Double,
  Types.Decimal,
  Types.String,
  Types.Id,
  Types.Date,
  Types.Datetime,
  Types.Time,
  Types.Blob,
  Types.Object,
];
const primitives = new Map(
  PRIMITIVES.map((type) => [type.kind === 'primitive' ? type.name.toLowerCase() : '', type]),
);

/**
 * A type by its name in Apex notation, as `Type.forName` reads it: types of the project first, then primitives, collections, records
 * and the library. Null when there is none.
 */
export function parseType(text: string, schema: Schema | null): RuntimeType | null {
  const name = text.replace(/\s+/g, '');
  if (name.endsWith('[]')) return wrap(parseType(name.slice(0, -2), schema), Types.list);
  const generic = /^([A-Za-z.]+)<(.*)>$/.exec(name);
  if (generic !== null)
    return parseGeneric(generic[1] ?? '', splitArguments(generic[2] ?? ''), schema);
  const own = program().userClass(name);
  if (own !== undefined) return Types.user(own);
  const plain = name.toLowerCase().replace(/^system\./, '');
  const primitive = primitives.get(plain);
  if (primitive !== undefined) return primitive;
  if (plain === 'sobject') return Types.SObject;
  const object = schema?.object(name.replace(/^schema\./i, ''));
  if (object !== undefined) return Types.sobject(object.name);
  const library = /^[A-Za-z0-9_.]+$/.test(name) ? libraryType(name) : undefined;
  if (library === undefined) return null;
  return Types.library(
    library.namespace === 'System' ? library.name : `${library.namespace}.${library.name}`,
  );
}

function parseGeneric(
  name: string,
  args: readonly string[],
  schema: Schema | null,
): RuntimeType | null {
  const types = args.map((arg) => parseType(arg, schema));
  const [first = null, second = null] = types;
  switch (name.toLowerCase()) {
    case 'list':
    case 'system.list':
      return wrap(first, Types.list);
    case 'set':
    case 'system.set':
      return wrap(first, Types.set);
    case 'map':
    case 'system.map':
      return first === null || second === null ? null : Types.map(first, second);
    default: {
      const library = libraryType(name);
      if (library === undefined || types.includes(null)) return null;
      return Types.library(
        library.namespace === 'System' ? library.name : `${library.namespace}.${library.name}`,
        types as RuntimeType[],
      );
    }
  }
}

function wrap(
  element: RuntimeType | null,
  make: (element: RuntimeType) => RuntimeType,
): RuntimeType | null {
  return element === null ? null : make(element);
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '<') depth++;
    else if (char === '>') depth--;
    if (char === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part];
}
