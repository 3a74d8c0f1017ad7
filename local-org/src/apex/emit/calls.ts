import type {
  BoundCall,
  BoundExpression,
  ConstructorRef,
  LibraryMemberRef,
} from '../check/bound-tree.ts';
import type { MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import { typeName } from '../types/type-names.ts';
import { expression, guarded } from './expressions.ts';
import type { FunctionContext } from './function-context.ts';
import { methodName } from './names.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

/** A call of any sort. */
export function callText(f: FunctionContext, expr: BoundCall): string {
  switch (expr.kind) {
    case 'callstatic': {
      const args = argumentsText(f, expr.args);
      return isFuture(expr.method)
        ? futureText(f, expr.method, args)
        : `${functionText(f, expr.method)}(${args})`;
    }
    case 'callinstance':
      return instanceCall(f, expr);
    case 'calllibrarystatic': {
      const call = `${f.module.library(expr.member)}(${argumentsText(f, expr.args)})`;
      return takesDynamicQuery(expr.member) ? withVariables(f, call) : call;
    }
    case 'calllibrary':
      return libraryCall(f, expr);
    default:
      return expr satisfies never;
  }
}

function argumentsText(f: FunctionContext, args: readonly BoundExpression[]): string {
  return args.map((arg) => expression(f, arg)).join(',');
}

/** `Database.query('… :ids')` and its like name variables of the code they stand in. */
function takesDynamicQuery(member: LibraryMemberRef): boolean {
  if (member.type === 'Search') return /^(?:query|find)\(/.test(member.signature);
  return (
    member.type === 'Database' &&
    /^(?:query|countQuery|getQueryLocator|getCursor|getPaginationCursor)\(/.test(member.signature)
  );
}

/** The call as a function, beside one that answers variables by their lower-case name. */
function withVariables(f: FunctionContext, call: string): string {
  const known = new Map(f.variables().map((local) => [local.name.toLowerCase(), f.local(local)]));
  const cases = [...known].map(([name, text]) => `case ${JSON.stringify(name)}:return ${text};`);
  const lookUp = cases.length === 0 ? '()=>undefined' : `n=>{switch(n){${cases.join('')}}}`;
  return `${f.module.helper('withVariables')}(${lookUp},this,${f.module.handle(f.owner)},()=>${call})`;
}

function isFuture(method: MethodSymbol): boolean {
  return method.annotations.some((annotation) => annotation.name.toLowerCase() === 'future');
}

function futureText(f: FunctionContext, method: MethodSymbol, args: string): string {
  const types = method.params.map((param) => typeName(param.type));
  return `${f.module.helper('future')}(${JSON.stringify(method.owner.name)},${JSON.stringify(method.name)},${JSON.stringify(types)},[${args}])`;
}

/** The JavaScript function of a method or constructor, without dispatch. */
function functionText(f: FunctionContext, method: MethodSymbol): string {
  const own = f.module.ownFunction(method);
  if (own !== undefined) return own;
  return f.module.linked(`${f.module.handle(method.owner)}.f.${functionKey(method)}`);
}

/** Name under which a static method or constructor is registered for other files. */
export function functionKey(method: MethodSymbol): string {
  const isConstructor = method.owner.constructors.includes(method);
  return isConstructor ? `new$${methodName(method)}` : methodName(method);
}

function isScript(symbol: TypeSymbol): boolean {
  return symbol.kind === 'trigger' || symbol.kind === 'anonymous';
}

function instanceCall(f: FunctionContext, expr: Of<'callinstance'>): string {
  const { method } = expr;
  const args = argumentsText(f, expr.args);
  // Methods of triggers and anonymous Apex have no object.
  if (isScript(method.owner)) return `${functionText(f, method)}(${args})`;
  if (expr.isSuper)
    return `${f.module.handle(method.owner)}.p.${methodName(method)}.call(this${args === '' ? '' : `,${args}`})`;
  const late = lateReceiver(f, expr.object, expr.args);
  if (late !== null)
    return `(${late.before},${late.receiver}.${methodName(method)}(${late.args.join(',')}))`;
  return `${guarded(f, expr.object)}.${methodName(method)}(${args})`;
}

/**
 * The platform evaluates the arguments before it looks at the receiver (practitioner: loops that end by what an argument does end also when the receiver is
 * null). Only where both can be seen: a receiver that may be null, arguments that may do something.
 */
function lateReceiver(
  f: FunctionContext,
  object: BoundExpression,
  args: readonly BoundExpression[],
): { before: string; receiver: string; args: string[] } | null {
  if (f.nonNull(object) || !args.some(mayDoSomething)) return null;
  const receiver = f.temporary();
  const parts = [`${receiver}=${expression(f, object)}`];
  const last = args.findLastIndex(mayDoSomething);
  const names = args.map((arg, index) => {
    // What stands before a change must be read before it.
    if (index > last || arg.kind === 'literal') return expression(f, arg);
    const name = f.temporary();
    parts.push(`${name}=${expression(f, arg)}`);
    return name;
  });
  return { before: parts.join(','), receiver: `(${receiver}??$npe())`, args: names };
}

/** Calls and changes, on the whole: everything but what is plainly a value. */
function mayDoSomething(expr: BoundExpression): boolean {
  switch (expr.kind) {
    case 'calllibrary':
    case 'callinstance':
    case 'callstatic':
    case 'increment':
    case 'assign':
    case 'compound':
      return true;
    case 'convert':
    case 'cast':
      return mayDoSomething(expr.value);
    default:
      return false;
  }
}

function libraryCall(f: FunctionContext, expr: Of<'calllibrary'>): string {
  const { member, object } = expr;
  const args = expr.args.map((arg) => expression(f, arg));
  if (
    object.kind === 'sobjectfield' &&
    object.role === 'field' &&
    member.signature.startsWith('addError(')
  ) {
    return `${f.module.helper('addFieldError')}(${[guarded(f, object.object), JSON.stringify(object.name), ...args].join(',')})`;
  }
  if (expr.isSuper) return `${f.module.library(member)}(${['this', ...args].join(',')})`;
  if (member.type === 'Enum' && object.kind === 'classliteral' && object.of.kind === 'user') {
    const helper = f.module.helper(member.signature === 'values()' ? 'enumValues' : 'enumValueOf');
    return `${helper}(${[f.module.handle(object.of.symbol), ...args].join(',')})`;
  }
  const mayBeOverridden =
    object.type.kind === 'user' ||
    object.type.kind === 'library' ||
    member.type === 'Object' ||
    member.type === 'Exception';
  const callee = mayBeOverridden ? f.module.virtualLibrary(member) : f.module.library(member);
  const late = lateReceiver(f, object, expr.args);
  if (late !== null)
    return `(${late.before},${callee}(${[late.receiver, ...late.args].join(',')}))`;
  return `${callee}(${[guarded(f, object), ...args].join(',')})`;
}

/** `new …` of any sort. */
export function creationText(
  f: FunctionContext,
  expr: Of<'newuser' | 'newlibrary' | 'newsobject' | 'newcollection'>,
): string {
  switch (expr.kind) {
    case 'newuser':
      return newUserText(f, expr);
    case 'newlibrary':
      return `${f.module.library(expr.constructor)}(${argumentsText(f, expr.args)})`;
    case 'newsobject': {
      const object = expr.type.kind === 'sobject' ? expr.type.name : 'SObject';
      if (expr.fields.length === 0)
        return `${f.module.helper('newRecord')}(${JSON.stringify(object)})`;
      const names = expr.fields.map((field) =>
        field.role === 'parent' ? `^${field.name}` : field.name,
      );
      const values = expr.fields.map((field) => expression(f, field.value)).join(',');
      return `${f.module.helper('newRecordWith')}(${JSON.stringify(object)},${f.module.constant(JSON.stringify(names))},[${values}])`;
    }
    case 'newcollection':
      return newCollectionText(f, expr);
    default:
      return expr satisfies never;
  }
}

function newUserText(f: FunctionContext, expr: Of<'newuser'>): string {
  const ref: ConstructorRef = expr.constructor;
  const args = argumentsText(f, expr.args);
  const symbol = expr.type.kind === 'user' ? expr.type.symbol : null;
  switch (ref.kind) {
    case 'user':
      return `${functionText(f, ref.symbol)}.call(new ${f.module.handle(ref.symbol.owner)}.c()${args === '' ? '' : `,${args}`})`;
    case 'default':
      return `${defaultConstructorText(f, ref.owner)}.call(new ${f.module.handle(ref.owner)}.c())`;
    case 'library': {
      // A user exception without constructors of its own: takes those of Exception (documented).
      const handle = symbol === null ? '' : f.module.handle(symbol);
      return `${f.module.helper('newException')}(${handle},${JSON.stringify(ref.signature)}${args === '' ? '' : `,${args}`})`;
    }
    default:
      return ref satisfies never;
  }
}

/** The function that stands for the constructor nobody wrote. */
export function defaultConstructorText(f: FunctionContext, owner: TypeSymbol): string {
  return f.module.ownFunction(owner) ?? f.module.linked(`${f.module.handle(owner)}.f.new$`);
}

/** The call of another constructor at the start of a constructor. */
export function chainText(
  f: FunctionContext,
  ref: ConstructorRef,
  args: readonly BoundExpression[],
): string {
  const text = argumentsText(f, args);
  const rest = text === '' ? '' : `,${text}`;
  switch (ref.kind) {
    case 'user':
      return `${functionText(f, ref.symbol)}.call(this${rest});`;
    case 'default':
      return `${defaultConstructorText(f, ref.owner)}.call(this);`;
    case 'library':
      return `${f.module.helper('initException')}(this,${JSON.stringify(ref.signature)}${rest});`;
    default:
      return ref satisfies never;
  }
}

function newCollectionText(f: FunctionContext, expr: Of<'newcollection'>): string {
  const { type } = expr;
  const m = f.module;
  if (expr.copy !== null)
    return `${m.helper('copyCollection')}(${m.type(type)},${guarded(f, expr.copy)})`;
  switch (type.kind) {
    case 'list': {
      if (expr.size !== null)
        return `${m.helper('sizedList')}(${m.type(type.element)},${guarded(f, expr.size)})`;
      return `new ${m.helper('List')}(${m.type(type.element)},[${argumentsText(f, expr.elements ?? [])}])`;
    }
    case 'set': {
      const elements = expr.elements ?? [];
      return `new ${m.helper('Set')}(${m.type(type.element)}${elements.length === 0 ? '' : `,[${argumentsText(f, elements)}]`})`;
    }
    case 'map': {
      const pairs = (expr.pairs ?? []).map(
        ([key, value]) => `[${expression(f, key)},${expression(f, value)}]`,
      );
      return `new ${m.helper('Map')}(${m.type(type.key)},${m.type(type.value)}${pairs.length === 0 ? '' : `,[${pairs.join(',')}]`})`;
    }
    default:
      return `${m.helper('copyCollection')}(${m.type(type)},null)`;
  }
}
