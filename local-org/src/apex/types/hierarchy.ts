import type { Program } from './program.ts';
import type { TypeSymbol } from './symbols.ts';
import type { ApexType } from './type.ts';
import { substitute } from './library-class.ts';
import { sameType } from './type-names.ts';
import { libraryNamed } from './well-known.ts';

/** Direct supertypes, superclass first, type arguments filled in. */
export function superTypes(program: Program, type: ApexType): readonly ApexType[] {
  switch (type.kind) {
    case 'user': {
      const { superType, interfaces } = type.symbol;
      return superType === null ? interfaces : [superType, ...interfaces];
    }
    case 'library': {
      const found = program.library.find(type.name);
      if (found === undefined) return [];
      const by = program.library.substitutionOf(type);
      const all =
        found.superType === null ? found.interfaces : [found.superType, ...found.interfaces];
      return all.map((it) => substitute(it, by));
    }
    case 'list':
    case 'set':
      return [libraryNamed('Iterable', [type.element])];
    default:
      return [];
  }
}

/** The type itself and all its supertypes, nearest first. */
export function allSuperTypes(program: Program, type: ApexType): ApexType[] {
  const found: ApexType[] = [];
  const queue: ApexType[] = [type];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const current = next;
    if (found.some((it) => sameType(it, current))) continue;
    found.push(current);
    queue.push(...superTypes(program, current));
  }
  return found;
}

/** Steps from a type up to a supertype, 0 for itself; -1 when it is none. Library type arguments are not compared. */
export function distance(program: Program, from: ApexType, to: ApexType): number {
  let level: readonly ApexType[] = [from];
  for (let steps = 0; level.length > 0 && steps < 50; steps++) {
    if (level.some((it) => sameNominal(it, to))) return steps;
    level = level.flatMap((it) => superTypes(program, it));
  }
  return -1;
}

/** The instance of a generic library supertype that a type has: `Iterator<String>` of a class that implements it. */
export function asLibrary(
  program: Program,
  type: ApexType,
  name: string,
): Extract<ApexType, { kind: 'library' }> | null {
  for (const it of allSuperTypes(program, type)) {
    if (it.kind === 'library' && it.name === name) return it;
  }
  return null;
}

function sameNominal(a: ApexType, b: ApexType): boolean {
  if (a.kind === 'user') return b.kind === 'user' && a.symbol === b.symbol;
  if (a.kind === 'library') return b.kind === 'library' && a.name === b.name;
  return sameType(a, b);
}

/** The class and its superclasses in the project, nearest first. */
export function userChain(symbol: TypeSymbol): TypeSymbol[] {
  const chain: TypeSymbol[] = [];
  let current: TypeSymbol | null = symbol;
  while (current !== null && !chain.includes(current)) {
    chain.push(current);
    const parent: ApexType | null = current.superType;
    current = parent !== null && parent.kind === 'user' ? parent.symbol : null;
  }
  return chain;
}

/** The library class that a user class descends from, such as `Exception`; null for none. */
export function libraryBase(symbol: TypeSymbol): Extract<ApexType, { kind: 'library' }> | null {
  const root = userChain(symbol).at(-1);
  return root?.superType?.kind === 'library' ? root.superType : null;
}

/** Whether values of the type can be thrown. */
export function isException(program: Program, type: ApexType): boolean {
  return distance(program, type, libraryNamed('Exception')) >= 0;
}

/** The outermost type around a type: the unit of `private`. */
export function topLevel(symbol: TypeSymbol): TypeSymbol {
  let current = symbol;
  while (current.outer !== null) current = current.outer;
  return current;
}

/** Whether a user class is or extends another. */
export function isSubclass(symbol: TypeSymbol, of: TypeSymbol): boolean {
  return userChain(symbol).includes(of);
}
