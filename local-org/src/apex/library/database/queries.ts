import { currentTransaction } from '../../../execution/current.ts';
import type { AccessMode, QueryResult } from '../../../execution/contract.ts';
import type { CheckedQuery } from '../../../soql/contract.ts';
import {
  apexException,
  ApexList,
  LibraryObject,
  Types,
  type ApexMap,
  type SObjectValue,
} from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { accessContext } from '../environment.ts';
import { mapBinds, scopeBinds } from '../system/dynamic-binds.ts';
import { ArrayIterator, defineBridge, ITERATOR } from '../system/iterator.ts';
import type { AccessLevelValue } from './access-level.ts';

type Binds = ApexMap<string>;

function modeOf(
  query: CheckedQuery,
  level: AccessLevelValue | null | undefined,
): AccessMode | null {
  if (query.access === 'user' || query.access === 'system') return query.access;
  return level?.mode ?? null;
}

/** Runs dynamic SOQL: binds from the map when one is given, else from the variables in the caller's reach. */
function run(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): { query: CheckedQuery; result: QueryResult } {
  const transaction = currentTransaction();
  const query = transaction.prepareQuery(required(text));
  const binds =
    map === undefined || map === null
      ? scopeBinds(query.text, query.binds)
      : mapBinds(query.text, query.binds, map);
  return {
    query,
    result: transaction.query(query, { context: accessContext(modeOf(query, level)), binds }),
  };
}

/** `Database.query`. */
export function queryRows(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): ApexList<SObjectValue> {
  const { query, result } = run(text, level, map);
  return new ApexList(
    Types.sobject(query.shape === 'rows' ? query.object : 'AggregateResult'),
    result.rows,
  );
}

function queryCount(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): number {
  return run(text, level, map).result.count;
}

/** `Database.QueryLocator`: the batch engine asks for `rows()`. */
export class QueryLocatorValue extends LibraryObject {
  readonly apexTypeName = 'Database.QueryLocator';
  readonly text: string;
  readonly #run: () => readonly SObjectValue[];
  #rows: readonly SObjectValue[] | null = null;

  constructor(text: string, run: () => readonly SObjectValue[]) {
    super();
    this.text = text;
    this.#run = run;
  }

  /** The records, read once. */
  rows(): readonly SObjectValue[] {
    this.#rows ??= this.#run();
    return this.#rows;
  }

  iterator(): ArrayIterator {
    return new ArrayIterator(this.rows(), 'Database.QueryLocatorIterator');
  }
}

defineBridge(QueryLocatorValue, ITERATOR, (locator) => locator.iterator());

function locator(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): QueryLocatorValue {
  // Run now: binds and access are those of the code that makes the locator.
  const { query, result } = run(text, level, map);
  return new QueryLocatorValue(query.text, () => result.rows);
}

function locatorOfRows(rows: ApexList<SObjectValue> | null): QueryLocatorValue {
  const list = required(rows);
  return new QueryLocatorValue('', () => list.items);
}

/** `Database.Cursor`. */
export class CursorValue extends LibraryObject {
  readonly apexTypeName = 'Database.Cursor';
  readonly rows: ApexList<SObjectValue>;

  constructor(rows: ApexList<SObjectValue>) {
    super();
    this.rows = rows;
  }

  fetch(position: number, count: number): ApexList<SObjectValue> {
    currentTransaction().limits.add('FetchCallsOnApexCursor', 1);
    if (position < 0 || count < 0 || position > this.rows.items.length) {
      throw apexException(
        'System.InvalidParameterValueException',
        'Invalid position or number of rows',
      );
    }
    return new ApexList(this.rows.elementType, this.rows.items.slice(position, position + count));
  }
}

function cursor(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): CursorValue {
  const rows = queryRows(text, level, map);
  currentTransaction().limits.add('ApexCursorRows', rows.items.length);
  return new CursorValue(rows);
}

/** `Database.PaginationCursor`: pages over the rows that were there when it was made. */
class PaginationCursorValue extends LibraryObject {
  readonly apexTypeName = 'Database.PaginationCursor';
  readonly rows: ApexList<SObjectValue>;

  constructor(rows: ApexList<SObjectValue>) {
    super();
    this.rows = rows;
  }

