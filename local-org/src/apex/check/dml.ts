import type { DmlStatement, Expression } from '../syntax/ast.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundStatement } from './bound-tree.ts';
import { bindValue } from './expressions.ts';
import { isGap } from './sobject-members.ts';
import { involvesUnknown, typeName } from '../types/type-names.ts';
import { isGenericSObject, isPrimitive } from '../types/well-known.ts';

/** `insert x`, `upsert x Key__c`, `merge master duplicate` … */
export function bindDml(cx: BodyContext, s: DmlStatement): BoundStatement {
  const target = bindValue(cx, s.target);
  const record = recordType(target.type);
  const at = { line: s.line, col: s.col };
  if (record === null && !involvesUnknown(target.type)) {
    cx.problem(s, `DML requires SObject or SObject list type: ${typeName(target.type)}`);
  }
  const refused = record === null ? null : refusedOperation(cx, s.op, record.name);
  if (refused !== null) cx.problem(s, refused(typeName(target.type)));
  const isList = target.type.kind === 'list';
  let argument: BoundExpression | null = null;
  let externalId: string | null = null;
  if (s.op === 'merge') argument = mergeArgument(cx, s, target.type);
  else if (s.op === 'upsert' && s.argument !== null)
    externalId = upsertField(cx, s.argument, record);
  return { kind: 'dml', op: s.op, access: s.access, target, isList, externalId, argument, ...at };
}

/** The sObject type of a record or a list of them; null for anything else. */
function recordType(type: ApexType): Extract<ApexType, { kind: 'sobject' }> | null {
  const record = type.kind === 'list' ? type.element : type;
  return record.kind === 'sobject' ? record : null;
}

/** What the schema knows that an object does not let be done; unknown facts refuse nothing. */
function refusedOperation(
  cx: BodyContext,
  op: DmlStatement['op'],
  objectName: string,
): ((type: string) => string) | null {
  const object = cx.program.schema.object(objectName);
  if (object === undefined) return null;
  const { createable, updateable, deletable, undeletable } = object;
  const allowed = {
    insert: createable,
    update: updateable,
    upsert: createable === false && updateable === false ? false : undefined,
    delete: deletable,
    undelete: undeletable,
    merge: object.mergeable,
  }[op];
  if (allowed !== false) return null;
  if (op === 'merge') return (type) => `Specified type ${type} cannot be merged`;
  return (type) => `DML operation ${op.toUpperCase()} not allowed on ${type}`;
}

function mergeArgument(cx: BodyContext, s: DmlStatement, master: ApexType): BoundExpression | null {
  if (s.argument === null) return null;
  if (master.kind === 'sobject' && isGenericSObject(master))
    cx.problem(s, `Merge requires a concrete SObject type: ${typeName(master)}`);
  const argument = bindValue(cx, s.argument);
  const { type } = argument;
  const element = type.kind === 'list' ? type.element : type;
  const fits =
    element.kind === 'sobject' ||
    element.kind === 'unknown' ||
    isPrimitive(element, 'Id', 'String');
  if (!fits) cx.problem(s, 'Invalid type for duplicate records');
  return argument;
}

/** The external id field: `Key__c`, `Account.Key__c` or `Account.Fields.Key__c`. */
function upsertField(
  cx: BodyContext,
  e: Expression,
  record: Extract<ApexType, { kind: 'sobject' }> | null,
): string | null {
  const name = e.kind === 'name' || e.kind === 'field' ? e.name : null;
  if (name === null) {
    cx.problem(
      e,
      'Invalid field for upsert, must be an External Id custom or standard indexed field: ',
    );
    return null;
  }
  if (record === null) return name;
  if (isGenericSObject(record)) {
    cx.problem(e, 'Upsert with a field specification requires a concrete SObject type');
    return name;
  }
  const field = cx.program.schema.field(record.name, name);
  if (field === undefined && isGap(cx, record.name, name)) return name;
  const isKey = field !== undefined && (field.externalId || field.idLookup || field.name === 'Id');
  if (!isKey)
    cx.problem(
      e,
      `Invalid field for upsert, must be an External Id custom or standard indexed field: ${name}`,
    );
  return field?.name ?? name;
}
