import type { Expression, FieldAccess, NameExpression, Node } from '../syntax/ast.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { orNull, recordOf } from './convert.ts';
import { bindExpression } from './expressions.ts';
import { bindUserField, instanceMember, loadProblem } from './field-access.ts';
import { findType } from './find-type.ts';
import { findField } from './members.ts';
import { mayExistElsewhere } from './resolve-type.ts';
import { staticMember } from './static-access.ts';
import { describeRoot, labelMember, pageMember } from './platform-names.ts';

/** What a name or a dotted path means. Types and namespaces have no value of their own. */
export type Entity =
  | { readonly kind: 'value'; readonly value: BoundExpression }
  /** `namespace`: the name is also one (`System`, `Database`, `Schema`). */
  | { readonly kind: 'type'; readonly type: ApexType; readonly namespace: string | null }
  | { readonly kind: 'namespace'; readonly name: string }
  /** `Label`, `Label.ns`, `Page`, `Schema.SObjectType`: their members are the project's. */
  | { readonly kind: 'labels'; readonly namespace: string | null }
  /** `Label.X` without a label X: a problem, unless X turns out to be the namespace of a package. */
  | { readonly kind: 'nolabel'; readonly name: string; readonly at: Node }
  | { readonly kind: 'pages' }
  | { readonly kind: 'describes' }
  | { readonly kind: 'missing'; readonly name: string; readonly at: Node };

/** A name or path where a value is wanted. */
export function bindPathValue(
  cx: BodyContext,
  e: NameExpression | FieldAccess,
  use: 'read' | 'write' = 'read',
): BoundExpression {
  const entity = bindEntity(cx, e);
  switch (entity.kind) {
    case 'value': {
      const { value } = entity;
      if (use === 'write' || (value.kind !== 'staticfield' && value.kind !== 'instancefield'))
        return value;
      const problem = loadProblem(cx, value.field);
      return problem === null ? value : cx.failed(e.kind === 'field' ? nameAt(e) : e, problem);
    }
    case 'missing':
      return cx.failed(entity.at, `Variable does not exist: ${entity.name}`);
    case 'nolabel':
      return cx.failed(entity.at, `External string does not exist: ${entity.name}`);
    default:
      return cx.failed(e.kind === 'field' ? nameAt(e) : e, `Variable does not exist: ${e.name}`);
  }
}

/** Where a member's name stands. */
export function nameAt(e: { readonly nameLine: number; readonly nameCol: number }): Node {
  return { line: e.nameLine, col: e.nameCol };
}

/** What an expression means where a type or namespace would also do: left of a dot. */
export function bindEntity(cx: BodyContext, e: Expression): Entity {
  if (e.kind === 'name') return bindName(cx, e);
  if (e.kind !== 'field') return { kind: 'value', value: bindExpression(cx, e) };
  const object = bindEntity(cx, e.object);
  const found = memberOf(cx, object, e);
  if (found.kind !== 'missing' || e.object.kind !== 'name' || object.kind !== 'value') return found;
  // A variable hides a type of its name, unless only the type has the member (`Account account; … Account.SObjectType`)
  const type = typeEntity(cx, e.object.name);
  if (type === null) return found;
  const other = memberOf(cx, type, e);
  return other.kind === 'missing' ? found : other;
}

function bindName(cx: BodyContext, e: NameExpression): Entity {
  const known = bindVariable(cx, e) ?? typeEntity(cx, e.name);
  if (known !== null) return known;
  if (!mayExistElsewhere(cx.program, e.name)) return { kind: 'missing', name: e.name, at: e };
  cx.warning(e, `Type ${e.name} is not known to the local org`);
  return { kind: 'value', value: cx.dynamic(e, 'get', null, e.name) };
}

/** A local variable, a field of the class or its superclasses, or a static one of an outer class. */
function bindVariable(cx: BodyContext, e: NameExpression): Entity | null {
  const variable = cx.find(e.name);
  if (variable !== undefined) {
    const { local } = variable;
    return {
      kind: 'value',
      value: { kind: 'localref', local, type: local.type, line: e.line, col: e.col },
    };
  }
  for (let scope: TypeSymbol | null = cx.type; scope !== null; scope = scope.outer) {
    const field = findField(scope, e.name);
    // Where an instance field cannot be reached, a type of its name is meant (`contactSelector.find()` in a static method)
    const unreachable =
      field !== undefined && !field.isStatic && (cx.info.isStatic || scope !== cx.type);
    if (unreachable && findType(cx.program, cx.type, [e.name]) !== undefined) return null;
    if (field !== undefined) return { kind: 'value', value: bindUserField(cx, e, field, scope) };
    if (scope.kind === 'enum') break;
  }
  return null;
}

