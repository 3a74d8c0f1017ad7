import type { FieldAccess } from '../syntax/ast.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import type { Entity } from './paths.ts';
import { goesThroughAccessor } from './field-access.ts';
import { classBesideObject, innerType } from './find-type.ts';
import { findField, findLibraryField } from './members.ts';
import { nameAt } from './paths.ts';
import { sobjectToken } from './platform-names.ts';
import { triggerVariable } from './trigger-context.ts';
import { isMemberVisible, isTypeVisible } from './visibility.ts';
import { canonicalObject } from '../types/program.ts';
import { libraryNamed, userType } from '../types/well-known.ts';

/** `Type.name`: a static member, an enum constant, an inner type, a token; null when the type has none of that name. */
export function staticMember(cx: BodyContext, e: FieldAccess, type: ApexType): Entity | null {
  switch (type.kind) {
    case 'user':
      return userStatic(cx, e, type.symbol);
    case 'sobject':
      return sobjectToken(cx, e, type.name) ?? besideObject(cx, e, type);
    default:
      return libraryStatic(cx, e, type);
  }
}

function besideObject(cx: BodyContext, e: FieldAccess, type: ApexType): Entity | null {
  const twin = classBesideObject(cx.program, type);
  return twin && libraryStatic(cx, e, twin);
}

function userStatic(cx: BodyContext, e: FieldAccess, symbol: TypeSymbol): Entity | null {
  const at = nameAt(e);
  const lower = e.name.toLowerCase();
  if (symbol.kind === 'enum') {
    const name = symbol.enumValues.find((it) => it.toLowerCase() === lower);
    if (name === undefined) return null;
    return {
      kind: 'value',
      value: {
        kind: 'enumconstant',
        symbol,
        name,
        type: userType(symbol),
        line: at.line,
        col: at.col,
      },
    };
  }
  const field = findField(symbol, e.name);
  // An instance field cannot be meant here: an inner type of its name is (`Binding.BindingType.Apex`)
  const inner = field?.isStatic === true ? undefined : innerType(symbol, e.name);
  if (field !== undefined && inner === undefined)
    return { kind: 'value', value: staticField(cx, e, field) };
  if (inner === undefined) return null;
  if (!isTypeVisible(inner, cx.type)) cx.problem(at, `Type is not visible: ${inner.name}`);
  return { kind: 'type', type: userType(inner), namespace: null };
}

function staticField(
  cx: BodyContext,
  e: FieldAccess,
  field: TypeSymbol['fields'][number],
): BoundExpression {
  const at = nameAt(e);
  if (!isMemberVisible(field, cx.type))
    return cx.failed(at, `Variable is not visible: ${field.name}`);
  if (!field.isStatic) {
    return cx.failed(
      at,
      `Non static field cannot be referenced from a static context: ${field.name} from the type ${field.owner.name}`,
    );
  }
  const viaAccessor = goesThroughAccessor(cx, field);
  return { kind: 'staticfield', field, viaAccessor, type: field.type, line: at.line, col: at.col };
}

function libraryStatic(cx: BodyContext, e: FieldAccess, type: ApexType): Entity | null {
  const found = cx.program.library.classOf(type);
  if (found === undefined) return null;
  const at = nameAt(e);
  const value = (signature: string, ofType: ApexType): Entity => ({
    kind: 'value',
    value: {
      kind: 'librarystatic',
      member: { kind: 'library', type: found.name, signature },
      type: ofType,
      line: at.line,
      col: at.col,
    },
  });
  if (found.name === 'Trigger') {
    const variable = triggerVariable(cx, e.name);
    if (variable !== null) return value(variable.name, variable.type);
  }
  const constant = found.enumConstants.get(e.name.toLowerCase());
  if (constant !== undefined) return value(constant, libraryNamed(found.name));
  const field = findLibraryField(cx.program, type, e.name);
  if (field?.info.isStatic === true) {
    const member = {
      kind: 'library',
      type: field.info.owner.name,
      signature: field.info.name,
    } as const;
    return {
      kind: 'value',
      value: { kind: 'librarystatic', member, type: field.type, line: at.line, col: at.col },
    };
  }
  const inner = cx.program.library.find(`${found.name}.${e.name}`);
  if (inner !== undefined && inner.name.toLowerCase() === `${found.name}.${e.name}`.toLowerCase()) {
    return { kind: 'type', type: libraryNamed(inner.name), namespace: null };
  }
  // BusinessHours, Network, Site … name a class of System and an object: what the class lacks is a token of the object
  const object = canonicalObject(cx.program.schema, found.name);
  return object === undefined ? null : sobjectToken(cx, e, object);
}
