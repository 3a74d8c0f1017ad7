import type { FlexiItem } from '../../project/model.ts';

type FactValue = string | number | boolean | null;

/** What the rules of a page may ask about. */
export interface VisibilityFacts {
  /** Field path → value, lower-case. */
  readonly record: ReadonlyMap<string, FactValue>;
  readonly customPermissions: readonly string[];
}

type Rule = FlexiItem['visibility'];

/** Fields of the record that the page's rules ask about: `{!Record.IsPartner}` → `IsPartner`. */
export function visibilityFields(rules: Iterable<Rule>): string[] {
  const fields = new Set<string>();
  for (const rule of rules) {
    for (const { field } of rule?.criteria ?? []) {
      const name = /^\{!Record\.([\w.]+)\}$/.exec(field)?.[1];
      if (name !== undefined) fields.add(name);
    }
  }
  return [...fields];
}

/** Whether a component is shown; a text says why that cannot be told here. */
export function isShown(rule: Rule, facts: VisibilityFacts): boolean | string {
  if (rule === undefined) return true;
  const outcomes: boolean[] = [];
  for (const { field, operation, value } of rule.criteria) {
    const left = leftValue(field, facts);
    if (left === undefined) return `Visibility by ${field} is not available in the local org`;
    const outcome = compare(left.value, operation, value);
    if (outcome === undefined)
      return `Visibility operator ${operation} is not available in the local org`;
    outcomes.push(outcome);
  }
  if (rule.booleanFilter === undefined) return outcomes.every(Boolean);
  return (
    evaluateFilter(rule.booleanFilter, outcomes) ??
    `Visibility filter ${rule.booleanFilter} cannot be read`
  );
}

function leftValue(expression: string, facts: VisibilityFacts): { value: FactValue } | undefined {
  const field = /^\{!Record\.([\w.]+)\}$/.exec(expression)?.[1];
  if (field !== undefined) return { value: facts.record.get(field.toLowerCase()) ?? null };
  const permission = /^\{!\$Permission\.CustomPermission\.(\w+)\}$/.exec(expression)?.[1];
  if (permission !== undefined) return { value: facts.customPermissions.includes(permission) };
  return expression === '{!$Client.FormFactor}' ? { value: 'Large' } : undefined;
}

function compare(left: FactValue, operation: string, right: string): boolean | undefined {
  const text = typeof left === 'object' ? '' : String(left).toLowerCase();
  const wanted = right.toLowerCase();
  switch (operation) {
    case 'EQUAL':
      return text === wanted;
    case 'NE':
      return text !== wanted;
    case 'CONTAINS':
      return text.includes(wanted);
    case 'GT':
      return Number(left) > Number(right);
    case 'GE':
      return Number(left) >= Number(right);
    case 'LT':
      return Number(left) < Number(right);
    case 'LE':
      return Number(left) <= Number(right);
    default:
      return undefined;
  }
}

/** `1 AND (2 OR 3)`: read by descent, nothing is evaluated as code. */
function evaluateFilter(filter: string, outcomes: readonly boolean[]): boolean | undefined {
  const tokens = filter.toUpperCase().match(/\d+|AND|OR|NOT|\(|\)/g) ?? [];
  let at = 0;
  function primary(): boolean | undefined {
    const token = tokens[at];
    at += 1;
    if (token === 'NOT') {
      const inner = primary();
      return inner === undefined ? undefined : !inner;
    }
    if (token === '(') {
      const inner = either();
      at += 1;
      return inner;
    }
    return outcomes[Number(token) - 1];
  }
  function both(): boolean | undefined {
    let value = primary();
    while (tokens[at] === 'AND') {
      at += 1;
      const right = primary();
      value = value === undefined || right === undefined ? undefined : value && right;
    }
    return value;
  }
  function either(): boolean | undefined {
    let value = both();
    while (tokens[at] === 'OR') {
      at += 1;
      const right = both();
      value = value === undefined || right === undefined ? undefined : value || right;
    }
    return value;
  }
  const result = either();
  return at === tokens.length ? result : undefined;
}
