import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import type { FromClause } from './fields-sql.ts';
import { exprKey } from './grouping.ts';
import type { ResolvedExpr, ResolvedOrder } from './resolved.ts';

/** The parts of a grouped query that every grouping set shares. */
export interface RollupParts {
  readonly kind: 'rollup' | 'cube';
  readonly groups: readonly ResolvedExpr[];
  readonly items: readonly ResolvedExpr[];
  readonly countsRows: boolean;
  readonly orderBy: readonly ResolvedOrder[];
  readonly where: Fragment;
  readonly having: Fragment;
  readonly limit: Fragment;
}

/**
 * `GROUP BY ROLLUP (a, b)`: subtotals for (a, b), (a) and the whole; `CUBE`: for every combination (documented). SQLite has neither, so it is
 * one SELECT for each grouping set; fields outside of the set are null and `GROUPING(field)` is 1. Subtotals come after what they add up.
 */
export function rollupSql(parts: RollupParts, from: FromClause): Fragment {
  const branches = groupingSets(parts).map((set) => branchSql(parts, set, from));
  const first = parts.items.length + (parts.countsRows ? 1 : 0) + 1;
  const order: string[] = [];
  let column = first;
  for (const term of parts.orderBy) {
    for (let count = from.sortable(term.expr).length; count > 0; count--) {
      order.push(
        `${column++} ${term.descending ? 'DESC' : 'ASC'} NULLS ${term.nullsFirst ? 'FIRST' : 'LAST'}`,
      );
    }
  }
  for (const _ of parts.groups) order.push(`${column++} ASC NULLS LAST`);
  return sql`${join(branches, ' UNION ALL ')} ORDER BY ${raw(order.join(', '))}${parts.limit}`;
}

function groupingSets({ kind, groups }: RollupParts): ReadonlySet<string>[] {
  const keys = groups.map(exprKey);
  if (kind === 'rollup')
    return keys
      .map((_, index) => new Set(keys.slice(0, keys.length - index)))
      .concat(new Set<string>());
  const sets: Set<string>[] = [];
  for (let mask = (1 << keys.length) - 1; mask >= 0; mask--) {
    sets.push(new Set(keys.filter((_, index) => (mask & (1 << index)) !== 0)));
  }
  return sets;
}

function branchSql(parts: RollupParts, set: ReadonlySet<string>, from: FromClause): Fragment {
  const all = new Set(parts.groups.map(exprKey));
  const outside = (expr: ResolvedExpr): boolean => {
    if (expr.kind === 'toLabel' || expr.kind === 'format') return outside(expr.arg);
    const key = exprKey(expr);
    return all.has(key) && !set.has(key);
  };
  const value = (expr: ResolvedExpr): Fragment => {
    if (expr.kind === 'grouping') return raw(set.has(exprKey(expr.arg)) ? '0' : '1');
    return outside(expr) ? raw('NULL') : from.expr(expr);
  };
  const columns = [
    ...parts.items.map(value),
    ...(parts.countsRows ? [raw('COUNT(*)')] : []),
    ...parts.orderBy.flatMap(({ expr }) =>
      from.sortable(expr).map((term) => (outside(expr) ? raw('NULL') : term)),
    ),
    ...parts.groups.map(value),
  ];
  const grouped = parts.groups
    .filter((expr) => set.has(exprKey(expr)))
    .map((expr) => from.expr(expr));
  const group = grouped.length === 0 ? raw('') : sql` GROUP BY ${join(grouped, ', ')}`;
  // The grand total of nothing is no row, as with every other group.
  const having =
    grouped.length === 0 && parts.having.text === '' ? raw(' HAVING COUNT(*) > 0') : parts.having;
  return sql`SELECT ${join(columns, ', ')} FROM ${from.toSql()}${parts.where}${group}${having}`;
}
