import type { Expression, SwitchCase, SwitchStatement } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundStatement, BoundSwitch } from './bound-tree.ts';
import { fieldDeclaration } from './declarations.ts';
import { recordOf, tryConvert } from './convert.ts';
import { bindValue } from './expressions.ts';
import { resolveType } from './resolve-type.ts';
import { bindBlock } from './statements.ts';
import { typeName } from '../types/type-names.ts';
import { isObject, isPrimitive, libraryNamed, userType } from '../types/well-known.ts';

type BoundCase = BoundSwitch['cases'][number];

/** `switch on` (Apex Developer Guide, "Switch Statements"). */
export function bindSwitch(cx: BodyContext, s: SwitchStatement): BoundStatement {
  const value = recordOf(cx, bindValue(cx, s.value));
  if (!isSwitchable(cx, value.type))
    cx.problem(s.value, `${typeName(value.type)} is not a valid switch expression type`);
  if (s.cases.length === 0) cx.problem(s, 'Switch statement requires at least one when block');
  const seen = new Set<string>();
  const cases = s.cases.map((it) => bindCase(cx, it, value.type, seen));
  const otherwise = s.otherwise && bindBlock(cx, s.otherwise);
  return { kind: 'switch', value, cases, otherwise, line: s.line, col: s.col };
}

function isSwitchable(cx: BodyContext, type: ApexType): boolean {
  if (type.kind === 'unknown' || type.kind === 'sobject' || isObject(type)) return true;
  if (isPrimitive(type, 'Integer', 'Long', 'String')) return true;
  return isEnum(cx, type);
}

function isEnum(cx: BodyContext, type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind === 'enum';
  return type.kind === 'library' && cx.program.library.find(type.name)?.kind === 'enum';
}

function bindCase(cx: BodyContext, it: SwitchCase, on: ApexType, seen: Set<string>): BoundCase {
  cx.open();
  const when =
    'type' in it.when ? bindTypeCase(cx, it, it.when, on, seen) : bindValues(cx, it.when, on, seen);
  const body = bindBlock(cx, it.body);
  cx.close();
  return { line: it.line, when, body };
}

function bindTypeCase(
  cx: BodyContext,
  it: SwitchCase,
  when: Extract<SwitchCase['when'], { readonly name: string }>,
  on: ApexType,
  seen: Set<string>,
): BoundCase['when'] {
  const type = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    when.type,
  );
  const name = typeName(type);
  if (
    type.kind !== 'unknown' &&
    on.kind !== 'unknown' &&
    (type.kind !== 'sobject' || isPrimitive(on, 'Integer', 'Long', 'String'))
  ) {
    if (!isObject(on)) cx.problem(when.type, `${name} cannot be a 'when type variable' block`);
  }
  once(cx, it, name, seen);
  return { type, local: cx.declare(when.type, when.name, type) };
}

function bindValues(
  cx: BodyContext,
  when: readonly Expression[],
  on: ApexType,
  seen: Set<string>,
): BoundExpression[] {
  return when.map((e) => {
    const value = caseValue(cx, e, on);
    const key = constantKey(value);
    if (key !== null) once(cx, e, key, seen);
    return value;
  });
}

function once(
  cx: BodyContext,
  at: { readonly line: number; readonly col: number },
  key: string,
  seen: Set<string>,
): void {
  if (seen.has(key))
    cx.problem(at, `${key} occurs as more than one when branch for this switch statement`);
  seen.add(key);
}

function constantKey(value: BoundExpression): string | null {
  switch (value.kind) {
    case 'literal':
      return value.type.kind === 'unknown' ? null : String(value.value);
    case 'enumconstant':
      return value.name;
    default:
      return null;
  }
}

function caseValue(cx: BodyContext, e: Expression, on: ApexType): BoundExpression {
  if (isEnum(cx, on) && e.kind === 'name') {
    const constant = enumConstant(cx, on, e.name, e);
    return constant ?? cx.failed(e, 'Field must be an enum reference');
  }
  if (on.kind === 'sobject' && !(e.kind === 'literal' && e.type === 'null')) {
    return cx.failed(e, "Switching on SObject types must be a 'when type variable' or 'when null'");
  }
  if (isEnum(cx, on) && e.kind === 'field')
    return cx.failed(e, "Enum value used in 'when expression' should be unqualified");
  const value = bindValue(cx, e);
  if (value.type.kind === 'unknown' || on.kind === 'unknown') return value;
  if (!isConstant(value)) {
    return cx.failed(
      e,
      "'when expression' must be a literal, a constant literal field or enum value",
    );
  }
  const converted = tryConvert(cx, value, on);
  if (converted !== null) return converted;
  return cx.failed(
    e,
    `${typeName(value.type)} value in 'when expression' cannot be implicitly converted to the ${typeName(on)} type in switch expression`,
  );
}

function enumConstant(
  cx: BodyContext,
  on: ApexType,
  name: string,
  e: Expression,
): BoundExpression | null {
  const lower = name.toLowerCase();
  const at = { line: e.line, col: e.col };
  if (on.kind === 'user') {
    const found = on.symbol.enumValues.find((it) => it.toLowerCase() === lower);
    return found === undefined
      ? null
      : { kind: 'enumconstant', symbol: on.symbol, name: found, type: userType(on.symbol), ...at };
  }
  if (on.kind !== 'library') return null;
  const found = cx.program.library.find(on.name)?.enumConstants.get(lower);
  if (found === undefined) return null;
  return {
    kind: 'librarystatic',
    member: { kind: 'library', type: on.name, signature: found },
    type: libraryNamed(on.name),
    ...at,
  };
}

/** Literals and static final fields. */
function isConstant(value: BoundExpression): boolean {
  switch (value.kind) {
    case 'literal':
    case 'enumconstant':
    case 'librarystatic':
      return true;
    case 'negate':
      return isConstant(value.operand);
    case 'staticfield':
      return value.field.isFinal && fieldDeclaration(value.field)?.kind === 'field';
    default:
      return false;
  }
}
