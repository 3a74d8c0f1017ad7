import type { RuntimeClass } from './runtime-type.ts';

/** Root of all emitted classes that extend nothing else. `$class` stands on each emitted prototype. */
export abstract class ApexObject {
  declare readonly $class: RuntimeClass;
}

/**
 * Root of the instances of library classes (`Database.SaveResult`, `HttpRequest` …). Those without an own `toApexString` print as their type name.
 */
export abstract class LibraryObject {
  /** Qualified as the platform prints it: `Database.SaveResult`, `System.HttpRequest`. */
  abstract readonly apexTypeName: string;
  /** What `String.valueOf` gives; undefined: the platform's default form. */
  toApexString?(): string;
  /** What `JSON.serialize` writes for a type that is one text (UUID). */
  jsonText?(): string;
  /** What `JSON.serialize` writes; undefined: the type cannot be serialised. */
  jsonProperties?(): readonly (readonly [name: string, value: unknown])[];
  /** Equal keys make equal values (`==`, map keys); undefined: identity. */
  apexKey?(): string;
}

/** The run-time class of an instance of a user class (exceptions included), else null. */
export function userClassOf(value: unknown): RuntimeClass | null {
  if (value === null || typeof value !== 'object') return null;
  const cls = (value as { $class?: RuntimeClass }).$class;
  return cls ?? null;
}

/** The bridge method `name` (see `bridgeName`) of a user object, bound; null when the class has none. */
export function bridgeOf(value: unknown, name: string): ((...args: unknown[]) => unknown) | null {
  if (value === null || typeof value !== 'object') return null;
  const method = (value as Record<string, unknown>)[name];
  return typeof method === 'function'
    ? (method as (...args: unknown[]) => unknown).bind(value)
    : null;
}
