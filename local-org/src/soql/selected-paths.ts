import type { CheckedQuery } from './contract.ts';
import type { ResolvedQuery } from './resolved.ts';

/**
 * Field paths that a query of records names, in its order: `Name`, `Owner.Name`; children and functions without a path are left out. The REST API answers
 * exactly these, although a record in Apex also knows the lookups it came along.
 */
export function selectedPaths(query: CheckedQuery): readonly string[] {
  const { items } = query.node as ResolvedQuery;
  return items.flatMap((item) => {
    if (item.kind === 'typeof') {
      const fields = [...item.whens.flatMap((when) => when.fields), ...item.otherwise];
      return fields.map((field) => `${item.step.name}.${field.field.name}`);
    }
    if (item.kind !== 'expr' || item.key !== null || item.expr.kind !== 'field') return [];
    const { steps, field, isType } = item.expr;
    return [[...steps.map((step) => step.name), isType ? 'Type' : field.name].join('.')];
  });
}
