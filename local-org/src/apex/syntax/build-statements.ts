import type * as G from '@apexdevtools/apex-parser';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type {
  Block,
  DmlStatement,
  Expression,
  LocalVariables,
  Modifier,
  Statement,
  SwitchCase,
  SwitchStatement,
} from './ast.ts';
import { expression, expressions } from './build-expressions.ts';
import { literal } from './literals.ts';
import { endLine, optional, position, qualifiedTypeRef, typeRef } from './tree-builder.ts';
import type { SourceText } from './tree-builder.ts';

/** `{ … }` */
export function block(ctx: G.BlockContext, text: SourceText): Block {
  return {
    kind: 'block',
    ...position(ctx),
    body: ctx.statement_list().map((item) => statement(item, text)),
    endLine: endLine(ctx),
  };
}

/** Any statement of the grammar to ours. */
export function statement(ctx: G.StatementContext, text: SourceText): Statement {
  const at = position(ctx);
  return (
    simpleStatement(ctx, text) ??
    loop(ctx, text) ??
    jump(ctx, text) ??
    dml(ctx, text) ??
    unknownStatement(at.line, at.col)
  );
}

function unknownStatement(line: number, column: number): never {
  throw raise(Diagnostics.APEX_SYNTAX_NOT_IMPLEMENTED, ['statement'], { line, column });
}

function simpleStatement(ctx: G.StatementContext, text: SourceText): Statement | null {
  const expr = optional(ctx.expressionStatement());
  if (expr !== null) {
    const built = expression(expr.expression(), text);
    if (!canBeStatement(built)) text.problem(position(expr), 'Expression cannot be a statement.');
    return { kind: 'expr', ...position(expr), expr: built };
  }
  const local = optional(ctx.localVariableDeclarationStatement());
  if (local !== null) return localVariables(local.localVariableDeclaration(), text);
  const branch = optional(ctx.ifStatement());
  if (branch !== null) {
    const otherwise = optional(branch.statement(1));
    return {
      kind: 'if',
      ...position(branch),
      test: expression(branch.parExpression().expression(), text),
      then: statement(branch.statement(0), text),
      otherwise: otherwise === null ? null : statement(otherwise, text),
    };
  }
  const nested = optional(ctx.block());
  if (nested !== null) return block(nested, text);
  const tried = optional(ctx.tryStatement());
  if (tried !== null) return tryStatement(tried, text);
  const switched = optional(ctx.switchStatement());
  if (switched !== null) return switchStatement(switched, text);
  const runAs = optional(ctx.runAsStatement());
  if (runAs !== null) {
    return {
      kind: 'runas',
      ...position(runAs),
      args: expressions(optional(runAs.expressionList()), text),
      body: block(runAs.block(), text),
    };
  }
  return null;
}

/** Only what has an effect may stand alone (the platform refuses `a;` and `1 + 2;`). */
function canBeStatement(expr: Expression): boolean {
  switch (expr.kind) {
    case 'assign':
    case 'call':
    case 'new':
    case 'postfix':
      return true;
    case 'unary':
      return expr.op === '++' || expr.op === '--';
    default:
      return false;
  }
}

/** `Integer a, b = 2` in a statement or in the head of a for. */
export function localVariables(
  ctx: G.LocalVariableDeclarationContext,
  text: SourceText,
): LocalVariables {
  const modifiers: Modifier[] = [];
  for (const modifier of ctx.modifier_list()) {
    if (optional(modifier.annotation()) === null)
      modifiers.push(modifier.getText().toLowerCase() as Modifier);
  }
  return {
    kind: 'locals',
    ...position(ctx),
    type: typeRef(ctx.typeRef()),
    modifiers,
    variables: ctx
      .variableDeclarators()
      .variableDeclarator_list()
      .map((item) => {
        const init = optional(item.expression());
        return {
          ...position(item),
          name: item.id().getText(),
          init: init === null ? null : expression(init, text),
        };
      }),
  };
}

function loop(ctx: G.StatementContext, text: SourceText): Statement | null {
  const body = (inner: G.StatementContext): Statement | null =>
    optional(inner) === null ? null : statement(inner, text);
  const forLoop = optional(ctx.forStatement());
  if (forLoop !== null) {
    const control = forLoop.forControl();
    const each = optional(control.enhancedForControl());
    if (each !== null) {
      return {
        kind: 'foreach',
        ...position(forLoop),
        type: typeRef(each.typeRef()),
        name: each.id().getText(),
        iterable: expression(each.expression(), text),
        body: body(forLoop.statement()),
      };
    }
    const init = optional(control.forInit());
    const declared = init === null ? null : optional(init.localVariableDeclaration());
    const test = optional(control.expression());
    const update = optional(control.forUpdate());
    return {
      kind: 'for',
      ...position(forLoop),
      init:
        init === null
          ? null
          : declared === null
            ? expressions(optional(init.expressionList()), text)
            : localVariables(declared, text),
      test: test === null ? null : expression(test, text),
      update: update === null ? [] : expressions(optional(update.expressionList()), text),
      body: body(forLoop.statement()),
    };
  }
  const whileLoop = optional(ctx.whileStatement());
  if (whileLoop !== null) {
    return {
      kind: 'while',
      ...position(whileLoop),
      test: expression(whileLoop.parExpression().expression(), text),
      body: body(whileLoop.statement()),
    };
  }
  const doLoop = optional(ctx.doWhileStatement());
  if (doLoop !== null) {
    return {
      kind: 'dowhile',
      ...position(doLoop),
      body: block(doLoop.block(), text),
      test: expression(doLoop.parExpression().expression(), text),
    };
  }
  return null;
}

