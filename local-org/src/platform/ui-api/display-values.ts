import { ApexBlob } from '../../apex/values/blob.ts';
import { ApexDate } from '../../apex/values/date.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import { ApexDouble } from '../../apex/values/double.ts';
import { ApexId } from '../../apex/values/id.ts';
import { ApexTime } from '../../apex/values/time.ts';
import { Decimal } from '../../apex/values/decimal.ts';
import { textOf } from '../changes.ts';
import type { RunningUser } from '../../execution/contract.ts';
import type { FieldInfo } from '../../schema/contract.ts';
import type { Json } from '../../server/contract.ts';

/** A field's value as JSON carries it: dates in ISO form, numbers as numbers. */
export function jsonValue(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return value.toDouble();
  if (value instanceof ApexId || value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDate) return value.toIso();
  if (value instanceof ApexDatetime) return new Date(value.millis).toISOString();
  if (value instanceof ApexTime) return `${new Date(value.millis).toISOString().slice(11, 23)}Z`;
  if (value instanceof ApexBlob) return Buffer.from(value.bytes).toString('base64');
  return null;
}

/** What a person reads, in the user's locale; null where the JSON value itself is readable. */
export function displayValue(field: FieldInfo, value: unknown, user: RunningUser): string | null {
  if (value === null || value === undefined) return null;
  const locale = user.locale.replace(/_/g, '-');
  switch (field.displayType) {
    case 'currency':
      return new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(
        numberOf(value),
      );
    case 'percent':
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 3 }).format(numberOf(value))}%`;
    case 'int':
    case 'long':
    case 'double':
      return new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 18 }).format(
        numberOf(value),
      );
    case 'date':
      return value instanceof ApexDate
        ? new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(
            new Date(value.days * 86_400_000),
          )
        : null;
    case 'datetime':
      return value instanceof ApexDatetime
        ? new Intl.DateTimeFormat(locale, {
            dateStyle: 'short',
            timeStyle: 'short',
            timeZone: user.timeZone,
          }).format(new Date(value.millis))
        : null;
    case 'picklist':
    case 'combobox':
      return field.picklist?.find((entry) => entry.value === value)?.label ?? textOf(value);
    case 'multipicklist':
      return textOf(value)
        .split(';')
        .map((part) => field.picklist?.find((entry) => entry.value === part)?.label ?? part)
        .join(';');
    default:
      return null;
  }
}

function numberOf(value: unknown): number {
  return value instanceof Decimal ? value.toDouble() : Number(value);
}
