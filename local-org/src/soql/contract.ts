import type { ApexType } from '../apex/types/type.ts';

/**
 * SOQL and SOSL as the compiler and the runtime see them. `parse` is pure syntax, `check` resolves names against the schema,
 * `run` (in the transaction) plans and executes. Static queries are checked at compile time, dynamic ones when they are built.
 */

/** A problem in the platform's words; `offset` points into the query text. */
export interface QueryProblem {
  readonly message: string;
  readonly offset: number;
}

/** Whether a bind in Apex is a single value or a collection (IN) decides how the runtime passes it. */
export interface BindSlot {
  /** Offset of the colon in the query text. */
  readonly offset: number;
  /** Offset after the bind expression. */
  readonly end: number;
  /** The expression as written, without the colon: in dynamic SOQL a variable, or a member of one (`a.b`). */
  readonly path: string;
  /** What the other side of the comparison wants. */
  readonly wants: 'value' | 'collection' | 'number';
  /** The field compared with, as Apex type name, for converting the bound value. Undefined for LIMIT and OFFSET. */
  readonly field: { readonly object: string; readonly name: string } | undefined;
}

export interface CheckedQuery {
  readonly kind: 'query';
  readonly text: string;
  /** FROM object in canonical case. */
  readonly object: string;
  /** `rows`: sObjects; `count`: bare COUNT(); `aggregate`: AggregateResult rows. */
  readonly shape: 'rows' | 'count' | 'aggregate';
  readonly binds: readonly BindSlot[];
  /** `WITH USER_MODE` / `WITH SYSTEM_MODE` / `WITH SECURITY_ENFORCED`. */
  readonly access: 'user' | 'system' | 'securityEnforced' | null;
  /** The resolved query; opaque outside `src/soql`. */
  readonly node: unknown;
}

export interface CheckedSearch {
  readonly kind: 'search';
  readonly text: string;
  readonly objects: readonly string[];
  /** `WITH USER_MODE` / `WITH SYSTEM_MODE`. */
  readonly access: 'user' | 'system' | null;
  readonly binds: readonly BindSlot[];
  readonly node: unknown;
}

/** Element type of the list a query yields. */
export type QueryRowType = Extract<ApexType, { kind: 'sobject' }>;
