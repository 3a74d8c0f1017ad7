import type { Expression, NewExpression } from '../syntax/ast.ts';
import type { MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, ConstructorRef } from './bound-tree.ts';
import { bindNewCollection } from './construct-collection.ts';
import { bindNewSObject } from './construct-sobject.ts';
import { bindExpression, bindValue } from './expressions.ts';
import { callText, chooseOverload, convertArguments } from './overloads.ts';
import { resolveType } from './resolve-type.ts';
import { isMemberVisible } from './visibility.ts';
import { isException, libraryBase } from '../types/hierarchy.ts';
import { substitute } from '../types/library-class.ts';
import { typeName } from '../types/type-names.ts';
import { STRING, libraryNamed, mapOf, OBJECT, userType } from '../types/well-known.ts';

/** `new …`. */
export function bindNew(cx: BodyContext, e: NewExpression): BoundExpression {
  const type = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    e.type,
  );
  const at = { line: e.line, col: e.col };
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return bindNewCollection(cx, e, type);
    case 'sobject':
      return bindNewSObject(cx, e, type.name);
    case 'user':
      return bindNewUser(cx, e, type.symbol);
    case 'library':
      return type.name.startsWith('Component.')
        ? bindNewComponent(cx, e, type)
        : bindNewLibrary(cx, e, type);
    case 'unknown':
      for (const arg of e.init.kind === 'args' ? e.init.args : [])
        bindValue(cx, arg.kind === 'assign' ? arg.value : arg);
      return cx.dynamic(at, 'call', null, '<init>', []);
    default:
      return cx.failed(e, `Type cannot be constructed: ${typeName(type)}`);
  }
}

/** Positional constructor arguments; `name = value` pairs belong to sObjects only. */
function bindArguments(
  cx: BodyContext,
  e: NewExpression,
  type: ApexType,
): BoundExpression[] | null {
  if (e.init.kind !== 'args') {
    cx.problem(e, `Type cannot be constructed: ${typeName(type)}`);
    return null;
  }
  const { args } = e.init;
  const pair = args.find((arg) => isPair(cx, arg));
  if (pair !== undefined) {
    cx.problem(
      e,
      `Invalid constructor syntax, name=value pairs can only be used for SObjects: ${typeName(type)}`,
    );
    return null;
  }
  return args.map((arg) => bindExpression(cx, arg));
}

/** `new Foo(x = 1)` assigns to a variable where there is one of that name. */
function isPair(cx: BodyContext, arg: Expression): boolean {
  if (arg.kind !== 'assign' || arg.op !== '=' || arg.target.kind !== 'name') return false;
  const { name } = arg.target;
  if (cx.find(name) !== undefined) return false;
  return !cx.type.fields.some((field) => field.name.toLowerCase() === name.toLowerCase());
}

function bindNewUser(cx: BodyContext, e: NewExpression, symbol: TypeSymbol): BoundExpression {
  const type = userType(symbol);
  if (symbol.kind !== 'class') return cx.failed(e, `Type cannot be constructed: ${symbol.name}`);
  if (symbol.modifiers.includes('abstract'))
    return cx.failed(e, `Abstract classes cannot be constructed: ${symbol.name}`);
  const args = bindArguments(cx, e, type);
  if (args === null) return cx.broken(e);
  const found = findConstructor(cx, symbol, args);
  if (found === null) {
    if (args.some((arg) => arg.type.kind === 'unknown')) return cx.broken(e);
    return cx.failed(e, `Constructor not defined: ${constructorText(symbol.name, args)}`);
  }
  const hidden = found.ref.kind === 'user' && !isConstructorVisible(cx, found.ref.symbol);
  if (hidden)
    return cx.failed(e, `Constructor is not visible: ${constructorText(symbol.name, args)}`);
  const converted = convertArguments(cx, args, found.params);
  return {
    kind: 'newuser',
    constructor: found.ref,
    args: converted,
    type,
    line: e.line,
    col: e.col,
  };
}

/** A constructor without access modifier is as visible as its class (practitioner: seen in published code). */
function isConstructorVisible(cx: BodyContext, symbol: MethodSymbol): boolean {
  return symbol.modifiers.length === 0 || isMemberVisible(symbol, cx.type);
}

/** `[Outer.Inner].<Constructor>(Integer)`. */
export function constructorText(name: string, args: readonly BoundExpression[]): string {
  return `[${name}].${callText('<Constructor>', args)}`;
}

