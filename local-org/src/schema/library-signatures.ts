import { PackedLines } from './packed-lines.ts';
import { libraryOverlay, overlayTypeNames } from './library-overlay.ts';

/** Signatures of a type of Salesforce's Apex library. Types are in Apex notation: `Map<Id,SObject>`. */
export interface LibraryType {
  /** `System`, `Database`, `Schema` … */
  readonly namespace: string;
  /** Name inside the namespace; inner types dotted: `InboundEmail.Header`. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  /** True for classes that cannot be constructed but extended. */
  readonly isAbstract: boolean;
  /** `['K', 'V']` for Map. */
  readonly typeParams: readonly string[];
  /** Undefined means Object. */
  readonly superType: string | undefined;
  /** For an interface: the interfaces it extends. */
  readonly interfaces: readonly string[];
  readonly constructors: readonly LibraryConstructor[];
  readonly methods: readonly LibraryMethod[];
  readonly fields: readonly LibraryField[];
  /** In declaration order; empty unless `kind` is `enum`. */
  readonly enumConstants: readonly string[];
}

/** A constructor. */
export interface LibraryConstructor {
  readonly params: readonly LibraryParameter[];
}

/** A method; overloads are entries of their own. */
export interface LibraryMethod {
  readonly name: string;
  readonly static: boolean;
  readonly abstract: boolean;
  readonly params: readonly LibraryParameter[];
  /** `void` for none. */
  readonly returns: string;
  readonly typeParams: readonly string[];
}

/** A parameter. The name is for messages and tooling only. */
export interface LibraryParameter {
  readonly name: string;
  readonly type: string;
}

/** A field or property. */
export interface LibraryField {
  readonly name: string;
  readonly static: boolean;
  readonly type: string;
}

/** The line format that `schema-data/generator/library.ts` writes. */
type PackedType = [
  kind: 'class' | 'abstract' | 'interface' | 'enum',
  typeParams: string[],
  superType: string,
  interfaces: string[],
  constructors: string[][],
  methods: [name: string, flags: number, returns: string, params: string[]][],
  fields: [name: string, flags: number, type: string][],
  enumConstants: string[],
];

const STATIC = 1;
const ABSTRACT = 2;

const lines = new PackedLines('library.txt.gz');
const parsed = new Map<string, LibraryType | null>();

/**
 * A type of the library by its qualified name, case-insensitively: `System.String`,
 * `Messaging.InboundEmail.Header`. A name without namespace is looked up in `System`.
 */
export function libraryType(qualifiedName: string): LibraryType | undefined {
  const key = qualifiedName.toLowerCase();
  const known = parsed.get(key);
  if (known !== undefined) return known ?? undefined;
  const type = load(key) ?? load(`system.${key}`);
  parsed.set(key, type ?? null);
  return type;
}

/** All types of a namespace (case-insensitive), inner types included; empty when there is no such namespace. */
export function allTypes(namespace: string): LibraryType[] {
  const prefix = `${namespace.toLowerCase()}.`;
  return qualifiedNames()
    .filter((name) => name.toLowerCase().startsWith(prefix))
    .flatMap((name) => libraryType(name) ?? []);
}

/** The namespaces of the library as Salesforce spells them. */
export function libraryNamespaces(): string[] {
  return [...new Set(qualifiedNames().map((name) => name.slice(0, name.indexOf('.'))))].sort();
}

let names: string[] | undefined;

function qualifiedNames(): string[] {
  names ??= [...new Set([...lines.keys(), ...overlayTypeNames()])];
  return names;
}

function load(key: string): LibraryType | undefined {
  const line = lines.get(key);
  const generated = line && unpack(line.key, line.value as PackedType);
  return libraryOverlay(key, generated);
}

function unpack(qualifiedName: string, packed: PackedType): LibraryType {
  const [kind, typeParams, superType, interfaces, constructors, methods, fields, constants] =
    packed;
  const dot = qualifiedName.indexOf('.');
  const name = qualifiedName.slice(dot + 1);
  const namespace = qualifiedName.slice(0, dot);
  return {
    namespace,
    name,
    kind: kind === 'abstract' ? 'class' : kind,
    isAbstract: kind === 'abstract',
    typeParams,
    superType: superType === '' ? undefined : superType,
    interfaces,
    constructors: constructors.map((params) => ({ params: pairs(params) })),
    methods: [
      ...methods.map(([method, flags, returns, params]) => ({
        name: method,
        static: (flags & STATIC) !== 0,
        abstract: (flags & ABSTRACT) !== 0,
        params: pairs(params),
        returns,
        typeParams: [],
      })),
      ...(kind === 'enum' ? enumMethods(namespace, name) : []),
    ],
    fields: fields.map(([field, flags, type]) => ({
      name: field,
      static: (flags & STATIC) !== 0,
      type,
    })),
    enumConstants: constants,
  };
}

/** What every enum can do (documented: Apex Developer Guide, "Enums"). */
function enumMethods(namespace: string, name: string): LibraryMethod[] {
  const self = namespace === 'System' ? name : `${namespace}.${name}`;
  const method = (
    method: string,
    isStatic: boolean,
    returns: string,
    params: LibraryParameter[] = [],
  ): LibraryMethod => ({
    name: method,
    static: isStatic,
    abstract: false,
    params,
    returns,
    typeParams: [],
  });
  return [
    method('name', false, 'String'),
    method('ordinal', false, 'Integer'),
    method('values', true, `List<${self}>`),
    method('valueOf', true, self, [{ name: 'enumString', type: 'String' }]),
  ];
}

function pairs(typesAndNames: readonly string[]): LibraryParameter[] {
  const parameters: LibraryParameter[] = [];
  for (let i = 0; i < typesAndNames.length; i += 2) {
    parameters.push({ type: typesAndNames[i] ?? 'Object', name: typesAndNames[i + 1] ?? '' });
  }
  return parameters;
}
