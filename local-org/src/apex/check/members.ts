import type { LibraryFieldInfo, LibraryMethodInfo, Substitution } from '../types/library-class.ts';
import type { Program } from '../types/program.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import { allSuperTypes, userChain } from '../types/hierarchy.ts';
import { substitute } from '../types/library-class.ts';
import { sameType, sameTypes } from '../types/type-names.ts';
import { OBJECT } from '../types/well-known.ts';

/** A method that a call may mean, with type arguments filled in. */
export type MethodCandidate =
  | {
      readonly kind: 'user';
      readonly params: readonly ApexType[];
      readonly returns: ApexType;
      readonly isStatic: boolean;
      readonly method: MethodSymbol;
    }
  | {
      readonly kind: 'library';
      readonly params: readonly ApexType[];
      readonly returns: ApexType;
      readonly isStatic: boolean;
      readonly info: LibraryMethodInfo;
    };

/** A field or property of a user class, declared or inherited. */
export function findField(symbol: TypeSymbol, name: string): FieldSymbol | undefined {
  const lower = name.toLowerCase();
  for (const type of userChain(symbol)) {
    for (const field of type.fields) {
      if (field.name.toLowerCase() === lower) return field;
    }
  }
  return undefined;
}

/** A field of a library type, inherited ones included. */
export function findLibraryField(
  program: Program,
  type: ApexType,
  name: string,
): { info: LibraryFieldInfo; type: ApexType } | undefined {
  const lower = name.toLowerCase();
  for (const it of allSuperTypes(program, type)) {
    const info = program.library.classOf(it)?.fields.get(lower);
    if (info !== undefined)
      return { info, type: substitute(info.type, program.library.substitutionOf(it)) };
  }
  return undefined;
}

/**
 * All methods of that name that a value of the type has: overrides hide what they override. User types also have the methods of
 * their library base (`Exception`) and those of every object (`toString`, `equals`, `hashCode`, `clone`).
 */
export function methodsOf(program: Program, type: ApexType, name: string): MethodCandidate[] {
  const lower = name.toLowerCase();
  const found: MethodCandidate[] = [];
  const add = (candidate: MethodCandidate): void => {
    const hidden = found.some(
      (it) => it.isStatic === candidate.isStatic && sameTypes(it.params, candidate.params),
    );
    if (!hidden) found.push(candidate);
  };
  for (const it of [...allSuperTypes(program, type), OBJECT]) {
    if (it.kind === 'user') {
      for (const method of it.symbol.methods) {
        if (method.name.toLowerCase() === lower) add(userCandidate(method));
      }
      continue;
    }
    const library = program.library.classOf(it);
    const overloads = library?.methods.get(lower);
    if (overloads === undefined) continue;
    const by = program.library.substitutionOf(it);
    for (const info of overloads) add(libraryCandidate(info, by, type));
  }
  return found;
}

function userCandidate(method: MethodSymbol): MethodCandidate {
  const { returns, isStatic } = method;
  return { kind: 'user', params: method.params.map((it) => it.type), returns, isStatic, method };
}

function libraryCandidate(
  info: LibraryMethodInfo,
  by: Substitution,
  receiver: ApexType,
): MethodCandidate {
  // Cloning keeps the type (Apex Developer Guide, "Using the clone Method")
  const keepsType = info.key === 'clone()' || info.name === 'clone' || info.name === 'deepClone';
  const returns =
    keepsType && sameKind(info.returns, receiver) ? receiver : substitute(info.returns, by);
  return {
    kind: 'library',
    params: info.params.map((it) => substitute(it, by)),
    returns,
    isStatic: info.isStatic,
    info,
  };
}

function sameKind(returns: ApexType, receiver: ApexType): boolean {
  return returns.kind === receiver.kind || (sameType(returns, OBJECT) && receiver.kind === 'user');
}
