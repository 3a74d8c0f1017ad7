import type { ChildRelationshipInfo, FieldInfo, ObjectInfo } from '../schema/contract.ts';
import type { CompareOperator } from './ast.ts';

/**
 * A query whose every name is resolved against the schema: what `check` makes and `plan` turns into SQL. Opaque outside `src/soql`.
 */

/** One step of a parent path. Polymorphic lookups have several targets. */
export interface PathStep {
  /** Relationship name in canonical case: `Owner`, `Partner__r`. */
  readonly name: string;
  readonly field: FieldInfo;
  readonly targets: readonly ObjectInfo[];
  /** A formula takes this step: whether its record is visible does not matter. */
  readonly byFormula?: boolean;
}

export interface FieldRef {
  readonly kind: 'field';
  readonly steps: readonly PathStep[];
  /** Where the field is read from: one object, or every target of a polymorphic lookup that has it. */
  readonly owners: readonly { readonly object: ObjectInfo; readonly field: FieldInfo }[];
  /** The field as the query's author sees it. */
  readonly field: FieldInfo;
  /** `Owner.Type`, `What.Type`: the name of the object that the lookup points to; no column anywhere. */
  readonly isType: boolean;
}

export type DateFunction =
  | 'CALENDAR_MONTH'
  | 'CALENDAR_QUARTER'
  | 'CALENDAR_YEAR'
  | 'DAY_IN_MONTH'
  | 'DAY_IN_WEEK'
  | 'DAY_IN_YEAR'
  | 'DAY_ONLY'
  | 'FISCAL_MONTH'
  | 'FISCAL_QUARTER'
  | 'FISCAL_YEAR'
  | 'HOUR_IN_DAY'
  | 'WEEK_IN_MONTH'
  | 'WEEK_IN_YEAR';

export type AggregateFunction = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

export type ResolvedExpr =
  | FieldRef
  /** `arg` is null for `COUNT()`. */
  | { readonly kind: 'aggregate'; readonly fn: AggregateFunction; readonly arg: FieldRef | null }
  | {
      readonly kind: 'date';
      readonly fn: DateFunction;
      readonly arg: FieldRef;
      readonly userTimeZone: boolean;
    }
  | {
      readonly kind: 'toLabel' | 'format' | 'convertCurrency';
      readonly arg: Exclude<ResolvedExpr, { kind: 'grouping' }>;
    }
  | { readonly kind: 'grouping'; readonly arg: FieldRef };

export type ResolvedItem =
  | {
      readonly kind: 'expr';
      readonly expr: ResolvedExpr;
      /** Key of the value in an AggregateResult; alias of a function in a row query. Null: the field itself. */
      readonly key: string | null;
    }
  | {
      readonly kind: 'children';
      readonly relationship: ChildRelationshipInfo;
      readonly query: ResolvedQuery;
    }
  | {
      readonly kind: 'typeof';
      readonly step: PathStep;
      readonly whens: readonly {
        readonly object: ObjectInfo;
        readonly fields: readonly FieldRef[];
      }[];
      readonly otherwise: readonly FieldRef[];
    };

export type ResolvedValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'string'; readonly value: string; readonly pattern: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Day number. */
  | { readonly kind: 'date'; readonly day: number }
  /** Milliseconds since 1970. */
  | { readonly kind: 'datetime'; readonly ms: number }
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly n: number }
  | { readonly kind: 'bind'; readonly slot: number };

export type ResolvedCondition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly ResolvedCondition[] }
  | { readonly kind: 'not'; readonly term: ResolvedCondition }
  | {
      readonly kind: 'compare';
      readonly expr: ResolvedExpr;
      readonly operator: Exclude<CompareOperator, 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES'>;
      readonly value: ResolvedValue;
    }
  | {
      readonly kind: 'in';
      readonly expr: ResolvedExpr;
      readonly negated: boolean;
      /** Single values and binds of collections. */
      readonly values: readonly ResolvedValue[];
    }
  | {
      readonly kind: 'includes';
      readonly expr: ResolvedExpr;
      readonly negated: boolean;
      readonly values: readonly ResolvedValue[];
    }
  | {
      readonly kind: 'semijoin';
      readonly expr: FieldRef;
      readonly negated: boolean;
      readonly query: ResolvedQuery;
    };

export interface ResolvedOrder {
  readonly expr: ResolvedExpr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type ResolvedCount =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bind'; readonly slot: number };

export interface ResolvedQuery {
  readonly object: ObjectInfo;
  readonly shape: 'rows' | 'count' | 'aggregate';
  readonly items: readonly ResolvedItem[];
  readonly scope: string | null;
  readonly where: ResolvedCondition | null;
  readonly groupBy: {
    readonly kind: 'plain' | 'rollup' | 'cube';
    readonly exprs: readonly ResolvedExpr[];
  } | null;
  readonly having: ResolvedCondition | null;
  readonly orderBy: readonly ResolvedOrder[];
  readonly limit: ResolvedCount | null;
  readonly offset: ResolvedCount | null;
  readonly allRows: boolean;
  readonly forUpdate: boolean;
}

/** The field an expression reads in the end, for typing; null for `COUNT()`. */
export function baseField(expr: ResolvedExpr): FieldRef | null {
  switch (expr.kind) {
    case 'field':
      return expr;
    case 'aggregate':
    case 'date':
    case 'grouping':
      return expr.arg;
    case 'toLabel':
    case 'format':
    case 'convertCurrency':
      return baseField(expr.arg);
    default:
      throw expr satisfies never;
  }
}
