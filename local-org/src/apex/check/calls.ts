import type { CallExpression } from '../syntax/ast.ts';
import type { TypeSymbol } from '../types/symbols.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import type { MethodCandidate } from './members.ts';
import { orNull, recordOf } from './convert.ts';
import { customDataCandidates, enumCandidates } from './custom-data.ts';
import { bindExpression } from './expressions.ts';
import { methodsOf } from './members.ts';
import { classBesideObject } from './find-type.ts';
import { callText, chooseOverload, convertArguments } from './overloads.ts';
import { bindEntity, nameAt, safely, through, typeEntity } from './paths.ts';
import { mayHaveMore } from './resolve-type.ts';
import { isMemberVisible } from './visibility.ts';
import { typeName } from '../types/type-names.ts';
import { libraryNamed, userType } from '../types/well-known.ts';

type Receiver =
  /** `implicit`: named without an object, so both kinds of members will do. */
  | { readonly kind: 'implicit'; readonly scope: TypeSymbol }
  | { readonly kind: 'value'; readonly value: BoundExpression; readonly isSuper: boolean }
  | { readonly kind: 'type'; readonly type: ApexType };

/** Any call but the constructor calls `this(…)` and `super(…)`. */
export function bindCall(cx: BodyContext, e: CallExpression): BoundExpression {
  const args = e.args.map((arg) => bindExpression(cx, arg));
  if (e.object === null) return bindUnqualified(cx, e, args);
  if (e.object.kind === 'super') return bindSuperCall(cx, e, args);
  const entity = bindEntity(cx, e.object);
  switch (entity.kind) {
    case 'value': {
      const call = (value: BoundExpression): BoundExpression => bindOnValue(cx, e, value, args);
      const hidden = e.object.kind === 'name' ? hiddenType(cx, e, entity.value, args) : null;
      if (hidden !== null) return hidden;
      return e.safe
        ? (safely(cx, e, safeReceiver(cx, e, entity.value), call) ?? cx.broken(e))
        : through(entity.value, call);
    }
    case 'type':
      if (
        entity.type.kind === 'sobject' &&
        args.length === 0 &&
        e.name.toLowerCase() === 'getsobjecttype'
      ) {
        return objectToken(e, entity.type.name);
      }
      return bindMatch(
        cx,
        e,
        { kind: 'type', type: entity.type },
        methodsOf(cx.program, entity.type, e.name),
        args,
      );
    case 'labels': {
      const type = libraryNamed('Label');
      return bindMatch(cx, e, { kind: 'type', type }, methodsOf(cx.program, type, e.name), args);
    }
    case 'nolabel':
      return cx.failed(entity.at, `External string does not exist: ${entity.name}`);
    case 'missing':
      return cx.failed(entity.at, `Variable does not exist: ${entity.name}`);
    case 'namespace':
    case 'pages':
    case 'describes':
      return cx.failed(
        e.object,
        `Variable does not exist: ${e.object.kind === 'name' || e.object.kind === 'field' ? e.object.name : e.name}`,
      );
    default:
      return entity satisfies never;
  }
}

/** `[SELECT …]?.getSObjectType()`: the list, unless only its row has the method. */
function safeReceiver(cx: BodyContext, e: CallExpression, value: BoundExpression): BoundExpression {
  return methodsOf(cx.program, value.type, e.name).length > 0 ? value : orNull(recordOf(cx, value));
}

/** `account.doIt()` where a variable hides the class `Account`, and only the class has the method. */
function hiddenType(
  cx: BodyContext,
  e: CallExpression,
  value: BoundExpression,
  args: readonly BoundExpression[],
): BoundExpression | null {
  if (
    e.object?.kind !== 'name' ||
    methodsOf(cx.program, recordOf(cx, value).type, e.name).length > 0
  )
    return null;
  const type = typeEntity(cx, e.object.name);
  if (type?.kind !== 'type') return null;
  const candidates = methodsOf(cx.program, type.type, e.name).filter((it) => it.isStatic);
  return candidates.length === 0
    ? null
    : bindMatch(cx, e, { kind: 'type', type: type.type }, candidates, args);
}

