import type {
  AnonymousBlock,
  Block,
  Expression,
  Statement,
  TriggerDeclaration,
} from '../syntax/ast.ts';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.ts';
import type { BodyInfo } from './body-context.ts';
import type {
  BoundAccessor,
  BoundBlock,
  BoundConstructor,
  BoundConstructorChain,
  BoundInit,
  BoundMethod,
  BoundScript,
  BoundStatement,
  BoundType,
} from './bound-tree.ts';
import type { World } from './world.ts';
import { BodyContext } from './body-context.ts';
import { convertAssigned } from './convert.ts';
import { bindConstructorChain } from './constructor-chain.ts';
import { fieldDeclaration, methodDeclaration, typeDeclaration } from './declarations.ts';
import { bindExpression } from './expressions.ts';
import { mayEnd } from './flow.ts';
import { bindBlock, bindStatements } from './statements.ts';
import { typeName } from '../types/type-names.ts';
import { VOID } from '../types/well-known.ts';

/** Binds all code of a type: initialisers, methods, constructors, accessors. */
export function bindType(world: World, symbol: TypeSymbol): BoundType {
  const staticInit: BoundInit[] = [];
  const instanceInit: BoundInit[] = [];
  const declaration = typeDeclaration(symbol);
  const members = declaration?.kind === 'class' ? declaration.members : [];
  for (const member of members) {
    if (member.kind === 'initializer') {
      const cx = new BodyContext(world, bodyOf(symbol, 'initializer', member.isStatic));
      (member.isStatic ? staticInit : instanceInit).push({
        kind: 'block',
        body: bindBlock(cx, member.body),
      });
    } else if (member.kind === 'field' && member.init !== null) {
      const field = symbol.fields.find((it) => fieldDeclaration(it) === member);
      if (field !== undefined)
        (field.isStatic ? staticInit : instanceInit).push(
          bindFieldInit(world, symbol, field, member.init),
        );
    }
  }
  if (declaration?.kind === 'class' && symbol.constructors.length === 0)
    bindConstructorChain(
      new BodyContext(world, bodyOf(symbol, 'constructor', false)),
      [],
      declaration,
    );
  return {
    symbol,
    staticInit,
    instanceInit,
    methods: symbol.methods.map((method) => bindMethod(world, method)),
    constructors: symbol.constructors.map((it) => bindConstructor(world, it)),
    accessors: symbol.fields.flatMap((field) => bindAccessors(world, field)),
  };
}

function bodyOf(type: TypeSymbol, kind: BodyInfo['kind'], isStatic: boolean): BodyInfo {
  return { type, kind, isStatic, returns: VOID, accessorOf: null, triggerObject: null };
}

function bindFieldInit(
  world: World,
  symbol: TypeSymbol,
  field: FieldSymbol,
  init: Expression,
): BoundInit {
  const cx = new BodyContext(world, bodyOf(symbol, 'initializer', field.isStatic));
  const at = fieldDeclaration(field) ?? init;
  return {
    kind: 'field',
    field,
    value: convertAssigned(cx, bindExpression(cx, init), field.type, at),
  };
}

function bindMethod(world: World, symbol: MethodSymbol): BoundMethod {
  const declaration = methodDeclaration(symbol);
  const cx = new BodyContext(world, {
    ...bodyOf(symbol.owner, 'method', symbol.isStatic),
    returns: symbol.returns,
  });
  const params = symbol.params.map((param, i) =>
    cx.declare(declaration?.params[i] ?? NOWHERE, param.name, param.type),
  );
  const source = declaration?.body ?? null;
  if (source === null) return { symbol, params, body: null };
  const body = bindBlock(cx, source);
  if (symbol.returns.kind !== 'void' && symbol.returns.kind !== 'unknown' && mayEnd(body)) {
    cx.problem(
      declaration ?? NOWHERE,
      `Missing return statement required return type: ${typeName(symbol.returns)}`,
    );
  }
  return { symbol, params, body };
}

const NOWHERE = { line: 1, col: 1 };

function bindConstructor(world: World, symbol: MethodSymbol): BoundConstructor {
  const declaration = methodDeclaration(symbol);
  const cx = new BodyContext(world, bodyOf(symbol.owner, 'constructor', false));
  const params = symbol.params.map((param, i) =>
    cx.declare(declaration?.params[i] ?? NOWHERE, param.name, param.type),
  );
  const source: Block = declaration?.body ?? {
    kind: 'block',
    body: [],
    endLine: symbol.line,
    ...NOWHERE,
  };
  const { chain, rest } = bindConstructorChain(cx, source.body, declaration ?? NOWHERE);
  cx.open();
  const body: BoundBlock = {
    kind: 'block',
    body: bindStatements(cx, rest),
    line: source.line,
    col: source.col,
  };
  cx.close();
  return { symbol, params, chain: chain satisfies BoundConstructorChain | null, body };
}

function bindAccessors(world: World, field: FieldSymbol): BoundAccessor[] {
  const declaration = fieldDeclaration(field);
  if (declaration?.kind !== 'property') return [];
  const bound: BoundAccessor[] = [];
  if (declaration.getter?.body) {
    const info = {
      ...bodyOf(field.owner, 'getter' as const, field.isStatic),
      returns: field.type,
      accessorOf: field,
    };
    const cx = new BodyContext(world, info);
    const body = bindBlock(cx, declaration.getter.body);
    if (mayEnd(body))
      cx.problem(
        declaration,
        `Missing return statement required return type: ${typeName(field.type)}`,
      );
    bound.push({ field, which: 'get', value: null, body });
  }
  if (declaration.setter?.body) {
    const info = { ...bodyOf(field.owner, 'setter' as const, field.isStatic), accessorOf: field };
    const cx = new BodyContext(world, info);
    const value = cx.declare(declaration.setter, 'value', field.type);
    bound.push({ field, which: 'set', value, body: bindBlock(cx, declaration.setter.body) });
  }
  return bound;
}

/** Binds a trigger's body or an anonymous block. */
export function bindScript(
  world: World,
  symbol: TypeSymbol,
  unit: TriggerDeclaration | AnonymousBlock,
): BoundScript {
  const object = unit.kind === 'trigger' ? triggerObject(world, symbol, unit) : null;
  const cx = new BodyContext(world, { ...bodyOf(symbol, unit.kind, false), triggerObject: object });
  const body: BoundBlock = {
    kind: 'block',
    body: bindTopLevel(cx, unit.body),
    line: unit.line,
    col: unit.col,
  };
  return { symbol, object, events: unit.kind === 'trigger' ? unit.events : [], body };
}

function bindTopLevel(cx: BodyContext, statements: readonly Statement[]): BoundStatement[] {
  return bindStatements(cx, statements);
}

function triggerObject(world: World, symbol: TypeSymbol, unit: TriggerDeclaration): string {
  const found = world.program.schema.object(unit.object);
  if (found === undefined) {
    world.reporter.problem(symbol.file, unit, `Invalid type: ${unit.object}`);
    return 'SObject';
  }
  const seen = new Set<string>();
  for (const event of unit.events) {
    if (seen.has(event))
      world.reporter.problem(symbol.file, unit, `Duplicate Trigger Usage: ${event}`);
    if (event.toLowerCase() === 'before undelete')
      world.reporter.problem(symbol.file, unit, 'Trigger Usage Before Undelete is not supported');
    seen.add(event);
  }
  return found.name;
}
