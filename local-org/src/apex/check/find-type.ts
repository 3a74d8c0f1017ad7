import type { Program } from '../types/program.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import { userChain } from '../types/hierarchy.ts';
import { canonicalObject } from '../types/program.ts';
import {
  OBJECT,
  SOBJECT,
  UNKNOWN,
  VOID,
  libraryNamed,
  listOf,
  mapOf,
  primitive,
  setOf,
  sobjectType,
  userType,
} from '../types/well-known.ts';

/**
 * Finds the type a dotted name means, seen from a type of the project (Apex Developer Guide, "Type Resolution and System Namespace
 * for Types": inner types outwards, then the project, then System, then Schema). Type arguments are given by the caller.
 */
export function findType(
  program: Program,
  from: TypeSymbol | null,
  names: readonly string[],
  args: readonly ApexType[] = [],
): ApexType | undefined {
  const [first, ...rest] = names;
  if (first === undefined) return undefined;
  if (program.opaque.size > 0 && program.opaque.has(first.toLowerCase())) return UNKNOWN;
  if (rest.length === 0) return findSimple(program, from, first, args);
  const user = findUserType(program, from, first);
  const inner =
    user &&
    rest.reduce<TypeSymbol | undefined>((type, name) => type && innerType(type, name), user);
  if (inner !== undefined) return userType(inner);
  return findQualified(program, names, args);
}

function findSimple(
  program: Program,
  from: TypeSymbol | null,
  name: string,
  args: readonly ApexType[],
): ApexType | undefined {
  const user = findUserType(program, from, name);
  if (user !== undefined) return userType(user);
  if (isObjectFirst(program, name)) return findObject(program, name);
  return (
    findSystem(program, name, args) ??
    findObject(program, name) ??
    findLibrary(program, ['Schema', name], args)
  );
}

/** `BusinessHours`, `Network`, `Site`: a class of static methods only, so that a variable of the name holds a record. */
function isObjectFirst(program: Program, name: string): boolean {
  const library = program.library.find(`System.${name}`);
  if (library === undefined || library.kind !== 'class' || library.fields.size > 0) return false;
  const isStatic = [...library.methods.values()].every((overloads) =>
    overloads.every((it) => it.isStatic),
  );
  return (
    isStatic && library.methods.size > 0 && canonicalObject(program.schema, name) !== undefined
  );
}

/** The class of static methods that shares its name with an sObject. */
export function classBesideObject(program: Program, type: ApexType): ApexType | null {
  if (type.kind !== 'sobject') return null;
  const library = program.library.find(`System.${type.name}`);
  return library === undefined || library.name === 'SObject' ? null : libraryNamed(library.name);
}

function findObject(program: Program, name: string): ApexType | undefined {
  const object = canonicalObject(program.schema, name);
  return object === undefined ? undefined : sobjectType(object);
}

/** A type of the System namespace, primitives and collections included. */
function findSystem(
  program: Program,
  name: string,
  args: readonly ApexType[],
): ApexType | undefined {
  const lower = name.toLowerCase();
  switch (lower) {
    case 'list':
      return listOf(args[0] ?? OBJECT);
    case 'set':
      return setOf(args[0] ?? OBJECT);
    case 'map':
      return mapOf(args[0] ?? OBJECT, args[1] ?? OBJECT);
    case 'sobject':
      return SOBJECT;
    // Only `void.class` can be written
    case 'void':
      return VOID;
  }
  const builtIn = primitive(lower);
  if (builtIn !== undefined) return builtIn;
  const library = program.library.find(`System.${name}`);
  if (library === undefined || library.name.includes('.')) return undefined;
  return libraryNamed(library.name, fillArguments(library.typeParams.length, args));
}

function findQualified(
  program: Program,
  names: readonly string[],
  args: readonly ApexType[],
): ApexType | undefined {
  const [namespace = '', ...rest] = names;
  const lower = namespace.toLowerCase();
  if (lower === 'system') {
    if (rest.length === 1) return findSystem(program, rest[0] ?? '', args);
    return findQualified(program, rest, args) ?? findLibrary(program, names, args);
  }
  const library = findLibrary(program, names, args);
  if (library !== undefined) return library;
  if (lower === 'schema' && rest.length === 1) return findObject(program, rest[0] ?? '');
  // Aliases that published code uses
  if (wantedIs(names, 'apexpages.pagereference')) return libraryNamed('PageReference');
  if (
    rest.length === 1 &&
    rest[0]?.toLowerCase() === 'sobjecttype' &&
    findObject(program, namespace)
  ) {
    return libraryNamed('Schema.SObjectType');
  }
  // A DataWeave script's class is named after the script, which is no Apex (Apex Developer Guide, "DataWeave in Apex")
  if (lower === 'dataweavescriptresource' && rest.length === 1)
    return libraryNamed('DataWeave.Script');
  // A flow's interview class is named after the flow, which is no Apex
  if (lower === 'flow' && rest[0]?.toLowerCase() === 'interview')
    return libraryNamed('Flow.Interview');
  return undefined;
}

function wantedIs(names: readonly string[], text: string): boolean {
  return names.join('.').toLowerCase() === text;
}

function findLibrary(
  program: Program,
  names: readonly string[],
  args: readonly ApexType[],
): ApexType | undefined {
  const wanted = names.join('.');
  const library = program.library.find(wanted);
  if (library === undefined) return undefined;
  const found = library.name.toLowerCase();
  if (found !== wanted.toLowerCase() && `system.${found}` !== wanted.toLowerCase())
    return undefined;
  return libraryNamed(library.name, fillArguments(library.typeParams.length, args));
}

/** Raw use of a generic type (`Iterable`) means its widest instance. */
function fillArguments(count: number, args: readonly ApexType[]): readonly ApexType[] {
  return count === args.length ? args : Array.from({ length: count }, (_, i) => args[i] ?? OBJECT);
}

/** A type of the project by simple name: inner types of the class, its superclasses and its outer classes, then top-level ones. */
export function findUserType(
  program: Program,
  from: TypeSymbol | null,
  name: string,
): TypeSymbol | undefined {
  const lower = name.toLowerCase();
  for (let scope = from; scope !== null; scope = scope.outer) {
    if (
      scope.simpleName.toLowerCase() === lower &&
      scope.kind !== 'trigger' &&
      scope.kind !== 'anonymous'
    )
      return scope;
    const inner = innerType(scope, name);
    if (inner !== undefined) return inner;
  }
  return program.types.get(lower);
}

/** An inner type, declared or inherited. */
export function innerType(type: TypeSymbol, name: string): TypeSymbol | undefined {
  const lower = name.toLowerCase();
  for (const symbol of userChain(type)) {
    const found = symbol.inner.find((it) => it.simpleName.toLowerCase() === lower);
    if (found !== undefined) return found;
  }
  return undefined;
}
