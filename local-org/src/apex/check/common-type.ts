import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { assignability } from '../types/assignable.ts';
import { allSuperTypes } from '../types/hierarchy.ts';
import { sameType } from '../types/type-names.ts';
import { promoted, recordOf } from './convert.ts';
import { isObject } from '../types/well-known.ts';

/** The type of `a ? x : y` and `x ?? y`; null when the branches have none in common. */
export function commonType(
  cx: BodyContext,
  a: BoundExpression,
  b: BoundExpression,
): ApexType | null {
  const direct = commonOf(cx, a.type, b.type);
  if (direct !== null) return direct;
  // A query beside a record stands for its only row
  const one = commonOf(cx, recordOf(cx, a).type, b.type);
  return one ?? commonOf(cx, a.type, recordOf(cx, b).type);
}

function commonOf(cx: BodyContext, a: ApexType, b: ApexType): ApexType | null {
  if (a.kind === 'null') return b;
  if (b.kind === 'null' || sameType(a, b)) return a;
  if (a.kind === 'unknown' || b.kind === 'unknown') return { kind: 'unknown' };
  const number = promoted(a, b);
  if (number !== null) return number;
  if (isObject(a) || isObject(b)) return { kind: 'primitive', name: 'Object' };
  // Of two that convert into each other (Id and String) the one that loses nothing
  const down = assignability(cx.program, b, a);
  const up = assignability(cx.program, a, b);
  if (down !== null && (up === null || down.cost <= up.cost)) return a;
  if (up !== null) return b;
  if (a.kind === 'primitive' || b.kind === 'primitive') return null;
  const shared = allSuperTypes(cx.program, a).find(
    (it) => assignability(cx.program, b, it) !== null,
  );
  if (shared !== undefined) return shared;
  return a.kind === 'sobject' && b.kind === 'sobject' ? { kind: 'sobject', name: 'SObject' } : null;
}
