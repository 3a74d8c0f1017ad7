import type { Conversion } from '../check/bound-tree.ts';
import type { Program } from './program.ts';
import type { ApexType, PrimitiveName } from './type.ts';
import { assignability } from './assignable.ts';
import { isGenericSObject, isNumeric, isObject } from './well-known.ts';

/** Explicit numeric casts that are not implicit conversions. */
const NARROWING: Partial<Record<PrimitiveName, Partial<Record<PrimitiveName, Conversion>>>> = {
  Long: { Integer: 'Long→Integer' },
  Double: { Integer: 'Double→Integer', Long: 'Double→Long' },
  Decimal: { Integer: 'Decimal→Integer', Long: 'Decimal→Long' },
};

/** The conversion of an explicit numeric cast, if it is one that needs writing. */
export function narrowing(from: ApexType, to: ApexType): Conversion | null {
  if (from.kind !== 'primitive' || to.kind !== 'primitive') return null;
  return NARROWING[from.name]?.[to.name] ?? null;
}

/** Whether an instance of `from` could be one of `to`: false only where it provably cannot. */
export function couldBe(program: Program, from: ApexType, to: ApexType): boolean {
  if (from.kind === 'unknown' || to.kind === 'unknown' || from.kind === 'null') return true;
  if (from.kind === 'typevar' || to.kind === 'typevar') return true;
  if (from.kind === 'void' || to.kind === 'void') return false;
  if (isObject(from) || isObject(to)) return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (assignability(program, from, to, LOOSE) !== null) return true;
  if (to.kind !== 'primitive' && assignability(program, to, from, LOOSE) !== null) return true;
  if (from.kind === 'sobject' && to.kind === 'sobject')
    return isGenericSObject(from) || isGenericSObject(to);
  if (from.kind === 'list' && to.kind === 'list') return couldBe(program, from.element, to.element);
  if (from.kind === 'set' && to.kind === 'set') return couldBe(program, from.element, to.element);
  if (from.kind === 'map' && to.kind === 'map') {
    return couldBe(program, from.key, to.key) && couldBe(program, from.value, to.value);
  }
  return mayMeet(program, from, to) || areSiblings(from, to);
}

/** The signature data does not name every superclass outside of System, so classes of one namespace may be related. */
function areSiblings(a: ApexType, b: ApexType): boolean {
  if (a.kind !== 'library' || b.kind !== 'library') return false;
  const namespace = (name: string): string => name.slice(0, name.indexOf('.') + 1);
  return namespace(a.name) !== '' && namespace(a.name) === namespace(b.name);
}

const LOOSE = { invariantSets: false };

/** An interface and a class that can still be extended may have a common subclass. */
function mayMeet(program: Program, a: ApexType, b: ApexType): boolean {
  if (!isClassLike(a) || !isClassLike(b)) return false;
  return (
    (isInterface(program, a) && isOpen(program, b)) ||
    (isInterface(program, b) && isOpen(program, a))
  );
}

function isClassLike(type: ApexType): boolean {
  return (
    type.kind === 'user' || type.kind === 'library' || type.kind === 'list' || type.kind === 'set'
  );
}

/** Whether the type is an interface, of the project or of the library. */
export function isInterface(program: Program, type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind === 'interface';
  return type.kind === 'library' && program.library.find(type.name)?.kind === 'interface';
}

/** Whether the type can have subclasses that implement a further interface. Library classes are given the benefit of the doubt. */
function isOpen(program: Program, type: ApexType): boolean {
  if (type.kind !== 'user') return isInterface(program, type) || type.kind === 'library';
  const { kind, modifiers } = type.symbol;
  return kind === 'interface' || modifiers.includes('virtual') || modifiers.includes('abstract');
}
