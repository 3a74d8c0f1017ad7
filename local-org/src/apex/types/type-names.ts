import type { ApexType } from './type.ts';

/** The type as the platform prints it in compile errors: `List<Account>`, `Schema.SObjectType`, `Outer.Inner`. */
export function typeName(type: ApexType): string {
  switch (type.kind) {
    case 'void':
    case 'null':
      return type.kind;
    case 'primitive':
    case 'sobject':
    case 'typevar':
      return type.name;
    case 'list':
      return `List<${typeName(type.element)}>`;
    case 'set':
      return `Set<${typeName(type.element)}>`;
    case 'map':
      return `Map<${typeName(type.key)},${typeName(type.value)}>`;
    case 'user':
      return type.symbol.name;
    case 'library':
      return type.args.length === 0
        ? type.name
        : `${type.name}<${type.args.map(typeName).join(',')}>`;
    case 'unknown':
      return 'Object';
    default:
      return type satisfies never;
  }
}

/** Structural identity. */
export function sameType(a: ApexType, b: ApexType): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'void':
    case 'null':
    case 'unknown':
      return a.kind === b.kind;
    case 'primitive':
      return b.kind === 'primitive' && a.name === b.name;
    case 'sobject':
      return b.kind === 'sobject' && a.name === b.name;
    case 'typevar':
      return b.kind === 'typevar' && a.name === b.name;
    case 'list':
      return b.kind === 'list' && sameType(a.element, b.element);
    case 'set':
      return b.kind === 'set' && sameType(a.element, b.element);
    case 'map':
      return b.kind === 'map' && sameType(a.key, b.key) && sameType(a.value, b.value);
    case 'user':
      return b.kind === 'user' && a.symbol === b.symbol;
    case 'library':
      return b.kind === 'library' && a.name === b.name && sameTypes(a.args, b.args);
    default:
      return a satisfies never;
  }
}

/** Pairwise identity of two lists of types. */
export function sameTypes(a: readonly ApexType[], b: readonly ApexType[]): boolean {
  return a.length === b.length && a.every((type, i) => sameType(type, b[i] ?? { kind: 'void' }));
}

/** Whether `unknown` stands anywhere in the type: nothing can be proven about it then. */
export function involvesUnknown(type: ApexType): boolean {
  switch (type.kind) {
    case 'unknown':
      return true;
    case 'list':
    case 'set':
      return involvesUnknown(type.element);
    case 'map':
      return involvesUnknown(type.key) || involvesUnknown(type.value);
    case 'library':
      return type.args.some(involvesUnknown);
    default:
      return false;
  }
}
