import type { BoundInit, BoundType } from '../check/bound-tree.ts';
import { bridgeName } from '../library/contract.ts';
import type { BridgeTarget, FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import { functionKey } from './calls.ts';
import { isPureInit } from './facts.ts';
import { FunctionContext } from './function-context.ts';
import { expression, usesAccessor } from './expressions.ts';
import type { ModuleContext } from './module-context.ts';
import { fieldName, functionOwner, getterName, methodName, setterName } from './names.ts';

/** The functions that the members of a type became. */
export interface TypeFunctions {
  /** Initialisers that are functions of their own, in order. */
  readonly instanceInits: readonly string[];
  readonly staticInits: readonly string[];
  readonly getters: ReadonlyMap<FieldSymbol, string>;
  readonly setters: ReadonlyMap<FieldSymbol, string>;
}

/** Whether the order of the initialisers can be seen: then none is moved into the object's creation. */
export function keepsOrder(inits: readonly BoundInit[]): boolean {
  return inits.some((init) => init.kind === 'block');
}

/** The text that defines a type when the program is linked: `$rt.define(handle, {…});`. */
export function definition(m: ModuleContext, type: BoundType, functions: TypeFunctions): string {
  const { symbol } = type;
  const parts = [
    `kind:${JSON.stringify(symbol.kind)}`,
    `file:${JSON.stringify(symbol.file)}`,
    `apiVersion:${symbol.apiVersion}`,
    `sharing:${JSON.stringify(symbol.sharing)}`,
    `isAbstract:${symbol.modifiers.includes('abstract')}`,
    `superType:${symbol.superType === null ? 'null' : m.type(symbol.superType)}`,
    `interfaces:[${symbol.interfaces.map((item) => m.type(item)).join(',')}]`,
  ];
  if (symbol.modifiers.includes('global')) parts.push('isGlobal:true');
  if (symbol.annotations.length > 0) {
    const annotations = symbol.annotations.map(({ name, values }) => ({ name, values }));
    parts.push(`annotations:${JSON.stringify(annotations)}`);
  }
  if (symbol.kind === 'enum') parts.push(`constants:${JSON.stringify(symbol.enumValues)}`);
  if (symbol.kind === 'class') parts.push(`make:${classText(m, type)}`, constructText(m, type));
  parts.push(`instance:{${instanceEntries(m, type, functions).join(',')}}`);
  parts.push(`statics:{${staticEntries(m, type, functions).join(',')}}`);
  if (functions.instanceInits.length > 0) parts.push(`inst:${functionOwner(symbol)}$$inst`);
  if (hasStatics(type)) parts.push(`clinit:${staticsFunction(m, type, functions)}`);
  parts.push(`fields:[${fieldEntries(m, symbol).join(',')}]`);
  parts.push(`methods:[${symbol.methods.map((method) => methodEntry(m, method)).join(',')}]`);
  return `$rt.define(${m.handle(symbol)},{${parts.join(',')}});`;
}

/** The JavaScript class: its constructor gives every field its place, so that all instances share a shape. */
function classText(m: ModuleContext, type: BoundType): string {
  const { symbol } = type;
  const own = symbol.fields.filter((field) => !field.isStatic && hasStorage(field));
  const pure = new Map<FieldSymbol, string>();
  const f = new FunctionContext(m, symbol, [], []);
  if (!keepsOrder(type.instanceInit)) {
    for (const init of type.instanceInit)
      if (init.kind === 'field' && isPureInit(init))
        pure.set(init.field, expression(f, init.value));
  }
  const assignments = own
    .map((field) => `this.${fieldName(field)}=${pure.get(field) ?? 'null'};`)
    .join('');
  // A prefix, because `let`, `package` or `base` may be names of classes.
  const name = `C$${symbol.name.replaceAll('.', '$')}`;
  return `(base)=>class ${name} extends base{constructor(){super();${assignments}}}`;
}

/** A property with code on both sides may still use its automatic storage. */
function hasStorage(field: FieldSymbol): boolean {
  return field.kind === 'field' || field.owner.kind === 'class';
}

/** `Type.newInstance()`: the constructor without parameters. */
function constructText(m: ModuleContext, type: BoundType): string {
  const { symbol } = type;
  if (symbol.modifiers.includes('abstract')) return 'construct:null';
  const declared = symbol.constructors.find((method) => method.params.length === 0);
  if (symbol.constructors.length > 0 && declared === undefined) return 'construct:null';
  return `construct:${m.ownFunction(declared ?? symbol) ?? 'null'}`;
}

function hasStatics(type: BoundType): boolean {
  return type.staticInit.length > 0 || type.symbol.fields.some((field) => field.isStatic);
}

/** Static initialisation: the object with all static fields first, then the initialisers that are more than a value. */
function staticsFunction(m: ModuleContext, type: BoundType, functions: TypeFunctions): string {
  const f = new FunctionContext(m, type.symbol, [], []);
  const pure = new Map<FieldSymbol, string>();
  if (!keepsOrder(type.staticInit)) {
    for (const init of type.staticInit)
      if (init.kind === 'field' && isPureInit(init))
        pure.set(init.field, expression(f, init.value));
  }
  const fields = type.symbol.fields.filter((field) => field.isStatic);
  const values = fields.map((field) => `${fieldName(field)}:${pure.get(field) ?? 'null'}`);
  return `[()=>({${values.join(',')}}),[${functions.staticInits.join(',')}]]`;
}

function instanceEntries(m: ModuleContext, type: BoundType, functions: TypeFunctions): string[] {
  const entries: string[] = [];
  for (const method of type.methods) {
    if (method.symbol.isStatic || method.body === null) continue;
    const name = m.ownFunction(method.symbol) ?? '';
    entries.push(`${methodName(method.symbol)}:${name}`);
  }
  // Bridges also for methods without a body: the abstract class answers for its subclasses.
  for (const method of type.methods) {
    for (const bridge of method.symbol.bridges) entries.push(bridgeEntry(m, method.symbol, bridge));
  }
  for (const field of type.symbol.fields) {
    if (field.isStatic || field.kind === 'field') continue;
    if (usesAccessor(field, 'get', true)) entries.push(...getterEntry(field, functions));
    if (usesAccessor(field, 'set', true)) entries.push(...setterEntry(field, functions));
  }
  return entries;
}

function bridgeEntry(m: ModuleContext, method: MethodSymbol, bridge: BridgeTarget): string {
  const name =
    bridge.kind === 'user' ? methodName(bridge.method) : bridgeName(bridge.type, bridge.signature);
  const params = method.params.map((_, index) => `a${index}`).join(',');
  // A static method may stand for one of an interface (practitioner: apex-recipes declares `public static void execute(QueueableContext)`).
  const target = method.isStatic ? (m.ownFunction(method) ?? '') : `this.${methodName(method)}`;
  return `${JSON.stringify(name)}(${params}){return ${target}(${params})??null}`;
}

function getterEntry(field: FieldSymbol, functions: TypeFunctions): string[] {
  const coded = functions.getters.get(field);
  if (coded !== undefined) return [`${getterName(field)}:${coded}`];
  return field.getter === 'auto' && field.owner.kind === 'class'
    ? [`${getterName(field)}(){return this.${fieldName(field)}}`]
    : [];
}

function setterEntry(field: FieldSymbol, functions: TypeFunctions): string[] {
  const coded = functions.setters.get(field);
  if (coded !== undefined) return [`${setterName(field)}:${coded}`];
  return field.setter === 'auto' && field.owner.kind === 'class'
    ? [`${setterName(field)}(v){this.${fieldName(field)}=v}`]
    : [];
}

/** What other files reach by name: static methods, constructors, static accessors. */
function staticEntries(m: ModuleContext, type: BoundType, functions: TypeFunctions): string[] {
  const entries: string[] = [];
  for (const method of type.methods) {
    const name = m.ownFunction(method.symbol);
    if (method.symbol.isStatic && name !== undefined)
      entries.push(`${functionKey(method.symbol)}:${name}`);
  }
  for (const method of type.constructors)
    entries.push(`${functionKey(method.symbol)}:${m.ownFunction(method.symbol) ?? ''}`);
  const implicit = m.ownFunction(type.symbol);
  if (implicit !== undefined) entries.push(`new$:${implicit}`);
  for (const [field, name] of functions.getters)
    if (field.isStatic) entries.push(`get${fieldName(field)}:${name}`);
  for (const [field, name] of functions.setters)
    if (field.isStatic) entries.push(`set${fieldName(field)}:${name}`);
  return entries;
}

/** Instance fields for JSON, `String.valueOf` and the dynamic runtime. */
function fieldEntries(m: ModuleContext, symbol: TypeSymbol): string[] {
  return symbol.fields
    .filter((field) => !field.isStatic)
    .map((field) => {
      const coded =
        field.kind === 'property' && (field.getter === 'code' || field.setter === 'code');
      const get =
        field.getter === null
          ? 'null'
          : usesAccessor(field, 'get', true)
            ? `o=>o.${getterName(field)}()`
            : `o=>o.${fieldName(field)}`;
      const set =
        field.setter === null
          ? 'null'
          : usesAccessor(field, 'set', true)
            ? `(o,v)=>{o.${setterName(field)}(v)}`
            : `(o,v)=>{o.${fieldName(field)}=v}`;
      return `[${JSON.stringify(field.name)},${m.type(field.type)},${field.isTransient},${coded},${get},${set},${isAuraEnabled(field)}]`;
    });
}

/** Fields of classes that components get: only those with the annotation travel (documented). */
function isAuraEnabled(field: FieldSymbol): boolean {
  return field.annotations.some((annotation) => annotation.name.toLowerCase() === 'auraenabled');
}

/** Methods by name: for test runs, LWC controllers, stubs and the dynamic runtime. */
function methodEntry(m: ModuleContext, method: MethodSymbol): string {
  const params = method.params
    .map((param) => `[${JSON.stringify(param.name)},${m.type(param.type)}]`)
    .join(',');
  const annotations = method.annotations.map((item) => ({ name: item.name, values: item.values }));
  const isVoid = method.returns.kind === 'void';
  return `[${JSON.stringify(method.name)},${JSON.stringify(method.isStatic ? functionKey(method) : methodName(method))},${method.isStatic},[${params}],${
    isVoid ? 'null' : m.type(method.returns)
  },${JSON.stringify(method.modifiers)},${JSON.stringify(annotations)},${method.line}]`;
}
