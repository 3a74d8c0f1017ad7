import type { TypeSymbol } from '../apex/types/symbols.ts';
import type { ApexType } from '../apex/types/type.ts';
import { Flow } from './flow.ts';
import type { Assurance, CallTarget } from './observer.ts';
import { ancestors } from './routines.ts';
import type { Routine, Routines } from './routines.ts';

export const NOTHING: Assurance = { completes: false, yes: false, no: false };
export const EVERYTHING: Assurance = { completes: true, yes: true, no: true };
const CALLBACKS = new Set(['execute', 'start', 'finish']);

/**
 * What routines assure their callers of, and classes whose objects are *capabilities*: nobody but the class itself makes them, and each static
 * method that hands one out has asked for a custom permission before. Who calls a method of such an object has therefore been asked.
 */
export class Capabilities {
  readonly #routines: Routines;
  readonly #assured = new Map<Routine, Assurance>();
  readonly #makers = new Map<TypeSymbol, Set<TypeSymbol>>();
  readonly #known = new Map<TypeSymbol, boolean>();

  constructor(routines: Routines) {
    this.#routines = routines;
    for (const routine of routines.all()) this.#noteMakers(routine);
  }

  /** Routines that a call may run. */
  targets(target: CallTarget): Routine[] {
    const one = (routine: Routine | undefined): Routine[] =>
      routine === undefined ? [] : [routine];
    switch (target.kind) {
      case 'method':
        return target.exact
          ? one(this.#routines.method(target.method))
          : this.#routines.targets(target.method);
      case 'default':
        return one(this.#routines.instance(target.type));
      case 'accessor':
        return one(this.#routines.accessor(target.field, target.which));
      case 'statics':
        return one(this.#routines.statics(target.type));
      case 'interface':
        return this.#routines.implementations(target.name, target.method, target.arity);
      case 'callback':
        return this.#routines.callbacks(target.type, CALLBACKS);
      default:
        throw target satisfies never;
    }
  }

  /** What holds after a call, whichever of its targets ran. */
  after(target: CallTarget): Assurance {
    // The platform runs these at another time, and other packages implement its interfaces, too.
    if (target.kind === 'callback' || target.kind === 'statics' || target.kind === 'interface')
      return NOTHING;
    const all = this.targets(target).map((routine) => this.of(routine));
    const every = (part: keyof Assurance): boolean => all.length > 0 && all.every((it) => it[part]);
    return { completes: every('completes'), yes: every('yes'), no: every('no') };
  }

  of(routine: Routine): Assurance {
    const known = this.#assured.get(routine);
    if (known !== undefined) return known;
    // Whoever calls himself is judged without what that call would assure.
    this.#assured.set(routine, NOTHING);
    const found = new Flow({
      operation: () => undefined,
      unknown: () => undefined,
      call: (target) => (this.isThroughCapability(target) ? EVERYTHING : this.after(target)),
    }).run(routine);
    this.#assured.set(routine, found);
    return found;
  }

  /** Whether a call needs an object that only a guarded door hands out. */
  isThroughCapability(target: CallTarget): boolean {
    if (target.kind !== 'method' || target.method.isStatic) return false;
    const routine = this.#routines.method(target.method);
    return routine?.constructor_ == null && this.isCapability(target.method.owner);
  }

  isCapability(type: TypeSymbol): boolean {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    this.#known.set(type, false);
    const found = this.#judge(type);
    this.#known.set(type, found);
    return found;
  }

  #judge(type: TypeSymbol): boolean {
    const gives = (it: ApexType): boolean => it.kind === 'user' && it.symbol === type;
    const makers = this.#makers.get(type) ?? new Set();
    if (type.kind !== 'class' || [...makers].some((maker) => maker !== type)) return false;
    const isOpen = (member: { readonly modifiers: readonly string[] }): boolean =>
      ['public', 'global', 'protected'].some((modifier) => member.modifiers.includes(modifier));
    if (type.fields.some((field) => field.isStatic && isOpen(field) && gives(field.type)))
      return false;
    const handed = type.methods.filter(
      (method) => method.isStatic && isOpen(method) && gives(method.returns),
    );
    return (
      handed.length > 0 &&
      handed.every((method) => {
        const routine = this.#routines.method(method);
        return routine !== undefined && this.of(routine).completes;
      })
    );
  }

  /** Notes which class makes objects of which; of a subclass's object its superclasses are made, too. */
  #noteMakers(routine: Routine): void {
    const note = (type: TypeSymbol): void => {
      for (const made of [type, ...ancestors(type)]) {
        const makers = this.#makers.get(made) ?? new Set();
        makers.add(routine.owner);
        this.#makers.set(made, makers);
      }
    };
    new Flow({
      operation: () => undefined,
      unknown: () => undefined,
      call: (target) => {
        if (target.kind === 'default') note(target.type);
        if (target.kind === 'method' && isConstructor(this.#routines, target))
          note(target.method.owner);
        return NOTHING;
      },
    }).run(routine);
  }
}

function isConstructor(
  routines: Routines,
  { method }: Extract<CallTarget, { kind: 'method' }>,
): boolean {
  return routines.method(method)?.constructor_ != null;
}
