import type { CallExpression, Node, Statement } from '../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundConstructorChain, BoundExpression, ConstructorRef } from './bound-tree.ts';
import type { ApexType } from '../types/type.ts';
import {
  constructorText,
  findConstructor,
  findLibraryConstructor,
  superLibraryConstructor,
} from './construct.ts';
import { bindValue } from './expressions.ts';
import { convertArguments } from './overloads.ts';
import { typeName } from '../types/type-names.ts';
import { isException } from '../types/hierarchy.ts';

/** The explicit `this(…)` or `super(…)` that starts a constructor, or the implicit call; and the statements after it. */
export function bindConstructorChain(
  cx: BodyContext,
  statements: readonly Statement[],
  at: Node,
): { readonly chain: BoundConstructorChain | null; readonly rest: readonly Statement[] } {
  const [first, ...rest] = statements;
  const call = first === undefined ? null : chainCall(first);
  if (call === null) return { chain: implicitSuper(cx, at), rest: statements };
  cx.inConstructorCall = true;
  const args = call.args.map((arg) => bindValue(cx, arg));
  cx.inConstructorCall = false;
  const target = call.name.toLowerCase() === 'this' ? 'this' : 'super';
  return { chain: bindChain(cx, call, target, args), rest };
}

function chainCall(s: Statement): CallExpression | null {
  if (s.kind !== 'expr' || s.expr.kind !== 'call' || s.expr.object !== null) return null;
  const name = s.expr.name.toLowerCase();
  return name === 'this' || name === 'super' ? s.expr : null;
}

function bindChain(
  cx: BodyContext,
  at: Node,
  target: 'this' | 'super',
  args: readonly BoundExpression[],
): BoundConstructorChain | null {
  const found = target === 'this' ? findConstructor(cx, cx.type, args) : findSuper(cx, args);
  if (found === null) {
    if (args.some((arg) => arg.type.kind === 'unknown')) return null;
    const { superType } = cx.type;
    if (target === 'super' && superType === null) {
      if (args.length > 0) cx.problem(at, `No super type defined: ${cx.type.name}`);
      return null;
    }
    const name = target === 'this' || superType === null ? cx.type.name : typeName(superType);
    cx.problem(at, `Constructor not defined: ${constructorText(name, args)}`);
    return null;
  }
  return {
    target,
    constructor: found.ref,
    args: convertArguments(cx, args, found.params),
    line: at.line,
    col: at.col,
  };
}

function findSuper(
  cx: BodyContext,
  args: readonly BoundExpression[],
): { readonly ref: ConstructorRef; readonly params: readonly ApexType[] } | null {
  const { superType } = cx.type;
  if (superType?.kind === 'user') return findConstructor(cx, superType.symbol, args);
  if (superType?.kind !== 'library') return null;
  if (isException(cx.program, superType)) {
    const ref = superLibraryConstructor(cx, cx.type, args);
    return ref && { ref, params: args.map((arg) => arg.type) };
  }
  const found = findLibraryConstructor(cx, superType, args);
  // Abstract library classes show no constructor in the signature data
  if (found === 'none')
    return args.length > 0
      ? null
      : { ref: { kind: 'library', type: superType.name, signature: '<init>()' }, params: [] };
  return found;
}

function implicitSuper(cx: BodyContext, at: Node): BoundConstructorChain | null {
  const { superType } = cx.type;
  if (superType === null || superType.kind === 'unknown') return null;
  const found = findSuper(cx, []);
  if (found === null) {
    cx.problem(at, `No default constructor available in super type: ${typeName(superType)}`);
    return null;
  }
  return { target: 'super', constructor: found.ref, args: [], line: at.line, col: at.col };
}
