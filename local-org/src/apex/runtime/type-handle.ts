import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { libraryInstanceClass } from '../library/registry.ts';
import { ApexEnum, ApexObject, Types } from '../values/index.ts';
import type { RuntimeClass, RuntimeField, RuntimeType } from '../values/index.ts';
import type { SharingMode } from '../types/symbols.ts';
import { markerName } from '../emit/names.ts';

type ApexFunction = (...args: unknown[]) => unknown;
type InstanceClass = new () => object;

/** A method as the outside sees it. */
export interface RuntimeMethod {
  readonly name: string;
  /** Property on the prototype, or in `statics`. */
  readonly key: string;
  readonly isStatic: boolean;
  readonly params: readonly { readonly name: string; readonly type: RuntimeType }[];
  /** Null for void. */
  readonly returns: RuntimeType | null;
  readonly modifiers: readonly string[];
  readonly annotations: readonly {
    readonly name: string;
    readonly values: Readonly<Record<string, string | boolean | number>>;
  }[];
  readonly line: number;
}

/** What emitted code hands over to define a type. */
export interface TypeDefinition {
  readonly kind: 'class' | 'interface' | 'enum' | 'trigger' | 'anonymous';
  readonly file: string;
  readonly apiVersion: number;
  readonly sharing: SharingMode;
  readonly isAbstract: boolean;
  readonly isGlobal?: boolean;
  readonly superType: RuntimeType | null;
  readonly interfaces: readonly RuntimeType[];
  readonly annotations?: RuntimeMethod['annotations'];
  readonly constants?: readonly string[];
  readonly make?: (base: unknown) => InstanceClass;
  readonly construct?: ApexFunction | null;
  readonly instance: Readonly<Record<string, ApexFunction>>;
  readonly statics: Readonly<Record<string, ApexFunction>>;
  /** Runs the instance initialisers. */
  readonly inst?: ApexFunction;
  /** Makes the object of static fields, then runs these on it. */
  readonly clinit?: readonly [() => object, readonly ApexFunction[]];
  readonly fields: readonly (readonly [
    string,
    RuntimeType,
    boolean,
    boolean,
    RuntimeField['get'],
    RuntimeField['set'],
    boolean?,
  ])[];
  readonly methods: readonly (readonly [
    string,
    string,
    boolean,
    readonly (readonly [string, RuntimeType])[],
    RuntimeType | null,
    readonly string[],
    RuntimeMethod['annotations'],
    number,
  ])[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A project type at run time. Emitted code keeps handles as constants and reads the short members: `c` the JavaScript class, `p` its
 * prototype, `s` the object of static fields (null until first used in a transaction), `f` functions by name.
 */
export class TypeHandle {
  readonly name: string;
  readonly cls: Writable<RuntimeClass>;
  readonly type: RuntimeType;
  c: InstanceClass | null = null;
  p: object | null = null;
  s: object | null = null;
  f: Readonly<Record<string, ApexFunction>> = {};
  definition: TypeDefinition | null = null;
  methods: readonly RuntimeMethod[] = [];
  #constants: readonly ApexEnum[] = [];
  #ready = false;
  readonly #touched: TypeHandle[];

  /** `touched`: where the handle notes that its statics live. */
  constructor(name: string, touched: TypeHandle[]) {
    this.name = name;
    this.#touched = touched;
    this.cls = {
      name,
      kind: 'class',
      isAbstract: false,
      apiVersion: 0,
      superType: null,
      interfaces: [],
      fields: [],
      construct: null,
      constants: () => this.#constants,
      instanceClass: null,
    };
    this.type = Types.user(this.cls);
  }

  /** Static initialisation, in textual order; a reader inside of it sees nulls, as on the platform. */
  i(): object {
    const clinit = this.definition?.clinit;
    if (clinit === undefined) {
      this.s = {};
      return this.s;
    }
    const statics = clinit[0]();
    this.s = statics;
    this.#touched.push(this);
    try {
      for (const init of clinit[1]) init(statics);
    } catch (error) {
      this.s = null;
      throw error;
    }
    return statics;
  }

  /** An enum constant by its declared name. */
  constant(name: string): ApexEnum {
    const found = this.#constants.find((item) => item.name === name);
    if (found === undefined)
      throw raise(Diagnostics.INTERNAL, [`${this.name} has no constant ${name}`]);
    return found;
  }

  define(definition: TypeDefinition): void {
    this.definition = definition;
    this.#ready = false;
    this.f = definition.statics;
    const { cls } = this;
    cls.kind =
      definition.kind === 'interface' || definition.kind === 'enum' ? definition.kind : 'class';
    cls.isAbstract = definition.isAbstract;
    cls.isGlobal = definition.isGlobal === true;
    cls.apiVersion = definition.apiVersion;
    cls.superType = definition.superType;
    cls.interfaces = definition.interfaces;
    cls.fields = definition.fields.map(
      ([name, type, isTransient, isProperty, get, set, isAuraEnabled]) => ({
        name,
        type,
        isTransient,
        isProperty,
        isAuraEnabled: isAuraEnabled === true,
        get,
        set,
      }),
    );
    this.methods = definition.methods.map(
      ([name, key, isStatic, params, returns, modifiers, annotations, line]) => ({
        name,
        key,
        isStatic,
        params: params.map(([param, type]) => ({ name: param, type })),
        returns,
        modifiers,
        annotations,
        line,
      }),
    );
    this.#constants = (definition.constants ?? []).map(
      (name, ordinal) => new ApexEnum(this.name, name, ordinal, cls),
    );
  }

  /** Builds the JavaScript class; superclasses first. `handleOf` finds the handle of a project type. */
  link(handleOf: (cls: RuntimeClass) => TypeHandle): void {
    const { definition } = this;
    if (this.#ready || definition === null) return;
    this.#ready = true;
    if (definition.make === undefined) return;
    const c = definition.make(this.#base(handleOf));
    const p = c.prototype as Record<string, unknown>;
    for (const [key, value] of Object.entries(definition.instance)) p[key] = value;
    for (const name of userTypesAbove(this.cls)) p[markerName(name)] = true;
    Object.defineProperty(p, '$class', { value: this.cls, configurable: true });
    this.c = c;
    this.p = p;
    this.cls.instanceClass = c;
    const { construct } = definition;
    this.cls.construct = construct == null ? null : () => construct.call(new c()) as object;
    const inits = this.#initialisers(handleOf);
    this.cls.allocate = () => {
      const object = new c();
      for (const init of inits) init.call(object);
      return object;
    };
  }

  /** An instance whose initialisers have run and whose constructor has not. */
  allocate(): object {
    const { allocate } = this.cls;
    if (allocate === undefined)
      throw raise(Diagnostics.INTERNAL, [`${this.name} cannot be instantiated`]);
    return allocate();
  }

  #base(handleOf: (cls: RuntimeClass) => TypeHandle): unknown {
    const { superType } = this.cls;
    if (superType === null) return ApexObject;
    if (superType.kind === 'user') {
      const above = handleOf(superType.cls);
      above.link(handleOf);
      return above.c;
    }
    return (
      (superType.kind === 'library' ? libraryInstanceClass(superType.name) : undefined) ??
      ApexObject
    );
  }

  #initialisers(handleOf: (cls: RuntimeClass) => TypeHandle): ApexFunction[] {
    const { superType } = this.cls;
    const above = superType?.kind === 'user' ? handleOf(superType.cls).#initialisers(handleOf) : [];
    const own = this.definition?.inst;
    return own === undefined ? above : [...above, own];
  }
}

/** Names of the type itself and of all project classes and interfaces above it. */
function userTypesAbove(cls: RuntimeClass, found: Set<string> = new Set()): Set<string> {
  found.add(cls.name);
  for (const type of [cls.superType, ...cls.interfaces]) {
    if (type?.kind === 'user') userTypesAbove(type.cls, found);
  }
  return found;
}
