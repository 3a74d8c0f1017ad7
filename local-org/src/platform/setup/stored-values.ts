import { parseIsoDate } from '../../apex/values/date.ts';
import { ApexDatetime } from '../../apex/values/datetime.ts';
import { Decimal } from '../../apex/values/decimal.ts';
import { Diagnostics, raise } from '../../diagnostics/index.ts';
import type { FieldInfo } from '../../schema/contract.ts';

/** A value as metadata or a record file writes it (text, XSD forms) as the Apex value of the field. Throws when the text is no such value. */
export function storedValueOf(field: FieldInfo, text: string): unknown {
  switch (field.apexType) {
    case 'Boolean':
      return text.trim().toLowerCase() === 'true';
    case 'Integer':
      return Math.trunc(numberOf(field, text));
    case 'Double':
      return numberOf(field, text);
    case 'Decimal':
      numberOf(field, text);
      return Decimal.parse(text.trim());
    case 'Date':
      return parseIsoDate(text.trim().slice(0, 10));
    case 'Datetime':
      return new ApexDatetime(Date.parse(text.trim()));
    default:
      return text === '' ? null : text;
  }
}

function numberOf(field: FieldInfo, text: string): number {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw raise(Diagnostics.METADATA_VALUE, [text, field.name, field.displayType]);
  }
  return value;
}
