import type * as G from '@apexdevtools/apex-parser';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { ParserRuleContext } from './antlr-types.ts';
import type {
  Accessor,
  Annotation,
  AnonymousBlock,
  ClassDeclaration,
  EnumDeclaration,
  FieldDeclaration,
  InterfaceDeclaration,
  Member,
  MethodDeclaration,
  Modifier,
  Parameter,
  PropertyDeclaration,
  Statement,
  TriggerDeclaration,
  TriggerEvent,
  TypeDeclaration,
} from './ast.ts';
import { expression } from './build-expressions.ts';
import { block, statement } from './build-statements.ts';
import { literal } from './literals.ts';
import { endLine, optional, position, typeList, typeRef } from './tree-builder.ts';
import type { SourceText } from './tree-builder.ts';

interface Marks {
  readonly modifiers: readonly Modifier[];
  readonly annotations: readonly Annotation[];
}

/** The type a class file declares. */
export function compilationUnit(ctx: G.CompilationUnitContext, text: SourceText): TypeDeclaration {
  const declared = ctx.typeDeclaration();
  const marks = marksOf(declared.modifier_list(), text);
  const built = typeDeclaration(declared, marks, text);
  if (built === null) throw raise(Diagnostics.APEX_SYNTAX_NOT_IMPLEMENTED, ['type declaration']);
  return built;
}

/** What a trigger file declares. */
export function triggerUnit(ctx: G.TriggerUnitContext, text: SourceText): TriggerDeclaration {
  const { members, body } = mixedBody(
    ctx.triggerBlock().triggerBlockMember_list(),
    (item) => item.triggerMemberDeclaration(),
    text,
  );
  return {
    kind: 'trigger',
    ...position(ctx.id(0)),
    name: ctx.id(0).getText(),
    object: ctx.id(1).getText(),
    events: ctx.triggerCase_list().map((item) => {
      const when = optional(item.BEFORE()) !== null ? 'before' : 'after';
      const operation =
        optional(item.INSERT()) ??
        optional(item.UPDATE()) ??
        optional(item.DELETE()) ??
        item.UNDELETE();
      return `${when} ${operation.getText().toLowerCase()}` as TriggerEvent;
    }),
    annotations: [],
    body,
    members,
    endLine: endLine(ctx.triggerBlock()),
  };
}

/** Anonymous Apex. */
export function anonymousUnit(ctx: G.AnonymousUnitContext, text: SourceText): AnonymousBlock {
  const items = ctx.anonymousBlock().anonymousBlockMember_list();
  const { members, body } = mixedBody(items, (item) => item.anonymousMemberDeclaration(), text);
  return { kind: 'anonymous', line: 1, col: 1, members, body };
}

interface MixedItem {
  statement(): G.StatementContext;
  modifier_list(): G.ModifierContext[];
}

/** Statements and members among each other; what the grammar reads as a field here is a local variable of the script. */
function mixedBody<T extends MixedItem>(
  items: readonly T[],
  declared: (item: T) => G.TriggerMemberDeclarationContext | G.AnonymousMemberDeclarationContext,
  text: SourceText,
): { members: Member[]; body: Statement[] } {
  const members: Member[] = [];
  const body: Statement[] = [];
  for (const item of items) {
    const inner = optional(declared(item));
    if (inner === null) {
      body.push(statement(item.statement(), text));
      continue;
    }
    const marks = marksOf(item.modifier_list(), text);
    const field = optional(inner.fieldDeclaration());
    if (field === null) {
      members.push(...memberDeclaration(inner, marks, text));
      continue;
    }
    body.push({
      kind: 'locals',
      ...position(field),
      type: typeRef(field.typeRef()),
      modifiers: marks.modifiers,
      variables: variables(field.variableDeclarators(), text),
    });
  }
  return { members, body };
}

interface TypeHolder {
  classDeclaration(): G.ClassDeclarationContext;
  interfaceDeclaration(): G.InterfaceDeclarationContext;
  enumDeclaration(): G.EnumDeclarationContext;
}

