/** What was written in a query; what the names mean is in `resolved.ts`. Offsets point into the query text. */
interface At {
  readonly start: number;
}

/** `Name`, `Account.Owner.Name`, `a.Name`. */
export interface PathNode extends At {
  readonly kind: 'path';
  readonly parts: readonly string[];
}

/** `COUNT(Id)`, `toLabel(Status)`, `CALENDAR_YEAR(convertTimezone(CreatedDate))`, `DISTANCE(…)`. */
export interface CallNode extends At {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly FieldNode[];
}

export type FieldNode = PathNode | CallNode;

export type SelectNode =
  | {
      readonly kind: 'field';
      readonly field: FieldNode;
      readonly alias: string | null;
      readonly start: number;
    }
  | { readonly kind: 'subquery'; readonly query: QueryNode; readonly start: number }
  | TypeofNode;

export interface TypeofNode extends At {
  readonly kind: 'typeof';
  readonly path: PathNode;
  readonly whens: readonly {
    readonly object: string;
    readonly start: number;
    readonly fields: readonly PathNode[];
  }[];
  readonly otherwise: readonly PathNode[];
}

export interface FromNode extends At {
  readonly parts: readonly string[];
  readonly alias: string | null;
}

export type CompareOperator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly term: ConditionNode }
  | {
      readonly kind: 'compare';
      readonly field: FieldNode;
      readonly operator: CompareOperator;
      readonly value: ValueNode;
      readonly start: number;
    };

export type ValueNode =
  | (At & { readonly kind: 'string'; readonly value: string; readonly pattern: string })
  | (At & { readonly kind: 'number'; readonly text: string })
  | (At & { readonly kind: 'currency'; readonly text: string })
  | (At & { readonly kind: 'boolean'; readonly value: boolean })
  | (At & { readonly kind: 'null' })
  | (At & { readonly kind: 'date' | 'datetime'; readonly text: string })
  | (At & { readonly kind: 'dateLiteral'; readonly name: string; readonly n: number })
  | (At & { readonly kind: 'bind'; readonly path: string; readonly end: number })
  | (At & { readonly kind: 'list'; readonly items: readonly ValueNode[] })
  | (At & { readonly kind: 'subquery'; readonly query: QueryNode });

export interface OrderNode {
  readonly field: FieldNode;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | null;
}

export interface QueryNode extends At {
  readonly select: readonly SelectNode[];
  readonly from: readonly FromNode[];
  readonly scope: string | null;
  readonly where: ConditionNode | null;
  readonly access: 'user' | 'system' | 'securityEnforced' | null;
  readonly groupBy: {
    readonly kind: 'plain' | 'rollup' | 'cube';
    readonly fields: readonly FieldNode[];
  } | null;
  readonly having: ConditionNode | null;
  readonly orderBy: readonly OrderNode[];
  readonly limit: Extract<ValueNode, { kind: 'number' | 'bind' }> | null;
  readonly offset: Extract<ValueNode, { kind: 'number' | 'bind' }> | null;
  readonly allRows: boolean;
  readonly forUpdate: boolean;
  readonly forView: boolean;
  readonly forReference: boolean;
}

/** FIND 'x' IN ALL FIELDS RETURNING Account(Id, Name WHERE … ORDER BY … LIMIT n), Contact. */
export interface SearchNode {
  readonly find: Extract<ValueNode, { kind: 'string' | 'bind' }>;
  readonly scope: 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';
  readonly returning: readonly QueryNode[];
  readonly access: 'user' | 'system' | null;
  readonly limit: Extract<ValueNode, { kind: 'number' | 'bind' }> | null;
}
