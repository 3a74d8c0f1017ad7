import type { TypeSymbol } from './symbols.ts';
import type { ApexType, PrimitiveName } from './type.ts';

/** Ready-made types, so that the checker does not build the same small objects over and over. */
export const VOID: ApexType = { kind: 'void' };
export const NULL: ApexType = { kind: 'null' };
export const UNKNOWN: ApexType = { kind: 'unknown' };

function make(name: PrimitiveName): ApexType {
  return { kind: 'primitive', name };
}
export const BOOLEAN = make('Boolean');
export const INTEGER = make('Integer');
export const LONG = make('Long');
export const DOUBLE = make('Double');
export const DECIMAL = make('Decimal');
export const STRING = make('String');
export const ID = make('Id');
export const DATE = make('Date');
export const DATETIME = make('Datetime');
export const TIME = make('Time');
export const BLOB = make('Blob');
export const OBJECT = make('Object');
export const SOBJECT: ApexType = { kind: 'sobject', name: 'SObject' };

const primitives: ReadonlyMap<string, ApexType> = new Map(
  [BOOLEAN, INTEGER, LONG, DOUBLE, DECIMAL, STRING, ID, DATE, DATETIME, TIME, BLOB, OBJECT].map(
    (type) => [type.kind === 'primitive' ? type.name.toLowerCase() : '', type] as const,
  ),
);

/** The primitive of that name (any case), or undefined. */
export function primitive(name: string): ApexType | undefined {
  return primitives.get(name.toLowerCase());
}
export function listOf(element: ApexType): ApexType {
  return { kind: 'list', element };
}
export function setOf(element: ApexType): ApexType {
  return { kind: 'set', element };
}
export function mapOf(key: ApexType, value: ApexType): ApexType {
  return { kind: 'map', key, value };
}
export function sobjectType(name: string): ApexType {
  return { kind: 'sobject', name };
}
export function userType(symbol: TypeSymbol): ApexType {
  return { kind: 'user', symbol };
}
export function libraryNamed(name: string, args: readonly ApexType[] = []): ApexType {
  return { kind: 'library', name, args };
}

export function isPrimitive(type: ApexType, ...names: readonly PrimitiveName[]): boolean {
  return type.kind === 'primitive' && names.includes(type.name);
}
export function isNumeric(type: ApexType): boolean {
  return isPrimitive(type, 'Integer', 'Long', 'Double', 'Decimal');
}
export function isObject(type: ApexType): boolean {
  return type.kind === 'primitive' && type.name === 'Object';
}
export function isGenericSObject(type: ApexType): boolean {
  return type.kind === 'sobject' && type.name === 'SObject';
}