  page(start: number, size: number): Bean {
    currentTransaction().limits.add('FetchCallsOnApexCursor', 1);
    const records = this.rows.items.slice(start, start + size);
    const next = Math.min(start + size, this.rows.items.length);
    return new Bean('Database.CursorFetchResult', {
      records: new ApexList(this.rows.elementType, records),
      nextIndex: next,
      numDeletedRecords: 0,
      done: next >= this.rows.items.length,
    });
  }
}

function paginationCursor(
  text: string | null,
  level?: AccessLevelValue | null,
  map?: Binds | null,
): PaginationCursorValue {
  const { rows } = cursor(text, level, map);
  return new PaginationCursorValue(rows);
}

/** Members of `Database` that read. */
export const queryMembers = {
  'countQuery(String)': (text: string | null) => queryCount(text),
  'countQuery(String,AccessLevel)': (text: string | null, level: AccessLevelValue | null) =>
    queryCount(text, level),
  'countQueryWithBinds(String,Map<String,Object>,AccessLevel)': (
    text: string | null,
    map: Binds | null,
    level: AccessLevelValue | null,
  ) => queryCount(text, level, required(map)),
  'getCursor(String)': (text: string | null) => cursor(text),
  'getCursor(String,Object)': (text: string | null, level: AccessLevelValue | null) =>
    cursor(text, level),
  'getCursorWithBinds(String,Map<String,Object>,Object)': (
    text: string | null,
    map: Binds | null,
    level: AccessLevelValue | null,
  ) => cursor(text, level, required(map)),
  'getPaginationCursor(String)': (text: string | null) => paginationCursor(text),
  'getPaginationCursor(String,AccessLevel)': (
    text: string | null,
    level: AccessLevelValue | null,
  ) => paginationCursor(text, level),
  'getPaginationCursorWithBinds(String,Map<String,Object>,AccessLevel)': (
    text: string | null,
    map: Binds | null,
    level: AccessLevelValue | null,
  ) => paginationCursor(text, level, required(map)),
  'getQueryLocator(List<SObject>)': locatorOfRows,
  'getQueryLocator(List<SObject>,AccessLevel)': locatorOfRows,
  'getQueryLocator(String)': (text: string | null) => locator(text),
  'getQueryLocator(String,AccessLevel)': (text: string | null, level: AccessLevelValue | null) =>
    locator(text, level),
  'getQueryLocatorWithBinds(String,Map<String,Object>,AccessLevel)': (
    text: string | null,
    map: Binds | null,
    level: AccessLevelValue | null,
  ) => locator(text, level, required(map)),
  'query(String)': (text: string | null) => queryRows(text),
  'query(String,AccessLevel)': (text: string | null, level: AccessLevelValue | null) =>
    queryRows(text, level),
  'queryWithBinds(String,Map<String,Object>,AccessLevel)': (
    text: string | null,
    map: Binds | null,
    level: AccessLevelValue | null,
  ) => queryRows(text, level, required(map)),
};

export const queryTypes = [
  define(
    'Database.PaginationCursor',
    {
      'fetchPage(Integer,Integer)': (value: PaginationCursorValue, start: number, size: number) =>
        value.page(required(start), required(size)),
      'getNumRecords()': (value: PaginationCursorValue) => value.rows.items.length,
    },
    { instanceClass: PaginationCursorValue },
  ),
  defineBean('Database.CursorFetchResult'),
  define(
    'Database.QueryLocator',
    {
      'getQuery()': (value: QueryLocatorValue) => value.text,
      'iterator()': (value: QueryLocatorValue) => value.iterator(),
    },
    { instanceClass: QueryLocatorValue },
  ),
  define('Database.QueryLocatorIterator', {
    'hasNext()': (iterator: ArrayIterator) => iterator.hasNext(),
    'next()': (iterator: ArrayIterator) => iterator.next(),
  }),
  define(
    'Database.Cursor',
    {
      'fetch(Integer,Integer)': (value: CursorValue, position: number, count: number) =>
        value.fetch(required(position), required(count)),
      'getNumRecords()': (value: CursorValue) => value.rows.items.length,
    },
    { instanceClass: CursorValue },
  ),
];
