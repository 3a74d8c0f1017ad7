import type { Modifier } from '../syntax/ast.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import { isSubclass, topLevel } from '../types/hierarchy.ts';

/**
 * Who may use a member (Apex Developer Guide, "Access Modifiers"): private ones the whole top-level class that declares them,
 * protected ones also subclasses, `@TestVisible` ones also test classes.
 */
export function isMemberVisible(
  member: FieldSymbol | MethodSymbol,
  from: TypeSymbol | null,
): boolean {
  const { owner, modifiers } = member;
  if (owner.kind === 'interface' || isPublic(modifiers)) return true;
  if (from === null) return false;
  if (topLevel(owner) === topLevel(from)) return true;
  if (isTestVisible(member) && isInTest(from)) return true;
  if (modifiers.includes('protected'))
    return outwards(from).some((scope) => isSubclass(scope, owner));
  return false;
}

export function isTypeVisible(type: TypeSymbol, from: TypeSymbol | null): boolean {
  if (type.outer === null || isPublic(type.modifiers)) return true;
  if (from === null) return false;
  if (topLevel(type) === topLevel(from)) return true;
  if (isTestVisible(type) && isInTest(from)) return true;
  const outer = type.outer;
  return (
    type.modifiers.includes('protected') && outwards(from).some((scope) => isSubclass(scope, outer))
  );
}

export function isPublic(modifiers: readonly Modifier[]): boolean {
  return (
    modifiers.includes('public') || modifiers.includes('global') || modifiers.includes('webservice')
  );
}

function isTestVisible(member: { readonly annotations: FieldSymbol['annotations'] }): boolean {
  return member.annotations.some((it) => it.name.toLowerCase() === 'testvisible');
}

/** Inside a test class, its inner classes included. */
export function isInTest(type: TypeSymbol): boolean {
  return topLevel(type).isTest;
}

function outwards(type: TypeSymbol): TypeSymbol[] {
  const scopes: TypeSymbol[] = [];
  for (let scope: TypeSymbol | null = type; scope !== null; scope = scope.outer) scopes.push(scope);
  return scopes;
}
