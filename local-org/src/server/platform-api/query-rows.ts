import { SoqlSyntaxError } from '../../soql/lexer.ts';
import { parseSoql } from '../../soql/parser.ts';
import type { ConditionNode, FieldNode, QueryNode, ValueNode } from '../../soql/ast.ts';
import { PlatformFault } from '../contract.ts';
import type { Json, JsonObject, RestQueryResult } from '../contract.ts';

/** A query of a caller; refused in the platform's words when it is none. */
export function parseOrRefuse(soql: string): QueryNode {
  try {
    return parseSoql(soql, null);
  } catch (error) {
    if (error instanceof SoqlSyntaxError) throw malformed(error.message);
    throw error;
  }
}

/**
 * Answers a query from rows in memory: objects of the Tooling API that are no data of the org, such as test results. Fields and parents, `=`, `!=`, `IN`, AND
 * and OR; whatever else is asked for is refused by name.
 */
export function queryRows(query: QueryNode, rows: readonly JsonObject[]): RestQueryResult {
  const object = query.from[0]?.parts[0] ?? '';
  if (query.groupBy !== null || query.having !== null || query.offset !== null) {
    throw notImplemented(object, 'GROUP BY, HAVING and OFFSET');
  }
  const { where } = query;
  const limit =
    query.limit?.kind === 'number' ? Number(query.limit.text) : Number.POSITIVE_INFINITY;
  const found = rows.filter((row) => where === null || matches(object, row, where)).slice(0, limit);
  const isCount =
    query.select.length === 1 &&
    query.select[0]?.kind === 'field' &&
    query.select[0].field.kind === 'call';
  if (isCount) return { totalSize: found.length, done: true, records: [] };
  const paths = query.select.map((selected) => {
    if (selected.kind !== 'field' || selected.field.kind !== 'path') {
      throw notImplemented(object, 'anything but fields in SELECT');
    }
    return selected.field.parts;
  });
  return {
    totalSize: found.length,
    done: true,
    records: found.map((row) => project(object, row, paths)),
  };
}

function matches(object: string, row: JsonObject, condition: ConditionNode): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => matches(object, row, term));
    case 'or':
      return condition.terms.some((term) => matches(object, row, term));
    case 'not':
      return !matches(object, row, condition.term);
    case 'compare': {
      const left = fold(valueAt(object, row, pathOf(object, condition.field)));
      const right = literals(object, condition.value).map(fold);
      switch (condition.operator) {
        case '=':
        case 'IN':
          return right.includes(left);
        case '!=':
        case 'NOT IN':
          return !right.includes(left);
        case '>':
        case '<=': {
          const [limit] = right;
          if (typeof left !== 'number' || typeof limit !== 'number') {
            throw notImplemented(object, `${condition.operator} of anything but numbers`);
          }
          return condition.operator === '>' ? left > limit : left <= limit;
        }
        default:
          throw notImplemented(object, condition.operator);
      }
    }
    default:
      return condition satisfies never;
  }
}

function literals(object: string, value: ValueNode): Json[] {
  switch (value.kind) {
    case 'string':
    case 'boolean':
      return [value.value];
    case 'number':
      return [Number(value.text)];
    case 'null':
      return [null];
    case 'list':
      return value.items.flatMap((item) => literals(object, item));
    default:
      throw notImplemented(object, `a value of kind ${value.kind}`);
  }
}

/** Ids of 15 and 18 characters are one, and text compares whatever its case. */
function fold(value: Json): Json {
  if (typeof value !== 'string') return value;
  return /^[0-9a-zA-Z]{18}$/.test(value) ? value.slice(0, 15).toLowerCase() : value.toLowerCase();
}

function pathOf(object: string, field: FieldNode): readonly string[] {
  if (field.kind === 'call') throw notImplemented(object, `${field.name}() in WHERE`);
  return field.parts;
}

function valueAt(object: string, row: JsonObject, [first = '', ...rest]: readonly string[]): Json {
  const name = Object.keys(row).find((key) => key.toLowerCase() === first.toLowerCase());
  const value = name === undefined ? undefined : row[name];
  if (value === undefined) {
    throw new PlatformFault({
      status: 400,
      errorCode: 'INVALID_FIELD',
      message: `No such column '${first}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    });
  }
  if (rest.length === 0) return value;
  return value === null || typeof value !== 'object' || Array.isArray(value)
    ? null
    : valueAt(object, value as JsonObject, rest);
}

function project(
  object: string,
  row: JsonObject,
  paths: readonly (readonly string[])[],
): JsonObject {
  const record: Record<string, Json> = { attributes: { type: object } };
  for (const path of paths) {
    let target = record;
    for (const step of path.slice(0, -1)) {
      const inner = (target[step] ??= { attributes: { type: step } });
      target = inner as Record<string, Json>;
    }
    target[path.at(-1) ?? ''] = valueAt(object, row, path);
  }
  return record;
}

function malformed(message: string): PlatformFault {
  return new PlatformFault({ status: 400, errorCode: 'MALFORMED_QUERY', message });
}

function notImplemented(object: string, what: string): PlatformFault {
  return new PlatformFault({
    status: 501,
    errorCode: 'NOT_IMPLEMENTED',
    message: `A query of ${object} with ${what} is not implemented in the local org`,
  });
}
