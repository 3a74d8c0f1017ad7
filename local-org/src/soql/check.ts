import type { ObjectInfo, Schema } from '../schema/contract.ts';
import type { FieldNode, FromNode, QueryNode, SelectNode, ValueNode } from './ast.ts';
import type { BindSlot, CheckedQuery, CheckedSearch, QueryProblem } from './contract.ts';
import { SoqlSyntaxError } from './lexer.ts';
import type { BindRange } from './lexer.ts';
import { unknownChildRelationship, unknownRelationship, unsupportedObject } from './messages.ts';
import { parseSoql, parseSosl } from './parser.ts';
import { checkDuplicates, checkGrouping } from './grouping.ts';
import { resolveCondition } from './resolve-conditions.ts';
import type { ConditionHost } from './resolve-conditions.ts';
import { resolveExpr, resolvePath } from './resolve-fields.ts';
import type { Scope } from './resolve-fields.ts';
import { baseField } from './resolved.ts';
import type {
  FieldRef,
  ResolvedCount,
  ResolvedExpr,
  ResolvedItem,
  ResolvedOrder,
  ResolvedQuery,
} from './resolved.ts';
import type { ResolvedSearch } from './resolved-search.ts';

/** The outcome of a check: the query ready to run, or what is wrong with it. */
export type CheckResult<T> =
  | { readonly ok: true; readonly query: T }
  | { readonly ok: false; readonly problems: readonly QueryProblem[] };

/**
 * Parses and checks a query against the schema. `binds`: where the bind expressions of static SOQL stand (from the Apex parser);
 * null for dynamic SOQL, where a bind is a variable or a member of one.
 */
export function checkSoql(
  text: string,
  schema: Schema,
  binds: readonly BindRange[] | null,
): CheckResult<CheckedQuery> {
  return guarded(() => {
    const tree = parseSoql(text, binds);
    const resolver = new Resolver(schema);
    const node = resolver.root(tree);
    return {
      kind: 'query',
      text,
      object: node.object.name,
      shape: node.shape,
      binds: resolver.slots,
      access: tree.access,
      node,
    };
  });
}

/** Parses and checks a SOSL search. */
export function checkSosl(
  text: string,
  schema: Schema,
  binds: readonly BindRange[] | null,
): CheckResult<CheckedSearch> {
  return guarded(() => {
    const tree = parseSosl(text, binds);
    const resolver = new Resolver(schema);
    const find =
      tree.find.kind === 'string'
        ? ({ kind: 'string', value: tree.find.value } as const)
        : ({ kind: 'bind', slot: resolver.bind(tree.find, 'value', undefined) } as const);
    const returning = tree.returning.map((query) => resolver.root(query));
    const limit = tree.limit === null ? null : resolver.count(tree.limit);
    const node: ResolvedSearch = { find, scope: tree.scope, returning, limit };
    return {
      kind: 'search',
      text,
      objects: returning.map((query) => query.object.name),
      access: tree.access,
      binds: resolver.slots,
      node,
    };
  });
}

function guarded<T>(body: () => T): CheckResult<T> {
  try {
    return { ok: true, query: body() };
  } catch (error) {
    if (error instanceof SoqlSyntaxError) {
      return { ok: false, problems: [{ message: error.message, offset: error.offset }] };
    }
    throw error;
  }
}

class Resolver {
  readonly #schema: Schema;
  readonly slots: BindSlot[] = [];

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  bind(
    node: Extract<ValueNode, { kind: 'bind' }>,
    wants: BindSlot['wants'],
    field: BindSlot['field'],
  ): number {
    this.slots.push({ offset: node.start, end: node.end, path: node.path, wants, field });
    return this.slots.length - 1;
  }

  count(node: NonNullable<QueryNode['limit']>): ResolvedCount {
    if (node.kind === 'bind') return { kind: 'bind', slot: this.bind(node, 'number', undefined) };
    return { kind: 'number', value: Number(node.text) };
  }

  root(tree: QueryNode): ResolvedQuery {
    const [first] = tree.from;
    const name = first?.parts[0] ?? '';
    const object = first?.parts.length === 1 ? this.#schema.object(name) : undefined;
    if (first === undefined || object === undefined || object.queryable === false) {
      throw new SoqlSyntaxError(unsupportedObject(first?.parts.join('.') ?? ''), first?.start ?? 0);
    }
    return this.#query(tree, object, first, false);
  }

