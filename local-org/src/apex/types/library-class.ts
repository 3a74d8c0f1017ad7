import type { ApexType } from './type.ts';

/**
 * A class, interface or enum of the platform library with its types parsed. Members are keyed by lower-case name and hold only
 * what the type declares itself; inherited ones are found through `superType` and `interfaces`.
 */
export interface LibraryClass {
  /** Name as in `LibraryMemberRef.type`: qualified, without `System.`. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly isAbstract: boolean;
  readonly typeParams: readonly string[];
  readonly superType: ApexType | null;
  readonly interfaces: readonly ApexType[];
  readonly constructors: readonly LibraryMethodInfo[];
  readonly methods: ReadonlyMap<string, readonly LibraryMethodInfo[]>;
  readonly fields: ReadonlyMap<string, LibraryFieldInfo>;
  /** Lower-case name → declared name. */
  readonly enumConstants: ReadonlyMap<string, string>;
}

export interface LibraryMethodInfo {
  readonly owner: LibraryClass;
  readonly name: string;
  /** Signature key of `apex/library/contract.ts`: declared, unsubstituted parameter types. */
  readonly key: string;
  readonly params: readonly ApexType[];
  readonly returns: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
}

export interface LibraryFieldInfo {
  readonly owner: LibraryClass;
  readonly name: string;
  readonly type: ApexType;
  readonly isStatic: boolean;
}

/** Type arguments by parameter name. */
export type Substitution = ReadonlyMap<string, ApexType>;

/** The type with its type parameters replaced. */
export function substitute(type: ApexType, by: Substitution): ApexType {
  if (by.size === 0) return type;
  switch (type.kind) {
    case 'typevar':
      return by.get(type.name) ?? type;
    case 'list':
      return { kind: 'list', element: substitute(type.element, by) };
    case 'set':
      return { kind: 'set', element: substitute(type.element, by) };
    case 'map':
      return { kind: 'map', key: substitute(type.key, by), value: substitute(type.value, by) };
    case 'library':
      return type.args.length === 0
        ? type
        : { ...type, args: type.args.map((arg) => substitute(arg, by)) };
    default:
      return type;
  }
}