/** The constructor of a class that takes these arguments; null for none. Also used by `this(…)` and `super(…)`. */
export function findConstructor(
  cx: BodyContext,
  symbol: TypeSymbol,
  args: readonly BoundExpression[],
): { readonly ref: ConstructorRef; readonly params: readonly ApexType[] } | null {
  const candidates: { readonly ref: ConstructorRef; readonly params: readonly ApexType[] }[] =
    symbol.constructors.map((constructor) => ({
      ref: { kind: 'user', symbol: constructor },
      params: constructor.params.map((it) => it.type),
    }));
  if (isException(cx.program, userType(symbol))) {
    const declared = new Set(
      symbol.constructors.map((it) => it.params.map((param) => typeName(param.type)).join(',')),
    );
    candidates.push(
      ...EXCEPTION_CONSTRUCTORS.filter((it) => !declared.has(it.params.map(typeName).join(','))),
    );
  } else if (symbol.constructors.length === 0) {
    candidates.push({ ref: { kind: 'default', owner: symbol }, params: [] });
  }
  return chooseOverload(cx, candidates, args) ?? null;
}

const EXCEPTION = libraryNamed('Exception');

function exceptionConstructor(...params: readonly ApexType[]): {
  readonly ref: ConstructorRef;
  readonly params: readonly ApexType[];
} {
  const signature = `<init>(${params.map(typeName).join(',')})`;
  return { ref: { kind: 'library', type: 'Exception', signature }, params };
}

/** Every exception has these (Apex Developer Guide, "Create Custom Exceptions"). */
const EXCEPTION_CONSTRUCTORS = [
  exceptionConstructor(),
  exceptionConstructor(STRING),
  exceptionConstructor(EXCEPTION),
  exceptionConstructor(STRING, EXCEPTION),
];

/** Visualforce components in Apex take `name = value` pairs, whose names are attributes of the component. */
function bindNewComponent(
  cx: BodyContext,
  e: NewExpression,
  type: Extract<ApexType, { kind: 'library' }>,
): BoundExpression {
  for (const arg of e.init.kind === 'args' ? e.init.args : [])
    bindValue(cx, arg.kind === 'assign' ? arg.value : arg);
  const constructor = { kind: 'library', type: type.name, signature: '<init>()' } as const;
  return { kind: 'newlibrary', constructor, args: [], type, line: e.line, col: e.col };
}

function bindNewLibrary(
  cx: BodyContext,
  e: NewExpression,
  type: Extract<ApexType, { kind: 'library' }>,
): BoundExpression {
  const args = bindArguments(cx, e, type);
  if (args === null) return cx.broken(e);
  const found = findLibraryConstructor(cx, type, args);
  if (found === 'none') return cx.failed(e, `Type cannot be constructed: ${typeName(type)}`);
  if (found === null) {
    if (args.some((arg) => arg.type.kind === 'unknown')) return cx.broken(e);
    return cx.failed(e, `Constructor not defined: ${constructorText(typeName(type), args)}`);
  }
  const converted = convertArguments(cx, args, found.params);
  return {
    kind: 'newlibrary',
    constructor: found.ref,
    args: converted,
    type,
    line: e.line,
    col: e.col,
  };
}

/** The library constructor that takes these arguments; 'none' when the type has no constructors at all. */
export function findLibraryConstructor(
  cx: BodyContext,
  type: Extract<ApexType, { kind: 'library' }>,
  args: readonly BoundExpression[],
):
  | {
      readonly ref: Extract<ConstructorRef, { kind: 'library' }>;
      readonly params: readonly ApexType[];
    }
  | 'none'
  | null {
  const found = cx.program.library.find(type.name);
  if (found === undefined || found.kind !== 'class') return 'none';
  const by = cx.program.library.substitutionOf(type);
  const candidates = found.constructors.map((it) => ({
    ref: { kind: 'library', type: found.name, signature: it.key } as const,
    params: it.params.map((param) => substitute(param, by)),
  }));
  if (found.name === 'DataWeave.Script')
    candidates.push({
      ref: { kind: 'library', type: found.name, signature: '<init>()' },
      params: [],
    });
  if (found.name === 'Flow.Interview') {
    const params = [mapOf(STRING, OBJECT)];
    candidates.push({
      ref: { kind: 'library', type: found.name, signature: '<init>(Map<String,Object>)' },
      params,
    });
  }
  if (candidates.length === 0 && isException(cx.program, type)) {
    for (const it of EXCEPTION_CONSTRUCTORS) {
      if (it.ref.kind === 'library')
        candidates.push({ ref: { ...it.ref, type: found.name }, params: [...it.params] });
    }
  }
  if (candidates.length === 0) return 'none';
  return chooseOverload(cx, candidates, args) ?? null;
}

/** The library constructor that an implicit or explicit `super(…)` of a user class runs; null when there is none to run. */
export function superLibraryConstructor(
  cx: BodyContext,
  symbol: TypeSymbol,
  args: readonly BoundExpression[],
): ConstructorRef | null {
  const base = libraryBase(symbol);
  if (base === null) return null;
  if (isException(cx.program, base)) {
    const chosen = chooseOverload(cx, EXCEPTION_CONSTRUCTORS, args);
    return chosen?.ref.kind === 'library' ? { ...chosen.ref, type: base.name } : null;
  }
  const found = findLibraryConstructor(cx, base, args);
  return found === null || found === 'none' ? null : found.ref;
}
