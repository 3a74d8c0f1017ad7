import type { CastExpression } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { couldBe, narrowing } from '../types/castable.ts';
import { distance } from '../types/hierarchy.ts';
import { involvesUnknown, sameType, typeName } from '../types/type-names.ts';
import { assignability } from '../types/assignable.ts';
import { applied, asOneRecord } from './convert.ts';
import { bindValue } from './expressions.ts';
import { resolveType } from './resolve-type.ts';
import { isObject } from '../types/well-known.ts';

/** `(Type) value`: a conversion where the compiler knows enough, else a check at run time. */
export function bindCast(cx: BodyContext, e: CastExpression): BoundExpression {
  const type = resolveType(
    { program: cx.program, reporter: cx.world.reporter, file: cx.file, from: cx.type },
    e.type,
  );
  const value = bindValue(cx, e.value);
  const at = { line: e.line, col: e.col };
  const from = value.type;
  if (from.kind === 'null') return { kind: 'cast', value, type, ...at };
  const one = asOneRecord(cx, value, type);
  if (one !== null) return one;
  if (!couldBe(cx.program, from, type)) {
    const row = asOneRecord(cx, value, { kind: 'sobject', name: 'SObject' });
    if (row !== null && type.kind === 'sobject') return { kind: 'cast', value: row, type, ...at };
    return cx.failed(
      e,
      `Incompatible types since an instance of ${typeName(from)} is never an instance of ${typeName(type)}`,
    );
  }
  if (sameType(from, type)) return { ...value };
  const narrowed = narrowing(from, type);
  if (narrowed !== null) return applied(value, narrowed, type);
  if (from.kind === 'primitive' && type.kind === 'primitive' && !isObject(from)) {
    const found = assignability(cx.program, from, type);
    if (found?.conversion) return applied(value, found.conversion, type);
  }
  return { kind: 'cast', value, type, ...at };
}

/** The problem with `x instanceof T` where the answer is fixed (documented compile errors), or null. */
export function checkInstanceOf(cx: BodyContext, from: ApexType, to: ApexType): string | null {
  if (involvesUnknown(from) || involvesUnknown(to) || from.kind === 'null') return null;
  const names = `${typeName(from)} is always an instance of ${typeName(to)}`;
  if (isObject(from)) return null;
  const always = isNominal(from) && isNominal(to) && distance(cx.program, from, to) >= 0;
  if (always || sameType(from, to)) {
    return `Operation instanceof is always true since an instance of ${names}`;
  }
  if (couldBe(cx.program, from, to)) return null;
  return `Operation instanceof is always false since an instance of ${typeName(from)} is never an instance of ${typeName(to)}`;
}

function isNominal(type: ApexType): boolean {
  return type.kind === 'user' || (type.kind === 'library' && type.args.length === 0);
}
