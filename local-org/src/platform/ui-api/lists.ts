import type { Transaction } from '../../execution/contract.ts';
import type { FilterMetadata, ListViewMetadata, Project } from '../../project/model.ts';
import type { FieldInfo, ObjectInfo } from '../../schema/contract.ts';
import { PlatformFault } from '../../server/contract.ts';
import type { ListRequest, RecordList } from '../../server/contract.ts';
import { storedValueOf } from '../setup/stored-values.ts';
import { requireObject, userQuery } from './core.ts';
import { mayReadPath, resolvePath, selectRecords, toUiRecord } from './records.ts';
import type { FieldPath } from './records.ts';

const MAX_PAGE = 2000;
const SEARCHABLE = new Set(['string', 'email', 'phone', 'url', 'picklist']);

/** One page of records and how many there are in all, for the same filter and the same user. */
export function listRecords(
  transaction: Transaction,
  project: Project,
  request: ListRequest,
): RecordList {
  const object = requireObject(transaction.schema, request.objectApiName);
  const paths = request.columns.flatMap((column) => {
    const path = resolvePath(transaction.schema, object, column);
    if (path === undefined) throw invalidField(object, column);
    return mayReadPath(transaction, object, path) ? [path] : [];
  });
  const filter = new Filter(object);
  if (request.parent !== null)
    filter.equals(requireField(object, request.parent.field), request.parent.id);
  if (request.listView !== null)
    applyListView(transaction, filter, listViewOf(project, object, request.listView));
  if (request.search !== null && request.search.trim() !== '')
    filter.contains(paths, request.search.trim());
  const total = userQuery(
    transaction,
    `SELECT COUNT() FROM ${object.name} ${filter.clause()}`,
    filter.binds,
  ).count;
  const records = selectRecords(
    transaction,
    object,
    paths,
    `${filter.clause()} ${orderBy(transaction, object, request)} LIMIT :pageSize OFFSET :pageStart`,
    [...filter.binds, Math.min(Math.max(request.limit, 1), MAX_PAGE), Math.max(request.offset, 0)],
  );
  return {
    records: records.map((record) => toUiRecord(transaction, record, paths)),
    total,
  };
}

/** A WHERE clause of schema names; every value is a bind. */
class Filter {
  readonly binds: unknown[] = [];
  readonly #terms: string[] = [];
  readonly object: ObjectInfo;

  constructor(object: ObjectInfo) {
    this.object = object;
  }

  equals(field: FieldInfo, value: unknown): void {
    this.add(`${field.name} = `, value);
  }

  /** `left` ends before the bind. */
  add(left: string, value: unknown): void {
    this.#terms.push(`${left}:value${this.binds.length}`);
    this.binds.push(value);
  }

  contains(paths: readonly FieldPath[], text: string): void {
    const columns = paths
      .filter((path) => SEARCHABLE.has(path.field.displayType))
      .map((path) => path.text);
    const name = this.object.nameField;
    if (name !== undefined && !columns.includes(name)) columns.push(name);
    if (columns.length === 0) return;
    const pattern = `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
    const terms = columns.map((column) => {
      this.binds.push(pattern);
      return `${column} LIKE :value${this.binds.length - 1}`;
    });
    this.#terms.push(`(${terms.join(' OR ')})`);
  }

  clause(): string {
    return this.#terms.length === 0 ? '' : `WHERE ${this.#terms.join(' AND ')}`;
  }
}

function orderBy(transaction: Transaction, object: ObjectInfo, request: ListRequest): string {
  const by = request.sortBy ?? object.nameField ?? 'Id';
  const path = resolvePath(transaction.schema, object, by);
  if (path === undefined) throw invalidField(object, by);
  const direction = request.sortDirection === 'desc' ? 'DESC' : 'ASC';
  return `ORDER BY ${path.text} ${direction} NULLS LAST${path.text === 'Id' ? '' : ', Id ASC'}`;
}

const OPERATORS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
  contains: 'LIKE',
  startsWith: 'LIKE',
};

function applyListView(transaction: Transaction, filter: Filter, view: ListViewMetadata): void {
  if (/^mine$/i.test(view.filterScope) && filter.object.fields.has('ownerid')) {
    filter.add('OwnerId = ', transaction.user.id);
  }
  if (view.booleanFilter !== undefined)
    throw unsupported(`boolean filter of the list view ${view.name}`);
  for (const criterion of view.filters) {
    const operator = OPERATORS[criterion.operation];
    const field = filter.object.fields.get(apiName(criterion).toLowerCase());
    if (operator === undefined || field === undefined) {
      throw unsupported(
        `filter ${criterion.field} ${criterion.operation} of the list view ${view.name}`,
      );
    }
    const value = storedValueOf(field, booleanText(field, criterion.value));
    filter.add(
      `${field.name} ${operator} `,
      operator === 'LIKE' ? likePattern(criterion, String(value)) : value,
    );
  }
}

/** List views name standard fields as `ACCOUNT.NAME` or `NAME`. */
function apiName(criterion: FilterMetadata): string {
  return (criterion.field.split('.').at(-1) ?? criterion.field).replace(/_(?!_c$|c$)/g, '');
}

/** List views write checkboxes as 1 and 0. */
function booleanText(field: FieldInfo, text: string): string {
  return field.apexType === 'Boolean'
    ? String(text === '1' || text.toLowerCase() === 'true')
    : text;
}

function likePattern(criterion: FilterMetadata, text: string): string {
  return criterion.operation === 'startsWith' ? `${text}%` : `%${text}%`;
}

function listViewOf(project: Project, object: ObjectInfo, name: string): ListViewMetadata {
  const view = project.objects.get(object.name.toLowerCase())?.listViews.get(name.toLowerCase());
  if (view === undefined) {
    throw new PlatformFault({
      status: 404,
      errorCode: 'NOT_FOUND',
      message: `There is no list view ${name} on ${object.name}`,
    });
  }
  return view;
}

function requireField(object: ObjectInfo, name: string): FieldInfo {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined) throw invalidField(object, name);
  return field;
}

function invalidField(object: ObjectInfo, name: string): PlatformFault {
  return new PlatformFault({
    status: 400,
    errorCode: 'INVALID_FIELD',
    message: `No such column '${name}' on entity '${object.name}'`,
  });
}

function unsupported(what: string): PlatformFault {
  return new PlatformFault({
    status: 501,
    errorCode: 'NOT_IMPLEMENTED',
    message: `The local org does not support the ${what}`,
  });
}
