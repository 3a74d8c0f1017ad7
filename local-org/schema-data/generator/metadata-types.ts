import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/**
 * Where the Metadata API's WSDL of API 66 says more than the typings that were made from it: an extension without elements of its
 * own became `string`.
 */
const EXTENSIONS_WITHOUT_ELEMENTS: Readonly<Record<string, string>> = {
  SharingTerritoryRule: 'SharingOwnerRule',
};

interface Complex {
  readonly parents: string[];
  /** Element → `boolean`, `Picklist?` (optional), `FieldSetItem[]` (repeats). */
  readonly elements: Map<string, string>;
}

/**
 * Lines about metadata source: `type:CustomField` with its elements, `enum:FieldType` with its values, `suffix:cls` and `folder:lwc`
 * with the types that claim files, `schema:sfdx-project` and `schema:project-scratch-def`.
 */
export function metadataTypeLines(): string[] {
  const lines = [...typeLines(), ...fileLines(), ...schemaLines()];
  const keys = new Set(lines.map((line) => line.slice(0, line.indexOf('\t')).toLowerCase()));
  if (keys.size !== lines.length) throw new Error('two facts have the same key');
  return lines.sort();
}

function typeLines(): string[] {
  const file = require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const complex = new Map<string, Complex>();
  const enums = new Map<string, string[]>();
  for (const statement of source.statements) {
    if (!ts.isTypeAliasDeclaration(statement)) continue;
    const { name, type } = statement;
    const values = literalsOf(type);
    const parent = EXTENSIONS_WITHOUT_ELEMENTS[name.text];
    if (parent !== undefined)
      complex.set(name.text, { parents: [parent], elements: new Map() });
    else if (values !== null) enums.set(name.text, values);
    else complex.set(name.text, complexOf(type));
  }
  const reached = reachable(complex, enums);
  return [...reached].map((name) => {
    const values = enums.get(name);
    return values === undefined
      ? `type:${name}\t${JSON.stringify(Object.fromEntries(allElements(name, complex)))}`
      : `enum:${name}\t${JSON.stringify(values)}`;
  });
}

/** The texts of a union of texts; null where the type is something else. */
function literalsOf(type: ts.TypeNode): string[] | null {
  const parts = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const texts = parts.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
  );
  return texts.length === parts.length ? texts : null;
}

function complexOf(type: ts.TypeNode): Complex {
  const parts = ts.isIntersectionTypeNode(type) ? [...type.types] : [type];
  const found: Complex = { parents: [], elements: new Map() };
  for (const part of parts) {
    if (ts.isTypeReferenceNode(part)) found.parents.push(nameOf(part.typeName));
    if (!ts.isTypeLiteralNode(part)) continue;
    for (const member of part.members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      if (!ts.isIdentifier(member.name) && !ts.isStringLiteral(member.name)) continue;
      const optional = member.questionToken === undefined ? '' : '?';
      found.elements.set(member.name.text, elementType(member.type) + optional);
    }
  }
  return found;
}

function elementType(type: ts.TypeNode): string {
  if (ts.isArrayTypeNode(type)) return `${elementType(type.elementType)}[]`;
  if (ts.isTypeReferenceNode(type)) return nameOf(type.typeName);
  // `Text | null`: elements that may say xsi:nil.
  if (ts.isUnionTypeNode(type) && type.types[0] !== undefined) return elementType(type.types[0]);
  switch (type.kind) {
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean';
    case ts.SyntaxKind.NumberKeyword:
      return 'number';
    case ts.SyntaxKind.StringKeyword:
      return 'string';
    default:
      return 'any';
  }
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

function allElements(name: string, complex: ReadonlyMap<string, Complex>): Map<string, string> {
  const type = complex.get(name);
  const inherited = (type?.parents ?? []).flatMap((parent) => [...allElements(parent, complex)]);
  return new Map([...inherited, ...(type?.elements ?? [])]);
}

/** Everything that a file of metadata may hold: the other types of the WSDL are messages of its operations. */
function reachable(
  complex: ReadonlyMap<string, Complex>,
  enums: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const isMetadata = (name: string): boolean =>
    name === 'Metadata' || (complex.get(name)?.parents ?? []).some(isMetadata);
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name) || !(complex.has(name) || enums.has(name))) return;
    reached.add(name);
    for (const type of allElements(name, complex).values()) visit(type.replace(/[[\]?]+$/, ''));
  };
  for (const name of complex.keys()) if (isMetadata(name)) visit(name);
  return reached;
}

interface RegistryType {
  readonly name: string;
  readonly suffix?: string;
  readonly directoryName?: string;
  readonly inFolder?: boolean;
  readonly folderType?: string;
  readonly strictDirectoryName?: boolean;
  readonly strategies?: { readonly adapter?: string };
  readonly children?: { readonly types: Readonly<Record<string, RegistryType>> };
}

/** Which files the platform's own tools take for which type. */
function fileLines(): string[] {
  const { types } = require(
    '@salesforce/source-deploy-retrieve/lib/src/registry/metadataRegistry.json',
  ) as { types: Readonly<Record<string, RegistryType>> };
  const bySuffix = new Map<string, { name: string; folder: string; strict: boolean }[]>();
  const folders = new Map<string, { name: string; adapter: string }>();
  const add = (type: RegistryType): void => {
    const { name, suffix, directoryName = '', strictDirectoryName = false, strategies } = type;
    const adapter = strategies?.adapter ?? '';
    if (suffix !== undefined && suffix !== '') {
      const known = bySuffix.get(suffix.toLowerCase()) ?? [];
      known.push({ name, folder: directoryName, strict: strictDirectoryName });
      bySuffix.set(suffix.toLowerCase(), known);
    }
    // Folders whose files belong to a component whatever they are called.
    if (/^(bundle|mixedContent|digitalExperience|uiBundles)$/.test(adapter))
      folders.set(directoryName, { name, adapter });
    for (const child of Object.values(type.children?.types ?? {})) add(child);
  };
  for (const type of Object.values(types)) add(type);
  return [
    ...[...bySuffix].map(([suffix, claims]) => `suffix:${suffix}\t${JSON.stringify(claims)}`),
    ...[...folders].map(([folder, claim]) => `folder:${folder}\t${JSON.stringify(claim)}`),
  ];
}

function schemaLines(): string[] {
  return ['sfdx-project', 'project-scratch-def'].map((name) => {
    const schema: unknown = require(`@salesforce/schemas/${name}.schema.json`);
    return `schema:${name}\t${JSON.stringify(withoutNotes(schema))}`;
  });
}

/** A schema without what only editors show. */
function withoutNotes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNotes);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => {
        const isNote = ['description', 'title', '$comment', 'examples'].includes(key);
        return !(isNote && typeof value === 'string');
      })
      .map(([key, value]) => [key, withoutNotes(value)]),
  );
}