/** `f(x)`: a method of this class or its superclasses, else a static one of an outer class. */
function bindUnqualified(
  cx: BodyContext,
  e: CallExpression,
  args: readonly BoundExpression[],
): BoundExpression {
  const word = e.name.toLowerCase();
  if (word === 'this' || word === 'super')
    return cx.failed(e, `Call to '${word}()' must be the first statement in a constructor method`);
  let nearest: { scope: TypeSymbol; candidates: MethodCandidate[] } | null = null;
  for (let scope: TypeSymbol | null = cx.type; scope !== null; scope = scope.outer) {
    const candidates = methodsOf(cx.program, userType(scope), e.name);
    if (candidates.length === 0) continue;
    if (chooseOverload(cx, candidates, args) !== undefined)
      return bindMatch(cx, e, { kind: 'implicit', scope }, candidates, args);
    nearest ??= { scope, candidates };
  }
  return bindMatch(
    cx,
    e,
    { kind: 'implicit', scope: nearest?.scope ?? cx.type },
    nearest?.candidates ?? [],
    args,
  );
}

function bindSuperCall(
  cx: BodyContext,
  e: CallExpression,
  args: readonly BoundExpression[],
): BoundExpression {
  const at = nameAt(e);
  const { superType } = cx.type;
  if (cx.info.isStatic) return cx.failed(e, 'Super cannot be referenced in a static context');
  const type = superType ?? { kind: 'primitive', name: 'Object' };
  if (superType === null && methodsOf(cx.program, type, e.name).length === 0) {
    return cx.failed(at, `No super type defined: ${cx.type.name}`);
  }
  const value: BoundExpression = {
    kind: 'this',
    type: userType(cx.type),
    line: e.line,
    col: e.col,
  };
  return bindMatch(
    cx,
    e,
    { kind: 'value', value, isSuper: true },
    methodsOf(cx.program, type, e.name),
    args,
    type,
  );
}

function bindOnValue(
  cx: BodyContext,
  e: CallExpression,
  on: BoundExpression,
  args: readonly BoundExpression[],
): BoundExpression {
  if (on.type.kind === 'unknown') return cx.dynamic(nameAt(e), 'call', on, e.name, args);
  if (on.type.kind === 'void')
    return cx.failed(e, 'Arithmetic expressions are not allowed on void types');
  const candidates = methodsOf(cx.program, on.type, e.name);
  if (candidates.length === 0 && mayHaveMore(on.type)) {
    cx.warning(nameAt(e), `Method ${e.name} of ${typeName(on.type)} is not known to the local org`);
    return cx.dynamic(nameAt(e), 'call', on, e.name, args);
  }
  const record = recordOf(cx, on);
  // `[SELECT …].getId()`: the list has no such method, its only row does
  if (candidates.length === 0 && record !== on) {
    return bindMatch(
      cx,
      e,
      { kind: 'value', value: record, isSuper: false },
      methodsOf(cx.program, record.type, e.name),
      args,
    );
  }
  return bindMatch(cx, e, { kind: 'value', value: on, isSuper: false }, candidates, args);
}

function bindMatch(
  cx: BodyContext,
  e: CallExpression,
  receiver: Receiver,
  found: readonly MethodCandidate[],
  args: readonly BoundExpression[],
  lookedUpOn?: ApexType,
): BoundExpression {
  const at = nameAt(e);
  const type = lookedUpOn ?? receiverType(receiver);
  const candidates = [...extraCandidates(cx, e, receiver), ...found];
  const reachable = candidates.filter(
    (it) => receiver.kind === 'implicit' || it.isStatic === (receiver.kind === 'type'),
  );
  const chosen = chooseOverload(cx, reachable, args) ?? chooseOverload(cx, candidates, args);
  if (chosen === undefined) {
    if (args.some((arg) => arg.type.kind === 'unknown') && candidates.length > 0)
      return cx.broken(at);
    return cx.failed(
      at,
      `Method does not exist or incorrect signature: void ${callText(e.name, args)} from the type ${typeName(type)}`,
    );
  }
  if (chosen.kind === 'user' && !isMemberVisible(chosen.method, cx.type)) {
    return cx.failed(
      at,
      `Method is not visible: ${typeName(chosen.returns)} ${chosen.method.owner.name}.${signatureText(chosen)}`,
    );
  }
  const problem = contextProblem(cx, receiver, chosen);
  if (problem !== null) return cx.failed(at, problem);
  return emitCall(cx, e, receiver, chosen, convertArguments(cx, args, chosen.params));
}

