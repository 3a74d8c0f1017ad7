import type { FieldAccess, Node } from '../syntax/ast.ts';
import type { ObjectInfo } from '../../schema/contract.ts';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { recordOf } from './convert.ts';
import { fieldDeclaration } from './declarations.ts';
import { findField, findLibraryField } from './members.ts';
import { nameAt } from './paths.ts';
import { describeMember } from './platform-names.ts';
import { mayHaveMore } from './resolve-type.ts';
import { sobjectMember } from './sobject-members.ts';
import { isMemberVisible, isPublic } from './visibility.ts';
import { isSubclass, topLevel } from '../types/hierarchy.ts';
import { typeName } from '../types/type-names.ts';
import { libraryNamed, userType } from '../types/well-known.ts';

/** `value.name`; null when the type has no such member (the caller knows what to say). */
export function instanceMember(
  cx: BodyContext,
  e: FieldAccess,
  on: BoundExpression,
): BoundExpression | null {
  const value = recordOf(cx, on);
  const { type } = value;
  const at = nameAt(e);
  const described = describeMember(cx, e, value);
  if (described !== null) return described;
  switch (type.kind) {
    case 'unknown':
      return cx.dynamic(at, 'get', value, e.name);
    case 'sobject':
      return sobjectMember(cx, e, value, type.name);
    case 'user':
      return userMember(cx, e, value, type.symbol);
    default: {
      const found = findLibraryField(cx.program, type, e.name);
      if (found === undefined && mayHaveMore(type)) {
        cx.warning(at, `Field ${e.name} of ${typeName(type)} is not known to the local org`);
        return cx.dynamic(at, 'get', value, e.name);
      }
      if (found === undefined || found.info.isStatic) return null;
      const member = {
        kind: 'library',
        type: found.info.owner.name,
        signature: found.info.name,
      } as const;
      return {
        kind: 'libraryfield',
        object: value,
        member,
        type: found.type,
        line: at.line,
        col: at.col,
      };
    }
  }
}

function userMember(
  cx: BodyContext,
  e: FieldAccess,
  object: BoundExpression,
  symbol: TypeSymbol,
): BoundExpression | null {
  const field = findField(symbol, e.name);
  if (field === undefined) {
    const found = findLibraryField(cx.program, userType(symbol), e.name);
    if (found === undefined) return null;
    const member = {
      kind: 'library',
      type: found.info.owner.name,
      signature: found.info.name,
    } as const;
    return { kind: 'libraryfield', object, member, type: found.type, line: e.line, col: e.col };
  }
  const at = nameAt(e);
  if (field.isStatic) {
    return cx.failed(
      at,
      `Static field cannot be referenced from a non static context: ${field.name} from the type ${field.owner.name}`,
    );
  }
  if (!isMemberVisible(field, cx.type))
    return cx.failed(at, `Variable is not visible: ${field.name}`);
  const isSuper = e.object.kind === 'super';
  return {
    kind: 'instancefield',
    object,
    field,
    viaAccessor: goesThroughAccessor(cx, field),
    isSuper,
    type: field.type,
    line: at.line,
    col: at.col,
  };
}

/** A field named without an object: of this instance, or static. `scope` is the class the search found it through. */
export function bindUserField(
  cx: BodyContext,
  at: Node,
  field: FieldSymbol,
  scope: TypeSymbol,
): BoundExpression {
  const place = { line: at.line, col: at.col };
  const viaAccessor = goesThroughAccessor(cx, field);
  if (!isMemberVisible(field, cx.type))
    return cx.failed(at, `Variable is not visible: ${field.name}`);
  if (field.isStatic)
    return { kind: 'staticfield', field, viaAccessor, type: field.type, ...place };
  if (cx.info.isStatic || scope !== cx.type) {
    return cx.failed(
      at,
      `Non static field cannot be referenced from a static context: ${field.name} from the type ${field.owner.name}`,
    );
  }
  if (cx.inConstructorCall)
    return cx.failed(
      at,
      `Cannot reference instance variables in a constructor invocation: ${field.name}`,
    );
  const object: BoundExpression = { kind: 'this', type: userType(cx.type), ...place };
  return {
    kind: 'instancefield',
    object,
    field,
    viaAccessor,
    isSuper: false,
    type: field.type,
    ...place,
  };
}

/** Inside its own accessor a property's name means the stored value. */
export function goesThroughAccessor(cx: BodyContext, field: FieldSymbol): boolean {
  return field.kind === 'property' && cx.info.accessorOf !== field;
}

/** The problem with storing into a field, or null. */
export function storeProblem(cx: BodyContext, field: FieldSymbol): string | null {
  if (field.kind === 'property' && cx.info.accessorOf !== field) {
    if (field.setter === null)
      return `A value cannot be stored to ${field.name} in type ${field.owner.name}`;
    if (!isAccessorVisible(cx, field, 'setter')) return `Variable is not visible: ${field.name}`;
  }
  // A lazy `static final` property stores its value in its own getter; published Apex does so and compiles
  if (!field.isFinal || (field.kind === 'property' && cx.info.accessorOf === field)) return null;
  // Final members: in the declaration, initialiser blocks and constructors (documented), of subclasses too (practitioner)
  const own = isSubclass(cx.type, field.owner);
  const initialising =
    cx.info.kind === 'initializer' || (cx.info.kind === 'constructor' && !field.isStatic);
  if (own && initialising) return null;
  return `Final members can only be assigned in their declaration, init blocks, or constructors: ${field.name}`;
}

/** The problem with reading a field, or null. */
export function loadProblem(cx: BodyContext, field: FieldSymbol): string | null {
  if (field.kind !== 'property' || cx.info.accessorOf === field) return null;
  if (field.getter === null)
    return `A value cannot be read from ${field.name} in type ${field.owner.name}`;
  return isAccessorVisible(cx, field, 'getter') ? null : `Variable is not visible: ${field.name}`;
}

function isAccessorVisible(
  cx: BodyContext,
  field: FieldSymbol,
  which: 'getter' | 'setter',
): boolean {
  const declaration = fieldDeclaration(field);
  if (declaration?.kind !== 'property') return true;
  const modifiers = declaration[which]?.modifiers ?? [];
  if (modifiers.length === 0 || isPublic(modifiers) || topLevel(field.owner) === topLevel(cx.type))
    return true;
  return isMemberVisible({ ...field, modifiers }, cx.type);
}

/** Type of the value that a field of an sObject holds. */
export function fieldType(cx: BodyContext, object: ObjectInfo, name: string): ApexType | undefined {
  const field = cx.program.schema.field(object.name, name);
  if (field === undefined) return undefined;
  const { apexType } = field;
  if (field.name === 'ChangeEventHeader') return libraryNamed('EventBus.ChangeEventHeader');
  if (apexType === 'Address' || apexType === 'Location')
    return { kind: 'library', name: apexType, args: [] };
  return { kind: 'primitive', name: apexType };
}
