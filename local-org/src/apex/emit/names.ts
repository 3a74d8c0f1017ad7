import { userChain } from '../types/hierarchy.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import { typeName } from '../types/type-names.ts';

/**
 * How Apex names become JavaScript names. Apex identifiers start with a letter and hold no `$`, so a `$` separates our additions:
 * functions `Outer$Inner$method` (with `$_2` behind overloads), locals `name$7`, methods on prototypes `save$list_account`, fields `_name`.
 */

const PUNCTUATION: Readonly<Record<string, string>> = {
  '<': '$l',
  '>': '$g',
  ',': '$c',
  '.': '$d',
};

/** Parameter types as part of a name: the same for all spellings of a type. */
function mangledTypes(types: readonly ApexType[]): string {
  return types
    .map((type) =>
      typeName(type)
        .toLowerCase()
        .replace(/[<>,.]/g, (char) => PUNCTUATION[char] ?? ''),
    )
    .join('_');
}

/** Name under which an instance method stands on the prototype: overriding is plain prototype dispatch. */
export function methodName(method: MethodSymbol): string {
  const name = `${method.name.toLowerCase()}$${mangledTypes(method.params.map((param) => param.type))}`;
  return isPrivate(method) ? `${name}$$${functionOwner(method.owner)}` : name;
}

/** A private method takes no part in dispatch: a subclass may declare the same signature. */
function isPrivate(method: MethodSymbol): boolean {
  if (method.owner.kind !== 'class' || method.bridges.length > 0) return false;
  return !method.modifiers.some((modifier) => VISIBLE.has(modifier));
}

const VISIBLE: ReadonlySet<string> = new Set([
  'public',
  'global',
  'protected',
  'override',
  'virtual',
  'abstract',
  'webservice',
]);

/** Type part of function names: what stack traces are read from. */
export function functionOwner(symbol: TypeSymbol): string {
  switch (symbol.kind) {
    case 'trigger':
      return `$$Trigger$${symbol.name}`;
    case 'anonymous':
      return '$$AnonymousBlock';
    default:
      return symbol.name.replaceAll('.', '$');
  }
}

const fieldNames = new WeakMap<FieldSymbol, string>();

/** Property that holds a field. A field that hides one of a superclass gets a number. */
export function fieldName(field: FieldSymbol): string {
  let name = fieldNames.get(field);
  if (name === undefined) {
    const lower = field.name.toLowerCase();
    const hidden = userChain(field.owner)
      .slice(1)
      .filter((symbol) =>
        symbol.fields.some((other) => !other.isStatic && other.name.toLowerCase() === lower),
      ).length;
    name = hidden === 0 || field.isStatic || field.isVirtual ? `_${lower}` : `_${lower}$${hidden}`;
    fieldNames.set(field, name);
  }
  return name;
}

/** Names of a property's accessor methods. */
export function getterName(field: FieldSymbol): string {
  return `get${fieldName(field)}`;
}
export function setterName(field: FieldSymbol): string {
  return `set${fieldName(field)}`;
}

/** Property on prototypes that says "is a" for user classes and interfaces. */
export function markerName(symbolName: string): string {
  return `$is$${symbolName.toLowerCase().replaceAll('.', '$')}`;
}

/** Name of the function that a block inside a method becomes (`System.runAs`): stack traces take its line for the method's. */
export const BLOCK_FUNCTION = '$$block';
