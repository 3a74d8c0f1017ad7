import type { BoundExpression, BoundStatement } from '../apex/check/bound-tree.ts';

/** A query or a change of records, and the access mode that it states. */
export interface Operation {
  readonly line: number;
  /** `query of Account`, `update`, `Database.query`. */
  readonly what: string;
  /** `default` is the class's API version's; `enforced` checks objects and fields, and leaves sharing to the class. */
  readonly access: 'user' | 'system' | 'default' | 'enforced' | 'unknown';
}

const DATABASE =
  /^(query|queryWithBinds|countQuery|countQueryWithBinds|getQueryLocator|getQueryLocatorWithBinds|getCursor|getCursorWithBinds|getPaginationCursor|insert|update|upsert|delete|undelete|merge|convertLead|insertImmediate|updateImmediate|deleteImmediate|insertAsync|updateAsync|deleteAsync)\(/i;
const SEARCH = /^(query|find)\(/i;
/** Custom metadata and static resources are no records that sharing could hide. */
const WITHOUT_RECORDS = /(__mdt|^StaticResource)$/i;

type Soql = Extract<BoundExpression, { kind: 'soql' }>;

/** A query in square brackets. */
export function queryOperation({ query, line }: Soql): Operation | null {
  if (WITHOUT_RECORDS.test(query.object)) return null;
  const access =
    query.access === 'securityEnforced' ? 'enforced' : (query.access ?? ('default' as const));
  return { line, what: `query of ${query.object}`, access };
}

/** A DML statement. */
export function dmlOperation({
  op,
  access,
  line,
}: Extract<BoundStatement, { kind: 'dml' }>): Operation {
  return { line, what: op, access: access ?? 'default' };
}

/** A search, or a call of `Database` or `Search` that reaches records; null for everything else. */
export function callOperation(node: BoundExpression): Operation | null {
  if (node.kind === 'sosl') return { line: node.line, what: 'search', access: 'default' };
  if (node.kind !== 'calllibrarystatic') return null;
  const { type, signature } = node.member;
  const owner = type.replace(/^System\./i, '');
  const reaches =
    (owner === 'Database' && DATABASE.test(signature)) ||
    (owner === 'Search' && SEARCH.test(signature));
  if (!reaches) return null;
  const what = `${owner}.${signature.slice(0, signature.indexOf('('))}`;
  const level = node.args.find(
    (arg) => arg.type.kind === 'library' && /AccessLevel$/.test(arg.type.name),
  );
  if (level !== undefined) return { line: node.line, what, access: accessOf(level) };
  const text = node.args[0] === undefined ? '' : textIn(node.args[0]);
  const stated = /\bWITH\s+(USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)\b/i
    .exec(text)?.[1]
    ?.toUpperCase();
  const access =
    stated === undefined
      ? 'default'
      : stated === 'USER_MODE'
        ? 'user'
        : stated === 'SYSTEM_MODE'
          ? 'system'
          : 'enforced';
  return { line: node.line, what, access };
}

/** What is written out in a text that is put together, variables left out. */
function textIn(e: BoundExpression): string {
  if (e.kind === 'literal') return typeof e.value === 'string' ? e.value : '';
  if (e.kind === 'concat') return textIn(e.left) + textIn(e.right);
  return e.kind === 'convert' ? textIn(e.value) : ' ';
}

function accessOf(level: BoundExpression): Operation['access'] {
  if (level.kind !== 'librarystatic') return 'unknown';
  const name = level.member.signature.toUpperCase();
  return name === 'USER_MODE' ? 'user' : name === 'SYSTEM_MODE' ? 'system' : 'unknown';
}