/** A simple name as a type, a namespace or one of the platform's special names. */
export function typeEntity(cx: BodyContext, name: string): Entity | null {
  const { library } = cx.program;
  const namespace = library.isNamespace(name) ? name : null;
  const type = findType(cx.program, cx.type, [name]);
  if (type?.kind === 'user') return { kind: 'type', type, namespace };
  switch (name.toLowerCase()) {
    case 'label':
      return { kind: 'labels', namespace: null };
    case 'page':
      return { kind: 'pages' };
    case 'sobjecttype':
      return { kind: 'describes' };
  }
  if (type?.kind === 'unknown') return { kind: 'value', value: cx.broken({ line: 1, col: 1 }) };
  if (type !== undefined) return { kind: 'type', type, namespace };
  return namespace === null ? null : { kind: 'namespace', name };
}

function memberOf(cx: BodyContext, object: Entity, e: FieldAccess): Entity {
  const missing: Entity = { kind: 'missing', name: e.name, at: nameAt(e) };
  switch (object.kind) {
    case 'missing':
      return object;
    case 'value': {
      const value = e.safe
        ? safely(cx, e, orNull(recordOf(cx, object.value)), (it) => instanceMember(cx, e, it))
        : chain(object.value, e, cx);
      return value === null ? missing : { kind: 'value', value };
    }
    case 'type':
      if (object.namespace?.toLowerCase() === 'schema' && e.name.toLowerCase() === 'sobjecttype')
        return { kind: 'describes' };
      return (
        staticMember(cx, e, object.type) ??
        (object.namespace === null ? missing : namespaceMember(cx, object.namespace, e))
      );
    case 'namespace':
      return namespaceMember(cx, object.name, e);
    case 'labels':
      return labelMember(cx, e, object.namespace);
    case 'nolabel':
      return labelMember(cx, e, object.name);
    case 'pages':
      return { kind: 'value', value: pageMember(cx, e) };
    case 'describes':
      return describeRoot(cx, e) ?? missing;
    default:
      return object satisfies never;
  }
}

function namespaceMember(cx: BodyContext, namespace: string, e: FieldAccess): Entity {
  const lower = namespace.toLowerCase();
  const name = e.name.toLowerCase();
  if (lower === 'system') {
    if (name === 'label') return { kind: 'labels', namespace: null };
    if (name === 'page') return { kind: 'pages' };
  }
  if (lower === 'schema' && name === 'sobjecttype') return { kind: 'describes' };
  const type = findType(cx.program, null, [namespace, e.name]);
  if (type !== undefined) return { kind: 'type', type, namespace: null };
  // `System.Schema.SObjectType…`: a namespace inside System
  if (lower === 'system' && cx.program.library.isNamespace(e.name))
    return { kind: 'namespace', name: e.name };
  return { kind: 'missing', name: e.name, at: nameAt(e) };
}

function chain(value: BoundExpression, e: FieldAccess, cx: BodyContext): BoundExpression | null {
  if (value.kind !== 'safe') return instanceMember(cx, e, value);
  const access = chain(value.access, e, cx);
  return access && { ...value, access, type: access.type };
}

/** Continues a chain: after `a?.b` the rest of the chain is skipped too when `a` is null (Apex Developer Guide, "Safe Navigation Operator"). */
export function through(
  value: BoundExpression,
  then: (value: BoundExpression) => BoundExpression,
): BoundExpression {
  if (value.kind !== 'safe') return then(value);
  const access = through(value.access, then);
  return { ...value, access, type: access.type };
}

/** `value?.…`; null when the access does not exist. */
export function safely(
  cx: BodyContext,
  at: Node,
  value: BoundExpression,
  access: (value: BoundExpression) => BoundExpression | null,
): BoundExpression | null {
  if (value.kind === 'safe') {
    const inner = safely(cx, at, value.access, access);
    return inner && { ...value, access: inner, type: inner.type };
  }
  const local = cx.temporary('safe', value.type);
  const found = access({
    kind: 'localref',
    local,
    type: value.type,
    line: value.line,
    col: value.col,
  });
  return (
    found && {
      kind: 'safe',
      object: value,
      local,
      access: found,
      type: found.type,
      line: at.line,
      col: at.col,
    }
  );
}