function typeDeclaration(ctx: TypeHolder, marks: Marks, text: SourceText): TypeDeclaration | null {
  const asClass = optional(ctx.classDeclaration());
  if (asClass !== null) return classDeclaration(asClass, marks, text);
  const asInterface = optional(ctx.interfaceDeclaration());
  if (asInterface !== null) return interfaceDeclaration(asInterface, marks, text);
  const asEnum = optional(ctx.enumDeclaration());
  return asEnum === null ? null : enumDeclaration(asEnum, marks);
}

function classDeclaration(
  ctx: G.ClassDeclarationContext,
  marks: Marks,
  text: SourceText,
): ClassDeclaration {
  const superType = optional(ctx.typeRef());
  const interfaces = optional(ctx.typeList());
  const members: Member[] = [];
  for (const item of ctx.classBody().classBodyDeclaration_list()) {
    const initializer = optional(item.block());
    const declared = optional(item.memberDeclaration());
    if (initializer !== null) {
      members.push({
        kind: 'initializer',
        ...position(item),
        isStatic: optional(item.STATIC()) !== null,
        body: block(initializer, text),
      });
    } else if (declared !== null) {
      members.push(...memberDeclaration(declared, marksOf(item.modifier_list(), text), text));
    }
  }
  return {
    kind: 'class',
    ...named(ctx.id(), ctx),
    ...marks,
    typeParams: [],
    superType: superType === null ? null : typeRef(superType),
    interfaces: interfaces === null ? [] : typeList(interfaces),
    members,
  };
}

function interfaceDeclaration(
  ctx: G.InterfaceDeclarationContext,
  marks: Marks,
  text: SourceText,
): InterfaceDeclaration {
  const supers = optional(ctx.typeList());
  return {
    kind: 'interface',
    ...named(ctx.id(), ctx),
    ...marks,
    typeParams: [],
    superTypes: supers === null ? [] : typeList(supers),
    methods: ctx
      .interfaceBody()
      .interfaceMethodDeclaration_list()
      .map((item) => method(item, null, marksOf(item.modifier_list(), text), text)),
  };
}

function enumDeclaration(ctx: G.EnumDeclarationContext, marks: Marks): EnumDeclaration {
  const constants = optional(ctx.enumConstants());
  return {
    kind: 'enum',
    ...named(ctx.id(), ctx),
    ...marks,
    values:
      constants === null
        ? []
        : constants.id_list().map((id) => ({ ...position(id), name: id.getText() })),
  };
}

function named(
  id: G.IdContext,
  whole: ParserRuleContext,
): { line: number; col: number; name: string; endLine: number } {
  return { ...position(id), name: id.getText(), endLine: endLine(whole) };
}

type AnyMemberContext =
  | G.MemberDeclarationContext
  | G.TriggerMemberDeclarationContext
  | G.AnonymousMemberDeclarationContext;

/** One member; a field declaration with several variables becomes several. */
function memberDeclaration(ctx: AnyMemberContext, marks: Marks, text: SourceText): Member[] {
  const field = optional(ctx.fieldDeclaration());
  if (field !== null) return fields(field, marks, text);
  const asMethod = optional(ctx.methodDeclaration());
  if (asMethod !== null) return [method(asMethod, optional(asMethod.block()), marks, text)];
  const asProperty = optional(ctx.propertyDeclaration());
  if (asProperty !== null) return [property(asProperty, marks, text)];
  const asType = typeDeclaration(ctx, marks, text);
  if (asType !== null) return [asType];
  const asConstructor =
    'constructorDeclaration' in ctx ? optional(ctx.constructorDeclaration()) : null;
  if (asConstructor === null)
    throw raise(Diagnostics.APEX_SYNTAX_NOT_IMPLEMENTED, ['member declaration'], {
      line: ctx.start.line,
    });
  const name = asConstructor.qualifiedName();
  return [
    {
      kind: 'constructor',
      ...position(name),
      name: name.getText(),
      endLine: endLine(asConstructor),
      ...marks,
      params: parameters(asConstructor.formalParameters(), text),
      body: block(asConstructor.block(), text),
    },
  ];
}