  #query(tree: QueryNode, object: ObjectInfo, root: FromNode, nested: boolean): ResolvedQuery {
    const scope: Scope = {
      schema: this.#schema,
      object,
      aliases: this.#aliases(tree, root, object),
    };
    const host: ConditionHost = {
      scope,
      bind: (node, wants, field) => this.bind(node, wants, field),
      semijoin: (node, left) => this.#semijoin(node.query, object, left),
    };
    const shape = shapeOf(tree);
    // In the order of the text, so that bind slots are too.
    const items = this.#items(tree.select, scope, shape);
    const where = tree.where === null ? null : resolveCondition(tree.where, host);
    const groupBy =
      tree.groupBy === null
        ? null
        : {
            kind: tree.groupBy.kind,
            exprs: tree.groupBy.fields.map((field) => groupable(field, scope)),
          };
    const having = tree.having === null ? null : resolveCondition(tree.having, host);
    const orderBy = tree.orderBy.map((order): ResolvedOrder => {
      const expr = resolveExpr(order.field, scope);
      const base = baseField(expr);
      if (base?.field.sortable === false) {
        throw new SoqlSyntaxError(
          `field '${base.field.name}' can not be sorted in a query call`,
          order.field.start,
        );
      }
      // "By default, null values are sorted first" (SOQL and SOSL Reference, ORDER BY).
      return { expr, descending: order.descending, nullsFirst: order.nulls !== 'last' };
    });
    const limit = tree.limit === null ? null : this.count(tree.limit);
    if (limit === null || (limit.kind === 'number' && limit.value > 200)) refuseUnbounded(tree);
    const offset = tree.offset === null ? null : this.count(tree.offset);
    if (offset?.kind === 'number' && offset.value > 2000) {
      throw new SoqlSyntaxError('Maximum SOQL offset allowed is 2000', tree.offset?.start ?? 0);
    }
    if (nested && shape !== 'rows') {
      throw new SoqlSyntaxError('Nested aggregate queries are not supported', tree.start);
    }
    if (shape === 'count' && (groupBy !== null || orderBy.length > 0)) {
      // Documented for COUNT(): no ORDER BY and no GROUP BY.
      throw new SoqlSyntaxError(
        groupBy === null ? "unexpected token: 'ORDER'" : "unexpected token: 'GROUP'",
        tree.start,
      );
    }
    if (shape === 'aggregate') checkGrouping(tree, items, groupBy?.exprs ?? [], orderBy);
    else if (having !== null) throw new SoqlSyntaxError("unexpected token: 'HAVING'", tree.start);
    checkDuplicates(items, tree, shape);
    if (tree.forUpdate) refuseLocking(tree, shape, nested);
    return {
      object,
      shape,
      items,
      scope: tree.scope,
      where,
      groupBy,
      having,
      orderBy,
      limit,
      offset,
      allRows: tree.allRows,
      forUpdate: tree.forUpdate,
    };
  }

  #aliases(
    tree: QueryNode,
    root: FromNode,
    object: ObjectInfo,
  ): ReadonlyMap<string, readonly string[]> {
    const aliases = new Map<string, readonly string[]>();
    if (root.alias !== null) aliases.set(root.alias.toLowerCase(), []);
    for (const item of tree.from.slice(1)) {
      // `FROM Contact c, c.Account a`.
      const base = aliases.get(item.parts[0]?.toLowerCase() ?? '');
      if (base === undefined || item.alias === null) {
        if (item.parts.length === 1 && this.#schema.object(item.parts[0] ?? '') !== undefined) {
          throw new SoqlSyntaxError(unknownRelationship(item.parts.join('.')), item.start);
        }
        throw new SoqlSyntaxError(unsupportedObject(item.parts.join('.')), item.start);
      }
      const path = [...base, ...item.parts.slice(1)];
      // Resolving a field below proves that the path exists.
      resolvePath(
        { kind: 'path', parts: [...path, 'Id'], start: item.start },
        { schema: this.#schema, object, aliases: new Map() },
      );
      aliases.set(item.alias.toLowerCase(), path);
    }
    return aliases;
  }

  #semijoin(tree: QueryNode, outer: ObjectInfo, left: FieldRef): ResolvedQuery {
    const [first] = tree.from;
    const object = this.#schema.object(first?.parts[0] ?? '');
    if (first === undefined || object === undefined) {
      throw new SoqlSyntaxError(unsupportedObject(first?.parts.join('.') ?? ''), tree.start);
    }
    if (object.name === outer.name && left.field.displayType === 'id' && left.steps.length === 0) {
      const [item] = tree.select;
      const selectsId =
        item?.kind === 'field' &&
        item.field.kind === 'path' &&
        item.field.parts.join('').toLowerCase() === 'id';
      if (selectsId)
        throw new SoqlSyntaxError(
          'The inner and outer selects should not be on the same object type',
          tree.start,
        );
    }
    if (tree.forUpdate) refuseLocking(tree, 'rows', true);
    const query = this.#query(tree, object, first, false);
    const [item] = query.items;
    if (query.items.length !== 1 || item?.kind !== 'expr' || item.expr.kind !== 'field') {
      throw new SoqlSyntaxError(
        'Semi join sub-selects can only query id or reference fields, cannot use more than one field',
        tree.start,
      );
    }
    const type = item.expr.field.displayType;
    if (type !== 'id' && type !== 'reference') {
      throw new SoqlSyntaxError(
        `The selected field '${item.expr.field.name}' in the subquery and the left operand field in the where expression in the outer query '${left.field.name}' should point to the same object type`,
        tree.start,
      );
    }
    return query;
  }

  #items(
    select: readonly SelectNode[],
    scope: Scope,
    shape: ResolvedQuery['shape'],
  ): ResolvedItem[] {
    let unnamed = 0;
    return select.flatMap((node): ResolvedItem[] => {
      switch (node.kind) {
        case 'subquery':
          return [this.#children(node.query, scope)];
        case 'typeof':
          return [this.#typeof(node, scope)];
        case 'field': {
          const expansion = this.#fieldsFunction(node.field, scope);
          if (expansion !== null) return expansion;
          const expr = resolveExpr(node.field, scope);
          if (shape === 'aggregate') {
            let key = node.alias;
            if (key === null) key = expr.kind === 'field' ? expr.field.name : `expr${unnamed++}`;
            return [{ kind: 'expr', expr, key }];
          }
          if (node.alias !== null && expr.kind === 'field') {
            // Row queries know no aliases of plain fields (documented: alias notation for fields is for GROUP BY queries).
            throw new SoqlSyntaxError('only aggregate expressions use field aliasing', node.start);
          }
          if (expr.kind === 'date' || expr.kind === 'grouping') {
            throw new SoqlSyntaxError(
              `unexpected token: '${(node.field as { name: string }).name}'`,
              node.start,
            );
          }
          return [{ kind: 'expr', expr, key: node.alias }];
        }
        default:
          throw node satisfies never;
      }
    });
  }

  #fieldsFunction(field: FieldNode, scope: Scope): ResolvedItem[] | null {
    if (field.kind !== 'call' || field.name.toUpperCase() !== 'FIELDS') return null;
    const arg = field.args[0];
    const which = arg?.kind === 'path' ? arg.parts.join('.').toUpperCase() : '';
    if (which !== 'ALL' && which !== 'STANDARD' && which !== 'CUSTOM') {
      throw new SoqlSyntaxError(`unexpected token: '${which}'`, arg?.start ?? field.start);
    }
    const items: ResolvedItem[] = [];
    for (const info of scope.object.fields.values()) {
      if (which !== 'ALL' && info.custom !== (which === 'CUSTOM')) continue;
      if (info.displayType === 'address' || info.displayType === 'location') continue;
      const expr: FieldRef = {
        kind: 'field',
        steps: [],
        owners: [{ object: scope.object, field: info }],
        field: info,
        isType: false,
      };
      items.push({ kind: 'expr', expr, key: null });
    }
    return items;
  }

  #children(tree: QueryNode, scope: Scope): ResolvedItem {
    const [first] = tree.from;
    // `FROM Account.Contacts` names the parent before the relationship; apex-recipes does so.
    const qualifier = first?.parts.length === 2 ? (first.parts[0]?.toLowerCase() ?? '') : '';
    const name =
      scope.aliases.has(qualifier) || qualifier === scope.object.name.toLowerCase()
        ? (first?.parts[1] ?? '')
        : (first?.parts.join('.') ?? '');
    const relationship = scope.object.children.get(name.toLowerCase());
    const object =
      relationship === undefined ? undefined : this.#schema.object(relationship.childObject);
    if (first === undefined || relationship === undefined || object === undefined) {
      throw new SoqlSyntaxError(unknownChildRelationship(name), first?.start ?? tree.start);
    }
    if (relationship.field === '') {
      const unknown = `Subquery on ${scope.object.name}.${name} is not implemented in the local org: the field behind it is not known`;
      throw new SoqlSyntaxError(unknown, first.start);
    }
    return { kind: 'children', relationship, query: this.#query(tree, object, first, true) };
  }

  #typeof(node: Extract<SelectNode, { kind: 'typeof' }>, scope: Scope): ResolvedItem {
    const probe = resolvePath(
      { kind: 'path', parts: [...node.path.parts, 'Id'], start: node.start },
      scope,
    );
    const step = probe.steps[0];
    if (
      step === undefined ||
      probe.steps.length !== 1 ||
      step.field.reference?.polymorphic !== true
    ) {
      throw new SoqlSyntaxError(unknownRelationship(node.path.parts.join('.')), node.start);
    }
    const below = (object: ObjectInfo, parts: readonly string[], start: number): FieldRef => {
      const ref = resolvePath(
        { kind: 'path', parts, start },
        { schema: this.#schema, object, aliases: new Map() },
      );
      return { ...ref, steps: [step, ...ref.steps] };
    };
    const whens = node.whens.map((when) => {
      const object = step.targets.find(
        (target) => target.name.toLowerCase() === when.object.toLowerCase(),
      );
      if (object === undefined)
        throw new SoqlSyntaxError(unsupportedObject(when.object), when.start);
      return {
        object,
        fields: when.fields.map((field) => below(object, field.parts, field.start)),
      };
    });
    const otherwise = node.otherwise.map((field) =>
      resolvePath(
        { kind: 'path', parts: [...node.path.parts, ...field.parts], start: field.start },
        scope,
      ),
    );
    return { kind: 'typeof', step, whens, otherwise };
  }
}

