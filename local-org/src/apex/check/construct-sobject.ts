import type { Expression, NewExpression } from '../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { convertAssigned } from './convert.ts';
import { bindExpression, bindValue } from './expressions.ts';
import { findSObjectMember, isGap } from './sobject-members.ts';
import { sobjectType } from '../types/well-known.ts';

interface FieldValue {
  readonly name: string;
  readonly role: 'field' | 'parent';
  readonly value: BoundExpression;
}

/** `new Account(Name = 'x', Owner = user)`. */
export function bindNewSObject(cx: BodyContext, e: NewExpression, object: string): BoundExpression {
  const at = { line: e.line, col: e.col };
  if (object === 'SObject') return cx.failed(e, `Type cannot be constructed: ${object}`);
  if (e.init.kind !== 'args') return cx.failed(e, `Type cannot be constructed: ${object}`);
  const fields: FieldValue[] = [];
  const seen = new Set<string>();
  for (const arg of e.init.args) {
    const pair = pairOf(arg);
    if (pair === null) {
      bindValue(cx, arg);
      cx.problem(e, `Type requires name=value pair construction: ${object}`);
      continue;
    }
    const bound = bindField(cx, object, pair.name, pair.value, arg);
    if (bound === null) continue;
    const key = bound.name.toLowerCase();
    if (seen.has(key)) cx.problem(arg, `Duplicate field initialization: ${pair.name}`);
    seen.add(key);
    fields.push(bound);
  }
  return { kind: 'newsobject', fields, type: sobjectType(object), ...at };
}

function pairOf(arg: Expression): { readonly name: string; readonly value: Expression } | null {
  if (arg.kind !== 'assign' || arg.op !== '=' || arg.target.kind !== 'name') return null;
  return { name: arg.target.name, value: arg.value };
}

function bindField(
  cx: BodyContext,
  object: string,
  name: string,
  init: Expression,
  at: Expression,
): FieldValue | null {
  const value = bindExpression(cx, init);
  const found = findSObjectMember(cx, object, name);
  if (found === null || found.role === 'children') {
    if (found === null && isGap(cx, object, name)) {
      cx.warning(at, `Field ${name} on ${object} is not known to the local org`);
      cx.dynamic(at, 'get', null, name);
    } else {
      cx.problem(at, `Field does not exist: ${name} on ${object}`);
    }
    return null;
  }
  return { name: found.name, role: found.role, value: convertAssigned(cx, value, found.type, at) };
}
