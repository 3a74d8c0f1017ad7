import { storedValueOf } from '../platform/setup/stored-values.ts';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { FilterMetadata } from '../project/model.ts';
import type { FieldInfo, ObjectInfo } from '../schema/contract.ts';
import { encodeValue } from '../storage/columns.ts';
import { fold } from '../storage/fold.ts';
import type { Fragment } from '../storage/sql.ts';
import { join, raw, sql } from '../storage/sql.ts';
import { quote } from '../storage/tables.ts';

/** Metadata API, FilterItem.operation: what sharing rules may use. */
const COMPARISONS: Readonly<Record<string, string>> = {
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

/**
 * The criteria of a sharing rule as a condition on the table alias. Documented: Metadata API, SharingCriteriaRule: all items, or as the boolean
 * filter says; values separated by commas are alternatives. What cannot be said stops the deployment by name.
 */
export function criteriaSql(
  object: ObjectInfo,
  alias: string,
  items: readonly FilterMetadata[],
  booleanFilter: string | null,
): Fragment {
  const terms = items.map((item) => itemSql(object, alias, item));
  if (terms.length === 0) throw invalid('criteria without items');
  return booleanFilter === null || booleanFilter.trim() === ''
    ? sql`(${join(terms, ' AND ')})`
    : combine(booleanFilter, terms);
}

function invalid(text: string): Error {
  return raise(Diagnostics.METADATA_INVALID, [`Sharing rule: ${text}`]);
}

/** `1 AND (2 OR 3)`, with numbers from one. */
function combine(filter: string, terms: readonly Fragment[]): Fragment {
  const tokens = filter.match(/\d+|AND|OR|NOT|[()]|\S+/gi) ?? [];
  let depth = 0;
  let wantsOperand = true;
  const parts = tokens.map((token): Fragment => {
    const word = token.toUpperCase();
    const number = Number(token);
    if (wantsOperand && Number.isInteger(number)) {
      const term = terms[number - 1];
      if (term === undefined)
        throw invalid(`the filter logic names ${token}, which does not exist`);
      wantsOperand = false;
      return term;
    }
    if (wantsOperand && (word === '(' || word === 'NOT')) {
      if (word === '(') depth++;
      return raw(word);
    }
    if (!wantsOperand && word === ')' && depth > 0) {
      depth--;
      return raw(word);
    }
    if (!wantsOperand && (word === 'AND' || word === 'OR')) {
      wantsOperand = true;
      return raw(word);
    }
    throw invalid(`the filter logic '${filter}' is wrong at '${token}'`);
  });
  if (wantsOperand || depth !== 0) throw invalid(`the filter logic '${filter}' is not complete`);
  return sql`(${join(parts, ' ')})`;
}

function itemSql(object: ObjectInfo, alias: string, item: FilterMetadata): Fragment {
  const name = item.field.slice(item.field.lastIndexOf('.') + 1);
  const field =
    object.fields.get(name.toLowerCase()) ?? object.fields.get(`${name}id`.toLowerCase());
  if (field === undefined) throw invalid(`${object.name} has no field ${item.field}`);
  // Documented: formula fields cannot be criteria.
  if (field.formula !== undefined)
    throw invalid(`the formula field ${field.name} cannot be a criterion`);
  const column = raw(`${alias}.${quote(field.name)}`);
  const text = field.apexType === 'String' || field.apexType === 'Id';
  const left = text && field.apexType === 'String' ? sql`fold(${column})` : column;
  const values = valuesOf(object, field, item.value);
  const any = (one: (value: string | number) => Fragment): Fragment =>
    sql`(${join(values.filter((value) => value !== null).map(one), ' OR ')})`;
  const empty = values.length === 0 || values.includes(null);
  const equals = empty
    ? sql`${column} IS NULL`
    : any((value) => (text ? textEquals(column, left, value) : sql`${left} = ${value}`));
  // A record without a value is not equal to one, and contains none.
  const not = (condition: Fragment): Fragment => sql`NOT COALESCE(${condition}, 0)`;
  const comparison = COMPARISONS[item.operation];
  if (comparison !== undefined && !empty && values.length === 1)
    return sql`${left} ${raw(comparison)} ${values[0] ?? null}`;
  if (item.operation === 'equals') return equals;
  if (item.operation === 'notEqual') return empty ? sql`${column} IS NOT NULL` : not(equals);
  if (text && !empty) {
    const contains = any((value) => sql`instr(${left}, ${value}) > 0`);
    if (item.operation === 'contains') return contains;
    if (item.operation === 'notContain') return not(contains);
    if (item.operation === 'startsWith') return any((value) => sql`instr(${left}, ${value}) = 1`);
    const includes = any((value) => sql`instr(';' || ${left} || ';', ${`;${value};`}) > 0`);
    if (item.operation === 'includes') return includes;
    if (item.operation === 'excludes') return not(includes);
  }
  throw raise(Diagnostics.METADATA_NOT_IMPLEMENTED, [
    `${object.name} sharing rule criterion ${item.field} ${item.operation} ${item.value}`,
  ]);
}

const ASCII = /^[\x20-\x7e]*$/;

/**
 * Equality without regard to case. SQLite's own NOCASE knows ASCII, and where both sides are ASCII (as many bytes as characters) that is the whole answer: a
 * rule over a million records does not call out of the database for each.
 */
function textEquals(column: Fragment, folded: Fragment, value: string | number): Fragment {
  if (folded === column || typeof value !== 'string' || !ASCII.test(value))
    return sql`${folded} = ${value}`;
  return sql`(${column} = ${value} COLLATE NOCASE OR (length(${column}) <> octet_length(${column}) AND ${folded} = ${value}))`;
}

/** Values as stored; null for an empty one. Record types are named by developer name (practitioner). */
function valuesOf(object: ObjectInfo, field: FieldInfo, text: string): (string | number | null)[] {
  if (text.trim() === '') return [null];
  return text.split(',').map((part) => {
    const value = part.trim();
    if (field.name === 'RecordTypeId') {
      const type = object.recordTypes.find(
        ({ developerName, label }) => developerName === value || label === value,
      );
      if (type === undefined) throw invalid(`${object.name} has no record type ${value}`);
      return type.id;
    }
    const stored = encodeValue(storedValueOf(field, value), field);
    if (typeof stored === 'string') return field.apexType === 'String' ? fold(stored) : stored;
    return typeof stored === 'number' ? stored : null;
  });
}