function jump(ctx: G.StatementContext, text: SourceText): Statement | null {
  const returned = optional(ctx.returnStatement());
  if (returned !== null) {
    const value = optional(returned.expression());
    return {
      kind: 'return',
      ...position(returned),
      value: value === null ? null : expression(value, text),
    };
  }
  const thrown = optional(ctx.throwStatement());
  if (thrown !== null)
    return { kind: 'throw', ...position(thrown), value: expression(thrown.expression(), text) };
  const broken = optional(ctx.breakStatement());
  if (broken !== null) return { kind: 'break', ...position(broken) };
  const continued = optional(ctx.continueStatement());
  if (continued !== null) return { kind: 'continue', ...position(continued) };
  return null;
}

function tryStatement(ctx: G.TryStatementContext, text: SourceText): Statement {
  const last = optional(ctx.finallyBlock());
  return {
    kind: 'try',
    ...position(ctx),
    body: block(ctx.block(), text),
    catches: ctx.catchClause_list().map((item) => ({
      ...position(item),
      type: qualifiedTypeRef(item.qualifiedName()),
      name: item.id().getText(),
      body: block(item.block(), text),
    })),
    finallyBody: last === null ? null : block(last.block(), text),
  };
}

function switchStatement(ctx: G.SwitchStatementContext, text: SourceText): SwitchStatement {
  const cases: SwitchCase[] = [];
  let otherwise: Block | null = null;
  for (const control of ctx.whenControl_list()) {
    const value = control.whenValue();
    const body = block(control.block(), text);
    if (otherwise !== null)
      text.problem(
        position(control),
        'When else block must be the last block in the switch statement',
      );
    const type = optional(value.typeRef());
    if (optional(value.ELSE()) !== null) otherwise = body;
    else if (type !== null) {
      cases.push({
        ...position(control),
        when: { type: typeRef(type), name: value.id().getText() },
        body,
      });
    } else {
      cases.push({
        ...position(control),
        when: value.whenLiteral_list().map((item) => whenLiteral(item, text)),
        body,
      });
    }
  }
  return {
    kind: 'switch',
    ...position(ctx),
    value: expression(ctx.expression(), text),
    cases,
    otherwise,
  };
}

function whenLiteral(ctx: G.WhenLiteralContext, text: SourceText): Expression {
  const nested = optional(ctx.whenLiteral());
  if (nested !== null) return whenLiteral(nested, text);
  const value = literal(ctx, text);
  if (value !== null) {
    const negative = ctx.SUB_list().length % 2 === 1;
    return negative ? { kind: 'unary', ...position(ctx), op: '-', operand: value } : value;
  }
  return path(ctx.qualifiedName());
}

/** `a.b.c` as an expression. */
function path(ctx: G.QualifiedNameContext): Expression {
  const [first, ...rest] = ctx.id_list();
  let built: Expression = { kind: 'name', ...position(ctx), name: first?.getText() ?? '' };
  for (const id of rest) {
    built = {
      kind: 'field',
      ...position(ctx),
      object: built,
      name: id.getText(),
      safe: false,
      nameLine: id.start.line,
      nameCol: id.start.column + 1,
    };
  }
  return built;
}

function dml(ctx: G.StatementContext, text: SourceText): DmlStatement | null {
  const access = (level: G.AccessLevelContext): DmlStatement['access'] =>
    optional(level) === null ? null : optional(level.USER()) !== null ? 'user' : 'system';
  const merged = optional(ctx.mergeStatement());
  if (merged !== null) {
    return {
      kind: 'dml',
      ...position(merged),
      op: 'merge',
      access: access(merged.accessLevel()),
      target: expression(merged.expression(0), text),
      argument: expression(merged.expression(1), text),
    };
  }
  const upserted = optional(ctx.upsertStatement());
  if (upserted !== null) {
    const key = optional(upserted.qualifiedName());
    return {
      kind: 'dml',
      ...position(upserted),
      op: 'upsert',
      access: access(upserted.accessLevel()),
      target: expression(upserted.expression(), text),
      argument: key === null ? null : path(key),
    };
  }
  const simple = (op: DmlStatement['op'], inner: SimpleDml | null): DmlStatement | null =>
    inner === null
      ? null
      : {
          kind: 'dml',
          ...position(inner),
          op,
          access: access(inner.accessLevel()),
          target: expression(inner.expression(), text),
          argument: null,
        };
  return (
    simple('insert', optional(ctx.insertStatement())) ??
    simple('update', optional(ctx.updateStatement())) ??
    simple('delete', optional(ctx.deleteStatement())) ??
    simple('undelete', optional(ctx.undeleteStatement()))
  );
}

type SimpleDml =
  | G.InsertStatementContext
  | G.UpdateStatementContext
  | G.DeleteStatementContext
  | G.UndeleteStatementContext;