function shapeOf(tree: QueryNode): ResolvedQuery['shape'] {
  const [only] = tree.select;
  if (
    tree.select.length === 1 &&
    only?.kind === 'field' &&
    only.field.kind === 'call' &&
    only.alias === null
  ) {
    if (only.field.name.toUpperCase() === 'COUNT' && only.field.args.length === 0) return 'count';
  }
  const aggregated = tree.select.some((item) => item.kind === 'field' && hasAggregate(item.field));
  return tree.groupBy !== null || aggregated ? 'aggregate' : 'rows';
}

function hasAggregate(node: FieldNode): boolean {
  if (node.kind === 'path') return false;
  if (/^(?:COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)$/i.test(node.name)) return true;
  return node.args.some(hasAggregate);
}

function groupable(node: FieldNode, scope: Scope): ResolvedExpr {
  const expr = resolveExpr(node, scope);
  const base = baseField(expr);
  if (expr.kind === 'aggregate')
    throw new SoqlSyntaxError(
      `Grouped field should not be aggregated: ${base?.field.name ?? ''}`,
      node.start,
    );
  const type = base?.field.displayType;
  const date = expr.kind === 'date';
  // Documented: fields of these types cannot be grouped; a datetime only through a date function.
  const never =
    type === 'textarea' || type === 'multipicklist' || type === 'base64' || type === 'datetime';
  if (!date && (base?.field.groupable === false || (never && base?.field.groupable !== true))) {
    throw new SoqlSyntaxError(
      `field '${base?.field.name ?? ''}' can not be grouped in a query call`,
      node.start,
    );
  }
  return expr;
}

