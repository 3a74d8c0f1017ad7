/** The platform's texts about wrong queries (documented or seen in practitioners' reports word for word). */

const REFERENCE = 'Please reference your WSDL or the describe call for the appropriate names.';

/** Unknown object in FROM. */
export function unsupportedObject(name: string): string {
  return `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${REFERENCE}`;
}

/** Unknown field, or one that user mode hides. */
export function noSuchColumn(field: string, object: string): string {
  return `No such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE}`;
}

/** Unknown step of a parent path. */
export function unknownRelationship(name: string): string {
  return `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`;
}

/** Unknown child relationship in a subquery. */
export function unknownChildRelationship(name: string): string {
  return `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`;
}
