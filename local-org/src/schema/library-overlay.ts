import { LIBRARY_OVERLAY } from '../../schema-data/overlay/library.ts';
import type {
  LibraryField,
  LibraryMethod,
  LibraryParameter,
  LibraryType,
} from './library-signatures.ts';

const overlay = new Map(
  Object.entries(LIBRARY_OVERLAY).map(([name, type]) => [name.toLowerCase(), { name, type }]),
);

/** Names of the types that the overlay adds to or corrects. */
export function overlayTypeNames(): string[] {
  return [...overlay.values()].map(({ name }) => name);
}

/** The generated type with the hand-kept corrections; the correction alone where the jars have nothing. */
export function libraryOverlay(
  qualifiedName: string,
  generated: LibraryType | undefined,
): LibraryType | undefined {
  const entry = overlay.get(qualifiedName.toLowerCase());
  if (entry === undefined) return generated;
  const { name, type } = entry;
  const dot = name.indexOf('.');
  const removed = new Set((type.removes ?? []).map((member) => member.toLowerCase()));
  const members = (type.members ?? []).map((text) =>
    parseMember(text, name.slice(name.lastIndexOf('.') + 1)),
  );
  const kept = <T extends { name: string }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter((member) => !removed.has(member.name.toLowerCase()));
  return {
    namespace: name.slice(0, dot),
    name: name.slice(dot + 1),
    kind: type.kind ?? generated?.kind ?? 'class',
    isAbstract: type.isAbstract ?? generated?.isAbstract ?? false,
    typeParams: generated?.typeParams ?? [],
    superType: type.extends ?? generated?.superType,
    interfaces: [...(generated?.interfaces ?? []), ...(type.implements ?? [])],
    constructors: [
      ...(removed.has('<init>') ? [] : (generated?.constructors ?? [])),
      ...members.flatMap((member) =>
        member.sort === 'constructor' ? [{ params: member.params }] : [],
      ),
    ],
    methods: [
      ...kept(generated?.methods),
      ...members.flatMap((member) => (member.sort === 'method' ? [member.method] : [])),
    ],
    fields: [
      ...kept(generated?.fields),
      ...members.flatMap((member) => (member.sort === 'field' ? [member.field] : [])),
    ],
    enumConstants: [
      ...(removed.has('<constants>') ? [] : (generated?.enumConstants ?? [])),
      ...(type.constants ?? []),
    ],
  };
}

type Member =
  | { sort: 'constructor'; params: LibraryParameter[] }
  | { sort: 'method'; method: LibraryMethod }
  | { sort: 'field'; field: LibraryField };

/** Reads a member in Apex notation: `static Integer size(String text)`, `String body`, `Name(Id id)`. */
function parseMember(text: string, typeName: string): Member {
  const open = text.indexOf('(');
  const isCall = open >= 0;
  const words = splitOutside(isCall ? text.slice(0, open) : text, ' ');
  const name = words.pop() ?? '';
  const params = isCall ? parseParameters(text.slice(open + 1, text.lastIndexOf(')'))) : [];
  if (isCall && words.length === 0 && name === typeName) return { sort: 'constructor', params };
  const isStatic = words.includes('static');
  const isAbstract = words.includes('abstract');
  const type = words.filter((word) => word !== 'static' && word !== 'abstract').join('');
  if (!isCall) return { sort: 'field', field: { name, static: isStatic, type } };
  const method = {
    name,
    static: isStatic,
    abstract: isAbstract,
    params,
    returns: type,
    typeParams: [],
  };
  return { sort: 'method', method };
}

function parseParameters(text: string): LibraryParameter[] {
  return splitOutside(text, ',').map((parameter) => {
    const words = splitOutside(parameter, ' ');
    const name = words.pop() ?? '';
    return { name, type: words.join('') };
  });
}

/** Splits at a separator that does not stand between angle brackets; drops empty parts. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '<') depth++;
    if (char === '>') depth--;
    if (char === separator && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else {
      part += char;
    }
  }
  parts.push(part.trim());
  return parts.filter((item) => item !== '');
}
