import type { JsonNode } from '../project/json-tree.ts';
import { plainOf } from '../project/json-tree.ts';
import type { Json } from './facts.ts';

/** What does not match a schema, and where. */
export interface SchemaMismatch {
  readonly message: string;
  readonly line: number;
}

type JsonObject = { readonly [key: string]: Json };

/**
 * Checks a file against a JSON schema (draft 07), as far as Salesforce's schemas of its own project files use that language: type, enum,
 * properties, required, additionalProperties, items, $ref, anyOf, pattern, minItems, maxLength.
 */
export function checkJson(tree: JsonNode, schema: Json): SchemaMismatch[] {
  return check(tree, schema, schema, '');
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function check(node: JsonNode, given: Json, root: Json, path: string): SchemaMismatch[] {
  const schema = resolve(given, root);
  if (!isObject(schema)) return [];
  const found: SchemaMismatch[] = [];
  const mismatch = (message: string, line = node.line): void =>
    void found.push({ message: path === '' ? message : `${path}: ${message}`, line });
  const { type, enum: values, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const all = anyOf.map((one: Json) => check(node, one, root, path));
    // The reading that fits best says what is wrong; patterns stand first, and say least.
    if (!all.some((one) => one.length === 0))
      found.push(...(all.reverse().sort((a, b) => a.length - b.length)[0] ?? []));
  }
  const types = typeof type === 'string' ? [type] : Array.isArray(type) ? type : [];
  if (types.length > 0 && !types.some((one) => isOfType(node, String(one)))) {
    mismatch(`must be ${types.join(' or ')}`);
    return found;
  }
  const plain = plainOf(node);
  if (Array.isArray(values) && !values.some((one: Json) => sameText(one, plain)))
    mismatch(`${shown(plain)} is none of the values that Salesforce knows`);
  if (typeof plain === 'string') {
    const { pattern, maxLength } = schema;
    if (typeof pattern === 'string' && !new RegExp(pattern).test(plain))
      mismatch(`${shown(plain)} does not match ${pattern}`);
    if (typeof maxLength === 'number' && plain.length > maxLength)
      mismatch(`is longer than ${String(maxLength)} characters`);
  }
  if (node.kind === 'list') {
    const { items, minItems } = schema;
    if (typeof minItems === 'number' && node.items.length < minItems)
      mismatch(`needs at least ${String(minItems)} entries`);
    if (items !== undefined)
      node.items.forEach((item, at) =>
        found.push(...check(item, items, root, `${path}[${String(at)}]`)),
      );
  }
  if (node.kind === 'object') found.push(...checkMembers(node, schema, root, path));
  return found;
}

function checkMembers(
  node: JsonNode & { readonly kind: 'object' },
  schema: JsonObject,
  root: Json,
  path: string,
): SchemaMismatch[] {
  const found: SchemaMismatch[] = [];
  const prefix = path === '' ? '' : `${path}: `;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const name of required) {
    if (!node.members.has(String(name)))
      found.push({ message: `${prefix}needs the property '${String(name)}'`, line: node.line });
  }
  for (const [name, member] of node.members) {
    const known = properties[name];
    const more = schema['additionalProperties'];
    const inner = path === '' ? name : `${path}.${name}`;
    if (known !== undefined) found.push(...check(member, known, root, inner));
    else if (more === false)
      found.push({ message: `${prefix}unknown property '${name}'`, line: member.line });
    else if (isObject(more)) found.push(...check(member, more, root, inner));
  }
  return found;
}

function resolve(schema: Json, root: Json): Json {
  const reference = isObject(schema) ? schema['$ref'] : undefined;
  if (typeof reference !== 'string') return schema;
  const target = reference
    .replace(/^#\/?/, '')
    .split('/')
    .reduce<Json>((at, key) => (isObject(at) ? (at[key] ?? null) : null), root);
  return resolve(target, root);
}

function isOfType(node: JsonNode, type: string): boolean {
  switch (type) {
    case 'object':
      return node.kind === 'object';
    case 'array':
      return node.kind === 'list';
    case 'integer':
      return node.kind === 'value' && Number.isInteger(node.value);
    case 'null':
      return node.kind === 'value' && node.value === null;
    default:
      return node.kind === 'value' && typeof node.value === type;
  }
}

/** Scratch org features and editions are read without regard to case. */
function sameText(one: Json, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string'
    ? one.toLowerCase() === other.toLowerCase()
    : one === other;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
