/**
 * How the platform library is bound: the checker knows every signature from generated data (`src/schema/library-signatures.ts`); an implementation registers
 * functions under a qualified type name and a *signature key*. The emitter fetches each function once per module and calls it directly.
 *
 * Signature key: `name(Type1,Type2)` with the parameter types exactly as in the signature data (declared, unsubstituted:
 * `put(K,V)`, `sort(Comparator<T>)`, `valueOf(Object)`), names in declared case; constructors are `<init>(…)`; fields, constants and properties are
 * the bare name. `signatureKey()` in this folder builds it. The collections are registered under 'List', 'Set', 'Map'; primitives under
 * 'String', 'Integer' …; sObjects under 'SObject'; everything else under its qualified name without `System.` only for types of the
 * System namespace ('Math', 'Test', 'Database.SaveResult', 'Schema.DescribeFieldResult', 'Messaging.SingleEmailMessage').
 */

/** Values as emitted code holds them: see `../values`. `null` is Apex null; `undefined` never appears. */
export type ApexValue = unknown;

/**
 * Static methods and constructors get the arguments; instance methods get the receiver first (never null: the emitter checked). Functions do
 * not look for overrides in user classes: emitted code calls those first, so that `super.method()` can use the same function.
 */
export type LibraryFunction = (...args: never[]) => ApexValue;

export interface LibraryTypeImplementation {
  /** Qualified name as above. */
  readonly name: string;
  /** Signature key → function. Instance members take the receiver first. */
  readonly members: Readonly<Record<string, LibraryFunction>>;
  /** Setters of static or instance properties, by name. */
  readonly setters?: Readonly<Record<string, LibraryFunction>>;
  /** JavaScript class of the instances: for `instanceof`, casts and user classes that extend the type (`Exception`). */
  readonly instanceClass?: abstract new (...args: never[]) => object;
}

/**
 * Call-backs from the library into user classes (Comparator, Batchable, StubProvider, `toString`, `equals`, `hashCode` …): the emitter gives user
 * classes a bridge method whose JavaScript name is `bridgeName(type, signature)`.
 */
export function bridgeName(type: string, signature: string): string {
  return `$${type}.${signature}`;
}