/**
 * Documented: no ORDER BY (SOQL and SOSL Reference, "FOR UPDATE"), no ALL ROWS (Apex Developer Guide, "Querying All Records with a SOQL Statement"). That rows of
 * an aggregate and of a subquery cannot be locked, and all the texts, are inferred.
 */
function refuseLocking(tree: QueryNode, shape: ResolvedQuery['shape'], nested: boolean): void {
  const other =
    tree.orderBy.length > 0
      ? 'ORDER BY'
      : tree.allRows
        ? 'ALL ROWS'
        : shape !== 'rows'
          ? 'aggregate queries'
          : nested
            ? 'subqueries'
            : null;
  if (other !== null)
    throw new SoqlSyntaxError(`FOR UPDATE is not allowed with ${other}`, tree.start);
}

/** Documented: `FIELDS(ALL)` and `FIELDS(CUSTOM)` only with a limit of 200. */
function refuseUnbounded(tree: QueryNode): void {
  for (const node of tree.select) {
    if (node.kind !== 'field' || node.field.kind !== 'call') continue;
    const [arg] = node.field.args;
    const which = arg?.kind === 'path' ? arg.parts.join('.').toUpperCase() : '';
    if (node.field.name.toUpperCase() !== 'FIELDS' || which === 'STANDARD') continue;
    throw new SoqlSyntaxError(
      'The SOQL FIELDS function must have a LIMIT of at most 200',
      node.field.start,
    );
  }
}
