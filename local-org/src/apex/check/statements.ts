import type {
  Block,
  Expression,
  LocalVariables,
  ReturnStatement,
  Statement,
  ThrowStatement,
  TryStatement,
} from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundBlock, BoundCatch, BoundExpression, BoundStatement } from './bound-tree.ts';
import { convertAssigned, recordOf } from './convert.ts';
import { bindDml } from './dml.ts';
import { bindCondition, bindExpression, bindValue } from './expressions.ts';
import { leaves } from './flow.ts';
import { bindForEach, bindForLoop } from './loops.ts';
import { resolveType } from './resolve-type.ts';
import { bindSwitch } from './switch.ts';
import { isException } from '../types/hierarchy.ts';
import { sameType, typeName } from '../types/type-names.ts';

/** A block with a scope of its own. */
export function bindBlock(cx: BodyContext, block: Block): BoundBlock {
  cx.open();
  const body = bindStatements(cx, block.body);
  cx.close();
  return { kind: 'block', body, line: block.line, col: block.col };
}

/** Statements one after another in the current scope; what cannot be reached is refused. */
export function bindStatements(
  cx: BodyContext,
  statements: readonly Statement[],
): BoundStatement[] {
  const bound: BoundStatement[] = [];
  let left = false;
  for (const statement of statements) {
    if (left) {
      cx.problem(statement, 'Unreachable statement');
      left = false;
    }
    const added = bindStatement(cx, statement);
    bound.push(...added);
    left = added.some(leaves);
  }
  return bound;
}

/** A statement where only one may stand (`if (x) …`), in a scope of its own. */
export function bindSingle(cx: BodyContext, statement: Statement): BoundStatement {
  if (statement.kind === 'block') return bindBlock(cx, statement);
  cx.open();
  const bound = bindStatement(cx, statement);
  cx.close();
  const [only] = bound;
  if (bound.length === 1 && only !== undefined) return only;
  return { kind: 'block', body: bound, line: statement.line, col: statement.col };
}

function bindStatement(cx: BodyContext, s: Statement): BoundStatement[] {
  const at = { line: s.line, col: s.col };
  switch (s.kind) {
    case 'block':
      return [bindBlock(cx, s)];
    case 'locals':
      return bindLocals(cx, s);
    case 'expr':
      return [{ kind: 'expr', expr: bindEffect(cx, s.expr), ...at }];
    case 'if': {
      const test = bindCondition(cx, s.test);
      const then = bindSingle(cx, s.then);
      return [
        { kind: 'if', test, then, otherwise: s.otherwise && bindSingle(cx, s.otherwise), ...at },
      ];
    }
    case 'while': {
      const test = bindCondition(cx, s.test);
      return [{ kind: 'while', test, body: bindLoopBody(cx, s.body), ...at }];
    }
    case 'dowhile': {
      const body = bindLoopBody(cx, s.body);
      const test = bindCondition(cx, s.test);
      return body === null ? [] : [{ kind: 'dowhile', body, test, ...at }];
    }
    case 'for':
      return [bindForLoop(cx, s)];
    case 'foreach':
      return bindForEach(cx, s);
    case 'return':
      return [bindReturn(cx, s)];
    case 'throw':
      return [bindThrow(cx, s)];
    case 'break':
      if (cx.loops === 0) cx.problem(s, 'Break statement must be in loop');
      return [{ kind: 'break', ...at }];
    case 'continue':
      if (cx.loops === 0) cx.problem(s, 'Continue statement must be in loop');
      return [{ kind: 'continue', ...at }];
    case 'try':
      return [bindTry(cx, s)];
    case 'switch':
      return [bindSwitch(cx, s)];
    case 'dml':
      return [bindDml(cx, s)];
    case 'runas': {
      const [user, ...more] = s.args.map((arg) => recordOf(cx, bindValue(cx, arg)));
      const fits = user !== undefined && more.length === 0 && isRunAs(user.type);
      if (!fits) cx.problem(s, "runAs requires a single argument of type 'User' or 'Version'");
      return [{ kind: 'runas', user: user ?? cx.broken(s), body: bindBlock(cx, s.body), ...at }];
    }
    default:
      return s satisfies never;
  }
}

