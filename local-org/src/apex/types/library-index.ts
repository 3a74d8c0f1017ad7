import type { LibraryType } from '../../schema/library-signatures.ts';
import type {
  LibraryClass,
  LibraryFieldInfo,
  LibraryMethodInfo,
  Substitution,
} from './library-class.ts';
import type { ApexType } from './type.ts';
import { extraMembers, narrowerParams } from './library-corrections.ts';
import { OBJECT, SOBJECT, UNKNOWN, VOID, listOf, mapOf, primitive, setOf } from './well-known.ts';

/** Where signatures come from: `schema/library-signatures.ts`, or a few lines in a test. */
export interface LibrarySource {
  type(qualifiedName: string): LibraryType | undefined;
  isNamespace(name: string): boolean;
}

/** The library's signatures as types of the checker; each type is parsed once. */
export class LibraryIndex {
  readonly #source: LibrarySource;
  readonly #isObject: (name: string) => string | undefined;
  readonly #classes = new Map<string, LibraryClass | null>();

  constructor(source: LibrarySource, canonicalObject: (name: string) => string | undefined) {
    this.#source = source;
    this.#isObject = canonicalObject;
  }

  isNamespace(name: string): boolean {
    return this.#source.isNamespace(name);
  }

  /** By qualified name, or by plain name in `System`; any case. */
  find(name: string): LibraryClass | undefined {
    const key = name.toLowerCase();
    const known = this.#classes.get(key);
    if (known !== undefined) return known ?? undefined;
    const found = this.#source.type(key);
    // Asked with a namespace that is not there, the source may answer with `System.<name>`: `Foo.Bar` is then System's inner type
    if (found === undefined) {
      this.#classes.set(key, null);
      return undefined;
    }
    const canonical = displayName(found);
    const same = this.#classes.get(canonical.toLowerCase());
    const built = same ?? this.#build(found, canonical);
    this.#classes.set(key, built);
    return built;
  }

  /** The class whose members a value of this type has; null for user types and nothing. */
  classOf(type: ApexType): LibraryClass | undefined {
    switch (type.kind) {
      case 'primitive':
        return this.find(`System.${type.name}`);
      case 'sobject':
        return this.find('System.SObject');
      case 'list':
        return this.find('System.List');
      case 'set':
        return this.find('System.Set');
      case 'map':
        return this.find('System.Map');
      case 'library':
        return this.find(type.name);
      default:
        return undefined;
    }
  }

  /** Type arguments of a value of this type. */
  substitutionOf(type: ApexType): Substitution {
    switch (type.kind) {
      case 'list':
      case 'set':
        return new Map([['T', type.element]]);
      case 'map':
        return new Map([
          ['K', type.key],
          ['V', type.value],
        ]);
      case 'library': {
        if (type.args.length === 0) return NO_SUBSTITUTION;
        const params = this.find(type.name)?.typeParams ?? [];
        return new Map(params.map((param, i) => [param, type.args[i] ?? OBJECT]));
      }
      default:
        return NO_SUBSTITUTION;
    }
  }

  /** A type in Apex notation, as signatures write it. */
  parse(text: string, typeParams: readonly string[] = []): ApexType {
    const reader = new TypeTextReader(text);
    return this.#resolve(reader.read(), typeParams);
  }

  #resolve(text: TypeText, typeParams: readonly string[]): ApexType {
    const args = text.args.map((arg) => this.#resolve(arg, typeParams));
    if (typeParams.includes(text.name)) return { kind: 'typevar', name: text.name };
    const plain = text.name.replace(/^System\./i, '');
    switch (plain.toLowerCase()) {
      case 'void':
        return VOID;
      case 'list':
      case 'recordset':
      case 'internal.recordset':
        return listOf(args[0] ?? OBJECT);
      case 'set':
        return setOf(args[0] ?? OBJECT);
      case 'map':
        return mapOf(args[0] ?? OBJECT, args[1] ?? OBJECT);
      case 'sobject':
        return SOBJECT;
      case 'any':
      case 'anytype':
        return OBJECT;
    }
    const builtIn = primitive(plain);
    if (builtIn !== undefined) return builtIn;
    const library = this.#source.type(plain);
    if (library !== undefined) return { kind: 'library', name: displayName(library), args };
    const object = this.#isObject(plain.replace(/^Schema\./i, ''));
    return object === undefined ? UNKNOWN : { kind: 'sobject', name: object };
  }

  #build(source: LibraryType, name: string): LibraryClass {
    const typeParams = source.typeParams;
    const parse = (text: string): ApexType => this.parse(text, typeParams);
    const methods = new Map<string, LibraryMethodInfo[]>();
    const fields = new Map<string, LibraryFieldInfo>();
    const constructors: LibraryMethodInfo[] = [];
    const built: LibraryClass = {
      name,
      kind: source.kind,
      isAbstract: source.isAbstract,
      typeParams,
      superType: source.superType === undefined ? null : parse(source.superType),
      interfaces: source.interfaces.map(parse),
      constructors,
      methods,
      fields,
      enumConstants: new Map(source.enumConstants.map((it) => [it.toLowerCase(), it])),
    };
    for (const it of source.constructors) {
      constructors.push({
        owner: built,
        name: '<init>',
        key: `<init>(${it.params.map((param) => param.type).join(',')})`,
        params: it.params.map((param) => parse(param.type)),
        returns: VOID,
        isStatic: false,
        isAbstract: false,
      });
    }
    for (const it of [...source.methods, ...extraMembers(name)]) {
      const scope = [...typeParams, ...it.typeParams];
      const key = `${it.name}(${it.params.map((param) => param.type).join(',')})`;
      const narrower = narrowerParams(name, key);
      const info: LibraryMethodInfo = {
        owner: built,
        name: it.name,
        key,
        params: it.params.map((param, i) => this.parse(narrower?.[i] ?? param.type, scope)),
        returns: this.parse(it.returns, scope),
        isStatic: it.static,
        isAbstract: it.abstract,
      };
      const lower = it.name.toLowerCase();
      const overloads = methods.get(lower);
      if (overloads === undefined) methods.set(lower, [info]);
      else if (!overloads.some((other) => other.key.toLowerCase() === key.toLowerCase()))
        overloads.push(info);
    }
    for (const it of source.fields) {
      const type = parse(it.type);
      fields.set(it.name.toLowerCase(), { owner: built, name: it.name, type, isStatic: it.static });
    }
    return built;
  }
}

const NO_SUBSTITUTION: Substitution = new Map();

/** Name by which members are registered: without `System.`. */
function displayName(type: LibraryType): string {
  return type.namespace === 'System' ? type.name : `${type.namespace}.${type.name}`;
}

interface TypeText {
  readonly name: string;
  readonly args: readonly TypeText[];
}

/** Reads `Map<Id,List<SObject>>`. */
class TypeTextReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.replace(/\s+/g, '');
  }

  read(): TypeText {
    const start = this.#at;
    while (this.#at < this.#text.length && !'<>,'.includes(this.#text.charAt(this.#at))) this.#at++;
    const name = this.#text.slice(start, this.#at);
    const args: TypeText[] = [];
    if (this.#text.charAt(this.#at) === '<') {
      do {
        this.#at++;
        args.push(this.read());
      } while (this.#text.charAt(this.#at) === ',');
      this.#at++;
    }
    return name.endsWith('[]')
      ? { name: 'List', args: [{ name: name.slice(0, -2), args }] }
      : { name, args };
  }
}
