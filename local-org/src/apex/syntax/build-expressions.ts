import {
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  ArrayExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  BoundExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  PrimaryExpressionContext,
  SoqlPrimaryContext,
  SoslPrimaryContext,
  SubExpressionContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
  VoidPrimaryContext,
} from '@apexdevtools/apex-parser';
import type * as G from '@apexdevtools/apex-parser';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { ParserRuleContext, ParseTree } from './antlr-types.ts';
import type {
  AssignExpression,
  BinaryOperator,
  Expression,
  NewExpression,
  PostfixExpression,
  QueryBind,
  SoqlExpression,
  SoslExpression,
  TypeRef,
  UnaryExpression,
} from './ast.ts';
import { literal } from './literals.ts';
import { optional, position, typeList, typeRef } from './tree-builder.ts';
import type { SourceText } from './tree-builder.ts';

/** Any expression of the grammar to ours. Parentheses leave no node: the tree's shape already says what they said. */
export function expression(ctx: G.ExpressionContext, text: SourceText): Expression {
  if (ctx instanceof PrimaryExpressionContext) return primary(ctx.primary(), text);
  if (ctx instanceof DotExpressionContext) return dot(ctx, text);
  if (ctx instanceof MethodCallExpressionContext) return plainCall(ctx.methodCall(), text);
  if (ctx instanceof NewExpressionContext) return creation(ctx, text);
  if (ctx instanceof SubExpressionContext) return expression(ctx.expression(), text);
  if (ctx instanceof AssignExpressionContext) {
    return {
      kind: 'assign',
      ...position(ctx),
      op: ctx.getChild(1).getText() as AssignExpression['op'],
      target: expression(ctx.expression(0), text),
      value: expression(ctx.expression(1), text),
    };
  }
  if (isBinary(ctx)) {
    let op = '';
    for (let i = 1; i < ctx.getChildCount() - 1; i++) op += ctx.getChild(i).getText();
    return {
      kind: 'binary',
      ...position(ctx),
      op: op as BinaryOperator,
      left: expression(ctx.expression(0), text),
      right: expression(ctx.expression(1), text),
    };
  }
  if (ctx instanceof ArrayExpressionContext) {
    return {
      kind: 'index',
      ...position(ctx),
      object: expression(ctx.expression(0), text),
      index: expression(ctx.expression(1), text),
    };
  }
  if (ctx instanceof CastExpressionContext) {
    return {
      kind: 'cast',
      ...position(ctx),
      type: typeRef(ctx.typeRef()),
      value: expression(ctx.expression(), text),
    };
  }
  if (ctx instanceof CondExpressionContext) {
    return {
      kind: 'ternary',
      ...position(ctx),
      test: expression(ctx.expression(0), text),
      then: expression(ctx.expression(1), text),
      otherwise: expression(ctx.expression(2), text),
    };
  }
  if (ctx instanceof PostOpExpressionContext) {
    return {
      kind: 'postfix',
      ...position(ctx),
      op: ctx.getChild(1).getText() as PostfixExpression['op'],
      operand: expression(ctx.expression(), text),
    };
  }
  if (ctx instanceof PreOpExpressionContext || ctx instanceof NegExpressionContext) {
    return {
      kind: 'unary',
      ...position(ctx),
      op: ctx.getChild(0).getText() as UnaryExpression['op'],
      operand: expression(ctx.expression(), text),
    };
  }
  if (ctx instanceof InstanceOfExpressionContext) {
    return {
      kind: 'instanceof',
      ...position(ctx),
      value: expression(ctx.expression(), text),
      type: typeRef(ctx.typeRef()),
    };
  }
  throw notBuilt(ctx);
}

type BinaryContext =
  | Arth1ExpressionContext
  | Arth2ExpressionContext
  | BitExpressionContext
  | CmpExpressionContext
  | EqualityExpressionContext
  | BitAndExpressionContext
  | BitNotExpressionContext
  | BitOrExpressionContext
  | LogAndExpressionContext
  | LogOrExpressionContext
  | CoalExpressionContext;

function isBinary(ctx: G.ExpressionContext): ctx is BinaryContext {
  return (
    ctx instanceof Arth2ExpressionContext ||
    ctx instanceof EqualityExpressionContext ||
    ctx instanceof LogAndExpressionContext ||
    ctx instanceof CmpExpressionContext ||
    ctx instanceof LogOrExpressionContext ||
    ctx instanceof Arth1ExpressionContext ||
    ctx instanceof CoalExpressionContext ||
    ctx instanceof BitExpressionContext ||
    ctx instanceof BitAndExpressionContext ||
    ctx instanceof BitOrExpressionContext ||
    ctx instanceof BitNotExpressionContext
  );
}

function notBuilt(ctx: ParserRuleContext): Error {
  return raise(
    Diagnostics.APEX_SYNTAX_NOT_IMPLEMENTED,
    [ctx.constructor.name.replace(/Context$/, '')],
    {
      line: ctx.start.line,
      column: ctx.start.column + 1,
    },
  );
}

