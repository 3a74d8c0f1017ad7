import type {
  ClassDeclaration,
  ConstructorDeclaration,
  FieldDeclaration,
  InterfaceDeclaration,
  Member,
  MethodDeclaration,
  Modifier,
  PropertyDeclaration,
} from '../syntax/ast.ts';
import type { Program } from '../types/program.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { Reporter } from './reporter.ts';
import type { TypeSite } from './resolve-type.ts';
import {
  methodDeclaration,
  rememberField,
  rememberMethod,
  typeDeclaration,
} from './declarations.ts';
import { checkAnnotationNames, checkMethodAnnotations } from './annotations.ts';
import { checkMemberModifiers } from './modifiers.ts';
import { resolveType } from './resolve-type.ts';
import { isException } from '../types/hierarchy.ts';
import { sameTypes, typeName } from '../types/type-names.ts';
import { VOID, userType } from '../types/well-known.ts';
import { checkName } from './reserved-words.ts';

/** Fills in a type's fields, methods and constructors and refuses what is declared twice. */
export function declareMembers(program: Program, reporter: Reporter, symbol: TypeSymbol): void {
  const site: TypeSite = { program, reporter, file: symbol.file, from: symbol };
  if (symbol.kind === 'trigger' || symbol.kind === 'anonymous') {
    if ('members' in symbol.unit)
      for (const member of symbol.unit.members) declareMember(site, symbol, member);
    return;
  }
  const declaration = typeDeclaration(symbol);
  if (declaration?.kind === 'class') declareClass(site, symbol, declaration);
  if (declaration?.kind === 'interface') declareInterface(site, symbol, declaration);
  if (declaration?.kind === 'enum') checkEnum(reporter, symbol, declaration.values);
}

function declareClass(site: TypeSite, symbol: TypeSymbol, declaration: ClassDeclaration): void {
  if (declaration.typeParams.length > 0) {
    site.reporter.problem(site.file, declaration, 'Type parameters are not supported');
  }
  for (const member of declaration.members) declareMember(site, symbol, member);
  checkInnerNames(site, symbol);
  checkExceptionConstructors(site, symbol);
}

function declareInterface(
  site: TypeSite,
  symbol: TypeSymbol,
  declaration: InterfaceDeclaration,
): void {
  if (declaration.typeParams.length > 0) {
    site.reporter.problem(site.file, declaration, 'Type parameters are not supported');
  }
  for (const method of declaration.methods) declareMethod(site, symbol, method);
}

function declareMember(site: TypeSite, symbol: TypeSymbol, member: Member): void {
  switch (member.kind) {
    case 'field':
    case 'property':
      declareField(site, symbol, member);
      break;
    case 'method':
      declareMethod(site, symbol, member);
      break;
    case 'constructor':
      declareConstructor(site, symbol, member);
      break;
    case 'initializer':
      if (member.isStatic && symbol.outer !== null && symbol.kind === 'class') {
        site.reporter.problem(
          site.file,
          member,
          'Inner types are not allowed to have static blocks',
        );
      }
      break;
    case 'class':
    case 'interface':
    case 'enum':
      if (symbol.kind === 'class' && symbol.outer !== null && symbol.outer.kind !== 'anonymous') {
        site.reporter.problem(site.file, member, 'Inner types are not allowed to have inner types');
      }
      break;
    default:
      member satisfies never;
  }
}

function declareField(
  site: TypeSite,
  owner: TypeSymbol,
  declaration: FieldDeclaration | PropertyDeclaration,
): void {
  const { name, modifiers, annotations, line } = declaration;
  const accessor = (it: PropertyDeclaration['getter']): 'code' | 'auto' | null =>
    it === null ? null : it.body === null ? 'auto' : 'code';
  const isProperty = declaration.kind === 'property';
  const type = resolveType(site, declaration.type);
  const symbol: FieldSymbol = {
    kind: declaration.kind,
    name,
    owner,
    type,
    isStatic: modifiers.includes('static') || isScript(owner),
    isFinal: modifiers.includes('final'),
    isTransient: modifiers.includes('transient'),
    modifiers,
    annotations,
    getter: isProperty ? accessor(declaration.getter) : 'auto',
    setter: isProperty ? accessor(declaration.setter) : 'auto',
    isVirtual: ['virtual', 'abstract', 'override'].some((it) =>
      modifiers.some((modifier) => modifier === it),
    ),
    line,
  };
  rememberField(symbol, declaration);
  checkName(name, declaration, (at, text) => site.reporter.problem(site.file, at, text));
  if (type.kind === 'void') {
    const text = isProperty
      ? 'Properties cannot be of type void'
      : 'Variables cannot be of type void';
    site.reporter.problem(site.file, declaration, text);
  }
  const lower = name.toLowerCase();
  if (owner.fields.some((it) => it.name.toLowerCase() === lower)) {
    site.reporter.problem(site.file, declaration, `Duplicate field: ${name}`);
    return;
  }
  checkMemberModifiers(site.reporter, owner, declaration);
  owner.fields.push(symbol);
  checkAnnotationNames(site.reporter, site.file, annotations);
}

const STATIC: readonly Modifier[] = ['static', 'testmethod', 'webservice'];

