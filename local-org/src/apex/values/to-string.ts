import { bridgeName } from '../library/contract.ts';
import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble, doubleToText } from './double.ts';
import { ApexEnum } from './enum.ts';
import { ApexException } from './exception.ts';
import { ApexId } from './id.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { bridgeOf, LibraryObject, userClassOf } from './object.ts';
import { allFields, Types, type RuntimeClass, type RuntimeType } from './runtime-type.ts';
import { ApexSet } from './set.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime } from './time.ts';

const TO_STRING = bridgeName('Object', 'toString()');

/** What the platform prints where an object contains itself. */
const SEEN = '(already output)';

/**
 * The text of any value, as string concatenation, `String.valueOf(Object)` and the debug log give it. `type` is the static type where it is
 * known: it tells a raw Double from an Integer.
 */
export function toText(value: unknown, type: RuntimeType = Types.Object): string {
  return print(value, type, new Set());
}

function print(value: unknown, type: RuntimeType, above: Set<object>): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    return type.kind === 'primitive' && type.name === 'Double'
      ? doubleToText(value)
      : String(value);
  }
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return '';
  if (value instanceof Decimal) return value.toString();
  if (value instanceof ApexId) return value.value;
  if (value instanceof ApexDouble) return doubleToText(value.value);
  if (value instanceof ApexDate) return `${value.toIso()} 00:00:00`;
  if (value instanceof ApexDatetime) return value.toText('GMT');
  if (value instanceof ApexTime) return value.toIso();
  if (value instanceof ApexBlob) return `Blob[${value.size}]`;
  if (value instanceof ApexEnum) return value.name;
  if (above.has(value)) return SEEN;
  above.add(value);
  try {
    return printObject(value, above);
  } finally {
    above.delete(value);
  }
}

/** Sets and the keys of maps print in order of their values, although loops go in order of insertion (practitioner). */
function inTextOrder(keys: readonly unknown[]): readonly unknown[] {
  if (keys.every((key) => typeof key === 'string')) return [...keys].sort();
  if (keys.every((key) => typeof key === 'number')) return [...keys].sort((a, b) => a - b);
  return keys;
}

function printObject(value: object, above: Set<object>): string {
  if (value instanceof ApexList)
    return `(${value.items.map((item) => print(item, value.elementType, above)).join(', ')})`;
  if (value instanceof ApexSet)
    return `{${inTextOrder(value.toArray())
      .map((item) => print(item, value.elementType, above))
      .join(', ')}}`;
  if (value instanceof ApexMap) {
    const entries = inTextOrder(value.keys()).map(
      (key) =>
        `${print(key, value.keyType, above)}=${print(value.get(key), value.valueType, above)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof SObjectValue) return printRecord(value, above);
  const own = bridgeOf(value, TO_STRING);
  if (own !== null) return (own() as string | null) ?? 'null';
  if (value instanceof ApexException) return `${value.$typeName}: ${value.$getMessage()}`;
  if (value instanceof LibraryObject)
    return value.toApexString?.() ?? value.apexTypeName.replace(/^System\./, '');
  const cls = userClassOf(value);
  return cls === null ? 'Object' : printInstance(value, cls, above);
}

/** The text of an instance whose class does not override `toString`, also where it does (`super.toString()`). */
export function defaultText(value: object): string {
  const cls = userClassOf(value);
  if (value instanceof ApexException) return `${value.$typeName}: ${value.$getMessage()}`;
  return cls === null ? toText(value) : printInstance(value, cls, new Set([value]));
}

function printInstance(value: object, cls: RuntimeClass, above: Set<object>): string {
  const parts = allFields(cls)
    .filter((field) => !field.isProperty && field.get !== null)
    .map(
      (field) => `${field.name}=${print(field.get?.(value as never) ?? null, field.type, above)}`,
    );
  // Inner classes print without the outer one (practitioner: published handler frameworks cut their name out of this text).
  return `${cls.name.slice(cls.name.lastIndexOf('.') + 1)}:[${parts.join(', ')}]`;
}

function printRecord(record: SObjectValue, above: Set<object>): string {
  const parts = record.populated().map(([name, value]) => {
    const type = record.object.fields.get(name.toLowerCase())?.apexType;
    return `${name}=${print(value, type === 'Double' ? Types.Double : Types.Object, above)}`;
  });
  for (const [name, parent] of record.parents ?? []) {
    if (parent !== null) parts.push(`${name}=${print(parent, Types.Object, above)}`);
  }
  return `${record.object.name}:{${parts.join(', ')}}`;
}
