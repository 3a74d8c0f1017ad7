import type { FieldNode, QueryNode } from '../../soql/ast.ts';
import type { Json, JsonObject } from '../contract.ts';
import { parseOrRefuse } from './query-rows.ts';

/**
 * `query?columns=true`: the columns of a query in their order, which the Salesforce CLI prints tables by. Practitioner: the resource is undocumented; its form
 * is what the CLI reads.
 */
export function queryColumns(soql: string): JsonObject {
  const query = parseOrRefuse(soql);
  const [first] = query.select;
  const isCount =
    first?.kind === 'field' && first.field.kind === 'call' && first.field.args.length === 0;
  return { columnMetadata: isCount ? [] : columnsOf(query) };
}

interface Column {
  readonly name: string;
  readonly aggregate: boolean;
  readonly foreignKey: boolean;
  readonly inner: Column[];
}

function columnsOf(query: QueryNode): Json[] {
  const columns: Column[] = [];
  let unnamed = 0;
  for (const selected of query.select) {
    switch (selected.kind) {
      case 'field': {
        const isCall = selected.field.kind === 'call' && AGGREGATES.test(selected.field.name);
        const isAggregate = isCall || query.groupBy !== null;
        const alias = selected.alias ?? (isCall ? `expr${unnamed++}` : null);
        if (alias !== null)
          columns.push({ ...EMPTY, name: alias, aggregate: isAggregate, inner: [] });
        else addPath(columns, pathOf(selected.field));
        break;
      }
      case 'subquery':
        columns.push({
          ...EMPTY,
          name: selected.query.from[0]?.parts.join('.') ?? '',
          aggregate: true,
          inner: innerColumns(selected.query),
        });
        break;
      case 'typeof':
        columns.push({ ...EMPTY, name: selected.path.parts.join('.'), inner: [] });
        break;
      default:
        selected satisfies never;
    }
  }
  return columns.map(toJson);
}

const AGGREGATES = /^(COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX|GROUPING)$/i;
const EMPTY = { aggregate: false, foreignKey: false } as const;

function pathOf(field: FieldNode): readonly string[] {
  if (field.kind === 'path') return field.parts;
  const [inner] = field.args;
  return inner === undefined ? [field.name] : pathOf(inner);
}

/** `Account.Owner.Name` is a column of a column. */
function addPath(columns: Column[], [first = '', ...rest]: readonly string[]): void {
  const isParent = rest.length > 0;
  let column = isParent ? columns.find((one) => one.name === first && one.foreignKey) : undefined;
  if (column === undefined) {
    column = { name: first, aggregate: false, foreignKey: isParent, inner: [] };
    columns.push(column);
  }
  if (isParent) addPath(column.inner, rest);
}

function innerColumns(query: QueryNode): Column[] {
  const columns: Column[] = [];
  for (const selected of query.select) {
    if (selected.kind === 'field') addPath(columns, pathOf(selected.field));
  }
  return columns;
}

function toJson({ name, aggregate, foreignKey, inner }: Column): JsonObject {
  return {
    aggregate,
    apexType: null,
    booleanType: false,
    columnName: name,
    custom: name.endsWith('__c'),
    displayName: name,
    foreignKeyName: foreignKey ? name : null,
    insertable: false,
    joinColumns: inner.map(toJson),
    numberType: false,
    textType: false,
    updatable: false,
  };
}
