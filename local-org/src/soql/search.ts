import { ApexList } from '../apex/values/list.ts';
import type { SObjectValue } from '../apex/values/sobject.ts';
import { apexException } from '../apex/values/exception.ts';
import { Types } from '../apex/values/runtime-type.ts';
import type { AccessContext, QueryOptions } from '../execution/contract.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { checkQueryAccess } from '../access/query-checks.ts';
import { assumed } from '../inferred/index.ts';
import { fold } from '../storage/fold.ts';
import type { CheckedQuery, CheckedSearch } from './contract.ts';
import type { ResolvedCondition, ResolvedQuery } from './resolved.ts';
import type { ResolvedSearch } from './resolved-search.ts';
import { touched } from './plan.ts';
import { runQuery } from './run.ts';
import type { QueryEnv } from './run.ts';

/** What surrounds a SOSL search. */
export interface SearchEnv extends QueryEnv {
  /** Ids of `Test.setFixedSearchResults`; null outside of tests. In tests without them a search finds nothing (documented). */
  readonly fixedResults: readonly string[] | null;
}

/** "The search term must be longer than one character" (documented: minimum of two). */
const MIN_TERM = 2;
/** Documented: a SOSL query answers at most 2,000 records. */
const MAX_ROWS = 2000;

const searchQueries = new WeakMap<ResolvedQuery, Map<string, ResolvedQuery>>();

/**
 * Runs a SOSL search: one list per RETURNING object. The words must all begin some word of a searched field; `*` and `?` are wildcards.
 * The real search index (stemming, synonyms, ranking) is not imitated.
 */
export function runSearch(
  search: CheckedSearch,
  options: QueryOptions,
  env: SearchEnv,
): SObjectValue[][] {
  const node = search.node as ResolvedSearch;
  env.limits?.add('SoslQueries', 1);
  const text =
    node.find.kind === 'string' ? node.find.value : textOf(options.binds[node.find.slot]);
  const words = wordsOf(text);
  if (words.length === 0 || words.every((word) => word.replace(/[%_]/g, '').length < MIN_TERM)) {
    throw apexException(
      'System.SearchException',
      'search term must be longer than one character: ' + text,
    );
  }
  // Documented: Help, "Field-Level Security": it does not prevent searching on values; protected fields are left out of what is returned.
  const limited = { ...env, limits: null, accessChecked: true };
  const { userId, access: mode } = options.context;
  const asGiven =
    env.fixedResults !== null &&
    assumed(env.store.schema.shape, 'fixed-search-results') === 'as-given';
  const context: AccessContext = asGiven
    ? { userId, access: 'system', sharing: false }
    : options.context;
  return node.returning.map((query) => {
    if (mode !== 'system') checkQueryAccess(env.store, userId, touched(query), mode);
    const condition =
      env.fixedResults === null
        ? matches(query.object, node.scope, words)
        : ({
            kind: 'in',
            expr: fieldRef(query.object, 'Id'),
            negated: false,
            values: ids(env.fixedResults),
          } as const);
    if (condition === null) return [];
    const checked: CheckedQuery = {
      kind: 'query',
      text: search.text,
      object: query.object.name,
      shape: 'rows',
      binds: search.binds,
      access: null,
      node: withCondition(
        query,
        condition,
        `${words.join(' ')}|${node.scope}|${env.fixedResults?.join() ?? ''}`,
      ),
    };
    return runQuery(checked, { ...options, context }, limited).rows;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The lists in the form that Apex holds them: `List<List<SObject>>`. */
export function searchLists(results: readonly SObjectValue[][]): ApexList<ApexList<SObjectValue>> {
  const list = { kind: 'list', element: Types.SObject } as const;
  return new ApexList(
    list,
    results.map((rows) => new ApexList<SObjectValue>(Types.SObject, [...rows])),
  );
}

function withCondition(
  query: ResolvedQuery,
  condition: ResolvedCondition,
  key: string,
): ResolvedQuery {
  let known = searchQueries.get(query);
  if (known === undefined || known.size > 50) {
    known = new Map();
    searchQueries.set(query, known);
  }
  let merged = known.get(key);
  if (merged === undefined) {
    const where: ResolvedCondition =
      query.where === null ? condition : { kind: 'and', terms: [query.where, condition] };
    merged = { ...query, where, limit: query.limit ?? { kind: 'number', value: MAX_ROWS } };
    known.set(key, merged);
  }
  return merged;
}

/** `"exact phrase" word*` → LIKE patterns of single words or phrases. AND, OR and NOT between words are read as AND. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/"([^"]*)"|([^\s"(){}]+)/g)) {
    const word = (match[1] ?? match[2] ?? '').trim();
    if (word === '' || /^(?:and|or|not)$/i.test(word)) continue;
    words.push(
      fold(word)
        .replace(/[\\%_]/g, '\\$&')
        .replaceAll('*', '%')
        .replaceAll('?', '_'),
    );
  }
  return words;
}

const NAME_FIELDS = new Set(['name', 'firstname', 'lastname', 'subject', 'casenumber', 'title']);

function searchable(object: ObjectInfo, scope: ResolvedSearch['scope']): FieldInfo[] {
  return [...object.fields.values()].filter((field) => {
    if (field.formula !== undefined) return false;
    const type = field.displayType;
    switch (scope) {
      case 'EMAIL':
        return type === 'email';
      case 'PHONE':
        return type === 'phone';
      case 'NAME':
        return field.nameField || NAME_FIELDS.has(field.name.toLowerCase());
      case 'ALL':
      case 'SIDEBAR':
        return (
          type === 'string' ||
          type === 'textarea' ||
          type === 'email' ||
          type === 'phone' ||
          type === 'url' ||
          type === 'combobox'
        );
      default:
        throw scope satisfies never;
    }
  });
}

function matches(
  object: ObjectInfo,
  scope: ResolvedSearch['scope'],
  words: readonly string[],
): ResolvedCondition | null {
  const fields = searchable(object, scope);
  if (fields.length === 0) return null;
  const like = (field: FieldInfo, pattern: string): ResolvedCondition => ({
    kind: 'compare',
    expr: fieldRef(object, field.name),
    operator: 'LIKE',
    value: { kind: 'string', value: pattern, pattern },
  });
  const terms = words.map((word): ResolvedCondition => ({
    kind: 'or',
    terms: fields.flatMap((field) => [
      like(field, `${word}%`),
      like(field, `% ${word}%`),
      like(field, `%@${word}%`),
      like(field, `%.${word}%`),
    ]),
  }));
  return { kind: 'and', terms };
}

function fieldRef(
  object: ObjectInfo,
  name: string,
): Extract<ResolvedCondition, { kind: 'semijoin' }>['expr'] {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined) throw apexException('System.SearchException', `no field ${name}`);
  return { kind: 'field', steps: [], owners: [{ object, field }], field, isType: false };
}

function ids(
  values: readonly string[],
): { readonly kind: 'string'; readonly value: string; readonly pattern: string }[] {
  return values.map((value) => ({ kind: 'string', value, pattern: value }));
}
