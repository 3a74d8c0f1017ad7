import type {
  ConstructorDeclaration,
  FieldDeclaration,
  MethodDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
} from '../syntax/ast.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';

/**
 * The declaration behind a symbol. Symbols themselves stay free of syntax, because the emitter and the runtime keep them; only the
 * checker asks for the source again.
 */
const methods = new WeakMap<MethodSymbol, MethodDeclaration | ConstructorDeclaration>();
const fields = new WeakMap<FieldSymbol, FieldDeclaration | PropertyDeclaration>();
const types = new WeakMap<TypeSymbol, TypeDeclaration>();

export function rememberMethod(
  symbol: MethodSymbol,
  declaration: MethodDeclaration | ConstructorDeclaration,
): void {
  methods.set(symbol, declaration);
}
export function rememberField(
  symbol: FieldSymbol,
  declaration: FieldDeclaration | PropertyDeclaration,
): void {
  fields.set(symbol, declaration);
}
export function rememberType(symbol: TypeSymbol, declaration: TypeDeclaration): void {
  types.set(symbol, declaration);
}

export function methodDeclaration(
  symbol: MethodSymbol,
): MethodDeclaration | ConstructorDeclaration | undefined {
  return methods.get(symbol);
}
export function fieldDeclaration(
  symbol: FieldSymbol,
): FieldDeclaration | PropertyDeclaration | undefined {
  return fields.get(symbol);
}
export function typeDeclaration(symbol: TypeSymbol): TypeDeclaration | undefined {
  return types.get(symbol);
}
