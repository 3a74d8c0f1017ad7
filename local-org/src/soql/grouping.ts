import type { QueryNode } from './ast.ts';
import { SoqlSyntaxError } from './lexer.ts';
import { baseField } from './resolved.ts';
import type { ResolvedExpr, ResolvedItem, ResolvedOrder, ResolvedQuery } from './resolved.ts';

/** A key that is equal for expressions that read the same. */
export function exprKey(expr: ResolvedExpr): string {
  switch (expr.kind) {
    case 'field':
      return [...expr.steps.map((step) => step.name), expr.field.name].join('.').toLowerCase();
    case 'aggregate':
      return `${expr.fn}(${expr.arg === null ? '' : exprKey(expr.arg)})`;
    case 'date':
      return `${expr.fn}(${exprKey(expr.arg)},${String(expr.userTimeZone)})`;
    case 'toLabel':
    case 'format':
    case 'convertCurrency':
    case 'grouping':
      return `${expr.kind}(${exprKey(expr.arg)})`;
    default:
      throw expr satisfies never;
  }
}

function isAggregated(expr: ResolvedExpr): boolean {
  if (expr.kind === 'aggregate' || expr.kind === 'grouping') return true;
  if (expr.kind === 'format' || expr.kind === 'convertCurrency' || expr.kind === 'toLabel')
    return isAggregated(expr.arg);
  return false;
}

/** Every selected and ordered expression of an aggregate query is grouped or aggregated. */
export function checkGrouping(
  tree: QueryNode,
  items: readonly ResolvedItem[],
  groups: readonly ResolvedExpr[],
  orderBy: readonly ResolvedOrder[],
): void {
  const grouped = new Set(groups.map(exprKey));
  const isGrouped = (expr: ResolvedExpr): boolean => {
    if (isAggregated(expr) || grouped.has(exprKey(expr))) return true;
    return (expr.kind === 'toLabel' || expr.kind === 'format') && isGrouped(expr.arg);
  };
  items.forEach((item, index) => {
    const start = tree.select[index]?.start ?? tree.start;
    if (item.kind !== 'expr') throw new SoqlSyntaxError("unexpected token: '('", start);
    if (!isGrouped(item.expr)) {
      throw new SoqlSyntaxError(
        `Field must be grouped or aggregated: ${displayName(item.expr)}`,
        start,
      );
    }
  });
  orderBy.forEach((order, index) => {
    if (isGrouped(order.expr)) return;
    const start = tree.orderBy[index]?.field.start ?? tree.start;
    throw new SoqlSyntaxError(
      `Ordered field must be grouped or aggregated: ${displayName(order.expr)}`,
      start,
    );
  });
}

function displayName(expr: ResolvedExpr): string {
  const base = baseField(expr);
  if (base === null) return 'COUNT';
  return [...base.steps.map((step) => step.name), base.field.name].join('.');
}

/** No field, relationship or alias is selected twice. */
export function checkDuplicates(
  items: readonly ResolvedItem[],
  tree: QueryNode,
  shape: ResolvedQuery['shape'],
): void {
  const seen = new Set<string>();
  const keys = new Set<string>();
  const expanded = items.length !== tree.select.length;
  items.forEach((item, index) => {
    const start = expanded ? tree.start : (tree.select[index]?.start ?? tree.start);
    if (item.kind === 'children') {
      const key = `(${item.relationship.name.toLowerCase()})`;
      if (seen.has(key))
        throw new SoqlSyntaxError(
          `Duplicate relationship in SELECT: ${item.relationship.name}`,
          start,
        );
      seen.add(key);
      return;
    }
    if (item.kind !== 'expr') return;
    const key = exprKey(item.expr);
    if (item.expr.kind === 'field' && seen.has(key)) {
      throw new SoqlSyntaxError(`duplicate field selected: ${displayName(item.expr)}`, start);
    }
    seen.add(key);
    if (item.key === null || shape !== 'aggregate') return;
    const alias = item.key.toLowerCase();
    if (keys.has(alias)) throw new SoqlSyntaxError(`duplicate alias: ${item.key}`, start);
    keys.add(alias);
  });
}
