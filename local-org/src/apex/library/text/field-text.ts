import type { FieldInfo } from '../../../schema/contract.ts';
import {
  apexException,
  ApexTime,
  Decimal,
  parseDatetime,
  parseIsoDate,
  stringToId,
} from '../../values/index.ts';

/** A field's value from text, as data files write it. */
export function fieldFromText(text: string, field: FieldInfo): unknown {
  const value = read(text, field);
  if (value === null)
    throw apexException('System.StringException', `Invalid value for ${field.name}: ${text}`);
  return value;
}

function read(text: string, field: FieldInfo): unknown {
  switch (field.apexType) {
    case 'Id':
      return stringToId(text);
    case 'Boolean':
      return /^(true|1)$/i.test(text);
    case 'Integer':
      return Decimal.tryParse(text)?.toInteger() ?? null;
    case 'Long':
      return Decimal.tryParse(text)?.toLong() ?? null;
    case 'Double':
      return Decimal.tryParse(text)?.toDouble() ?? null;
    case 'Decimal':
      return Decimal.tryParse(text);
    case 'Date':
      return parseIsoDate(text);
    case 'Datetime':
      return parseDatetime(text, 'GMT');
    case 'Time':
      return ApexTime.tryParse(text);
    default:
      return text;
  }
}
