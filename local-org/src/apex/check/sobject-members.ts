import type { FieldAccess } from '../syntax/ast.ts';
import type { FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import type { ApexType } from '../types/type.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import { fieldType } from './field-access.ts';
import { nameAt } from './paths.ts';
import { mayExistElsewhere } from './resolve-type.ts';
import { ID, OBJECT, STRING, listOf, sobjectType } from '../types/well-known.ts';

/** A field, parent or child list of a record. */
export interface SObjectMember {
  readonly name: string;
  readonly role: 'field' | 'parent' | 'children';
  readonly type: ApexType;
}

/** `record.Name`, `contact.Account`, `account.Contacts`; null when the object has no such member. */
export function sobjectMember(
  cx: BodyContext,
  e: FieldAccess,
  object: BoundExpression,
  objectName: string,
): BoundExpression | null {
  const at = nameAt(e);
  const found = findSObjectMember(cx, objectName, e.name);
  if (found === null) {
    if (!isGap(cx, objectName, e.name)) return null;
    cx.warning(at, `Field ${e.name} on ${objectName} is not known to the local org`);
    return cx.dynamic(at, 'get', object, e.name);
  }
  return {
    kind: 'sobjectfield',
    object,
    name: found.name,
    role: found.role,
    type: found.type,
    line: at.line,
    col: at.col,
  };
}

export function findSObjectMember(
  cx: BodyContext,
  objectName: string,
  name: string,
): SObjectMember | null {
  const lower = name.toLowerCase();
  if (objectName === 'SObject' || objectName === 'AggregateResult') {
    return lower === 'id' ? { name: 'Id', role: 'field', type: ID } : null;
  }
  const { schema } = cx.program;
  const object = schema.object(objectName);
  if (object === undefined) return null;
  const field = schema.field(objectName, name);
  const type = field && fieldType(cx, object, name);
  if (field !== undefined && type !== undefined) return { name: field.name, role: 'field', type };
  const parent = object.parents.get(lower);
  if (parent !== undefined)
    return {
      name: parent.reference?.relationshipName ?? name,
      role: 'parent',
      type: parentType(cx, parent),
    };
  const children = object.children.get(lower);
  if (children !== undefined)
    return {
      name: children.name,
      role: 'children',
      type: listOf(sobjectType(children.childObject)),
    };
  return objectName === 'Name' ? polymorphicMember(name, object) : null;
}

/** `Name` stands for all that a polymorphic lookup may point to; what it lacks may be a field of one of them. */
function polymorphicMember(name: string, object: ObjectInfo): SObjectMember | null {
  const lower = name.toLowerCase();
  if (object.fields.has(lower)) return null;
  return POLYMORPHIC.has(lower)
    ? { name, role: 'field', type: lower.endsWith('id') ? ID : STRING }
    : { name, role: 'field', type: OBJECT };
}

const POLYMORPHIC: ReadonlySet<string> = new Set([
  'id',
  'name',
  'firstname',
  'lastname',
  'email',
  'username',
  'phone',
  'type',
  'title',
  'alias',
  'profileid',
  'userroleid',
  'developername',
]);

/** Type of a parent path: the target, or `Name` where several are possible (SOQL and SOQL Reference, "Understanding Polymorphic Keys"). */
export function parentType(cx: BodyContext, field: FieldInfo): ApexType {
  const targets = field.reference?.targets ?? [];
  const only = targets.length === 1 ? targets[0] : undefined;
  if (only !== undefined && field.reference?.polymorphic !== true) return sobjectType(only);
  return sobjectType(cx.program.schema.object('Name') === undefined ? 'SObject' : 'Name');
}

/**
 * The problem with assigning to a field that nobody may write, such as formulas and audit fields; null where that is not known.
 * Constructors take them nevertheless (practitioner: published tests build such records).
 */
export function writeProblem(cx: BodyContext, objectName: string, name: string): string | null {
  const field = cx.program.schema.field(objectName, name);
  if (field === undefined || field.name === 'Id') return null;
  // A record of a custom metadata type may be built in memory with any field; nothing can save it (NebulaLogger does so)
  if (cx.program.schema.object(objectName)?.kind === 'customMetadata') return null;
  // Records of custom metadata cannot be saved, but tests make them (practitioner: published tests do)
  if (cx.program.schema.object(objectName)?.kind === 'customMetadata') return null;
  if (field.createable !== false || field.updateable !== false) return null;
  return `Field is not writeable: ${objectName}.${field.name}`;
}

/** Members we cannot prove absent: those of managed packages. */
export function isGap(cx: BodyContext, objectName: string, name: string): boolean {
  if (objectName === 'SObject' || objectName === 'AggregateResult') return false;
  return cx.program.schema.object(objectName) === undefined || mayExistElsewhere(cx.program, name);
}
