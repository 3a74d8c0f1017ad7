import { currentTransaction } from '../../../execution/current.ts';
import type { AccessMode } from '../../../execution/contract.ts';
import { ApexList, ApexMap, LibraryObject, Types, type SObjectValue } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { accessContext, notImplemented } from '../environment.ts';
import { scopeBinds } from '../system/dynamic-binds.ts';
import type { AccessLevelValue } from './access-level.ts';

/** Runs dynamic SOSL: one list per object, in the order of the RETURNING clause. */
function run(
  text: string | null,
  mode: AccessMode | null,
): { readonly objects: readonly string[]; readonly rows: readonly SObjectValue[][] } {
  const transaction = currentTransaction();
  const search = transaction.prepareSearch?.(required(text));
  if (search === undefined) throw notImplemented('Search.query(String)');
  const binds = scopeBinds(search.text, search.binds);
  return {
    objects: search.objects,
    rows: transaction.search(search, { context: accessContext(mode ?? search.access), binds }),
  };
}

function query(
  text: string | null,
  level: AccessLevelValue | null = null,
): ApexList<ApexList<SObjectValue>> {
  const { objects, rows } = run(text, level?.mode ?? null);
  const lists = rows.map(
    (found, index) => new ApexList(Types.sobject(objects[index] ?? 'SObject'), found),
  );
  return new ApexList(Types.list(Types.SObject), lists);
}

/** `Search.SearchResults`: results by object. */
class SearchResults extends LibraryObject {
  readonly apexTypeName = 'Search.SearchResults';
  readonly byObject = new ApexMap<string, ApexList<Bean>>(
    Types.String,
    Types.list(Types.library('Search.SearchResult')),
  );
}

function find(text: string | null, level: AccessLevelValue | null = null): SearchResults {
  const { objects, rows } = run(text, level?.mode ?? null);
  const results = new SearchResults();
  objects.forEach((object, index) => {
    const found = (rows[index] ?? []).map(
      (record) => new Bean('Search.SearchResult', { sObject: record }),
    );
    results.byObject.put(
      object.toLowerCase(),
      new ApexList(Types.library('Search.SearchResult'), found),
    );
  });
  return results;
}

export const searchTypes = [
  define('Search', {
    'find(String)': (text: string | null) => find(text),
    'find(String,AccessLevel)': find,
    'query(String)': (text: string | null) => query(text),
    'query(String,AccessLevel)': query,
  }),
  define('Search.SearchResults', {
    'get(String)': (results: SearchResults, object: string | null) =>
      results.byObject.get(required(object).toLowerCase()) ??
      new ApexList(Types.library('Search.SearchResult')),
  }),
  defineBean('Search.SearchResult', undefined, {
    'getSnippet()': () => {
      throw notImplemented('Search.SearchResult.getSnippet()');
    },
  }),
];
