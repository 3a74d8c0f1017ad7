import { bridgeName } from '../contract.ts';
import {
  ApexDate,
  ApexDatetime,
  ApexDouble,
  ApexEnum,
  apexException,
  ApexId,
  ApexTime,
  bridgeOf,
  Decimal,
  LibraryObject,
  SObjectValue,
} from '../../values/index.ts';

const COMPARE_TO = bridgeName('Comparable', 'compareTo(Object)');

/** Natural order of `List.sort()`: null first, Comparable by its method, records by object, name and fields. */
export function naturalOrder(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const own = bridgeOf(a, COMPARE_TO);
  if (own !== null) return (own(b) as number | null) ?? 0;
  if (a instanceof SObjectValue && b instanceof SObjectValue) return compareRecords(a, b);
  const left = rank(a);
  const right = rank(b);
  if (left instanceof Decimal || right instanceof Decimal)
    return decimalOf(left).compareTo(decimalOf(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

function rank(value: unknown): string | number | bigint | Decimal {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Decimal) return value;
  if (value instanceof ApexId) return value.value;
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDate) return value.days;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.millis;
  if (value instanceof ApexEnum) return value.ordinal;
  if (value instanceof LibraryObject && value.apexKey !== undefined) return value.apexKey();
  throw apexException(
    'System.ListException',
    'One or more of the items in this list is not Comparable.',
  );
}

function decimalOf(value: string | number | bigint | Decimal): Decimal {
  if (value instanceof Decimal) return value;
  return typeof value === 'number' && !Number.isInteger(value)
    ? Decimal.ofDouble(value)
    : Decimal.parse(String(value));
}

/** Documented: the object's label, the Name field, then the fields alphabetically; a record without a value stands first. */
function compareRecords(a: SObjectValue, b: SObjectValue): number {
  if (a.object.name !== b.object.name) return a.object.label < b.object.label ? -1 : 1;
  const nameField = a.object.nameField;
  const fields = [...new Set([...a.values.keys(), ...b.values.keys()])]
    .filter((name) => name !== nameField)
    .sort();
  for (const field of nameField === undefined ? fields : [nameField, ...fields]) {
    const order = naturalOrder(a.values.get(field) ?? null, b.values.get(field) ?? null);
    if (order !== 0) return order;
  }
  return 0;
}