function extraCandidates(
  cx: BodyContext,
  e: CallExpression,
  receiver: Receiver,
): MethodCandidate[] {
  if (receiver.kind === 'type') {
    const twin = classBesideObject(cx.program, receiver.type);
    const beside =
      twin === null ? [] : methodsOf(cx.program, twin, e.name).filter((it) => it.isStatic);
    return [...customDataCandidates(cx, receiver.type, e.name), ...beside];
  }
  return receiver.kind === 'value' ? enumCandidates(receiver.value.type, e.name) : [];
}

function receiverType(receiver: Receiver): ApexType {
  if (receiver.kind === 'implicit') return userType(receiver.scope);
  return receiver.kind === 'value' ? receiver.value.type : receiver.type;
}

function signatureText(chosen: MethodCandidate): string {
  const name = chosen.kind === 'user' ? chosen.method.name : chosen.info.name;
  return `${name}(${chosen.params.map(typeName).join(', ')})`;
}

/** Static and instance members called the wrong way. */
function contextProblem(
  cx: BodyContext,
  receiver: Receiver,
  chosen: MethodCandidate,
): string | null {
  const text = `${typeName(chosen.returns)} ${chosen.kind === 'user' ? `${chosen.method.owner.name}.` : ''}${signatureText(chosen)}`;
  if (receiver.kind === 'type' && !chosen.isStatic) {
    return `Non static method cannot be referenced from a static context: ${text}`;
  }
  if (receiver.kind === 'value' && chosen.isStatic) {
    return `Static method cannot be referenced from a non static context: ${text}`;
  }
  if (receiver.kind === 'implicit' && !chosen.isStatic) {
    if (cx.info.isStatic || receiver.scope !== cx.type)
      return `Non static method cannot be referenced from a static context: ${text}`;
    if (cx.inConstructorCall)
      return `Cannot reference instance methods in a constructor invocation: ${text}`;
  }
  if (
    receiver.kind === 'value' &&
    receiver.isSuper &&
    chosen.kind === 'user' &&
    chosen.method.isAbstract
  ) {
    return `Abstract method cannot be called directly: ${text}`;
  }
  return null;
}

const CUSTOM_DATA: ReadonlySet<string> = new Set(['CustomSetting', 'CustomMetadata']);

function emitCall(
  cx: BodyContext,
  e: CallExpression,
  receiver: Receiver,
  chosen: MethodCandidate,
  args: readonly BoundExpression[],
): BoundExpression {
  const at = nameAt(e);
  const place = { line: at.line, col: at.col };
  const type = chosen.returns;
  const isSuper = receiver.kind === 'value' && receiver.isSuper;
  const object: BoundExpression =
    receiver.kind === 'value'
      ? receiver.value
      : { kind: 'this', type: userType(cx.type), line: e.line, col: e.col };
  if (chosen.kind === 'user') {
    if (chosen.isStatic) return { kind: 'callstatic', method: chosen.method, args, type, ...place };
    return { kind: 'callinstance', object, method: chosen.method, args, isSuper, type, ...place };
  }
  const member = {
    kind: 'library',
    type: chosen.info.owner.name,
    signature: chosen.info.key,
  } as const;
  if (
    receiver.kind === 'type' &&
    receiver.type.kind === 'sobject' &&
    CUSTOM_DATA.has(member.type)
  ) {
    // Custom settings and metadata: the receiver is the object's token
    return {
      kind: 'calllibrary',
      object: objectToken(e, receiver.type.name),
      member,
      args,
      isSuper: false,
      type,
      ...place,
    };
  }
  if (receiver.kind === 'type' && receiver.type.kind === 'user') {
    // `values()` and `valueOf(…)` of a project's enum: the receiver is its class literal
    const of: BoundExpression = {
      kind: 'classliteral',
      of: receiver.type,
      type: libraryNamed('Type'),
      ...place,
    };
    return { kind: 'calllibrary', object: of, member, args, isSuper: false, type, ...place };
  }
  if (chosen.isStatic) return { kind: 'calllibrarystatic', member, args, type, ...place };
  return { kind: 'calllibrary', object, member, args, isSuper, type, ...place };
}

/** `Account.getSObjectType()`, and the receiver of static methods of custom settings and metadata. */
function objectToken(e: CallExpression, object: string): BoundExpression {
  return {
    kind: 'sobjecttype',
    object,
    describe: false,
    type: libraryNamed('Schema.SObjectType'),
    line: e.line,
    col: e.col,
  };
}
