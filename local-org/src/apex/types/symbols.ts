import type { Annotation, CompilationUnit, Modifier } from '../syntax/ast.ts';
import type { ApexType } from './type.ts';

/**
 * What the project declares. The declaring pass builds one symbol per type with empty members, then fills them in (types refer
 * to each other), so the member arrays are mutable until the checker has finished declaring.
 */
export type SharingMode = 'with' | 'without' | 'inherited' | 'omitted';

export interface TypeSymbol {
  readonly kind: 'class' | 'interface' | 'enum' | 'trigger' | 'anonymous';
  /** `Outer.Inner`, in declared case. */
  readonly name: string;
  readonly simpleName: string;
  readonly outer: TypeSymbol | null;
  /** File the type stands in, relative to the project. */
  readonly file: string;
  readonly apiVersion: number;
  readonly modifiers: readonly Modifier[];
  readonly annotations: readonly Annotation[];
  /** Sharing declared on this very type. Inner classes do not take it from the outer one (documented). */
  readonly sharing: SharingMode;
  readonly isTest: boolean;
  readonly unit: CompilationUnit;
  superType: ApexType | null;
  interfaces: ApexType[];
  fields: FieldSymbol[];
  methods: MethodSymbol[];
  constructors: MethodSymbol[];
  inner: TypeSymbol[];
  enumValues: string[];
}

export interface FieldSymbol {
  readonly kind: 'field' | 'property';
  readonly name: string;
  readonly owner: TypeSymbol;
  readonly type: ApexType;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly isTransient: boolean;
  readonly modifiers: readonly Modifier[];
  readonly annotations: readonly Annotation[];
  /** Properties: an accessor with a body exists ('code'), is automatic ('auto') or is missing (null). Fields: both 'auto'. */
  readonly getter: 'code' | 'auto' | null;
  readonly setter: 'code' | 'auto' | null;
  /** Properties may be virtual, abstract or override. */
  readonly isVirtual: boolean;
  readonly line: number;
}

export interface MethodSymbol {
  /** Declared name; constructors have the class's simple name. */
  readonly name: string;
  readonly owner: TypeSymbol;
  readonly params: readonly { readonly name: string; readonly type: ApexType }[];
  readonly returns: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly modifiers: readonly Modifier[];
  readonly annotations: readonly Annotation[];
  readonly line: number;
  /**
   * Methods this one overrides or implements whose parameter types differ in their mangled form (generic library interfaces such as
   * `Comparator<Account>.compare(T, T)`): the emitter adds a bridge under each of these names.
   */
  bridges: BridgeTarget[];
}

export type BridgeTarget =
  | { readonly kind: 'user'; readonly method: MethodSymbol }
  /** Library interface or superclass: qualified type name and the signature key of `apex/library/contract.ts`. */
  | { readonly kind: 'library'; readonly type: string; readonly signature: string };
