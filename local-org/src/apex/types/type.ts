import type { TypeSymbol } from './symbols.ts';

/** Types with a value representation of their own. `Object` is the top type; `AnyId`-like oddities of signatures are mapped to these. */
export type PrimitiveName =
  | 'Boolean'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Decimal'
  | 'String'
  | 'Id'
  | 'Date'
  | 'Datetime'
  | 'Time'
  | 'Blob'
  | 'Object';

/**
 * A type as the checker sees it. Compare with `sameType`, never by reference. Rendered by `typeName` as the platform prints it
 * (`List<Account>`, `Schema.SObjectType`, `Outer.Inner`).
 */
export type ApexType =
  | { readonly kind: 'void' }
  /** The type of `null`. */
  | { readonly kind: 'null' }
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  /** `SObject` itself has the name 'SObject'. */
  | { readonly kind: 'sobject'; readonly name: string }
  /** Row of an aggregate query is `{kind: 'sobject', name: 'AggregateResult'}`. */
  | { readonly kind: 'list'; readonly element: ApexType }
  | { readonly kind: 'set'; readonly element: ApexType }
  | { readonly kind: 'map'; readonly key: ApexType; readonly value: ApexType }
  /** A class, interface or enum of the project. */
  | { readonly kind: 'user'; readonly symbol: TypeSymbol }
  /** A class, interface or enum of the platform library: qualified name as in the signature data, such as `Database.SaveResult`. */
  | { readonly kind: 'library'; readonly name: string; readonly args: readonly ApexType[] }
  /** A type parameter inside a library signature. */
  | { readonly kind: 'typevar'; readonly name: string }
  /** The checker could not tell (schema gap, unknown managed type). Counted and reported; operations go through the dynamic runtime. */
  | { readonly kind: 'unknown' };
