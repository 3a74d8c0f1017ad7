import type { FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import { LibraryObject } from './object.ts';

/** `Schema.SObjectType`: `Account.SObjectType`. One per object info, see {@link objectToken}. */
export class SObjectTypeToken extends LibraryObject {
  readonly apexTypeName = 'Schema.SObjectType';
  readonly object: ObjectInfo;

  constructor(object: ObjectInfo) {
    super();
    this.object = object;
  }

  override toApexString(): string {
    return this.object.name;
  }

  override apexKey(): string {
    return `type ${this.object.name}`;
  }
}

/** `Schema.SObjectField`: `Account.Name` as a token. */
export class SObjectFieldToken extends LibraryObject {
  readonly apexTypeName = 'Schema.SObjectField';
  readonly object: ObjectInfo;
  readonly field: FieldInfo;

  constructor(object: ObjectInfo, field: FieldInfo) {
    super();
    this.object = object;
    this.field = field;
  }

  override toApexString(): string {
    return this.field.name;
  }

  override apexKey(): string {
    return `field ${this.object.name}.${this.field.name}`;
  }
}

const objectTokens = new WeakMap<ObjectInfo, SObjectTypeToken>();
const fieldTokens = new WeakMap<FieldInfo, Map<string, SObjectFieldToken>>();

/** The one token of an object. */
export function objectToken(object: ObjectInfo): SObjectTypeToken {
  let token = objectTokens.get(object);
  if (token === undefined) objectTokens.set(object, (token = new SObjectTypeToken(object)));
  return token;
}

/** The one token of a field. */
export function fieldToken(object: ObjectInfo, field: FieldInfo): SObjectFieldToken {
  let byObject = fieldTokens.get(field);
  if (byObject === undefined)
    fieldTokens.set(field, (byObject = new Map<string, SObjectFieldToken>()));
  let token = byObject.get(object.name);
  if (token === undefined)
    byObject.set(object.name, (token = new SObjectFieldToken(object, field)));
  return token;
}
