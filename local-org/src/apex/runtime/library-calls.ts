import { Diagnostics, raise } from '../../diagnostics/index.ts';
import { libraryType } from '../../schema/library-signatures.ts';
import { bridgeName } from '../library/contract.ts';
import { libraryFunction } from '../library/registry.ts';
import { isExceptionType } from '../library/system/exception.ts';
import { apexException, ApexList } from '../values/index.ts';
import type { TypeHandle } from './type-handle.ts';

type Call = (receiver: object, ...args: unknown[]) => unknown;

/** Whether classes of the project can override or implement members of the library type. */
function isOpen(type: string): boolean {
  if (type === 'Object') return true;
  const declared = libraryType(type);
  return (
    declared !== undefined &&
    (declared.kind === 'interface' || declared.isAbstract || isExceptionType(type))
  );
}

/** A library member on a receiver that may be an object of the project: its own method comes first (see `bridgeName`). */
export function virtualLibrary(type: string, signature: string): Call {
  const implementation = libraryFunction(type, signature) as Call;
  if (!isOpen(type)) return implementation;
  const bridge = bridgeName(type, signature);
  return (receiver, ...args) => {
    const own = (receiver as Record<string, Call | undefined>)[bridge];
    return own === undefined
      ? implementation(receiver, ...args)
      : own.apply(receiver, args as [object, ...unknown[]]);
  };
}

/** `Color.values()`. */
export function enumValues(handle: TypeHandle): ApexList {
  return new ApexList(handle.type, [...handle.cls.constants()]);
}

/** `Color.valueOf('RED')`: not case-sensitive; text as practitioners quote it. */
export function enumValueOf(handle: TypeHandle, name: string | null): object {
  const wanted = name?.toLowerCase();
  const found = handle.cls.constants().find((constant) => constant.name.toLowerCase() === wanted);
  if (found === undefined)
    throw apexException(
      'System.NoSuchElementException',
      `No enum constant ${handle.name}.${name ?? 'null'}`,
    );
  return found;
}

/** Something of a type that nobody knows. */
export function refuse(name: string): never {
  throw raise(Diagnostics.APEX_NOT_IMPLEMENTED, [name]);
}
