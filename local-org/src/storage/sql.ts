import type { SqlValue } from './database.ts';

/** What is known when a query runs, beside its plan. */
export interface RunValues {
  /** Values of the bind slots, in run-time form. */
  readonly binds: readonly unknown[];
  readonly now: number;
  /** IANA name of the user's time zone. */
  readonly zone: string;
  readonly userId: string;
  /** JSON array of the parents' Ids, for a child subquery. */
  readonly parents: string;
}

/** A parameter of SQL: a constant, or computed when the query runs. */
export type Param = SqlValue | ((run: RunValues) => SqlValue);

/** A piece of SQL with its parameters in the order of their question marks. */
export interface Fragment {
  readonly text: string;
  readonly params: readonly Param[];
}

/** `sql\`a = ${x} AND ${fragment}\``: fragments are spliced in, everything else becomes a parameter. */
export function sql(
  strings: TemplateStringsArray,
  ...parts: readonly (Fragment | Param)[]
): Fragment {
  let text = strings[0] ?? '';
  const params: Param[] = [];
  parts.forEach((part, index) => {
    if (isFragment(part)) {
      text += part.text;
      params.push(...part.params);
    } else {
      text += '?';
      params.push(part);
    }
    text += strings[index + 1] ?? '';
  });
  return { text, params };
}

/** SQL without parameters. */
export function raw(text: string): Fragment {
  return { text, params: [] };
}

/** Fragments with a separator between them. */
export function join(fragments: readonly Fragment[], separator: string): Fragment {
  return {
    text: fragments.map((fragment) => fragment.text).join(separator),
    params: fragments.flatMap((fragment) => fragment.params),
  };
}

/** Parameter values for one run. */
export function bindParams(params: readonly Param[], run: RunValues): SqlValue[] {
  return params.map((param) => (typeof param === 'function' ? param(run) : param));
}

function isFragment(part: Fragment | Param): part is Fragment {
  return typeof part === 'object' && part !== null && 'text' in part && 'params' in part;
}
