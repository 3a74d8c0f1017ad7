import type { FieldAccess } from '../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound-tree.ts';
import type { Entity } from './paths.ts';
import { nameAt } from './paths.ts';
import { findSObjectMember, isGap } from './sobject-members.ts';
import { canonicalObject } from '../types/program.ts';
import { STRING, libraryNamed } from '../types/well-known.ts';

const TOKEN = libraryNamed('Schema.SObjectField');
const FIELD_DESCRIBE = libraryNamed('Schema.DescribeFieldResult');
const OBJECT_TYPE = libraryNamed('Schema.SObjectType');
const OBJECT_DESCRIBE = libraryNamed('Schema.DescribeSObjectResult');

/** `Label.Greeting`, `Label.c.Greeting`; labels of packages (`Label.ns.X`) cannot be seen from here. */
export function labelMember(cx: BodyContext, e: FieldAccess, namespace: string | null): Entity {
  const at = nameAt(e);
  const lower = e.name.toLowerCase();
  const own = namespace === null || namespace === 'c';
  const known = own && cx.program.schema.labels.has(lower);
  if (namespace === null && !known) {
    return lower === 'c'
      ? { kind: 'labels', namespace: 'c' }
      : { kind: 'nolabel', name: e.name, at };
  }
  if (own && !known) return { kind: 'nolabel', name: e.name, at };
  const name = own ? e.name : `${namespace}.${e.name}`;
  if (!own) {
    cx.warning(at, `Label ${name} is not known to the local org`);
    cx.dynamic(at, 'get', null, name);
  }
  return {
    kind: 'value',
    value: { kind: 'label', name, type: STRING, line: at.line, col: at.col },
  };
}

/** `Page.Name`: a PageReference. */
export function pageMember(cx: BodyContext, e: FieldAccess): BoundExpression {
  const at = nameAt(e);
  const { pages } = cx.program;
  if (pages !== null && !pages.has(e.name.toLowerCase()))
    return cx.failed(at, `Page does not exist: ${e.name}`);
  const member = { kind: 'library', type: 'Page', signature: e.name } as const;
  return {
    kind: 'librarystatic',
    member,
    type: libraryNamed('PageReference'),
    line: at.line,
    col: at.col,
  };
}

/** `Schema.SObjectType.Account`: the object's describe result. */
export function describeRoot(cx: BodyContext, e: FieldAccess): Entity | null {
  const at = nameAt(e);
  const object = canonicalObject(cx.program.schema, e.name);
  if (object !== undefined) {
    const value: BoundExpression = {
      kind: 'sobjecttype',
      object,
      describe: true,
      type: OBJECT_DESCRIBE,
      line: at.line,
      col: at.col,
    };
    return { kind: 'value', value };
  }
  if (!isGap(cx, 'Account', e.name)) return null;
  cx.warning(at, `Object ${e.name} is not known to the local org`);
  return { kind: 'value', value: cx.dynamic(at, 'get', null, e.name) };
}

/** Members of describe results that name something of the schema: `.fields.Name`, `.fieldSets.X`; null for all others. */
export function describeMember(
  cx: BodyContext,
  e: FieldAccess,
  on: BoundExpression,
): BoundExpression | null {
  const at = nameAt(e);
  const place = { line: at.line, col: at.col };
  const lower = e.name.toLowerCase();
  if (on.kind === 'sobjecttype' && (lower === 'fields' || lower === 'fieldsets')) {
    const signature = lower === 'fields' ? 'fields' : 'fieldSets';
    const type = libraryNamed(
      lower === 'fields' ? 'Schema.SObjectTypeFields' : 'Schema.SObjectTypeFieldSets',
    );
    return {
      kind: 'libraryfield',
      object: on,
      member: { kind: 'library', type: 'Schema.DescribeSObjectResult', signature },
      type,
      ...place,
    };
  }
  if (on.kind === 'fieldtoken' && on.field === 'RowCause')
    return rowCause(cx, on.object, lower, place);
  if (on.kind !== 'libraryfield' || on.object.kind !== 'sobjecttype') return null;
  const { object, describe } = on.object;
  if (on.member.signature === 'fieldSets') {
    return {
      kind: 'fieldset',
      object,
      name: e.name,
      type: libraryNamed('Schema.FieldSet'),
      ...place,
    };
  }
  if (on.member.signature !== 'fields') return null;
  const field = findToken(cx, object, e.name);
  if (field === null) return isGap(cx, object, e.name) ? cx.dynamic(at, 'get', null, e.name) : null;
  return {
    kind: 'fieldtoken',
    object,
    field,
    describe,
    type: describe ? FIELD_DESCRIBE : TOKEN,
    ...place,
  };
}

/** `Deal__Share.RowCause.Team__c`: the cause as text (Apex Developer Guide, "Creating User Managed Sharing Using Apex"). */
function rowCause(
  cx: BodyContext,
  object: string,
  lower: string,
  place: { line: number; col: number },
): BoundExpression | null {
  const causes = cx.program.schema.field(object, 'RowCause')?.picklist ?? [];
  const cause = causes.find(({ value }) => value.toLowerCase() === lower);
  return cause === undefined
    ? null
    : { kind: 'literal', value: cause.value, type: STRING, ...place };
}

/** `Account.SObjectType`, `Account.Name` as a token, `Account.fields`. */
export function sobjectToken(cx: BodyContext, e: FieldAccess, object: string): Entity | null {
  const at = nameAt(e);
  const place = { line: at.line, col: at.col };
  const lower = e.name.toLowerCase();
  if (lower === 'sobjecttype') {
    return {
      kind: 'value',
      value: { kind: 'sobjecttype', object, describe: false, type: OBJECT_TYPE, ...place },
    };
  }
  const field = findToken(cx, object, e.name);
  if (field !== null) {
    return {
      kind: 'value',
      value: { kind: 'fieldtoken', object, field, describe: false, type: TOKEN, ...place },
    };
  }
  if (lower === 'fields') {
    const root: BoundExpression = {
      kind: 'sobjecttype',
      object,
      describe: false,
      type: OBJECT_TYPE,
      ...place,
    };
    const value = describeMember(cx, e, root);
    return value && { kind: 'value', value };
  }
  if (!isGap(cx, object, e.name)) return null;
  cx.warning(at, `Field ${e.name} on ${object} is not known to the local org`);
  return { kind: 'value', value: cx.dynamic(at, 'get', null, e.name) };
}

/** API name of the field a token names. A relationship name stands for its lookup field. */
function findToken(cx: BodyContext, object: string, name: string): string | null {
  const found = findSObjectMember(cx, object, name);
  if (found?.role === 'field') return found.name;
  if (found?.role !== 'parent') return null;
  return cx.program.schema.object(object)?.parents.get(name.toLowerCase())?.name ?? null;
}