function primary(ctx: G.PrimaryContext, text: SourceText): Expression {
  const at = position(ctx);
  if (ctx instanceof IdPrimaryContext) return { kind: 'name', ...at, name: ctx.getText() };
  if (ctx instanceof LiteralPrimaryContext) {
    const built = literal(ctx.literal(), text);
    if (built !== null) return built;
  }
  if (ctx instanceof ThisPrimaryContext) return { kind: 'this', ...at };
  if (ctx instanceof SuperPrimaryContext) return { kind: 'super', ...at };
  if (ctx instanceof SoqlPrimaryContext) return query('soql', ctx.soqlLiteral(), text);
  if (ctx instanceof SoslPrimaryContext) return query('sosl', ctx.soslLiteral(), text);
  if (ctx instanceof TypeRefPrimaryContext)
    return { kind: 'classliteral', ...at, type: typeRef(ctx.typeRef()) };
  if (ctx instanceof VoidPrimaryContext) {
    return {
      kind: 'classliteral',
      ...at,
      type: { ...at, names: [{ name: 'void', args: [] }], arrayDepth: 0 },
    };
  }
  throw notBuilt(ctx);
}

function dot(ctx: DotExpressionContext, text: SourceText): Expression {
  const object = expression(ctx.expression(), text);
  const safe = optional(ctx.QUESTIONDOT()) !== null;
  const call = optional(ctx.dotMethodCall());
  const id = call === null ? ctx.anyId() : call.anyId();
  const name = { name: id.getText(), nameLine: id.start.line, nameCol: id.start.column + 1 };
  if (call === null) return { kind: 'field', ...position(ctx), object, ...name, safe };
  return {
    kind: 'call',
    ...position(ctx),
    object,
    ...name,
    args: expressions(optional(call.expressionList()), text),
    safe,
  };
}

function plainCall(ctx: G.MethodCallContext, text: SourceText): Expression {
  const at = position(ctx);
  const id = optional(ctx.id());
  return {
    kind: 'call',
    ...at,
    object: null,
    name: id === null ? ctx.start.text.toLowerCase() : id.getText(),
    args: expressions(optional(ctx.expressionList()), text),
    safe: false,
    nameLine: at.line,
    nameCol: at.col,
  };
}

/** The expressions of a comma-separated list; empty when the list is absent. */
export function expressions(ctx: G.ExpressionListContext | null, text: SourceText): Expression[] {
  return ctx === null ? [] : ctx.expression_list().map((item) => expression(item, text));
}

function creation(ctx: NewExpressionContext, text: SourceText): NewExpression {
  const creator = ctx.creator();
  const created = creator.createdName();
  const names = created.idCreatedNamePair_list().map((part) => {
    const args = optional(part.typeList());
    return { name: part.anyId().getText(), args: args === null ? [] : typeList(args) };
  });
  const type: TypeRef = { ...position(created), names, arrayDepth: 0 };
  const build = (init: NewExpression['init'], built: TypeRef = type): NewExpression => ({
    kind: 'new',
    ...position(ctx),
    type: built,
    init,
  });

  const classRest = optional(creator.classCreatorRest());
  if (classRest !== null)
    return build({
      kind: 'args',
      args: expressions(optional(classRest.arguments().expressionList()), text),
    });
  const pairs = optional(creator.mapCreatorRest());
  if (pairs !== null) {
    return build({
      kind: 'pairs',
      pairs: pairs.mapCreatorRestPair_list().map((pair) => ({
        key: expression(pair.expression(0), text),
        value: expression(pair.expression(1), text),
      })),
    });
  }
  const elements = optional(creator.setCreatorRest());
  if (elements !== null) {
    return build({
      kind: 'elements',
      elements: elements.expression_list().map((item) => expression(item, text)),
    });
  }
  const array = optional(creator.arrayCreatorRest());
  if (array !== null) {
    const arrayType: TypeRef = { ...type, arrayDepth: 1 };
    const size = optional(array.expression());
    if (size !== null) return build({ kind: 'size', size: expression(size, text) }, arrayType);
    const items = optional(array.arrayInitializer());
    return build(
      {
        kind: 'elements',
        elements:
          items === null ? [] : items.expression_list().map((item) => expression(item, text)),
      },
      arrayType,
    );
  }
  // `new Map<K, V>{}` and `new List<X>{}`: nothing between the braces tells them apart, only the name does.
  const last = names[names.length - 1];
  return build(
    last?.name.toLowerCase() === 'map'
      ? { kind: 'pairs', pairs: [] }
      : { kind: 'elements', elements: [] },
  );
}

/** `[SELECT …]` and `[FIND …]`: the text between the brackets with the binds found in it. */
function query<K extends 'soql' | 'sosl'>(
  kind: K,
  ctx: ParserRuleContext,
  text: SourceText,
): Extract<SoqlExpression | SoslExpression, { kind: K }>;
function query(
  kind: 'soql' | 'sosl',
  ctx: ParserRuleContext,
  text: SourceText,
): SoqlExpression | SoslExpression {
  const first = ctx.start.start + 1;
  const last = (ctx.stop ?? ctx.start).stop;
  const binds: QueryBind[] = [];
  for (const bound of boundExpressions(ctx, [])) {
    binds.push({
      start: text.slice(first, bound.start.start).length,
      end: text.slice(first, (bound.stop ?? bound.start).stop + 1).length,
      expr: expression(bound.expression(), text),
    });
  }
  const at = position(ctx);
  return {
    kind,
    ...at,
    text: text.slice(first, last),
    textLine: at.line,
    textCol: at.col + 1,
    binds,
  };
}

function boundExpressions(
  tree: ParseTree,
  found: BoundExpressionContext[],
): BoundExpressionContext[] {
  if (tree instanceof BoundExpressionContext) {
    found.push(tree);
    return found;
  }
  const children = (tree as Partial<ParserRuleContext>).children;
  for (const child of children ?? []) boundExpressions(child, found);
  return found;
}