function isRunAs(type: ApexType): boolean {
  if (type.kind === 'unknown') return true;
  if (type.kind === 'sobject') return type.name === 'User' || type.name === 'Name';
  return type.kind === 'library' && (type.name === 'Version' || type.name === 'Package.Version');
}

/** The body of a loop, in which `break` and `continue` may stand. */
export function bindLoopBody(cx: BodyContext, body: Statement | null): BoundStatement | null {
  if (body === null) return null;
  cx.loops++;
  const bound = bindSingle(cx, body);
  cx.loops--;
  return bound;
}

/** Declares the variables of a statement. */
export function bindLocals(cx: BodyContext, s: LocalVariables): BoundStatement[] {
  const type = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    s.type,
  );
  if (type.kind === 'void') cx.problem(s, 'Variables cannot be of type void');
  const isFinal = s.modifiers.includes('final');
  return s.variables.map((variable) => {
    // The initialiser cannot see the variable
    const init =
      variable.init && convertAssigned(cx, bindExpression(cx, variable.init), type, variable);
    const local = cx.declare(variable, variable.name, type, isFinal, init !== null);
    return { kind: 'local', local, init, line: variable.line, col: variable.col };
  });
}

/** An expression for its effect. */
export function bindEffect(cx: BodyContext, e: Expression): BoundExpression {
  switch (e.kind) {
    case 'assign':
    case 'call':
    case 'new':
    case 'postfix':
      return bindExpression(cx, e);
    case 'unary':
      if (e.op === '++' || e.op === '--') return bindExpression(cx, e);
      break;
    default:
      break;
  }
  return cx.failed(e, 'Expression cannot be a statement.');
}

function bindReturn(cx: BodyContext, s: ReturnStatement): BoundStatement {
  const at = { line: s.line, col: s.col };
  const { kind, returns } = cx.info;
  if (s.value === null) {
    if (returns.kind !== 'void' && returns.kind !== 'unknown') {
      cx.problem(s, `Missing return statement required return type: ${typeName(returns)}`);
    }
    return { kind: 'return', value: null, ...at };
  }
  const value = bindExpression(cx, s.value);
  switch (kind) {
    case 'constructor':
      cx.problem(s, 'Constructors must not return a value');
      return { kind: 'return', value: null, ...at };
    case 'trigger':
      cx.problem(s, 'Trigger bodies must not return a value');
      return { kind: 'return', value: null, ...at };
    case 'initializer':
      cx.problem(s, 'Return must be called from a method');
      return { kind: 'return', value: null, ...at };
    default:
      break;
  }
  if (returns.kind === 'void') {
    cx.problem(s, 'Void method must not return a value');
    return { kind: 'return', value: null, ...at };
  }
  return { kind: 'return', value: convertAssigned(cx, value, returns, s), ...at };
}

function bindThrow(cx: BodyContext, s: ThrowStatement): BoundStatement {
  const value = bindValue(cx, s.value);
  const { type } = value;
  if (type.kind !== 'unknown' && type.kind !== 'null' && !isException(cx.program, type)) {
    cx.problem(s, `Throw expression must be of type exception: ${typeName(type)}`);
  }
  return { kind: 'throw', value, line: s.line, col: s.col };
}

function bindTry(cx: BodyContext, s: TryStatement): BoundStatement {
  const body = bindBlock(cx, s.body);
  const caught: ApexType[] = [];
  const catches = s.catches.map((it): BoundCatch => {
    const type = resolveType(
      { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
      it.type,
    );
    if (type.kind !== 'unknown' && !isException(cx.program, type)) {
      cx.problem(it.type, `Catch block variable must be of type exception: ${typeName(type)}`);
    }
    if (caught.some((other) => sameType(other, type)))
      cx.problem(it.type, `Exception type already caught: ${typeName(type)}`);
    caught.push(type);
    cx.open();
    const local = cx.declare(it, it.name, type);
    const handler = bindBlock(cx, it.body);
    cx.close();
    return { type, local, body: handler, line: it.line, col: it.col };
  });
  const finallyBody = s.finallyBody && bindBlock(cx, s.finallyBody);
  if (catches.length === 0 && finallyBody === null) {
    cx.problem(s, 'Try block must have at least one catch block or a finally block');
  }
  return { kind: 'try', body, catches, finallyBody, line: s.line, col: s.col };
}