/** Methods and variables declared in a trigger or an anonymous block have no instance to belong to. */
function isScript(owner: TypeSymbol): boolean {
  return owner.kind === 'trigger' || owner.kind === 'anonymous';
}

function declareMethod(site: TypeSite, owner: TypeSymbol, declaration: MethodDeclaration): void {
  const { name, modifiers, annotations, line } = declaration;
  const symbol: MethodSymbol = {
    name,
    owner,
    params: parameters(site, declaration),
    returns: declaration.returns === null ? VOID : resolveType(site, declaration.returns),
    isStatic: STATIC.some((it) => modifiers.includes(it)) || isScript(owner),
    isAbstract: modifiers.includes('abstract') || owner.kind === 'interface',
    modifiers,
    annotations,
    line,
    bridges: [],
  };
  rememberMethod(symbol, declaration);
  checkMemberModifiers(site.reporter, owner, declaration);
  const types = symbol.params.map((it) => it.type);
  const lower = name.toLowerCase();
  const twin = owner.methods.find(
    (it) =>
      it.name.toLowerCase() === lower &&
      sameTypes(
        it.params.map((param) => param.type),
        types,
      ),
  );
  if (twin !== undefined) {
    const shape = `${typeName(symbol.returns)} ${name}(${types.map(typeName).join(', ')})`;
    site.reporter.problem(
      site.file,
      declaration,
      `Method already defined: ${name} ${shape} from the type ${owner.name}`,
    );
    return;
  }
  owner.methods.push(symbol);
  checkMethodAnnotations(site.reporter, owner, symbol, declaration);
}

function declareConstructor(
  site: TypeSite,
  owner: TypeSymbol,
  declaration: ConstructorDeclaration,
): void {
  const { modifiers, annotations, line, name } = declaration;
  if (name.toLowerCase() !== owner.simpleName.toLowerCase()) {
    site.reporter.problem(site.file, declaration, `Invalid constructor name: ${name}`);
    return;
  }
  const symbol: MethodSymbol = {
    name: owner.simpleName,
    owner,
    params: parameters(site, declaration),
    returns: VOID,
    isStatic: false,
    isAbstract: false,
    modifiers,
    annotations,
    line,
    bridges: [],
  };
  rememberMethod(symbol, declaration);
  checkMemberModifiers(site.reporter, owner, declaration);
  const types = symbol.params.map((it) => it.type);
  if (
    owner.constructors.some((it) =>
      sameTypes(
        it.params.map((param) => param.type),
        types,
      ),
    )
  ) {
    const shape = `void <Constructor>(${types.map(typeName).join(', ')})`;
    site.reporter.problem(
      site.file,
      declaration,
      `Method already defined: <Constructor> ${shape} from the type ${owner.name}`,
    );
    return;
  }
  owner.constructors.push(symbol);
}

function parameters(
  site: TypeSite,
  declaration: MethodDeclaration | ConstructorDeclaration,
): { name: string; type: ReturnType<typeof resolveType> }[] {
  const seen = new Set<string>();
  if (declaration.params.length > 32) {
    // Documented limit
    site.reporter.problem(site.file, declaration, 'Invalid number of parameters exceeds: 32');
  }
  return declaration.params.map((param) => {
    const type = resolveType(site, param.type);
    if (type.kind === 'void')
      site.reporter.problem(site.file, param, 'Parameters cannot be of type void');
    const lower = param.name.toLowerCase();
    if (seen.has(lower))
      site.reporter.problem(site.file, param, `Duplicate variable: ${param.name}`);
    seen.add(lower);
    return { name: param.name, type };
  });
}

function checkInnerNames(site: TypeSite, symbol: TypeSymbol): void {
  const seen = new Set<string>([symbol.simpleName.toLowerCase()]);
  for (const inner of symbol.inner) {
    const lower = inner.simpleName.toLowerCase();
    const declaration = typeDeclaration(inner);
    if (seen.has(lower) && declaration !== undefined) {
      site.reporter.problem(site.file, declaration, `Type name already in use: ${inner.name}`);
    }
    seen.add(lower);
  }
}

/** The four constructors every exception has cannot be declared again (practitioner). */
function checkExceptionConstructors(site: TypeSite, symbol: TypeSymbol): void {
  if (symbol.constructors.length === 0 || !isException(site.program, userType(symbol))) return;
  for (const it of symbol.constructors) {
    const types = it.params.map((param) => typeName(param.type)).join(', ');
    if (types === '' || !BUILT_IN_EXCEPTION_CONSTRUCTORS.has(types)) continue;
    site.reporter.problem(
      site.file,
      methodDeclaration(it) ?? { line: it.line, col: 1 },
      `System exception constructor already defined: <Constructor>(${types})`,
    );
  }
}

const BUILT_IN_EXCEPTION_CONSTRUCTORS: ReadonlySet<string> = new Set([
  'String',
  'Exception',
  'String, Exception',
]);

function checkEnum(
  reporter: Reporter,
  symbol: TypeSymbol,
  values: readonly { readonly name: string; readonly line: number; readonly col: number }[],
): void {
  const seen = new Set<string>();
  for (const value of values) {
    const lower = value.name.toLowerCase();
    if (seen.has(lower)) reporter.problem(symbol.file, value, `Duplicate field: ${value.name}`);
    seen.add(lower);
  }
}
