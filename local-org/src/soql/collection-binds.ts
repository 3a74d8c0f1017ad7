import { ApexList } from '../apex/values/list.ts';
import { ApexSet } from '../apex/values/set.ts';
import type { ResolvedCondition, ResolvedItem, ResolvedQuery } from './resolved.ts';

const rewritten = new WeakMap<ResolvedQuery, Map<string, ResolvedQuery>>();

/**
 * The query in which `Id = :ids` means `Id IN :ids` wherever the bound value is a collection (practitioner: published Apex compares with sets so). Only the
 * values tell, so that the rewriting happens when a query runs; its results are kept.
 */
export function withCollectionBinds(node: ResolvedQuery, binds: readonly unknown[]): ResolvedQuery {
  const slots = new Set<number>();
  binds.forEach((value, slot) => {
    if (value instanceof ApexList || value instanceof ApexSet || Array.isArray(value))
      slots.add(slot);
  });
  if (slots.size === 0) return node;
  let bySlots = rewritten.get(node);
  if (bySlots === undefined) rewritten.set(node, (bySlots = new Map<string, ResolvedQuery>()));
  const key = [...slots].join(' ');
  let query = bySlots.get(key);
  if (query === undefined) bySlots.set(key, (query = inQuery(node, slots)));
  return query;
}

function inQuery(query: ResolvedQuery, slots: ReadonlySet<number>): ResolvedQuery {
  const where = query.where === null ? null : inCondition(query.where, slots);
  const having = query.having === null ? null : inCondition(query.having, slots);
  let items: ResolvedItem[] | null = null;
  query.items.forEach((item, index) => {
    if (item.kind !== 'children') return;
    const child = inQuery(item.query, slots);
    if (child !== item.query) (items ??= [...query.items])[index] = { ...item, query: child };
  });
  if (where === query.where && having === query.having && items === null) return query;
  return { ...query, where, having, items: items ?? query.items };
}

/** The same object where nothing changes. */
function inCondition(condition: ResolvedCondition, slots: ReadonlySet<number>): ResolvedCondition {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const terms = condition.terms.map((term) => inCondition(term, slots));
      return terms.every((term, index) => term === condition.terms[index])
        ? condition
        : { ...condition, terms };
    }
    case 'not': {
      const term = inCondition(condition.term, slots);
      return term === condition.term ? condition : { ...condition, term };
    }
    case 'compare': {
      const { operator, value, expr } = condition;
      if (value.kind !== 'bind' || !slots.has(value.slot)) return condition;
      if (operator !== '=' && operator !== '!=') return condition;
      return { kind: 'in', expr, negated: operator === '!=', values: [value] };
    }
    case 'semijoin': {
      const query = inQuery(condition.query, slots);
      return query === condition.query ? condition : { ...condition, query };
    }
    case 'in':
    case 'includes':
      return condition;
    default:
      return condition satisfies never;
  }
}
