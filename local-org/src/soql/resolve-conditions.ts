import type { DisplayType, FieldInfo } from '../schema/contract.ts';
import type { BindSlot } from './contract.ts';
import type { ConditionNode, ValueNode } from './ast.ts';
import { SoqlSyntaxError } from './lexer.ts';
import { resolveExpr } from './resolve-fields.ts';
import type { Scope } from './resolve-fields.ts';
import { baseField } from './resolved.ts';
import type {
  FieldRef,
  ResolvedCondition,
  ResolvedExpr,
  ResolvedQuery,
  ResolvedValue,
} from './resolved.ts';

/** What the resolver of conditions needs from the resolver of queries. */
export interface ConditionHost {
  readonly scope: Scope;
  /** Registers a bind and returns its slot. */
  bind(
    node: Extract<ValueNode, { kind: 'bind' }>,
    wants: BindSlot['wants'],
    field: BindSlot['field'],
  ): number;
  semijoin(node: Extract<ValueNode, { kind: 'subquery' }>, left: FieldRef): ResolvedQuery;
}

/** Resolves WHERE and HAVING. */
export function resolveCondition(node: ConditionNode, host: ConditionHost): ResolvedCondition {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, terms: node.terms.map((term) => resolveCondition(term, host)) };
    case 'not':
      return { kind: 'not', term: resolveCondition(node.term, host) };
    case 'compare':
      return resolveComparison(node, host);
    default:
      throw node satisfies never;
  }
}

function resolveComparison(
  node: Extract<ConditionNode, { kind: 'compare' }>,
  host: ConditionHost,
): ResolvedCondition {
  const expr = resolveExpr(node.field, host.scope);
  const kind = valueKind(expr);
  const base = baseField(expr);
  if (base?.field.filterable === false) {
    throw new SoqlSyntaxError(
      `field '${base.field.name}' can not be filtered in a query call`,
      node.start,
    );
  }
  const { operator, value } = node;
  if (operator === 'IN' || operator === 'NOT IN') {
    const negated = operator === 'NOT IN';
    if (value.kind === 'subquery') {
      if (
        expr.kind !== 'field' ||
        (expr.field.displayType !== 'id' && expr.field.displayType !== 'reference')
      ) {
        throw new SoqlSyntaxError(
          `The left operand field in the where expression for semi join sub-selects should be an id or reference field: '${base?.field.name ?? ''}'`,
          node.start,
        );
      }
      return { kind: 'semijoin', expr, negated, query: host.semijoin(value, expr) };
    }
    const items = value.kind === 'list' ? value.items : [value];
    const wants = value.kind === 'list' ? 'value' : 'collection';
    return {
      kind: 'in',
      expr,
      negated,
      values: items.map((item) => resolveValue(item, expr, kind, wants, host)),
    };
  }
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (kind !== 'multipicklist')
      throw new SoqlSyntaxError(`invalid operator on ${kind} field`, node.start);
    const items = value.kind === 'list' ? value.items : [value];
    const wants = value.kind === 'list' ? 'value' : 'collection';
    const values = items.map((item) => resolveValue(item, expr, kind, wants, host));
    return { kind: 'includes', expr, negated: operator === 'EXCLUDES', values };
  }
  const ordered = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
  if (operator === 'LIKE' && !isText(kind))
    throw new SoqlSyntaxError(`invalid operator on ${kindName(kind)} field`, node.start);
  if (ordered && (kind === 'boolean' || kind === 'multipicklist')) {
    throw new SoqlSyntaxError(`invalid operator on ${kindName(kind)} field`, node.start);
  }
  if (value.kind === 'list' || value.kind === 'subquery')
    throw new SoqlSyntaxError("unexpected token: '('", value.start);
  return { kind: 'compare', expr, operator, value: resolveValue(value, expr, kind, 'value', host) };
}

