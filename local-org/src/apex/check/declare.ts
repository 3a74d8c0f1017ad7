import type {
  AnonymousBlock,
  CompilationUnit,
  Member,
  Modifier,
  TriggerDeclaration,
  TypeDeclaration,
} from '../syntax/ast.ts';
import type { Program } from '../types/program.ts';
import type { SharingMode, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { Reporter } from './reporter.ts';
import { checkAnnotationNames } from './annotations.ts';
import { declareMembers } from './declare-members.ts';
import { rememberType } from './declarations.ts';
import { findUserType } from './find-type.ts';
import { checkTypeModifiers } from './modifiers.ts';
import { resolveType } from './resolve-type.ts';
import { isException, userChain } from '../types/hierarchy.ts';
import { typeName } from '../types/type-names.ts';
import { UNKNOWN } from '../types/well-known.ts';

/** One source file as the checker gets it. */
export interface SourceUnit {
  /** Relative to the project. */
  readonly file: string;
  readonly apiVersion: number;
  readonly unit: CompilationUnit;
}

/** A file with the symbol it declares; types are listed outer before inner. */
export interface DeclaredUnit {
  readonly source: SourceUnit;
  readonly root: TypeSymbol;
  readonly types: readonly TypeSymbol[];
}

/**
 * The declaring pass over all files: symbols first, then supertypes, then members, because types refer to each other freely.
 * Top-level types are entered into `program.types`.
 */
export function declareUnits(
  program: Program,
  reporter: Reporter,
  sources: readonly SourceUnit[],
): DeclaredUnit[] {
  const declared = sources.map((source) => declareNames(program, reporter, source));
  for (const { types } of declared)
    for (const type of types) declareSuperTypes(program, reporter, type);
  // Found before any is cut, so that every type of a circle is named
  const circular = new Set(declared.flatMap(({ types }) => types.filter(isCircular)));
  for (const { types } of declared) {
    for (const type of types) checkSuperTypes(program, reporter, type, circular.has(type));
  }
  for (const { types } of declared)
    for (const type of types) declareMembers(program, reporter, type);
  return declared;
}

function declareNames(program: Program, reporter: Reporter, source: SourceUnit): DeclaredUnit {
  const types: TypeSymbol[] = [];
  const { unit, file } = source;
  const root =
    unit.kind === 'trigger' || unit.kind === 'anonymous'
      ? scriptSymbol(source, unit)
      : typeSymbol(source, unit, null, types);
  if (unit.kind === 'trigger' || unit.kind === 'anonymous') {
    types.push(root);
    for (const member of unit.members) {
      if (isType(member)) root.inner.push(typeSymbol(source, member, root, types));
    }
    return { source, root, types };
  }
  const key = root.simpleName.toLowerCase();
  if (program.types.has(key)) {
    reporter.problem(file, unit, `Type name already in use: ${root.name}`);
  } else {
    program.types.set(key, root);
  }
  return { source, root, types };
}

function isType(member: Member): member is TypeDeclaration {
  return member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum';
}

function typeSymbol(
  source: SourceUnit,
  declaration: TypeDeclaration,
  outer: TypeSymbol | null,
  into: TypeSymbol[],
): TypeSymbol {
  const isScript = outer?.kind === 'trigger' || outer?.kind === 'anonymous';
  const symbol: TypeSymbol = {
    kind: declaration.kind,
    name: outer === null || isScript ? declaration.name : `${outer.name}.${declaration.name}`,
    simpleName: declaration.name,
    outer,
    file: source.file,
    apiVersion: source.apiVersion,
    modifiers: declaration.modifiers,
    annotations: declaration.annotations,
    sharing: sharingOf(declaration.modifiers),
    isTest: declaration.annotations.some((it) => it.name.toLowerCase() === 'istest'),
    unit: source.unit,
    superType: null,
    interfaces: [],
    fields: [],
    methods: [],
    constructors: [],
    inner: [],
    enumValues: declaration.kind === 'enum' ? declaration.values.map((it) => it.name) : [],
  };
  rememberType(symbol, declaration);
  into.push(symbol);
  if (declaration.kind === 'class') {
    for (const member of declaration.members) {
      if (isType(member)) symbol.inner.push(typeSymbol(source, member, symbol, into));
    }
  }
  return symbol;
}

function scriptSymbol(source: SourceUnit, unit: TriggerDeclaration | AnonymousBlock): TypeSymbol {
  const name = unit.kind === 'trigger' ? unit.name : 'AnonymousBlock';
  return {
    kind: unit.kind,
    name,
    simpleName: name,
    outer: null,
    file: source.file,
    apiVersion: source.apiVersion,
    modifiers: [],
    annotations: unit.kind === 'trigger' ? unit.annotations : [],
    sharing: 'omitted',
    isTest: false,
    unit,
    superType: null,
    interfaces: [],
    fields: [],
    methods: [],
    constructors: [],
    inner: [],
    enumValues: [],
  };
}

function sharingOf(modifiers: readonly Modifier[]): SharingMode {
  if (modifiers.includes('with sharing')) return 'with';
  if (modifiers.includes('without sharing')) return 'without';
  return modifiers.includes('inherited sharing') ? 'inherited' : 'omitted';
}

function declareSuperTypes(program: Program, reporter: Reporter, symbol: TypeSymbol): void {
  const { unit, file } = symbol;
  const declaration = declarationOf(symbol, unit);
  if (declaration === null || declaration.kind === 'enum') return;
  const site = { program, reporter, file, from: symbol.outer ?? symbol };
  const own = { ...site, from: symbol };
  if (declaration.kind === 'interface') {
    symbol.interfaces = declaration.superTypes.map((ref) => resolveType(own, ref));
    return;
  }
  if (declaration.superType !== null) symbol.superType = resolveType(site, declaration.superType);
  symbol.interfaces = declaration.interfaces.map((ref) => resolveType(own, ref));
}

/** The declaration of a type symbol, or null for scripts. */
function declarationOf(symbol: TypeSymbol, unit: CompilationUnit): TypeDeclaration | null {
  if (symbol.kind === 'trigger' || symbol.kind === 'anonymous') return null;
  if (symbol.outer === null)
    return unit.kind === 'trigger' || unit.kind === 'anonymous' ? null : unit;
  const outer = declarationOf(symbol.outer, unit);
  const members =
    outer === null && 'members' in unit
      ? unit.members
      : outer?.kind === 'class'
        ? outer.members
        : [];
  return members.filter(isType).find((it) => it.name === symbol.simpleName) ?? null;
}

function checkSuperTypes(
  program: Program,
  reporter: Reporter,
  symbol: TypeSymbol,
  circular: boolean,
): void {
  const { file } = symbol;
  const declaration = declarationOf(symbol, symbol.unit);
  if (declaration === null) return;
  checkTypeModifiers(reporter, symbol, declaration);
  checkAnnotationNames(reporter, file, symbol.annotations);
  if (symbol.outer === null && isReservedAbove(program, symbol)) {
    reporter.problem(file, declaration, `Type name already in use: ${symbol.name}`);
  }
  if (declaration.kind === 'enum') return;
  const at = (declaration.kind === 'class' ? declaration.superType : null) ?? declaration;
  if (circular) {
    reporter.problem(file, at, `Circular definition: ${symbol.name}`);
    symbol.superType = null;
    symbol.interfaces = [];
    return;
  }
  if (declaration.kind === 'class') checkSuperClass(program, reporter, symbol, at);
  const refs = declaration.kind === 'class' ? declaration.interfaces : declaration.superTypes;
  symbol.interfaces.forEach((type, i) => {
    const ref = refs[i] ?? declaration;
    if (type.kind !== 'unknown' && !isInterfaceType(program, type)) {
      reporter.problem(file, ref, `Invalid interface: ${typeName(type)}`);
    } else if (symbol.interfaces.findIndex((it) => typeName(it) === typeName(type)) < i) {
      reporter.problem(file, ref, `Interface already implemented: ${typeName(type)}`);
    }
  });
  checkExceptionName(program, reporter, symbol);
}

function isInterfaceType(program: Program, type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind === 'interface';
  return type.kind === 'library' && program.library.find(type.name)?.kind === 'interface';
}

function checkSuperClass(
  program: Program,
  reporter: Reporter,
  symbol: TypeSymbol,
  at: { readonly line: number; readonly col: number },
): void {
  const { superType, file } = symbol;
  if (superType === null || superType.kind === 'unknown') return;
  const name = typeName(superType);
  if (superType.kind === 'user') {
    const { kind, modifiers, simpleName } = superType.symbol;
    const isOpen = modifiers.includes('virtual') || modifiers.includes('abstract');
    if (kind !== 'class') {
      reporter.problem(file, at, `Invalid super type: ${name}`);
      symbol.superType = UNKNOWN;
    } else if (!isOpen && !simpleName.toLowerCase().endsWith('exception')) {
      reporter.problem(file, at, `Non-virtual and non-abstract type cannot be extended: ${name}`);
    }
  } else if (
    superType.kind !== 'library' ||
    program.library.find(superType.name)?.kind !== 'class'
  ) {
    reporter.problem(file, at, `Invalid super type: ${name}`);
    symbol.superType = UNKNOWN;
  }
}

/** Documented: a class that ends in Exception must extend an exception, and the other way round. */
function checkExceptionName(program: Program, reporter: Reporter, symbol: TypeSymbol): void {
  const declaration = declarationOf(symbol, symbol.unit);
  if (declaration?.kind !== 'class') return;
  const named = /exception$/i.test(symbol.simpleName);
  const thrown = isException(program, { kind: 'user', symbol });
  const superUnknown = userChain(symbol).some((it) => it.superType?.kind === 'unknown');
  if (named && !thrown && !superUnknown) {
    reporter.problem(
      symbol.file,
      declaration,
      `Exception class must extend another Exception class: ${symbol.name}`,
    );
  } else if (thrown && !named) {
    reporter.problem(
      symbol.file,
      declaration,
      `Classes extending Exception must have a name ending in 'Exception': ${symbol.name}`,
    );
  }
}

function isCircular(symbol: TypeSymbol): boolean {
  const seen = new Set<TypeSymbol>();
  const visit = (current: TypeSymbol): boolean => {
    const supers = [current.superType, ...current.interfaces];
    return supers.some((type) => {
      if (type?.kind !== 'user') return false;
      if (type.symbol === symbol) return true;
      if (seen.has(type.symbol)) return false;
      seen.add(type.symbol);
      return visit(type.symbol);
    });
  };
  return visit(symbol);
}

/** An inner type may not have its outer type's name. */
function isReservedAbove(program: Program, symbol: TypeSymbol): boolean {
  const own = symbol.simpleName.toLowerCase();
  return (
    symbol.inner.some((it) => it.simpleName.toLowerCase() === own) &&
    findUserType(program, null, own) === symbol
  );
}
