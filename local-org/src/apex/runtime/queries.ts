import type { CodeSite, DmlOperation } from '../../execution/contract.ts';
import { currentTransaction } from '../../execution/current.ts';
import type { CheckedQuery, CheckedSearch } from '../../soql/contract.ts';
import { apexException, ApexList, ApexSet, Types } from '../values/index.ts';
import type { RuntimeType, SObjectValue } from '../values/index.ts';
import { npe } from './numbers.ts';

/** A static query of emitted code: checked when it is first run, so that starting costs nothing for those that are not. */
export class QueryReference<T> {
  readonly text: string;
  readonly #check: () => T;
  #checked: T | null = null;

  constructor(text: string, check: () => T) {
    this.text = text;
    this.#check = check;
  }

  get checked(): T {
    this.#checked ??= this.#check();
    return this.#checked;
  }
}

function bindValue(value: unknown): unknown {
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? value.toArray() : value;
}

function run(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
): { rows: SObjectValue[]; count: number } {
  const transaction = currentTransaction();
  const query = reference.checked;
  const access = query.access === 'user' || query.access === 'system' ? query.access : null;
  return transaction.query(query, {
    context: transaction.accessFor(site, access),
    binds: binds.map(bindValue),
  });
}

export function soqlRows(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
): SObjectValue[] {
  return run(site, reference, binds).rows;
}

export function soqlList(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
  type: RuntimeType,
): ApexList<SObjectValue> {
  return new ApexList(
    type.kind === 'list' ? type.element : Types.SObject,
    run(site, reference, binds).rows,
  );
}

export function soqlCount(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
): number {
  return run(site, reference, binds).count;
}

/** `Account a = [SELECT …]`: exactly one row. */
export function soqlOne(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
): SObjectValue {
  return only(run(site, reference, binds).rows);
}

/** `[SELECT …]?.Name`: no row is null there instead of an error. */
export function soqlOneOrNull(
  site: CodeSite,
  reference: QueryReference<CheckedQuery>,
  binds: readonly unknown[],
): SObjectValue | null {
  const { rows } = run(site, reference, binds);
  return rows.length === 0 ? null : only(rows);
}

/** The platform's texts for a query that was to give one record (documented by practice on every release). */
function only(rows: readonly SObjectValue[]): SObjectValue {
  const [first] = rows;
  if (first === undefined)
    throw apexException('System.QueryException', 'List has no rows for assignment to SObject');
  if (rows.length > 1)
    throw apexException(
      'System.QueryException',
      'List has more than 1 row for assignment to SObject',
    );
  return first;
}

/** `Account a = Database.query(…)`. */
export function onlyRow(list: ApexList<SObjectValue> | null): SObjectValue {
  return only((list ?? npe()).items);
}

export function sosl(
  site: CodeSite,
  reference: QueryReference<CheckedSearch>,
  binds: readonly unknown[],
): ApexList<ApexList<SObjectValue>> {
  const transaction = currentTransaction();
  const search = reference.checked;
  const found = transaction.search(search, {
    context: transaction.accessFor(site, search.access),
    binds: binds.map(bindValue),
  });
  const lists = found.map(
    (rows, index) => new ApexList(Types.sobject(search.objects[index] ?? 'SObject'), rows),
  );
  return new ApexList(Types.list(Types.SObject), lists);
}

/** A DML statement. The first failing row throws `System.DmlException` and undoes the statement; the save pipeline does that. */
export function dml(
  site: CodeSite,
  operation: DmlOperation,
  access: 'user' | 'system' | null,
  target: SObjectValue | ApexList<SObjectValue>,
  externalId: string | null = null,
  duplicates: SObjectValue | ApexList<SObjectValue> | null = null,
): void {
  const transaction = currentTransaction();
  transaction.dml(operation, recordsOf(target), {
    context: transaction.accessFor(site, access),
    allOrNone: true,
    ...(externalId === null ? {} : { externalId }),
    ...(duplicates === null ? {} : { duplicates: recordsOf(duplicates) }),
  });
}

function recordsOf(value: SObjectValue | ApexList<SObjectValue>): readonly SObjectValue[] {
  return value instanceof ApexList ? value.items : [value];
}

/** A call of an `@future` method. */
export function future(
  className: string,
  methodName: string,
  types: readonly string[],
  args: readonly unknown[],
): void {
  currentTransaction().services.async.enqueueFuture(className, methodName, types, args);
}

/** A `System.runAs` block; answers what the block's `return` answered, in an array. */
export function runAs(user: unknown, body: () => unknown): unknown {
  let result: unknown;
  currentTransaction().services.test.runAs(user, () => {
    result = body();
  });
  return result;
}
