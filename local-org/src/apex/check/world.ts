import type { CheckedQuery, CheckedSearch, QueryProblem } from '../../soql/contract.ts';
import type { Program } from '../types/program.ts';
import type { Reporter } from './reporter.ts';

/** Where binds stand in a query text. */
export interface BindRange {
  readonly start: number;
  readonly end: number;
}

export type QueryCheck<T> =
  | { readonly ok: true; readonly query: T }
  | { readonly ok: false; readonly problems: readonly QueryProblem[] };

/** Checks static SOQL and SOSL against the schema; `src/soql` outside of tests. */
export interface QueryChecker {
  soql(text: string, binds: readonly BindRange[]): QueryCheck<CheckedQuery>;
  sosl(text: string, binds: readonly BindRange[]): QueryCheck<CheckedSearch>;
}

/** What all bodies of a run share. */
export interface World {
  readonly program: Program;
  readonly reporter: Reporter;
  readonly queries: QueryChecker;
}