function fields(
  ctx: G.FieldDeclarationContext,
  marks: Marks,
  text: SourceText,
): FieldDeclaration[] {
  const type = typeRef(ctx.typeRef());
  return variables(ctx.variableDeclarators(), text).map((variable) => ({
    kind: 'field',
    ...variable,
    ...marks,
    type,
    endLine: endLine(ctx),
  }));
}

function variables(
  ctx: G.VariableDeclaratorsContext,
  text: SourceText,
): { line: number; col: number; name: string; init: ReturnType<typeof expression> | null }[] {
  return ctx.variableDeclarator_list().map((item) => {
    const init = optional(item.expression());
    return {
      ...position(item),
      name: item.id().getText(),
      init: init === null ? null : expression(init, text),
    };
  });
}

interface MethodHead extends ParserRuleContext {
  id(): G.IdContext;
  typeRef(): G.TypeRefContext;
  formalParameters(): G.FormalParametersContext;
}

function method(
  ctx: MethodHead,
  body: G.BlockContext | null,
  marks: Marks,
  text: SourceText,
): MethodDeclaration {
  const returns = optional(ctx.typeRef());
  return {
    kind: 'method',
    ...named(ctx.id(), ctx),
    ...marks,
    returns: returns === null ? null : typeRef(returns),
    params: parameters(ctx.formalParameters(), text),
    body: body === null ? null : block(body, text),
  };
}

function parameters(ctx: G.FormalParametersContext, text: SourceText): Parameter[] {
  const list = optional(ctx.formalParameterList());
  if (list === null) return [];
  return list.formalParameter_list().map((item) => ({
    ...position(item.id()),
    name: item.id().getText(),
    type: typeRef(item.typeRef()),
    modifiers: marksOf(item.modifier_list(), text).modifiers,
  }));
}

function property(
  ctx: G.PropertyDeclarationContext,
  marks: Marks,
  text: SourceText,
): PropertyDeclaration {
  let getter: Accessor | null = null;
  let setter: Accessor | null = null;
  for (const item of ctx.propertyBlock_list()) {
    const get = optional(item.getter());
    const accessor = get ?? item.setter();
    const body = optional(accessor.block());
    const built: Accessor = {
      ...position(accessor),
      modifiers: marksOf(item.modifier_list(), text).modifiers,
      body: body === null ? null : block(body, text),
    };
    if (get !== null) getter = built;
    else setter = built;
  }
  return {
    kind: 'property',
    ...named(ctx.id(), ctx),
    ...marks,
    type: typeRef(ctx.typeRef()),
    getter,
    setter,
  };
}

function marksOf(list: readonly G.ModifierContext[], text: SourceText): Marks {
  const modifiers: Modifier[] = [];
  const annotations: Annotation[] = [];
  for (const item of list) {
    const marked = optional(item.annotation());
    if (marked !== null) annotations.push(annotation(marked, text));
    else if (optional(item.SHARING()) !== null)
      modifiers.push(`${item.start.text.toLowerCase()} sharing` as Modifier);
    else modifiers.push(item.getText().toLowerCase() as Modifier);
  }
  return { modifiers, annotations };
}

function annotation(ctx: G.AnnotationContext, text: SourceText): Annotation {
  const values: Record<string, string | boolean | number> = {};
  const single = optional(ctx.elementValue());
  if (single !== null) values['value'] = elementValue(single, text);
  for (const pair of optional(ctx.elementValuePairs())?.elementValuePair_list() ?? []) {
    values[pair.id().getText().toLowerCase()] = elementValue(pair.elementValue(), text);
  }
  return { ...position(ctx), name: ctx.id().getText(), values };
}

function elementValue(ctx: G.ElementValueContext, text: SourceText): string | boolean | number {
  const value = literal(ctx.literal(), text);
  if (value === null || value.type === 'null') return '';
  if (value.type === 'boolean') return value.text.toLowerCase() === 'true';
  return value.type === 'string' ? value.text : Number.parseFloat(value.text);
}
