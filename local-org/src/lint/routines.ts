import type {
  BoundBlock,
  BoundConstructor,
  BoundInit,
  BoundMethod,
  BoundType,
  BoundUnit,
} from '../apex/check/bound-tree.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../apex/types/symbols.ts';
import type { ApexType } from '../apex/types/type.ts';

/** Code that runs as one: a method, a constructor with its initialisers, an accessor, the static initialisers of a class. */
export interface Routine {
  readonly name: string;
  readonly owner: TypeSymbol;
  readonly line: number;
  readonly init: readonly BoundInit[];
  readonly constructor_: BoundConstructor | null;
  readonly body: BoundBlock | null;
}

/** All code of a project's types that are no tests, found by the symbol that names it. */
export class Routines {
  readonly types: readonly BoundType[];
  readonly #methods = new Map<MethodSymbol, Routine>();
  readonly #accessors = new Map<FieldSymbol, Map<'get' | 'set', Routine>>();
  readonly #statics = new Map<TypeSymbol, Routine>();
  readonly #instances = new Map<TypeSymbol, Routine>();
  readonly #below = new Map<TypeSymbol, TypeSymbol[]>();
  /** Interface or base class of the platform → types that are one. */
  readonly #implementing = new Map<string, TypeSymbol[]>();

  constructor(units: readonly BoundUnit[]) {
    this.types = units.flatMap((unit) => unit.types).filter(({ symbol }) => !isOfTest(symbol));
    for (const type of this.types) this.#add(type);
    for (const { symbol } of this.types) {
      for (const above of ancestors(symbol)) {
        const known = this.#below.get(above);
        if (known === undefined) this.#below.set(above, [symbol]);
        else known.push(symbol);
      }
      for (const name of platformTypes(symbol)) {
        const known = this.#implementing.get(name);
        if (known === undefined) this.#implementing.set(name, [symbol]);
        else known.push(symbol);
      }
    }
  }

  #add({ symbol, methods, constructors, accessors, staticInit, instanceInit }: BoundType): void {
    const plain = { owner: symbol, init: [], constructor_: null };
    for (const method of methods) this.#methods.set(method.symbol, methodRoutine(method));
    for (const made of constructors)
      this.#methods.set(made.symbol, {
        ...plain,
        name: `new ${symbol.name}`,
        line: made.symbol.line,
        init: instanceInit,
        constructor_: made,
        body: made.body,
      });
    if (instanceInit.length > 0 && constructors.length === 0)
      this.#instances.set(symbol, {
        ...plain,
        name: `new ${symbol.name}`,
        line: lineOf(instanceInit),
        init: instanceInit,
        body: null,
      });
    for (const { field, which, body } of accessors) {
      const both = this.#accessors.get(field) ?? new Map<'get' | 'set', Routine>();
      const name = `${symbol.name}.${field.name} ${which}`;
      both.set(which, { ...plain, name, line: field.line, body });
      this.#accessors.set(field, both);
    }
    if (staticInit.length > 0)
      this.#statics.set(symbol, {
        ...plain,
        name: `static initialisers of ${symbol.name}`,
        line: lineOf(staticInit),
        init: staticInit,
        body: null,
      });
  }

  /** Every routine. */
  all(): Routine[] {
    return [
      ...this.#methods.values(),
      ...this.#instances.values(),
      ...this.#statics.values(),
      ...[...this.#accessors.values()].flatMap((both) => [...both.values()]),
    ];
  }

  method(symbol: MethodSymbol): Routine | undefined {
    return this.#methods.get(symbol);
  }

  accessor(field: FieldSymbol, which: 'get' | 'set'): Routine | undefined {
    return this.#accessors.get(field)?.get(which);
  }

  statics(type: TypeSymbol): Routine | undefined {
    return this.#statics.get(type);
  }

  /** Initialisers of a class without declared constructors. */
  instance(type: TypeSymbol): Routine | undefined {
    return this.#instances.get(type);
  }

  /** What a call of an instance method may run: the method itself and whatever overrides or implements it. */
  targets(method: MethodSymbol): Routine[] {
    const own = this.#methods.get(method);
    const found = own?.body == null ? [] : [own];
    for (const type of this.#below.get(method.owner) ?? []) {
      const override = type.methods.find((other) => overrides(other, method));
      const routine = override === undefined ? undefined : this.#methods.get(override);
      if (routine?.body != null) found.push(routine);
    }
    return found;
  }

  /** Methods that implement one of an interface of the platform. */
  implementations(name: string, method: string, arity: number): Routine[] {
    const wanted = method.toLowerCase();
    return (this.#implementing.get(plainName(name)) ?? []).flatMap((type) =>
      [type, ...ancestors(type)].flatMap((it) =>
        it.methods
          .filter((own) => own.name.toLowerCase() === wanted && own.params.length === arity)
          .flatMap((own) => this.#methods.get(own) ?? []),
      ),
    );
  }

  /** Methods of a type, its superclasses and subclasses with one of the names: what a platform service calls back. */
  callbacks(type: TypeSymbol, names: ReadonlySet<string>): Routine[] {
    return [type, ...ancestors(type), ...(this.#below.get(type) ?? [])].flatMap((it) =>
      it.methods
        .filter((method) => names.has(method.name.toLowerCase()))
        .flatMap((method) => this.#methods.get(method) ?? []),
    );
  }
}

function methodRoutine({ symbol, body }: BoundMethod): Routine {
  return {
    name: `${symbol.owner.name}.${symbol.name}`,
    owner: symbol.owner,
    line: symbol.line,
    init: [],
    constructor_: null,
    body,
  };
}

function lineOf(init: readonly BoundInit[]): number {
  const [first] = init;
  if (first === undefined) return 1;
  return first.kind === 'field' ? first.field.line : first.body.line;
}

function overrides(other: MethodSymbol, method: MethodSymbol): boolean {
  return (
    !other.isStatic &&
    other.name.toLowerCase() === method.name.toLowerCase() &&
    other.params.length === method.params.length
  );
}

/** Whether a type is a test, or stands in one. */
export function isOfTest(type: TypeSymbol): boolean {
  return type.isTest || (type.outer !== null && isOfTest(type.outer));
}

/** All supertypes that the project declares. */
export function ancestors(type: TypeSymbol): TypeSymbol[] {
  const found = new Set<TypeSymbol>();
  const visit = (it: ApexType | null): void => {
    if (it?.kind !== 'user' || found.has(it.symbol)) return;
    found.add(it.symbol);
    visit(it.symbol.superType);
    it.symbol.interfaces.forEach(visit);
  };
  visit(type.superType);
  type.interfaces.forEach(visit);
  return [...found];
}

/** The platform's interfaces and base classes of a type. */
function platformTypes(type: TypeSymbol): ReadonlySet<string> {
  const direct = [type, ...ancestors(type)].flatMap((it) => [
    ...(it.superType === null ? [] : [it.superType]),
    ...it.interfaces,
  ]);
  return new Set(direct.flatMap((it) => (it.kind === 'library' ? [plainName(it.name)] : [])));
}

const plainName = (name: string): string => name.replace(/^System\./i, '').toLowerCase();