/** What a comparison with this expression compares. */
export function valueKind(expr: ResolvedExpr): DisplayType {
  switch (expr.kind) {
    case 'field':
      return expr.field.displayType;
    case 'aggregate':
      if (expr.fn === 'COUNT' || expr.fn === 'COUNT_DISTINCT') return 'int';
      if (expr.fn === 'AVG') return 'double';
      return expr.arg?.field.displayType ?? 'int';
    case 'date':
      return expr.fn === 'DAY_ONLY' ? 'date' : 'int';
    case 'toLabel':
    case 'format':
      return 'string';
    case 'convertCurrency':
      return valueKind(expr.arg);
    case 'grouping':
      return 'int';
    default:
      throw expr satisfies never;
  }
}

const TEXT_KINDS = new Set<DisplayType>([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'email',
  'phone',
  'url',
  'encryptedstring',
  'anytype',
]);

/** Whether values of the type are text that compares without regard to case. */
export function isText(kind: DisplayType): boolean {
  return TEXT_KINDS.has(kind);
}

function resolveValue(
  node: ValueNode,
  expr: ResolvedExpr,
  kind: DisplayType,
  wants: BindSlot['wants'],
  host: ConditionHost,
): ResolvedValue {
  const field = baseField(expr)?.field;
  switch (node.kind) {
    case 'null':
      return { kind: 'null' };
    case 'bind': {
      const owner = baseField(expr)?.owners[0];
      const target =
        owner === undefined ? undefined : { object: owner.object.name, name: owner.field.name };
      return { kind: 'bind', slot: host.bind(node, wants, target) };
    }
    case 'string':
      if (isText(kind)) return { kind: 'string', value: node.value, pattern: node.pattern };
      if (kind === 'id' || kind === 'reference') {
        if (node.value !== '' && !/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(node.value)) {
          throw new SoqlSyntaxError(`invalid ID field: ${node.value}`, node.start);
        }
        return { kind: 'string', value: node.value, pattern: node.pattern };
      }
      if (kind === 'time') break;
      break;
    case 'number':
    case 'currency':
      if (isNumber(kind)) {
        const digits = node.kind === 'currency' ? node.text.slice(3) : node.text;
        return { kind: 'number', value: Number(digits) };
      }
      break;
    case 'boolean':
      if (kind === 'boolean') return { kind: 'boolean', value: node.value };
      break;
    case 'date':
      if (kind === 'date') return { kind: 'date', day: parseDay(node.text, node.start) };
      break;
    case 'datetime':
      if (kind === 'datetime')
        return { kind: 'datetime', ms: parseDatetime(node.text, node.start) };
      break;
    case 'dateLiteral':
      if (kind === 'date' || kind === 'datetime')
        return { kind: 'dateLiteral', name: node.name, n: node.n };
      break;
    case 'list':
    case 'subquery':
      throw new SoqlSyntaxError("unexpected token: '('", node.start);
    default:
      throw node satisfies never;
  }
  throw new SoqlSyntaxError(wrongType(field, kind), node.start);
}

function isNumber(kind: DisplayType): boolean {
  return (
    kind === 'int' ||
    kind === 'long' ||
    kind === 'double' ||
    kind === 'currency' ||
    kind === 'percent'
  );
}

function wrongType(field: FieldInfo | undefined, kind: DisplayType): string {
  const quoted = isText(kind) || kind === 'id' || kind === 'reference';
  return `value of filter criterion for field '${field?.name ?? ''}' must be of type ${kindName(kind)} and should ${quoted ? '' : 'not '}be enclosed in quotes`;
}

function kindName(kind: DisplayType): string {
  if (kind === 'datetime') return 'dateTime';
  if (kind === 'id' || kind === 'reference') return 'ID';
  if (kind === 'currency' || kind === 'percent') return 'double';
  return isText(kind) ? 'string' : kind;
}

function parseDay(text: string, start: number): number {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) {
    throw new SoqlSyntaxError(`Invalid date: ${text}`, start);
  }
  return ms / 86_400_000;
}

function parseDatetime(text: string, start: number): number {
  const ms = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase());
  if (Number.isNaN(ms)) throw new SoqlSyntaxError(`Invalid datetime: ${text}`, start);
  return ms;
}
